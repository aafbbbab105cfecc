package data

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
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
	Bad     BadRows

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

// BadRows counts the rows of a file that could not be used as they are.
type BadRows struct {
	Count int
	First string // where and why the first was bad: "line 12: 3 fields, want 8"
}

func (b *BadRows) add(line int, why string) {
	b.Count++
	if b.First == "" {
		b.First = fmt.Sprintf("line %d: %s", line, why)
	}
}

// ErrShape says that a file is no table of one region a row with numbers
// behind it.
var ErrShape = errors.New("the first column must name the rows and the others hold numbers")

// Limits of a Table. A larger file is a Sheet.
const (
	maxTableRows    = 5_000
	maxTableColumns = 2_000
	maxBadFirst     = 100 // bad rows, more than good ones, that tell it is none
)

// ReadTable reads a CSV table of the demo's shape: a heading, then a name and
// numbers in each row. Rows that do not fit are left out and counted. It
// fails with ErrShape when the file is of another shape.
func ReadTable(r io.Reader) (Table, error) {
	rd := NewReader(r)
	head, err := rd.Read()
	if errors.Is(err, io.EOF) {
		return Table{}, errors.New("it is empty")
	}
	if err != nil {
		return Table{}, fmt.Errorf("read the heading: %w", err)
	}
	if allNumbers(head) {
		return Table{}, fmt.Errorf("the first row is no heading: %w", ErrShape)
	}
	if len(head) < 2 || len(head) > maxTableColumns {
		return Table{}, fmt.Errorf("%d columns: %w", len(head), ErrShape)
	}
	t := Table{Label: cmp.Or(head[0], "Region"), Columns: head[1:], index: map[string]int{}}
	for {
		row, err := rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Table{}, err
		}
		t.add(row, len(head), rd.Line())
		if len(t.Regions) > maxTableRows {
			return Table{}, fmt.Errorf("more than %d rows: %w", maxTableRows, ErrShape)
		}
		if t.Bad.Count > len(t.Regions)+maxBadFirst {
			break // Another kind of file: its end need not be seen.
		}
	}
	if len(t.Regions) == 0 || t.Bad.Count > len(t.Regions) {
		return Table{}, fmt.Errorf("%d usable rows, %d bad: %w", len(t.Regions), t.Bad.Count, ErrShape)
	}
	return t, nil
}

func (t *Table) add(row []string, width, line int) {
	if len(row) != width {
		t.Bad.add(line, fmt.Sprintf("%d fields, want %d", len(row), width))
		return
	}
	if _, twice := t.index[row[0]]; twice || row[0] == "" {
		t.Bad.add(line, "the name is missing or was there before")
		return
	}
	values := make([]float64, width-1)
	for i, field := range row[1:] {
		v, ok := Number(field)
		if !ok {
			t.Bad.add(line, "column "+strconv.Quote(t.Columns[i])+" is no number")
			return
		}
		values[i] = v
	}
	t.index[row[0]] = len(t.Regions)
	t.Regions = append(t.Regions, row[0])
	t.values = append(t.values, values)
}

// Number reads a field: NaN for an empty one, false for one that is no finite
// number.
func Number(field string) (float64, bool) {
	if field == "" {
		return math.NaN(), true
	}
	v, err := strconv.ParseFloat(field, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

// allNumbers says that a row holds nothing but numbers, as no heading does.
func allNumbers(row []string) bool {
	for _, field := range row {
		if v, ok := Number(field); !ok || math.IsNaN(v) {
			return false
		}
	}
	return len(row) > 0
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
