package mapview

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/cell"
)

// name is a text that stands at a place. Texts from outside are cleaned here,
// once.
type name struct {
	at     spot
	text   string
	color  cell.RGB
	own    bool // the colour says something: it is no black, white or grey
	alpha  float64
	sides  []side
	weight float64 // of what stands at its place: heavier ones are written first
	pin    bool
}

// maxName is the longest name, in cells.
const maxName = 80

// newNames makes the labels and the icons of a layer, in that order. Pictures
// cannot be shown: an icon is a pin in its colour.
func newNames(l *deck.Layer, opacity float64) (out []name) {
	texts := make([]string, len(l.Labels))
	for i := range l.Labels {
		texts[i] = cell.Cut(session.Clean(strings.ReplaceAll(l.Labels[i].Text, "\n", " "), 200), maxName)
	}
	shorten(texts)
	for i := range l.Labels {
		c := &l.Labels[i]
		n := name{at: spotOf(c.At), text: texts[i], sides: sidesOf(c.Anchor, c.Baseline)}
		n.color, n.alpha = paint(c.Color, opacity)
		n.own = max(n.color[0], n.color[1], n.color[2])-min(n.color[0], n.color[1], n.color[2]) > 24
		out = append(out, n)
	}
	for i := range l.Icons {
		n := name{at: spotOf(l.Icons[i].At), pin: true, text: "▼", own: true}
		n.color, n.alpha = paint(l.Icons[i].Color, opacity)
		out = append(out, n)
	}
	return out
}

// code is a code in parentheses behind a name, as of a station.
var code = regexp.MustCompile(`^(.*\S) \([0-9A-Z]{2,6}\)$`)

// Short is a name without the code in parentheses behind it.
func Short(name string) string {
	if m := code.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}

// shorten leaves the codes behind names out, where the names differ without
// them: there is little room on a map.
func shorten(texts []string) {
	short, seen := make([]string, len(texts)), map[string]bool{}
	for i, text := range texts {
		text = Short(text)
		if seen[text] {
			return
		}
		seen[text], short[i] = true, text
	}
	copy(texts, short)
}

// rank is the order in which the names of a scene are written: those at larger
// circles first, then as the map has them.
func rank(layers []layer) (out []Pick) {
	weights := map[spot]float64{}
	for i := range layers {
		for k := range layers[i].discs {
			d := &layers[i].discs[k]
			weights[d.at] = max(weights[d.at], layers[i].of.Circles[k].Radius)
		}
	}
	for i := range layers {
		for k := range layers[i].names {
			n := &layers[i].names[k]
			n.weight = weights[n.at]
			out = append(out, Pick{true, i, Name, k})
		}
	}
	weight := func(p Pick) float64 { return layers[p.Layer].names[p.Index].weight }
	slices.SortStableFunc(out, func(a, b Pick) int { return cmp.Compare(weight(b), weight(a)) })
	return out
}

// side is a place for a name beside its place: in the row dy below it, and in
// the row's middle, or to the left or right. The cost is how much less than the
// best it is liked.
type side struct {
	dx, dy int
	cost   float64
}

// around are the sides, the best first, as mapmakers like them.
var around = []side{{0, -1, 0}, {1, 0, 0.5}, {-1, 0, 0.8}, {1, -1, 0.9}, {0, 1, 1}, {-1, -1, 1.1}, {1, 1, 1.2}, {-1, 1, 1.4}}

// sidesOf are the sides of a name that is to stand so: where the map wants it,
// and then around.
func sidesOf(anchor, baseline string) []side {
	first := side{dx: map[string]int{"start": 1, "end": -1}[anchor], dy: map[string]int{"bottom": -1, "top": 1}[baseline], cost: -0.2}
	if first.dx == 0 && first.dy == -1 {
		return around
	}
	return append([]side{first}, around...)
}

// x is where a name of w cells begins, from its place.
func (s side) x(w int) int {
	gap := 1 - s.dy*s.dy // In the place's own row its mark needs room.
	switch s.dx {
	case 1:
		return 1 + gap
	case -1:
		return -w - gap
	}
	return -w / 2
}
