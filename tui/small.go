package tui

import (
	"fmt"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// The smallest window that pages are laid out for.
const (
	minWidth  = 40
	minHeight = 12
)

func (r *Root) tooSmall() bool { return r.width < minWidth || r.height < minHeight }

// small asks for a larger window. What the pages hold stays as it is.
func (r *Root) small(g *cell.Grid) {
	t := r.env.Theme
	g.Fill(t.Background)
	text := fmt.Sprintf("tabgate needs %dx%d. This window is %dx%d: enlarge it, nothing is lost.", minWidth, minHeight, r.width, r.height)
	if r.width < 12 || r.height < 4 {
		text = "enlarge me"
	}
	lines := page.Wrap(text, r.width)
	y := max(r.height-len(lines), 0) / 2
	for i, line := range lines {
		g.Text((r.width-cell.Width(line))/2, y+i, line, t.Muted, 0)
	}
}
