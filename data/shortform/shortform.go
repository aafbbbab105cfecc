// Package shortform turns Streamlit's four chart calls (line_chart, area_chart,
// bar_chart, scatter_chart) into specifications of Vega-Lite, as Streamlit
// does it. What differs, with the reason:
//
//   - Several y are folded by the specification; Streamlit melts the data.
//   - The colours of names have a domain in the order of the file, where
//     Streamlit leaves it to the alphabet: a series keeps its colour when
//     another one is added or left out.
//   - The invisible points of line_chart, which serve the mouse of a browser,
//     are not there.
//   - y without a word is all other columns of numbers, not all others.
//   - A field as color beside several y, which Streamlit forgets, is an error.
package shortform

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// Error is what is wrong with a chart's parameters.
type Error struct {
	Kind string // of the panel: "bar_chart"
	Key  string // of the parameter: "y"; "" = the panel as a whole
	Text string // what is wrong and what to do
}

// Error is one line: "bar_chart: y: there is no field \"amonut\": did you mean
// amount?".
func (e *Error) Error() string {
	if e.Key == "" {
		return e.Kind + ": " + e.Text
	}
	return e.Kind + ": " + e.Key + ": " + e.Text
}

// The names of the columns that a specification makes, as Streamlit makes them.
const (
	made       = " -- streamlit-generated"
	indexName  = "index" + made
	valueName  = "value" + made
	seriesName = "color" + made
)

// marks are the marks of the four kinds.
var marks = map[string]string{
	"line_chart": "line", "area_chart": "area", "bar_chart": "bar", "scatter_chart": "circle",
}

// Known reports whether kind is one of the four.
func Known(kind string) bool { return marks[kind] != "" }

// VegaLite returns the specification of a panel of one of the four kinds. Its
// data is named as the panel's source. The types of columns and the colour that
// each name has follow from all, the whole source; shown, the rows that are
// drawn, decide which of the names the legend has; nil = all. Only mistakes of
// the panel are of type *Error.
func VegaLite(ctx context.Context, p dashboard.Panel, all, shown frame.Frame) ([]byte, error) {
	c, ok := p.Spec.(*dashboard.Chart)
	if !ok || !Known(p.Kind) {
		return nil, fmt.Errorf("%s is no chart in short form", p.Kind)
	}
	w := &writer{kind: p.Kind, c: c, columns: all.Columns(), all: all, shown: shown}
	if err := w.resolve(); err != nil {
		return nil, err
	}
	spec, err := w.spec(ctx)
	if err != nil {
		return nil, err
	}
	return spec.Text()
}

// Check returns what is wrong with a panel for columns like these, of which
// nothing needs to be read: an *Error, or nil.
func Check(p dashboard.Panel, columns []frame.Column) error {
	c, ok := p.Spec.(*dashboard.Chart)
	if !ok || !Known(p.Kind) {
		return fmt.Errorf("%s is no chart in short form", p.Kind)
	}
	return (&writer{kind: p.Kind, c: c, columns: columns}).resolve()
}

// writer writes one specification.
type writer struct {
	kind       string
	c          *dashboard.Chart
	columns    []frame.Column
	all, shown frame.Frame

	x     *frame.Column // nil = the number of the row
	ys    []frame.Column
	color *frame.Column
	size  *frame.Column
}

func (w *writer) wrong(key, format string, args ...any) error {
	return &Error{w.kind, key, fmt.Sprintf(format, args...)}
}

// find returns the column that a parameter names.
func (w *writer) find(key, name string) (*frame.Column, error) {
	if c := w.column(name); c != nil {
		return c, nil
	}
	var names []string
	for _, c := range w.columns {
		names = append(names, c.Name)
	}
	if near := dashboard.Near(name, names); near != "" {
		return nil, w.wrong(key, "there is no field %q: did you mean %s?", name, near)
	}
	return nil, w.wrong(key, "there is no field %q%s", name, known(names))
}

// known lists the fields, as far as they fit into a line.
func known(names []string) string {
	const most = 8
	switch {
	case len(names) == 0:
		return ": the source has none"
	case len(names) > most:
		return fmt.Sprintf(": there are %s and %d more", quotedList(names[:most]), len(names)-most)
	}
	return ": there are " + quotedList(names)
}

func quotedList(names []string) string {
	s := ""
	for i, n := range names {
		if i > 0 {
			s += ", "
		}
		s += strconv.Quote(n)
	}
	return s
}

func (w *writer) column(name string) *frame.Column {
	i := slices.IndexFunc(w.columns, func(c frame.Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &w.columns[i]
}

// resolve finds the columns of the parameters.
func (w *writer) resolve() (err error) {
	if err := w.suits(); err != nil {
		return err
	}
	if w.c.X != "" {
		if w.x, err = w.find("x", w.c.X); err != nil {
			return err
		}
	}
	if err := w.resolveSize(); err != nil {
		return err
	}
	if err := w.resolveColor(); err != nil {
		return err
	}
	if err := w.resolveY(); err != nil {
		return err
	}
	if err := w.colors(); err != nil {
		return err
	}
	if name := sortField(w.c.Sort); name != "" {
		_, err = w.find("sort", name)
	}
	return err
}

// suits refuses what the kind does not take.
func (w *writer) suits() error {
	for _, p := range []struct {
		key   string
		given bool
		kinds []string
	}{
		{"size", w.c.Size != "", []string{"scatter_chart"}},
		{"stack", w.c.Stack != "", []string{"area_chart", "bar_chart"}},
		{"horizontal", w.c.Horizontal, []string{"bar_chart"}},
		{"sort", w.c.Sort != "", []string{"bar_chart"}},
	} {
		if p.given && !slices.Contains(p.kinds, w.kind) {
			list := p.kinds[0]
			if len(p.kinds) > 1 {
				list += " and " + p.kinds[1]
			}
			return w.wrong(p.key, "only %s can have it", list)
		}
	}
	if s := w.c.Stack; s != "" && !slices.Contains(stacks, s) {
		return w.wrong("stack", "it is true, false, normalize, center or layered, not %q", s)
	}
	return nil
}

var stacks = []string{"true", "false", "normalize", "center", "layered"}

func (w *writer) resolveY() error {
	for _, name := range w.c.Y {
		c, err := w.find("y", name)
		if err != nil {
			return err
		}
		if len(w.c.Y) > 1 && !c.Type.Numeric() {
			return w.wrong("y", "%q is %s: several y need numbers", name, c.Type)
		}
		w.ys = append(w.ys, *c)
	}
	if w.c.Y != nil {
		return nil
	}
	for _, c := range w.columns {
		used := w.x != nil && c.Name == w.x.Name || w.color != nil && c.Name == w.color.Name || w.size != nil && c.Name == w.size.Name
		if c.Type.Numeric() && !used {
			w.ys = append(w.ys, c)
		}
	}
	if w.ys == nil {
		return w.wrong("y", "no other column has numbers: name one")
	}
	return nil
}

func (w *writer) resolveSize() error {
	if w.c.Size == "" {
		return nil
	}
	if w.size = w.column(w.c.Size); w.size != nil {
		return nil
	}
	if _, err := strconv.ParseFloat(w.c.Size, 64); err == nil {
		return nil
	}
	_, err := w.find("size", w.c.Size)
	return err
}

func (w *writer) resolveColor() error {
	if len(w.c.Color) != 1 {
		return nil
	}
	name := w.c.Color[0]
	if w.color = w.column(name); w.color != nil || isColor(name) {
		return nil
	}
	_, err := w.find("color", name)
	return err
}

// colors checks the colours that are written.
func (w *writer) colors() error {
	n, many := len(w.c.Color), len(w.ys)
	switch {
	case n == 0:
		return nil
	case w.color != nil && many > 1:
		return w.wrong("color", "it is the field %q, and each of several y has its own colour: name %d colours, or one y", w.color.Name, many)
	case w.color != nil:
		return nil
	case n != many:
		return w.wrong("color", "there are %d colours for %d y", n, many)
	}
	for _, c := range w.c.Color {
		if !isColor(c) {
			return w.wrong("color", "%q is no colour: write it as #ffaa00", c)
		}
	}
	return nil
}
