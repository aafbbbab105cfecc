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
	if p.menu == seriesMenu {
		anew, changed, stays := p.choices.mouse(msg, p.options())
		if anew {
			p.anew()
		}
		if !stays {
			p.menu = closed
		}
		return nil, changed
	}
	switch {
	case len(p.scene.Inputs) > 0 && onWords(msg, p.room):
		p.menu, p.choices.at = seriesMenu, 0
		return nil, true
	case msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone:
		before := p.pointer
		if !p.hover(msg.X, msg.Y) {
			return nil, false
		}
		return p.tell(p.pointer.on && before.text != p.pointer.text), true
	case msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft:
		return p.press(msg), true
	case msg.Action == tea.MouseActionPress && p.focused:
		return nil, p.wheel(msg)
	case msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonLeft:
		if p.grip.brush {
			return nil, p.sweep(msg.X, msg.Y)
		}
		return nil, p.drag(msg.X, msg.Y)
	case msg.Action == tea.MouseActionRelease:
		p.grip = grip{}
	}
	return nil, false
}

// onWords reports whether the words below the picture are clicked, which say how
// inputs are set.
func onWords(msg tea.MouseMsg, room size) bool {
	return msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft && msg.Y >= room.h-linesOfReading(room)
}

// press does what a button of the mouse means where it is pressed.
func (p *Panel) press(msg tea.MouseMsg) tea.Cmd {
	for _, e := range p.pic.Entries {
		if !e.Has(msg.X, msg.Y) {
			continue
		}
		if h, ok := seriesAt(p.scene, e.Legend, e.Index); p.chosen.legend(p.scene, e.Legend, e.Index) {
			p.anew()
		} else if ok {
			p.choices.toggle(h)
			p.anew()
		}
		return nil
	}
	p.hold(msg.X, msg.Y)
	if p.grip.on && !msg.Shift {
		_, p.grip.brush = brush(p.scene, p.grip.plot)
	}
	moved := p.click(msg.X, msg.Y)
	if r, ok := p.reading(); ok && moved && p.chosen.mark(p.scene, r, msg.Shift) {
		p.anew()
	}
	return p.tell(moved)
}

// sweep selects from where the mouse was pressed to where it is.
func (p *Panel) sweep(x, y int) bool {
	param, ok := brush(p.scene, p.grip.plot)
	from, in := p.pixel(p.grip.x, p.grip.y)
	if !ok || !in {
		return false
	}
	for _, plot := range p.pic.Plots {
		if plot.Cell == p.grip.plot {
			px, py := plot.Pixel(float64(min(max(x, plot.X), plot.X+plot.W))+0.5, float64(min(max(y, plot.Y), plot.Y+plot.H))+0.5)
			p.chosen.drag(param, p.scene.Cells[plot.Cell], from, place{x: px, y: py})
			p.anew()
			return true
		}
	}
	return false
}

// grip is where the mouse holds a plot.
type grip struct {
	on, brush bool
	plot      int
	x, y      int
}

// hold takes hold of the plot under the pointer.
func (p *shown) hold(x, y int) {
	if plot := p.pic.At(x, y); plot != nil {
		p.grip = grip{on: true, plot: plot.Cell, x: x, y: y}
	}
}

// drag moves what is in view with the pointer.
func (p *shown) drag(x, y int) bool {
	if !p.grip.on || x == p.grip.x && y == p.grip.y {
		return false
	}
	from := p.grip
	p.grip.x, p.grip.y = x, y
	for _, plot := range p.pic.Plots {
		if plot.Cell == from.plot {
			return p.panBy(plot.Cell, float64(from.x-x)/float64(max(1, plot.W)), float64(from.y-y)/float64(max(1, plot.H)))
		}
	}
	return false
}

// wheel zooms about the pointer, and scrolls along an axis of names.
func (p *shown) wheel(msg tea.MouseMsg) bool {
	at, ok := p.pixel(msg.X, msg.Y)
	if !ok {
		return false
	}
	by := map[tea.MouseButton]float64{tea.MouseButtonWheelUp: -1, tea.MouseButtonWheelDown: 1}[msg.Button]
	sideways := map[tea.MouseButton]float64{tea.MouseButtonWheelLeft: -1, tea.MouseButtonWheelRight: 1}[msg.Button]
	if msg.Shift {
		by, sideways = 0, by
	}
	switch names := p.crowded() != ""; {
	case sideways != 0:
		return p.panBy(at.plot, sideways*0.1, 0)
	case by != 0 && names && !msg.Ctrl:
		return p.panBy(at.plot, by*0.1, by*0.1)
	case by < 0:
		return p.zoomBy(0.8, at)
	case by > 0:
		return p.zoomBy(1.25, at)
	}
	return false
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
	if !changed || !ok || len(r.parts) == 0 || r.main == nil || r.main.Field == "" || r.main.Op != "" || !r.main.Placed() {
		return nil
	}
	name := r.parts[min(r.pick, len(r.parts)-1)].mark.Reading.Source
	if _, ok := p.spec.data.Sources[name]; !ok {
		return nil
	}
	return panels.Send(panels.Cursor{Source: name, Field: r.main.Field, Value: r.text()})
}

func full() tea.Cmd { return panels.Send(panels.FullScreen{}) }
