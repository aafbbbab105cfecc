package geo

import (
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// box draws one check box with its name and makes it clickable; it gives the
// cells it took.
func (s *surface) box(x, y, toggle int, on bool, name string, room int) int {
	t, g := s.theme, s.grid
	fg := t.Muted
	if on {
		fg = t.Text
	}
	w := g.Text(x, y, checked(on), t.Accent, cell.Bold)
	w += g.Text(x+w, y, cell.Cut(name, max(room-w, 0)), fg, 0)
	s.zones.Add(rectOf(x, y, w, 1), target{kind: checkBox, index: toggle})
	return w
}

// boxRow draws the check boxes in one row: with their names, or what there is
// room for of them.
func (s *surface) boxRow(r rect, f *figures, withHeading bool) {
	if r.H == 0 {
		return
	}
	list := f.switches.list
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.name
	}
	fit(names, f.switches.keys(), r.W-5*len(list)+1)
	length := 0
	for _, name := range names {
		length += 5 + cell.Width(name)
	}
	x, gap := r.X, 1
	if heading := f.switches.title(); withHeading && length+cell.Width(heading)+2 <= r.W {
		x += 1 + s.grid.Text(x+1, r.Y, heading, s.theme.Accent, cell.Bold) + 1
	}
	if free := r.X + r.W - x - length; free >= 5 {
		x, gap = x+1, 2
	}
	for i, t := range list {
		if x+5 > r.X+r.W {
			return
		}
		x += s.box(x, r.Y, i, f.shown(t.layer), names[i], r.X+r.W-x) + gap
	}
}

// fit shortens names so that they fit into so many cells together: to their last
// words, where these tell them apart, and else to the keys that stand for them.
func fit(names, keys []string, room int) {
	if total(names) <= room {
		return
	}
	seen := map[string]bool{}
	for i, name := range names {
		if words := strings.Fields(name); len(words) > 0 {
			names[i] = words[len(words)-1]
		}
		seen[names[i]] = true
	}
	if total(names) > room || len(seen) < len(names) {
		copy(names, keys)
	}
}

func total(names []string) (n int) {
	for _, name := range names {
		n += cell.Width(name)
	}
	return n
}

func checked(on bool) string {
	if on {
		return "[x] "
	}
	return "[ ] "
}
