package geo

import (
	"cmp"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
)

// named is a place of the map that has a name, to be found by it.
type named struct {
	name  string
	at    deck.Place
	picks []mapview.Pick // what stands there: its circle before its name
	// figure is what its circle's size follows from; it has one.
	figure    float64
	hasFigure bool
}

// maxNamed bounds the names that can be found.
const maxNamed = 200_000

// index is the names of a map.
type index struct {
	list   []named
	order  []int              // of list, the greatest figures first
	field  string             // of the figures
	places map[deck.Place]int // of list
}

// newIndex finds the names of a map: the texts of its labels, with the figures
// of the circles that stand where they do.
func newIndex(s *deck.Scene) (x index) {
	x.places = map[deck.Place]int{}
	for i, l := range s.Layers {
		for k := range l.Labels {
			c := &l.Labels[k]
			text := session.Clean(c.Text, 60)
			if _, taken := x.places[c.At]; taken || text == "" || len(x.list) >= maxNamed {
				continue
			}
			x.places[c.At] = len(x.list)
			x.list = append(x.list, named{name: text, at: c.At, picks: []mapview.Pick{{OK: true, Layer: i, Kind: mapview.Name, Index: k}}})
		}
	}
	for i, l := range s.Layers {
		for k := range l.Circles {
			n, ok := x.places[l.Circles[k].At]
			if !ok || x.list[n].picks[0].Kind == mapview.Disc {
				continue
			}
			x.list[n].add(mapview.Pick{OK: true, Layer: i, Kind: mapview.Disc, Index: k})
			if field := l.Fields["getRadius"]; field != "" {
				x.field, x.list[n].figure, x.list[n].hasFigure = field, l.Circles[k].Radius, true
			}
		}
	}
	x.sort()
	return x
}

func (n *named) add(p mapview.Pick) { n.picks = append([]mapview.Pick{p}, n.picks...) }

// sort puts the greatest figures first.
func (x *index) sort() {
	x.order = make([]int, len(x.list))
	for i := range x.order {
		x.order[i] = i
	}
	slices.SortStableFunc(x.order, func(a, b int) int { return cmp.Compare(x.list[b].figure, x.list[a].figure) })
}

// at is the name at a place, "" where there is none.
func (x *index) at(p deck.Place) string {
	if i, ok := x.places[p]; ok {
		return x.list[i].name
	}
	return ""
}

// ranked reports whether the names have figures to be put in order by.
func (x *index) ranked() bool { return x.field != "" && len(x.list) > 0 }

// pick is what is shown at a name's place, nothing where that is hidden.
func (f *figures) pick(i int) mapview.Pick {
	if i < len(f.index.list) {
		for _, p := range f.index.list[i].picks {
			if f.shown(p.Layer) {
				return p
			}
		}
	}
	return mapview.Pick{}
}

// figureOf is the figure of a name in words, "" where it has none.
func (x *index) figureOf(i int) string {
	if n := &x.list[i]; n.hasFigure {
		return quantity(n.figure)
	}
	return ""
}

// String implements fuzzy.Source.
func (x *index) String(i int) string { return x.list[i].name }

// Len implements fuzzy.Source.
func (x *index) Len() int { return len(x.list) }

// shortName is a name in some cells, without the code behind it where it is too
// long.
func shortName(name string, room int) string {
	if cell.Width(name) > room {
		name = mapview.Short(name)
	}
	return cell.Cut(name, room)
}
