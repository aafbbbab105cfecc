package chart

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/panels"
)

// mouse does what the mouse means, and reports whether anything changed.
func (p *Panel) mouse(msg tea.MouseMsg) (tea.Cmd, bool) {
	if p.scene == nil || p.pic == nil {
		return nil, false
	}
	switch {
	case msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone:
		before := p.pointer
		if !p.hover(msg.X, msg.Y) {
			return nil, false
		}
		return p.tell(p.pointer.on && before.text != p.pointer.text), true
	case msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft:
		return p.tell(p.click(msg.X, msg.Y)), true
	}
	return nil, false
}

// pixel returns the place of the scene that a cell shows.
func (p *shown) pixel(x, y int) (place, bool) {
	plot := p.pic.At(x, y)
	if plot == nil {
		return place{}, false
	}
	px, py := plot.Pixel(float64(x)+0.5, float64(y)+0.5)
	return place{on: true, plot: plot.Cell, x: px, y: py}, true
}

// hover reads what is under the pointer, and reports whether that is something
// else than before.
func (p *shown) hover(x, y int) bool {
	at, ok := p.pixel(x, y)
	if !ok {
		return p.leave()
	}
	r, ok := p.readAt(at)
	if !ok {
		return p.leave()
	}
	at.text = r.text()
	before := p.pointer
	p.pointer = at
	return before != at
}

// leave forgets the pointer, and reports whether there was one.
func (p *shown) leave() bool {
	was := p.pointer.on
	p.pointer = place{}
	return was
}

// click puts the cursor under the pointer, and reports whether it did.
func (p *shown) click(x, y int) bool {
	at, ok := p.pixel(x, y)
	if !ok {
		return false
	}
	r, ok := p.readAt(at)
	if !ok {
		return false
	}
	pick := ""
	if len(r.parts) > 0 {
		pick = r.parts[r.pick].name
	}
	return p.moved(r, pick)
}

// tell tells the other panels of the source what is read now, if it has
// changed.
func (p *Panel) tell(changed bool) tea.Cmd {
	r, ok := p.reading()
	name := p.spec.single()
	if !changed || !ok || name == "" || r.main == nil || r.main.Field == "" || r.main.Op != "" {
		return nil
	}
	return panels.Send(panels.Cursor{Source: name, Field: r.main.Field, Value: r.text()})
}

func full() tea.Cmd { return panels.Send(panels.FullScreen{}) }
