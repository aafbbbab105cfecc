package tui

import (
	"fmt"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// The smallest window that pages are laid out for, and the lines of it that
// are no page's: tab bar and footer.
const (
	minWidth  = 40
	minHeight = 12
	barLines  = 2
)

// window is the size of the terminal, in cells.
type window struct {
	width, height int
	taken         int // lines that are no page's besides the bars
}

func (w window) tooSmall() bool { return w.width < minWidth || w.height < minHeight }

func (w window) pageHeight() int { return max(w.height-barLines-w.taken, 0) }

// drawSmall asks for a larger window. What the pages hold stays as it is.
func (w window) drawSmall(t *theme.Theme, g *cell.Grid) {
	g.Fill(t.Background)
	text := fmt.Sprintf("tabgate needs %dx%d. This window is %dx%d: enlarge it, nothing is lost.", minWidth, minHeight, w.width, w.height)
	if w.width < 12 || w.height < 4 {
		text = "enlarge me"
	}
	lines := page.Wrap(text, w.width)
	y := max(w.height-len(lines), 0) / 2
	for i, line := range lines {
		g.Text((w.width-cell.Width(line))/2, y+i, line, t.Muted, 0)
	}
}
