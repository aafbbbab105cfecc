package tui

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// layers is what drawing remembers from one frame to the next.
type layers struct {
	target cell.Target // what the terminal can show
	body   cell.Grid   // the page's part of the grid of the last frame
	// below is what was in body before boxes were drawn over it: a page that
	// did not change does not draw again when they go.
	below   cell.Grid
	covered bool       // body has been drawn over
	on      *cell.Grid // what boxes are drawn on
}

// Draw draws the frame into g, which has the size of the window: tab bar,
// page, footer, and boxes above them.
func (r *Root) Draw(g *cell.Grid) bool {
	t := r.env.Theme
	r.target.Profile, r.target.ASCII = t.Renderer.ColorProfile(), t.Glyphs == theme.ASCII
	if r.tooSmall() {
		r.small(g)
		r.body = cell.Grid{}
	} else {
		bar, foot := g.Sub(0, 0, r.width, 1), g.Sub(0, r.height-1, r.width, 1)
		r.tabBar(&bar)
		r.footer(&foot)
		r.drawBody(g)
		r.cover()
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
// pages.
func (r *Root) drawBody(g *cell.Grid) {
	if part := g.Sub(0, 1, r.width, r.pageHeight()); !part.Covers(&r.body) {
		r.body, r.covered = part, false
	}
	if r.covered {
		r.body.Blit(&r.below, 0, 0)
		r.covered = false
	}
	locked := r.verdict(r.shown) != session.Open
	if t := r.tabs[r.shown]; !locked && t.page != nil {
		t.page.Draw(&r.body)
		return
	}
	r.body.Redraw(r, true)
	if locked && r.box == nil {
		r.lockedCard(&r.body)
	} else {
		r.body.Fill(r.env.Theme.Background)
	}
}

// cover keeps what boxes are about to be drawn over.
func (r *Root) cover() {
	if r.box == nil && r.toast.text == "" {
		return
	}
	if r.below.W != r.body.W || r.below.H != r.body.H {
		r.below.Resize(r.body.W, r.body.H)
	}
	r.below.Blit(&r.body, 0, 0)
	r.covered = true
}
