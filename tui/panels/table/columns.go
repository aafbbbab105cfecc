package table

import (
	"path"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/sheet"
)

// mostHeading is how wide a column is for its name, at most.
const mostHeading = 22

// leastProfiled is how wide a column is at least that has its shape in the
// heading.
const leastProfiled = query.ShapeBins + 2

// trendName is the column of sparklines, which no frame has.
const (
	trendName  = "\x00trend"
	trendCells = 12
)

// column is a column of the table: which one of the frame it shows, and how.
type column struct {
	at    int // in the frame; -1 = the sparkline
	name  string
	title string
	help  string
	width int
	sign  int // cells of the sign in the heading that says how it is sorted
	kind  frame.Type
	scale float64 // 0 = as it stands
	// format writes a number; nil = as it stands.
	format d3.Format
	// decimals is how many digits a number has at least behind its point.
	decimals int
	rules    []rule
	trend    []int // columns of the frame that make the sparkline
}

// rule colours what fulfils a comparison.
type rule struct {
	op    string
	value float64
	field int // column of the frame, -1 = value
	tone  sheet.Tone
}

// columnsOf are the columns of a frame as a page wants them, in the order that
// it wants: the index first.
func columnsOf(f frame.Frame, spec dashboard.Table) []column {
	wanted := spec.Columns
	if wanted == nil {
		for _, c := range f.Columns() {
			wanted = append(wanted, dashboard.TableColumn{Name: c.Name})
		}
	}
	var index, rest []column
	trend := trendOf(f, spec.Trend)
	for _, w := range wanted {
		c, ok := columnOf(f, spec, w)
		switch {
		case !ok:
		case slices.Contains(spec.Index, c.name):
			index = append(index, c)
		default:
			rest = append(rest, c)
		}
	}
	for _, name := range spec.Index {
		if !slices.ContainsFunc(index, func(c column) bool { return c.name == name }) {
			if c, ok := columnOf(f, spec, dashboard.TableColumn{Name: name}); ok {
				index = append(index, c)
			}
		}
	}
	slices.SortStableFunc(index, func(a, b column) int {
		return slices.Index(spec.Index, a.name) - slices.Index(spec.Index, b.name)
	})
	if len(trend) > 1 {
		rest = slices.Insert(rest, 0, column{at: -1, name: trendName, title: "trend", trend: trend, width: trendCells + 2})
	}
	return append(index, rest...)
}

func columnOf(f frame.Frame, spec dashboard.Table, w dashboard.TableColumn) (column, bool) {
	at := frame.Find(f, w.Name)
	if at < 0 {
		return column{}, false
	}
	from := f.Columns()[at]
	c := column{at: at, name: w.Name, title: clean(w.Label), help: w.Help, width: w.Width, kind: from.Type, scale: w.Scale}
	if c.title == "" {
		c.title = clean(w.Name)
	}
	if c.scale == 0 && !slices.Contains(spec.Index, w.Name) && from.Type.Numeric() {
		c.scale = spec.Scale
	}
	unit := w.Unit
	if unit == "" && c.scale == 0 {
		unit = from.Unit
	}
	if unit != "" {
		c.title += " (" + clean(unit) + ")"
	}
	if format, err := d3.NewFormat(w.Format); err == nil && w.Format != "" && from.Type.Numeric() {
		c.format = format
	}
	c.rules = rulesOf(f, w.Rules)
	return c, true
}

// trendOf are the columns of numbers whose names are in a list, or fit a
// pattern of it.
func trendOf(f frame.Frame, list []string) []int {
	var out []int
	for i, c := range f.Columns() {
		if c.Type.Numeric() && slices.ContainsFunc(list, func(p string) bool { return p == c.Name || fits(p, c.Name) }) {
			out = append(out, i)
		}
	}
	return out
}

func fits(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// heading is the column as the sheet draws it.
func (c *column) heading(profiled bool) sheet.Column {
	least := min(cell.Width(c.title)+2+c.sign, mostHeading)
	switch {
	case !profiled || c.at < 0:
	case c.kind.Numeric() || c.kind.Temporal():
		least = max(least, leastProfiled)
	default:
		least = max(least, leastProfiled+2) // for "Paris 25% +3"
	}
	return sheet.Column{Title: c.title, Right: c.kind.Numeric() && c.at >= 0, ID: c.name, Width: c.width, Least: least}
}

// headings are all columns as the sheet draws them.
func headings(columns []column, profiled bool) []sheet.Column {
	out := make([]sheet.Column, len(columns))
	for i := range columns {
		out[i] = columns[i].heading(profiled)
	}
	return out
}

// letter says of which type a column is.
func letter(t frame.Type) string {
	switch {
	case t.Numeric():
		return "#"
	case t.Temporal():
		return "D"
	case t == frame.Boolean:
		return "B"
	case t == frame.JSON:
		return "{"
	}
	return "A"
}

func indexOf(columns []column, name string) int {
	return slices.IndexFunc(columns, func(c column) bool { return c.name == name })
}
