package home

import "github.com/authtabs/tabgate/tui/cell"

// paint draws into g in the layout that its size has room for, and finds out
// where a click means what.
func (h *home) paint(g *cell.Grid) {
	s := surface{
		grid: g, theme: h.env.Theme, zones: h.zones[:0], items: h.items(), at: h.at, pages: h.pages, sketches: &h.sketches, bare: h.env.Bare,
		who: person{h.session, h.live, h.o.Setup, h.as, h.env.Now()},
	}
	g.Fill(s.theme.Background)
	switch {
	case h.o.Title != "" || h.crowded(g.H):
		h.paintDocument(&s)
	case g.W >= 100 && g.H >= 26:
		s.wide()
	case g.W >= 36 && g.H >= 36:
		s.stacked()
	case g.W >= 66 && g.H >= 19:
		s.middle()
	default:
		s.narrow()
	}
	h.zones, h.shown = s.zones, s.keys
}
