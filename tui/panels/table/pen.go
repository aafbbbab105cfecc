package table

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// pen draws, and collects what a click does where.
type pen struct {
	*cell.Grid
	t     *theme.Theme
	zones widget.Zones[func() tea.Cmd]
	bare  bool // without buttons
}

// hit makes a part of a line act on a click.
func (p *pen) hit(x, y, w int, do func() tea.Cmd) {
	p.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, do)
}

// button writes words that can be clicked, and gives their width.
func (p *pen) button(x, y int, text string, do func() tea.Cmd) int {
	w := cell.Width(text)
	p.Rect(x, y, w, 1, p.t.Surface)
	p.Text(x, y, text, cell.Readable(p.t.Accent, p.t.Surface, 4.5), 0)
	p.hit(x, y, w, do)
	return w
}

// sign is a character, or what stands for it where there is ASCII alone.
func (p *pen) sign(s, ascii string) string {
	if p.t.Glyphs == theme.ASCII {
		return ascii
	}
	return s
}

// box draws the frame of a box above the table, with a title, and returns the
// room in it.
func (p *pen) box(r cell.Rect, title string) cell.Rect {
	p.Rect(r.X, r.Y, r.W, r.H, p.t.Overlay)
	p.Box(r.X, r.Y, r.W, r.H, cell.Readable(p.t.Accent, p.t.Overlay, 3))
	if title != "" && r.W > 6 {
		p.Text(r.X+2, r.Y, " "+cell.Cut(title, r.W-6)+" ", cell.Readable(p.t.Text, p.t.Overlay, 4.5), cell.Bold)
	}
	return cell.Rect{X: r.X + 1, Y: r.Y + 1, W: max(r.W-2, 0), H: max(r.H-2, 0)}
}
