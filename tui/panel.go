package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// action is what a click does.
type action func() tea.Cmd

// hit is a rectangle that can be clicked.
type hit struct {
	x, y, w, h int
	act        action
}

// panel is a part of the window, with what can be clicked in it, relative to
// its corner.
type panel struct {
	x, y, w, h int
	hits       []hit
}

// at finds what a click at x, y of the frame does.
func (p panel) at(x, y int) (act action, inside bool) {
	x, y = x-p.x, y-p.y
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return nil, false
	}
	for _, h := range p.hits {
		if x >= h.x && x < h.x+h.w && y >= h.y && y < h.y+h.h {
			return h.act, true
		}
	}
	return nil, true
}

// middle returns the w by h cells in the middle of the page.
func (r *Root) middle(w, h int) *cell.Grid {
	p := r.centred(&cell.Grid{W: w, H: h}, nil)
	g := r.on.Sub(p.x, p.y, w, h)
	return &g
}

// centred is the panel of what was drawn in the middle of the page.
func (r *Root) centred(g *cell.Grid, hits []hit) panel {
	return panel{x: max(r.width-g.W, 0) / 2, y: 1 + max(r.pageHeight()-g.H, 0)/2, w: g.W, h: g.H, hits: hits}
}

// panels draws what stands above the page on g, the lowest first, and returns
// where.
func (r *Root) panels(g *cell.Grid) []panel {
	r.on = g
	var out []panel
	if r.box != nil {
		out = append(out, r.box.panel(r, r.width, r.pageHeight()))
	}
	if r.toast.text != "" {
		out = append(out, r.toastPanel())
	}
	return out
}

// nowhere is a window to find out in what would be where.
func (r *Root) nowhere() *cell.Grid { return &cell.Grid{W: r.width, H: r.height} }
