package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
)

// action is what a click does.
type action func() tea.Cmd

// hit is a rectangle that can be clicked.
type hit struct {
	x, y, w, h int
	act        action
}

// link is a part of one row that leads to an address (OSC 8).
type link struct {
	x, y, w int
	url     string
}

// panel is a drawing at a place in the frame, with what can be clicked in it,
// relative to its corner.
type panel struct {
	grid  *cell.Grid
	x, y  int
	hits  []hit
	links []link
}

// at finds what a click at x, y of the frame does.
func (p panel) at(x, y int) (act action, inside bool) {
	x, y = x-p.x, y-p.y
	if x < 0 || y < 0 || x >= p.grid.W || y >= p.grid.H {
		return nil, false
	}
	for _, h := range p.hits {
		if x >= h.x && x < h.x+h.w && y >= h.y && y < h.y+h.h {
			return h.act, true
		}
	}
	return nil, true
}

// over lays the panel over a frame that is width cells wide.
func (p panel) over(frame string, width int, profile termenv.Profile) string {
	if p.grid.W == 0 || p.grid.H == 0 {
		return frame
	}
	lines := strings.Split(frame, "\n")
	reset := "\x1b[0m"
	if profile == termenv.Ascii {
		reset = ""
	}
	for i, row := range strings.Split(p.grid.ANSI(), "\n") {
		y := p.y + i
		if y < 0 || y >= len(lines) {
			continue
		}
		left := ansi.Truncate(lines[y], p.x, "")
		right := ansi.TruncateLeft(lines[y], p.x+p.grid.W, "")
		lines[y] = pad(left, p.x) + reset + p.linked(row, i) + pad(right, width-p.x-p.grid.W) + reset
	}
	return strings.Join(lines, "\n")
}

// pad fills up where a wide character was cut in half.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-ansi.StringWidth(s), 0))
}

// linked makes the linked parts of row y into hyperlinks. Terminals join
// parts of one address that carry the same id.
func (p panel) linked(row string, y int) string {
	for _, l := range p.links {
		if l.y == y {
			return ansi.Truncate(row, l.x, "") + ansi.SetHyperlink(l.url, "id=tabgate") +
				ansi.Cut(row, l.x, l.x+l.w) + ansi.ResetHyperlink() + ansi.TruncateLeft(row, l.x+l.w, "")
		}
	}
	return row
}

// centred puts a grid in the middle of the page.
func (r *Root) centred(g *cell.Grid, hits []hit) panel {
	return panel{grid: g, x: max(r.width-g.W, 0) / 2, y: 1 + max(r.pageHeight()-g.H, 0)/2, hits: hits}
}

// panels lists what stands above the page, the lowest first.
func (r *Root) panels() []panel {
	var out []panel
	if r.box != nil {
		out = append(out, r.box.panel(r, r.width, r.pageHeight()))
	}
	if r.toast.text != "" {
		out = append(out, r.toastPanel())
	}
	return out
}
