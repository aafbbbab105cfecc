package data

import (
	"math"
	"slices"
	"strings"
)

// Table is a small table of one row a region and one column a year. Values are in
// the file's own unit. It is never changed once made.
type Table struct {
	Regions []string // in the file's order, each once
	Columns []string // "1961", "1962", ...

	values [][]float64 // by region, then column; NaN = no value
	index  map[string]int
}

// Value is the value of a region (by its place in Regions) in a column, NaN
// where there is none.
func (t Table) Value(region, column int) float64 {
	if region < 0 || region >= len(t.values) || column < 0 || column >= len(t.Columns) {
		return math.NaN()
	}
	return t.values[region][column]
}

// Find is the place of a region by its name.
func (t Table) Find(region string) (int, bool) {
	i, ok := t.index[region]
	return i, ok
}

// The country names that stand in for each other: the UN file's, and the
// bundled file's.
var countryNames = [][]string{
	{"China"},
	{"United States of America", "United States"},
}

// Defaults are the countries that the demo starts with, by the names that
// this table has for them. A table of other things starts with its first two.
func (t Table) Defaults() []string {
	var out []string
	for _, names := range countryNames {
		for _, n := range names {
			if _, ok := t.Find(n); ok {
				out = append(out, n)
				break
			}
		}
	}
	if len(out) == 0 {
		out = slices.Clone(t.Regions[:min(2, len(t.Regions))])
	}
	return out
}

// add adds a row, whose name is no other's.
func (t *Table) add(name string, values []float64) {
	t.index[name] = len(t.Regions)
	t.Regions = append(t.Regions, name)
	t.values = append(t.values, values)
}

// SameCountry gives the names that a file may have for a country, the given
// one first.
func SameCountry(name string) []string {
	out := []string{name}
	for _, names := range countryNames {
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			out = append(out, names...)
		}
	}
	return out
}
