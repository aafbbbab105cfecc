package dataframe

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
)

// measure says how the figures of a file are shown.
type measure struct {
	title, short string // heading of the table and of the chart's y axis
	scale        float64
	decimals     int // -1 = as they stand in the file
	years        bool
}

// measureOf tells the demo's table, whose columns are years in thousands of
// dollars, from other tables, which are shown as they are.
func measureOf(columns []string, o data.Origin) measure {
	years := len(columns) > 0
	for _, c := range columns {
		y, err := strconv.Atoi(c)
		years = years && err == nil && y >= 1000 && y <= 2999
	}
	if !years {
		return measure{title: o.Name, short: o.Name, scale: 1, decimals: -1}
	}
	return measure{
		title: "Gross Agricultural Production ($B)", short: "Gross Agricultural Product ($B)",
		scale: 1e6, decimals: 4, years: true,
	}
}

// text writes a value for reading: "–" for none, thousands parted.
func (m measure) text(v float64) string {
	if m.decimals >= 0 {
		return chart.Number(v, m.decimals)
	}
	s := chart.Number(v, 4)
	if whole, part, ok := strings.Cut(s, "."); ok && !strings.Contains(s, "e") {
		if part = strings.TrimRight(part, "0"); part == "" {
			return whole
		}
		return whole + "." + part
	}
	return s
}

// exact writes a value for other programs: "" for none, every digit kept.
func exact(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// thousands writes a whole number with its thousands parted.
func thousands(n int) string { return chart.Number(float64(n), 0) }

// summary is what can be said of a column.
type summary struct {
	count        int
	min, max     float64
	minAt, maxAt string
	sum          float64
}

func (s *summary) add(v float64, name string) {
	if math.IsNaN(v) {
		return
	}
	if s.count == 0 || v < s.min {
		s.min, s.minAt = v, name
	}
	if s.count == 0 || v > s.max {
		s.max, s.maxAt = v, name
	}
	s.count++
	s.sum += v
}

func (s summary) mean() float64 { return s.sum / float64(s.count) }

// words gives the summary in parts, the most wanted first.
func (s summary) words(m measure) []string {
	if s.count == 0 {
		return []string{"no numbers"}
	}
	named := func(v float64, at string) string {
		if at == "" {
			return m.text(v)
		}
		return m.text(v) + " " + at
	}
	return []string{
		"min " + named(s.min, s.minAt), "max " + named(s.max, s.maxAt),
		"mean " + m.text(s.mean()), "sum " + m.text(s.sum), thousands(s.count) + " values",
	}
}

// body is what the table shows: a frozen first column and others.
type body interface {
	columns() []string
	len() int
	// cells are the texts of a row, nil while it is being read.
	cells(row int) []string
}

// memory holds the chosen regions, in the order of the table.
type memory struct {
	label  string
	cols   []string
	rows   []region
	series []string // the regions in alphabetical order: their colours
}

type region struct {
	name   string
	values []float64 // shown values: scaled
	texts  []string  // the name first
	place  int       // in series
}

func (m *memory) columns() []string { return m.cols }
func (m *memory) len() int          { return len(m.rows) }
func (m *memory) cells(row int) []string {
	if row < 0 || row >= len(m.rows) {
		return nil
	}
	return m.rows[row].texts
}

// fill takes the chosen regions out of a table, sorted by name, and gives the
// measure with the decimals that they are shown with.
func (m *memory) fill(t data.Table, chosen []string, show measure) measure {
	names := slices.Clone(chosen)
	slices.Sort(names)
	*m = memory{label: t.Label, cols: append([]string{t.Label}, t.Columns...), series: names}
	for place, name := range names {
		at, _ := t.Find(name)
		r := region{name: name, place: place, texts: []string{clean(name)}}
		for c := range t.Columns {
			r.values = append(r.values, t.Value(at, c)/show.scale)
		}
		m.rows = append(m.rows, r)
	}
	show = show.fitted(m.rows)
	for c := range t.Columns {
		column := show.column(m.rows, c)
		for i := range m.rows {
			m.rows[i].texts = append(m.rows[i].texts, column.text(m.rows[i].values[c]))
		}
	}
	return show
}

// sort orders the rows by a column; rows without a value come last. Equal
// rows keep the order of their names.
func (m *memory) sort(column int, by direction) {
	slices.SortFunc(m.rows, func(a, b region) int { return a.place - b.place })
	if by == unsorted {
		return
	}
	sign := int(by)
	slices.SortStableFunc(m.rows, func(a, b region) int {
		if column == 0 {
			return sign * strings.Compare(a.name, b.name)
		}
		return compare(a.values[column-1], b.values[column-1], sign)
	})
}

func compare(a, b float64, sign int) int {
	switch {
	case math.IsNaN(a) && math.IsNaN(b):
		return 0
	case math.IsNaN(a):
		return 1
	case math.IsNaN(b):
		return -1
	case a < b:
		return -sign
	case a > b:
		return sign
	}
	return 0
}

// sum sums a column of values up.
func (m *memory) sum(column int) summary {
	var s summary
	for _, r := range m.rows {
		if column >= 1 {
			s.add(r.values[column-1], r.texts[0])
		}
	}
	return s
}
