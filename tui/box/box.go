// Package box draws what stands above a page: a frame with a title, lines of
// words, keys as buttons. A box is laid out as a [Panel], which can be drawn
// into a grid and asked what a click means; a click means a key. The package
// knows neither pages nor what a key leads to.
package box

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Box stands above the page and takes every key. One is open at a time.
type Box interface {
	SetSize(w, h int) // of the page below it, in cells; called before the first Panel
	// Key takes a key and reports whether the box is done and closes.
	Key(tea.KeyMsg) (cmd tea.Cmd, done bool)
	Wheel(lines int)     // down positive
	Keys() []key.Binding // what acts now, most useful first; the footer leaves out those on buttons
	Panel() Panel
}

// Panel is a box laid out: where it stands on the page, and what is in it.
type Panel struct {
	cell.Rect
	Title, Right string // in the upper border
	Bare         bool   // without border and ground
	Lines        Lines
	Left, Top    int              // where Lines begin
	Zones        Zones            // what can be clicked besides the buttons of Lines
	Also         func(*cell.Grid) // draws what is no line; may be nil
	Closes       bool             // a click on a key closes the box before the key acts
}

// Size is that of the page below a box, in cells.
type Size struct{ W, H int }

// SetSize implements [Box].
func (s *Size) SetSize(w, h int) { *s = Size{w, h} }

// Centred returns a panel of w by h cells in the middle of the page.
func (s Size) Centred(w, h int) Panel {
	return Panel{Rect: cell.Rect{X: max(s.W-w, 0) / 2, Y: max(s.H-h, 0) / 2, W: w, H: h}}
}

// Draw draws the panel on the page.
func (p *Panel) Draw(t *theme.Theme, on *cell.Grid) {
	g := on.Sub(p.X, p.Y, p.W, p.H)
	if !p.Bare {
		g.Fill(t.Overlay)
		g.Box(0, 0, p.W, p.H, t.Accent)
		right := p.Right
		if right != "" && p.W > 8 {
			right = cell.Cut(" "+right+" ", p.W-4)
			g.Text(p.W-2-cell.Width(right), 0, right, t.Muted, 0)
		}
		g.Text(2, 0, cell.Cut(" "+p.Title+" ", p.W-5-cell.Width(right)), t.Accent, cell.Bold)
	}
	p.Lines.Draw(t, &g, p.Left, p.Top)
	if p.Also != nil {
		p.Also(&g)
	}
}

// Hit returns the key that a click at x, y of the page means, "" for none, and
// reports whether x, y is inside the panel.
func (p *Panel) Hit(x, y int) (key string, inside bool) {
	if !p.Has(x, y) {
		return "", false
	}
	key, _ = append(p.Zones, p.Lines.Zones(p.W, p.H, p.Left, p.Top)...).At(x-p.X, y-p.Y)
	return key, true
}

// Buttons returns the keys whose buttons are drawn, as Bubble Tea names them.
func (p *Panel) Buttons() (keys []string) {
	for _, line := range p.Lines.drawn(p.H, p.Top) {
		keys = append(keys, line.buttons...)
	}
	return keys
}
