package walk

import (
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/chart"
)

// doubleTime is how fast two clicks must follow each other to be one double
// click.
const doubleTime = 400 * time.Millisecond

// mouse: a click on a control does what its key does. On the plot the pointer
// reads values, a click keeps what it reads, the wheel zooms about the
// pointer, a double click shows all. Dragging pans; while all is in view there
// is nothing to pan, and the left button reads on.
func (p *Panel) mouse(msg tea.MouseMsg) tea.Cmd {
	plot := p.picture()
	inside := plot.Contains(msg.X, msg.Y)
	switch {
	case tea.MouseEvent(msg).IsWheel():
		if inside {
			p.wheel(msg, plot)
		}
	case msg.Action == tea.MouseActionPress && inside:
		p.press(msg, plot)
	case msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft:
		if in, ok := p.zones.At(msg.X, msg.Y); ok {
			p.stale = true
			p.adopt()
			return p.do(in)
		}
	case msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone:
		p.hover(msg.X, inside)
	case msg.Action == tea.MouseActionMotion:
		p.move(msg, plot)
	case msg.Action == tea.MouseActionRelease:
		p.drag = drag{}
	}
	return nil
}

func (p *Panel) press(msg tea.MouseMsg, plot chart.Plot) {
	last := p.pressed
	p.pressed = press{msg.X, msg.Y, p.env.Now()}
	double := last.x == msg.X && last.y == msg.Y && !last.at.IsZero() && p.pressed.at.Sub(last.at) < doubleTime
	switch {
	case double:
		p.view, p.pressed, p.stale = window{}, press{}, true
	case msg.Button != tea.MouseButtonLeft || msg.Shift || msg.Alt || msg.Ctrl:
		p.drag = drag{panning, plot.Value(msg.X)}
	default:
		p.readAt(msg.X, plot)
		p.drag = drag{kind: reading}
		if p.view.set {
			p.drag = drag{panning, plot.Value(msg.X)}
		}
	}
}

func (p *Panel) readAt(x int, plot chart.Plot) {
	x = min(max(x, plot.X), plot.X+plot.W-1)
	p.choose(int(math.Round(plot.Value(x))))
}

func (p *Panel) move(msg tea.MouseMsg, plot chart.Plot) {
	n := p.run.series.Len()
	switch p.drag.kind {
	case reading:
		p.readAt(msg.X, plot)
	case panning:
		p.leave()
		lo, hi := p.view.of(n)
		p.view.show(n, lo+p.drag.from-plot.Value(msg.X), hi-lo)
		p.stale = true
	}
}

func (p *Panel) wheel(msg tea.MouseMsg, plot chart.Plot) {
	n, x := p.run.series.Len(), plot.Value(msg.X)
	sideways := 0.0
	switch msg.Button {
	case tea.MouseButtonWheelLeft:
		sideways = -panShare
	case tea.MouseButtonWheelRight:
		sideways = panShare
	case tea.MouseButtonWheelUp:
		if sideways = -panShare; !msg.Shift {
			p.view.zoom(n, x, 0.8)
			sideways = 0
		}
	case tea.MouseButtonWheelDown:
		if sideways = panShare; !msg.Shift {
			p.view.zoom(n, x, 1/0.8)
			sideways = 0
		}
	}
	if sideways != 0 {
		p.view.pan(n, sideways)
	}
	p.stale = true
}

// hover reads out what is under the pointer as long as it is on the plot.
func (p *Panel) hover(x int, inside bool) {
	p.drag = drag{} // The release was lost.
	if !inside {
		p.leave()
		return
	}
	if p.pointer != x {
		p.pointer, p.stale = x, true
	}
}

// leave gives the read-out back to the cursor.
func (p *Panel) leave() {
	if p.pointer >= 0 {
		p.pointer, p.stale = -1, true
	}
}

// adopt lets keys go on from what the pointer reads.
func (p *Panel) adopt() {
	if p.pointer >= 0 {
		p.cursor = p.under()
		p.leave()
	}
}
