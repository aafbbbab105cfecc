package page

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Render returns g with the colours and characters of a theme, as lines of
// text with escape sequences.
func Render(g *cell.Grid, t *theme.Theme) string {
	target := cell.Target{Profile: t.Renderer.ColorProfile(), ASCII: t.Glyphs == theme.ASCII}
	target.Reduce(g)
	return g.ANSI()
}
