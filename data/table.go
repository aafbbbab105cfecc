package data

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Table is a small table of one row a region and one column a year (or
// another numeric column). Values are in the file's own unit. It is never
// changed once made.
type Table struct {
	Label   string   // heading of the regions: "Region"
	Regions []string // in the file's order, each once
	Columns []string // "1961", "1962", ...
	Origin  Origin
	Unit    Unit

	values [][]float64 // by region, then column; NaN = no value
	index  map[string]int
}

// Unit is what a source says of its values beyond what stands in the file. The
// zero Unit says nothing: they are shown as they are.
type Unit struct {
	Title, Axis string  // headings of the table and of a chart's y axis
	Per         float64 // how many of the stored unit make one of this
}

// AgricultureUnit is that of the demo's own figures, which are thousands of
// dollars.
var AgricultureUnit = Unit{
	Title: "Gross Agricultural Production ($B)", Axis: "Gross Agricultural Product ($B)", Per: 1e6,
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

// Years are the columns as years; false when a column is none.
func (t Table) Years() ([]int, bool) {
	years := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		y, err := strconv.Atoi(c)
		if err != nil || y < 1000 || y > 2999 {
			return nil, false
		}
		years[i] = y
	}
	return years, len(years) > 0
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

// ErrShape says that figures are no table of one region a row with numbers
// behind it.
var ErrShape = errors.New("the first column must name the rows and the others hold numbers")

// Limits of a Table.
const (
	maxTableRows    = 5_000
	maxTableColumns = 2_000
)

// ReadTable reads a table of the demo's shape, a heading and then a name and
// numbers in each row, out of a file of any format. A name that comes again has
// its number behind it. It fails with ErrShape when the file is of another
// shape.
func ReadTable(ctx context.Context, name string, body []byte) (Table, error) {
	f, err := readBytes(ctx, name, body)
	if err != nil {
		return Table{}, err
	}
	defer f.Close()
	return tableOf(ctx, f)
}

func tableOf(ctx context.Context, f frame.Frame) (Table, error) {
	cols := f.Columns()
	if len(cols) < 2 || len(cols) > maxTableColumns || f.Len() == 0 || f.Len() > maxTableRows {
		return Table{}, fmt.Errorf("%d columns, %d rows: %w", len(cols), f.Len(), ErrShape)
	}
	t := Table{Label: cmp.Or(cols[0].Name, "Region"), index: map[string]int{}}
	for _, c := range cols[1:] {
		if !c.Type.Numeric() && c.Nulls != f.Len() {
			return Table{}, fmt.Errorf("column %q holds no numbers: %w", c.Name, ErrShape)
		}
		t.Columns = append(t.Columns, c.Name)
	}
	err := f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			values := make([]float64, len(t.Columns))
			for c := range values {
				v, ok := b.Columns[c+1].Float(i)
				if values[c] = v; !ok || math.IsInf(v, 0) {
					values[c] = math.NaN()
				}
			}
			t.add(cmp.Or(b.Columns[0].String(i), "row"), values)
		}
		return nil
	})
	return t, err
}

// add adds a row. A name that comes again has its number behind it.
func (t *Table) add(first string, values []float64) {
	name := first
	for n := 2; ; n++ {
		if _, twice := t.index[name]; !twice {
			break
		}
		name = fmt.Sprintf("%s (%d)", first, n)
	}
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
