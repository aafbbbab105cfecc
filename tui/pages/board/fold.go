package board

import (
	"encoding/json"
	"path"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/panels"
)

// fold is how a source has columns of another one below each other: their names
// are the values of a field.
type fold struct {
	columns []string // or patterns of them
	key     string   // the field
}

// foldOf is the first fold among the transforms of a source.
func foldOf(src dashboard.Source) (fold, bool) {
	var steps []struct {
		Fold []string        `json:"fold"`
		As   json.RawMessage `json:"as"` // of other steps it is a name
	}
	if src.Transform == nil || json.Unmarshal(src.Transform, &steps) != nil {
		return fold{}, false
	}
	for _, s := range steps {
		if len(s.Fold) > 0 {
			key, as := "key", []string(nil)
			if json.Unmarshal(s.As, &as) == nil && len(as) > 0 {
				key = as[0]
			}
			return fold{s.Fold, key}, true
		}
	}
	return fold{}, false
}

// has reports whether a column is one of those below each other.
func (f fold) has(column string) bool {
	for _, pattern := range f.columns {
		if ok, err := path.Match(pattern, column); column == pattern || ok && err == nil {
			return true
		}
	}
	return false
}

// folded is a cursor as the panels of another source have it, where one of the
// two sources has columns of the other below each other.
func (f *figures) folded(c panels.Cursor, to string) (panels.Cursor, bool) {
	from, there := f.feeds[c.Source], f.feeds[to]
	if from == nil || there == nil || !samePlace(from.src, there.src) {
		return c, false
	}
	if of, ok := foldOf(there.src); ok && from.src.Transform == nil {
		switch {
		case c.Column == "":
			return panels.Cursor{Source: to, Field: c.Field, Value: c.Value}, true
		case of.has(c.Column):
			return panels.Cursor{Source: to, Field: of.key, Value: c.Column}, true
		}
		return c, false
	}
	of, ok := foldOf(from.src)
	if !ok || there.src.Transform != nil || c.Column != "" {
		return c, false
	}
	if c.Field != of.key {
		return panels.Cursor{Source: to, Field: c.Field, Value: c.Value}, true
	}
	column := columnOf(there.last.Frame, of, c.Value)
	return panels.Cursor{Source: to, Column: column}, column != ""
}

// columnOf is the column that a value of a fold's field names: a day may stand
// for the year that begins with it.
func columnOf(f frame.Frame, of fold, value string) string {
	if f == nil {
		return ""
	}
	for _, c := range f.Columns() {
		if of.has(c.Name) && (c.Name == value || strings.TrimSuffix(value, "-01-01") == c.Name) {
			return c.Name
		}
	}
	return ""
}

// samePlace reports whether two sources read the same.
func samePlace(a, b dashboard.Source) bool {
	return a.Path == b.Path && a.URL == b.URL && a.Table == b.Table && a.Connection == b.Connection && a.Query == b.Query && a.Stack == b.Stack && (a.Path != "" || a.URL != "" || a.Query != "")
}
