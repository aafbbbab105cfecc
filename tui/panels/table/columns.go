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
	doubt bool // it could have been read in several ways
	sign  int  // cells of the sign in the heading that says how it is sorted
	kind  frame.Type
	scale float64 // that its numbers have already; 0 = none
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

// spec is what a page says of a table.
type spec struct{ dashboard.Table }

// with is the same with columns that a reader added, behind those that the page
// names.
func (s spec) with(more []added) dashboard.Table {
	t := s.Table
	if t.Columns != nil {
		t.Columns = slices.Clone(t.Columns)
		for _, a := range more {
			t.Columns = append(t.Columns, dashboard.TableColumn{Name: a.name})
		}
	}
	return t
}

// columnsOf are the columns of a frame as a page wants them, in the order that
// it wants: the index first.
func columnsOf(f frame.Frame, spec dashboard.Table) []column {
	places := make(map[string]int, len(f.Columns()))
	for i, c := range f.Columns() {
		places[c.Name] = i
	}
	m := maker{f, spec, places}
	wanted := spec.Columns
	if wanted == nil {
		for _, c := range f.Columns() {
			wanted = append(wanted, dashboard.TableColumn{Name: c.Name})
		}
	}
	out := m.index(wanted)
	if trend := trendOf(f, spec.Trend); len(trend) > 1 {
		out = append(out, column{at: -1, name: trendName, title: "trend", trend: trend, width: trendCells + 2})
	}
	for _, w := range wanted {
		if c, ok := m.column(w); ok && !slices.Contains(spec.Index, c.name) {
			out = append(out, c)
		}
	}
	return out
}

// maker makes the columns of a table.
type maker struct {
	f      frame.Frame
	spec   dashboard.Table
	places map[string]int // of the frame's columns
}

// index are the columns that a page freezes, as it wants them.
func (m maker) index(wanted []dashboard.TableColumn) (out []column) {
	for _, name := range m.spec.Index {
		w := dashboard.TableColumn{Name: name}
		if i := slices.IndexFunc(wanted, func(w dashboard.TableColumn) bool { return w.Name == name }); i >= 0 {
			w = wanted[i]
		}
		if c, ok := m.column(w); ok {
			out = append(out, c)
		}
	}
	return out
}

func (m maker) column(w dashboard.TableColumn) (column, bool) {
	at, ok := m.places[w.Name]
	if !ok {
		return column{}, false
	}
	from := m.f.Columns()[at]
	c := column{at: at, name: w.Name, title: clean(w.Label), help: w.Help, width: w.Width, kind: from.Type, scale: w.Scale}
	if c.title == "" {
		c.title = clean(w.Name)
	}
	if c.scale == 0 && !slices.Contains(m.spec.Index, w.Name) && from.Type.Numeric() {
		c.scale = m.spec.Scale
	}
	unit := w.Unit
	if unit == "" && c.scale == 0 {
		unit = from.Unit
	}
	if unit != "" {
		c.title += " (" + clean(unit) + ")"
	}
	if w.Format != "" && from.Type.Numeric() {
		if format, err := d3.NewFormat(w.Format); err == nil {
			c.format = format
		}
	}
	c.rules = rulesOf(m.f, w.Rules)
	return c, true
}

// trendOf are the columns of numbers whose names are in a list, or fit a
// pattern of it.
func trendOf(f frame.Frame, list []string) []int {
	if len(list) == 0 {
		return nil
	}
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
	title := c.title
	if c.doubt {
		title += " ?"
		least += 2
	}
	return sheet.Column{Title: title, Right: c.kind.Numeric() && c.at >= 0, ID: c.name, Width: c.width, Least: least}
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
