package gate

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// naming is which columns of a frame are named by what is drawn of it. No other
// column is sent.
type naming struct {
	all      bool            // a table without a list of columns names all
	exact    map[string]bool // columns by their names
	numbers  []string        // all number columns but this one, for each chart without y
	patterns []string        // of number columns: "19*"
	texts    []string        // of specifications, in which columns are named somewhere
	places   []place         // of maps that find their columns
}

// place is whether the coordinates of a map are to be found by their names.
type place struct{ latitude, longitude bool }

func newNaming() *naming { return &naming{exact: map[string]bool{}} }

func (n *naming) add(names ...string) {
	for _, name := range names {
		if name != "" {
			n.exact[name] = true
		}
	}
}

// columns are the places of the columns that are named, in the frame's order.
func (n *naming) columns(all []frame.Column) (out []int) {
	found := n.coordinates(all)
	for i, c := range all {
		if n.names(c) || slices.Contains(found, i) {
			out = append(out, i)
		}
	}
	return out
}

func (n *naming) names(c frame.Column) bool {
	if n.all || n.exact[c.Name] {
		return true
	}
	if c.Type.Numeric() {
		if slices.ContainsFunc(n.numbers, func(x string) bool { return x != c.Name }) {
			return true
		}
		for _, p := range n.patterns {
			if ok, err := path.Match(p, c.Name); err == nil && ok {
				return true
			}
		}
	}
	return slices.ContainsFunc(n.texts, func(text string) bool { return mentions(text, c.Name) })
}

// mentions reports whether a text names a column: its name stands there, and no
// letter or digit beside it that could make it another name.
func mentions(text, name string) bool {
	for at := 0; name != ""; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(name)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (start == 0 || !inName(before)) && (end == len(text) || !inName(after)) {
			return true
		}
		at = start + 1
	}
	return false
}

func inName(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }

// coordinateNames are those of the columns that a map takes for its places.
var coordinateNames = [2][]string{{"lat", "latitude"}, {"lon", "lng", "longitude", "long"}}

// coordinates are the columns that maps find by their names.
func (n *naming) coordinates(all []frame.Column) (out []int) {
	for _, p := range n.places {
		for which, wanted := range []bool{p.latitude, p.longitude} {
			if i := coordinate(all, which); wanted && i >= 0 {
				out = append(out, i)
			}
		}
	}
	return out
}

// coordinate finds the column of a coordinate as the map does: by its whole name
// first, then by its last word.
func coordinate(all []frame.Column, which int) int {
	find := func(fits func(name, word string) bool) int {
		for _, word := range coordinateNames[which] {
			if i := slices.IndexFunc(all, func(c frame.Column) bool { return fits(strings.ToLower(strings.TrimSpace(c.Name)), word) }); i >= 0 {
				return i
			}
		}
		return -1
	}
	if i := find(func(name, word string) bool { return name == word }); i >= 0 {
		return i
	}
	return find(func(name, word string) bool {
		words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_ .-", r) })
		return len(words) > 1 && words[len(words)-1] == word
	})
}

// panel adds what a panel names of one of its sources.
func (n *naming) panel(p *dashboard.Panel) {
	n.add(p.Detail...)
	if p.Open != nil {
		for _, a := range p.Open.Set {
			n.add(a.Field)
		}
	}
	switch s := p.Spec.(type) {
	case *dashboard.Metric:
		n.metric(s)
	case *dashboard.Table:
		n.table(s)
	case *dashboard.Chart:
		n.chart(s)
	case *dashboard.Map:
		n.add(s.Latitude, s.Longitude, s.Color, s.Size)
		n.places = append(n.places, place{s.Latitude == "", s.Longitude == ""})
	}
}

func (n *naming) metric(m *dashboard.Metric) {
	n.add(m.Field, m.Over)
	if m.Delta != "previous" {
		n.add(m.Delta)
	}
	n.rules(m.Rules)
}

func (n *naming) rules(rules []dashboard.Rule) {
	for _, r := range rules {
		n.add(r.Field)
	}
}

func (n *naming) table(t *dashboard.Table) {
	n.all = n.all || t.Columns == nil
	for _, c := range t.Columns {
		n.add(c.Name)
		n.rules(c.Rules)
	}
	n.add(t.Index...)
	n.sorted(t.Sort...)
	n.add(t.Trend...)
	n.patterns = append(n.patterns, t.Trend...)
}

// sorted adds columns that a minus may stand before.
func (n *naming) sorted(names ...string) {
	for _, name := range names {
		n.add(name, strings.TrimPrefix(name, "-"))
	}
}

func (n *naming) chart(c *dashboard.Chart) {
	n.add(c.X, c.Size)
	n.add(c.Y...)
	n.add(c.Color...)
	n.sorted(c.Sort)
	if len(c.Y) == 0 {
		n.numbers = append(n.numbers, c.X)
	}
}
