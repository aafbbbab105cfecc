package geo

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/widget"
)

// finder is the search for a place: what is typed and the names that fit.
type finder struct {
	open  bool
	field widget.Field
	found []int // names, best first
	at    int   // of found
}

// finderLength is the most that can be typed.
const finderLength = 40

// newFinder opens a search, which begins with the names of the greatest figures.
func newFinder(x *index) finder {
	f := finder{open: true, field: widget.Field{Limit: finderLength}}
	f.search(x)
	return f
}

// search ranks the names by how well they fit; with nothing typed by their
// figures.
func (f *finder) search(x *index) {
	f.at, f.found = 0, f.found[:0]
	if f.field.Empty() {
		f.found = append(f.found, x.order...)
		return
	}
	for _, m := range fuzzy.FindFrom(f.field.String(), x) {
		f.found = append(f.found, m.Index)
	}
}

// key takes a key; ok reports whether it chose a name.
func (f *finder) key(msg tea.KeyMsg, k listKeys, x *index) (name int, ok bool) {
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
			f.search(x)
		}
	}
	return 0, false
}

// mouse takes a press: the wheel goes through the names, a click chooses one
// or closes the search.
func (f *finder) mouse(msg tea.MouseMsg, z zones) (name int, ok bool) {
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		f.step(1)
	case tea.MouseButtonWheelUp:
		f.step(-1)
	case tea.MouseButtonLeft:
		f.open = false
		if z, ok := z.At(msg.X, msg.Y); ok && z.kind == listedName {
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
func (f *finder) draw(s *surface, area rect, x *index) {
	t, g := s.theme, s.grid
	s.zones = s.zones[:0] // Nothing behind the list can be clicked meanwhile.
	w := min(area.W, 44)
	rows := min(len(f.found), 8, max(area.H-3, 0))
	left, top := area.X+(area.W-w)/2, area.Y
	h := rows + 3
	if rows == 0 {
		h = 4
	}
	h = min(h, area.H)
	g.Rect(left, top, w, h, t.Overlay)
	g.Box(left, top, w, h, t.Accent)
	at := left + 2 + g.Text(left+2, top+1, "Find: ", t.Muted, 0)
	f.field.Draw(g, at, top+1, left+w-1-at, t.Text, cell.Bold)
	if rows == 0 && h > 3 {
		g.Text(left+2, top+2, "No results", t.Muted, 0)
		return
	}
	first := max(min(f.at-rows/2, len(f.found)-rows), 0)
	for i := range rows {
		name := f.found[first+i]
		f.row(s, left, top+2+i, w, x, name, first+i == f.at)
		s.zones.Add(rectOf(left, top+2+i, w, 1), target{kind: listedName, index: name})
	}
}

func (f *finder) row(s *surface, x, y, w int, names *index, i int, chosen bool) {
	t, g := s.theme, s.grid
	mark, attr := "  ", cell.Attr(0)
	if chosen {
		g.Rect(x+1, y, w-2, 1, t.Selection)
		mark, attr = "▸ ", cell.Bold
	}
	n := names.figureOf(i)
	g.Text(x+1, y, mark, t.Accent, cell.Bold)
	g.Text(x+3, y, cell.Cut(names.list[i].name, w-7-cell.Width(n)), t.Text, attr)
	g.Text(x+w-2-cell.Width(n), y, n, t.Muted, 0)
}
