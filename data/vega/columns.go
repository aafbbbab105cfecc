package vega

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Column is one column of named data. Its values are Numbers, or Codes, or
// Values; all columns of a table have as many.
type Column struct {
	Name string
	// Numbers are numbers or, with Dates, milliseconds since 1970.
	Numbers []float64
	Null    []bool // which of Numbers have no value; nil = none
	Dates   bool
	// Codes are places in Texts, whose texts differ; -1 is no value.
	Texts []string
	Codes []int32
	// Values are numbers, text, booleans, js.Date, nil and what else package js
	// knows.
	Values []any
}

// vector is the column as a table holds it.
func (c Column) vector() *vector {
	switch {
	case c.Numbers != nil:
		return &vector{nums: c.Numbers, null: c.Null, dates: c.Dates}
	case c.Codes != nil:
		v := &vector{codes: c.Codes, dict: make([]any, len(c.Texts))}
		for i, t := range c.Texts {
			v.dict[i] = t
		}
		return v
	}
	return boxedVector(c.Values)
}

// Use says what a specification does with columns of named data.
type Use struct {
	texts []string
	utc   map[string]bool
	all   bool
}

// Reads reports whether the specification may read a column: its name stands
// in it.
func (u *Use) Reads(column string) bool {
	if u.all {
		return true
	}
	for _, t := range u.texts {
		if strings.Contains(t, column) || strings.Contains(t, "\\") && strings.Contains(flatName(t), column) {
			return true
		}
	}
	return false
}

// UTC reports whether the specification shows the dates of a column in UTC, by
// a scale or a unit of time. Dates without a zone are dates of UTC then, and
// local ones else: either way they show the day that they name.
func (u *Use) UTC(column string) bool { return u.utc[column] }

// useOf looks through a specification.
func useOf(top *js.Object) *Use {
	u := &Use{utc: map[string]bool{}}
	u.look(top, "")
	return u
}

func (u *Use) look(v any, name string) {
	switch v := v.(type) {
	case string:
		u.texts = append(u.texts, v)
		u.all = u.all || readsAny(v)
	case []any:
		for _, e := range v {
			u.look(e, name)
		}
	case *js.Object:
		if field, ok := v.Get("field").(string); ok && inUTC(v) {
			u.utc[flatName(field)] = true
		}
		for _, k := range v.Keys {
			if k == "values" && name == "data" || k == "datasets" && name == "" {
				continue // rows of its own
			}
			u.look(v.Values[k], k)
		}
	}
}

// readsAny reports whether an expression may read a field whose name it
// computes.
func readsAny(text string) bool {
	for {
		_, after, found := strings.Cut(text, "datum[")
		if !found {
			return false
		}
		after = strings.TrimLeft(after, " ")
		if after == "" || after[0] != '"' && after[0] != '\'' {
			return true
		}
		_, behind, _ := strings.Cut(after[1:], after[:1])
		if !strings.HasPrefix(strings.TrimLeft(behind, " "), "]") {
			return true
		}
		text = after
	}
}

// inUTC reports whether a channel or transform shows dates in UTC.
func inUTC(o *js.Object) bool {
	switch unit := o.Get("timeUnit").(type) {
	case string:
		return strings.HasPrefix(unit, "utc") || strings.HasPrefix(unit, "binnedutc")
	case *js.Object:
		name, _ := unit.Get("unit").(string)
		return unit.Get("utc") == true || strings.HasPrefix(name, "utc")
	}
	if s := object(o.Get("scale")); s != nil {
		return s.Get("type") == "utc"
	}
	return false
}

// named makes the table of named data.
func (o Options) named(name string, u *Use) (*table, error) {
	if o.Columns == nil {
		return nil, fmt.Errorf("names no data: there is no %q", name)
	}
	columns, rows, err := o.Columns(name, u)
	if err != nil {
		return nil, err
	}
	t := newTable(rows)
	for _, c := range columns {
		v := c.vector()
		if v.len() != rows {
			return nil, fmt.Errorf("has %d values in column %q and %d rows", v.len(), c.Name, rows)
		}
		t = t.withVector(c.Name, v)
	}
	return t, nil
}
