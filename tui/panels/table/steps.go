package table

import (
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// steps is what a reader made of a table: each change makes others, which can
// be undone. They speak of columns by name, so they hold for what a source
// gives next. Their slices are never changed.
type steps struct {
	where query.Where
	sort  []sortKey
	types []panels.ColumnType
	// lookups are columns of other sources that were added.
	lookups []dashboard.Lookup
	order   []string // all columns in the order shown; nil = the page's
	hidden  []string
	only    []string // the columns that it begins with, until all are known; nil = all
	frozen  int      // columns at the left that do not scroll
}

// sortKey is a column that rows are sorted by.
type sortKey struct {
	name       string
	descending bool
}

// sortKeyOf reads "amount" and "-amount".
func sortKeyOf(text string) sortKey {
	if len(text) > 1 && text[0] == '-' {
		return sortKey{text[1:], true}
	}
	return sortKey{text, false}
}

// String writes a key as a page does.
func (k sortKey) String() string {
	if k.descending {
		return "-" + k.name
	}
	return k.name
}

// sortedBy goes on to the next of the three states of a column: up, down, as
// it was. Also keeps the other keys.
func (s steps) sortedBy(name string, also bool) steps {
	i := slices.IndexFunc(s.sort, func(k sortKey) bool { return k.name == name })
	var keys []sortKey
	if also {
		keys = slices.Clone(s.sort)
	}
	switch {
	case i < 0:
		keys = append(keys, sortKey{name, false})
	case !s.sort[i].descending && also:
		keys[i].descending = true
	case !s.sort[i].descending:
		keys = []sortKey{{name, true}}
	case also:
		keys = slices.Delete(keys, i, i+1)
	}
	s.sort = keys
	return s
}

func sameSort(a, b []sortKey) bool { return slices.Equal(a, b) }

// history is the steps that were made, and the place of those that hold.
type history struct {
	list []steps
	at   int
}

// now is the steps that hold.
func (h *history) now() steps { return h.list[h.at] }

// do makes other steps hold; what was undone is forgotten.
func (h *history) do(s steps) {
	h.list = append(h.list[:h.at+1:h.at+1], s)
	h.at++
}

// move goes back and forth, and reports whether there was somewhere to go.
func (h *history) move(by int) bool {
	if at := h.at + by; at >= 0 && at < len(h.list) {
		h.at = at
		return true
	}
	return false
}

// told is the steps as a page is told them.
func told(p *body) panels.Steps {
	s, first := p.history.now(), p.history.list[0]
	out := panels.Steps{Source: p.spec.Source, Where: s.where, Types: s.types, Lookup: s.lookups}
	for _, k := range s.sort {
		out.Sort = append(out.Sort, k.String())
	}
	var names []string
	for _, c := range p.shown.rows.cols {
		if c.at >= 0 {
			names = append(names, c.name)
		}
	}
	if len(s.hidden) > 0 || s.order != nil || p.spec.Columns != nil {
		out.Columns = names
	}
	if s.frozen != first.frozen || p.env.Begin.Index != nil {
		out.Index = names[:min(s.frozen, len(names))]
	}
	return out
}
