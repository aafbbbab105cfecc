package home

import "github.com/authtabs/tabgate/tui/cell"

const (
	title = "Welcome to tabgate"
	intro = "A dashboard for colleagues, without a web server. They sign in with Amazon Cognito in their own browser; " +
		"each tab opens to the groups that it belongs to, and closes again when the session ends."
)

// draw draws into g, and finds out where a click means what.
func (h *home) draw(g *cell.Grid) {
	h.grid = g
	g.Fill(h.env.Theme.Background)
	h.zones = h.zones[:0]
	switch {
	case h.width >= 100 && h.height >= 26:
		h.wide()
	case h.width >= 36 && h.height >= 36:
		h.stacked()
	case h.width >= 66 && h.height >= 19:
		h.middle()
	default:
		h.narrow()
	}
}
