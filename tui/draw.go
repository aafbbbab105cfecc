package tui

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// Draw draws the frame into g, which has the size of the window: tab bar,
// page, footer, and boxes above them.
func (r *Root) Draw(g *cell.Grid) bool {
	t := r.env.Theme
	r.target.Profile, r.target.ASCII = t.Renderer.ColorProfile(), r.ascii()
	if r.tooSmall() {
		r.small(g)
	} else {
		bar, body, foot := g.Sub(0, 0, r.width, 1), g.Sub(0, 1, r.width, r.pageHeight()), g.Sub(0, r.height-1, r.width, 1)
		r.tabBar(&bar)
		r.drawBody(&body)
		r.footer(&foot)
		r.panels(g)
	}
	r.target.Reduce(g)
	return true
}

// View returns the frame as text with escape sequences, for those who ask a
// Bubble Tea model: nothing before the size is known.
func (r *Root) View() string {
	if r.width <= 0 || r.height <= 0 {
		return ""
	}
	g := cell.NewGrid(r.width, r.height)
	r.Draw(g)
	return g.ANSI()
}

// drawBody draws the shown page, or what a locked tab shows instead. It is
// empty behind a box on a locked tab, and once the program has let go of its
// pages. A page has cells of its own, which are copied: so it need not draw
// again when its tab is shown again, or a box above it goes.
func (r *Root) drawBody(g *cell.Grid) {
	t := r.tabs[r.shown]
	locked := r.verdict(r.shown) != session.Open
	switch {
	case !locked && t.page != nil:
		if t.cells.W != g.W || t.cells.H != g.H {
			t.cells.Resize(g.W, g.H)
		}
		if t.page.Draw(&t.cells) {
			r.target.Reduce(&t.cells)
		}
		g.Blit(&t.cells, 0, 0)
	case locked && r.box == nil:
		r.lockedCard(g)
	default:
		g.Fill(r.env.Theme.Background)
	}
}
