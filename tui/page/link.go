package page

import "github.com/authtabs/tabgate/tui/cell"

// Link is a link in a text, and where it stands: one part for each of its lines.
type Link struct {
	URL   string
	Parts []cell.Rect
}
