package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
	"github.com/authtabs/tabgate/tui/widget"
)

// finder is the search for a stop: what is typed and the stops that fit.
type finder struct {
	open  bool
	field widget.Field
	found []int // stops, best first
	at    int   // of found
}

// finderLength is the most that can be typed.
const finderLength = 40

// newFinder opens a search, which begins with the busiest stops.
func newFinder(s *mapview.Scene) finder {
	f := finder{open: true, field: widget.Field{Limit: finderLength}}
	f.search(s)
	return f
}

// search ranks the stops by how well their names fit; with nothing typed by
// their exits.
func (f *finder) search(s *mapview.Scene) {
	f.at, f.found = 0, f.found[:0]
	if f.field.Empty() {
		f.found = append(f.found, s.Busiest...)
		return
	}
	for _, m := range fuzzy.FindFrom(f.field.String(), stopNames(s.Stops)) {
		f.found = append(f.found, m.Index)
	}
}

type stopNames []mapview.Stop

func (s stopNames) String(i int) string { return s[i].Name }
func (s stopNames) Len() int            { return len(s) }

// key takes a key; ok reports whether it chose a stop.
func (f *finder) key(msg tea.KeyMsg, k listKeys, s *mapview.Scene) (stop int, ok bool) {
	switch {
	case key.Matches(msg, k.stop):
		f.open = false
	case key.Matches(msg, k.pick):
		f.open = false
		if len(f.found) > 0 {
			return f.found[f.at], true
		}
	case key.Matches(msg, k.next):
		f.step(1)
	case key.Matches(msg, k.prev):
		f.step(-1)
	default:
		if text := f.field.String(); f.field.Key(msg) && f.field.String() != text {
			f.search(s)
		}
	}
	return 0, false
}

// mouse takes a press: the wheel goes through the stops, a click chooses one
// or closes the search.
func (f *finder) mouse(msg tea.MouseMsg, z zones) (stop int, ok bool) {
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		f.step(1)
	case tea.MouseButtonWheelUp:
		f.step(-1)
	case tea.MouseButtonLeft:
		f.open = false
		if z, ok := z.At(msg.X, msg.Y); ok && z.kind == listedStop {
			return z.index, true
		}
	}
	return 0, false
}

func (f *finder) step(by int) {
	if n := len(f.found); n > 0 {
		f.at = (f.at + by + n) % n
	}
}

// draw draws the search over the top of the map.
func (f *finder) draw(s *surface, area rect, sc *mapview.Scene) {
	t, g := s.theme, s.grid
	s.zones = s.zones[:0] // Nothing behind the list can be clicked meanwhile.
	w := min(area.W, 44)
	rows := min(len(f.found), 8, max(area.H-3, 0))
	x, y := area.X+(area.W-w)/2, area.Y
	h := rows + 3
	if rows == 0 {
		h = 4
	}
	h = min(h, area.H)
	g.Rect(x, y, w, h, t.Overlay)
	g.Box(x, y, w, h, t.Accent)
	at := x + 2 + g.Text(x+2, y+1, "Find a stop: ", t.Muted, 0)
	f.field.Draw(g, at, y+1, x+w-1-at, t.Text, cell.Bold)
	if rows == 0 && h > 3 {
		g.Text(x+2, y+2, "No results", t.Muted, 0)
		return
	}
	first := max(min(f.at-rows/2, len(f.found)-rows), 0)
	for i := range rows {
		stop := f.found[first+i]
		f.row(s, x, y+2+i, w, &sc.Stops[stop], first+i == f.at)
		s.zones.Add(rectOf(x, y+2+i, w, 1), target{kind: listedStop, index: stop})
	}
}

func (f *finder) row(s *surface, x, y, w int, st *mapview.Stop, chosen bool) {
	t, g := s.theme, s.grid
	mark, attr := "  ", cell.Attr(0)
	if chosen {
		g.Rect(x+1, y, w-2, 1, t.Selection)
		mark, attr = "▸ ", cell.Bold
	}
	n := mapview.Count(st.Exits)
	g.Text(x+1, y, mark, t.Accent, cell.Bold)
	g.Text(x+3, y, cell.Cut(st.Name, w-7-cell.Width(n)), t.Text, attr)
	g.Text(x+w-2-cell.Width(n), y, n, t.Muted, 0)
}
