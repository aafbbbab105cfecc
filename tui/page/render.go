package page

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Target returns what a terminal with a theme can show.
func Target(t *theme.Theme) cell.Target {
	return cell.Target{Profile: t.Renderer.ColorProfile(), ASCII: t.Glyphs == theme.ASCII, Half: t.Glyphs == theme.Half}
}
