package dashboard

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// CheckFields checks the columns that a page names against those that its
// sources have, by the sources' names. Sources that are not among them could
// not be read, and are left alone.
func (c *Content) CheckFields(columns map[string][]frame.Column) []Problem {
	k := fieldCheck{columns: columns}
	for i := range c.Sources {
		k.source(&c.Sources[i])
	}
	for i := range c.Inputs {
		k.input(&c.Inputs[i])
	}
	for _, row := range c.Rows {
		for i := range row.Panels {
			k.panel(&row.Panels[i])
		}
	}
	return (&reader{problems: k.problems}).sorted()
}

// fieldCheck checks columns that files name.
type fieldCheck struct {
	columns  map[string][]frame.Column
	problems []Problem
	// What is being checked: its columns, where it names them, and itself.
	known []frame.Column
	named map[string]Place
	at    Place
}

// begin turns to something that names columns of a source. It reports whether
// they are known.
func (k *fieldCheck) begin(source string, named map[string]Place, at Place) bool {
	known, ok := k.columns[source]
	k.known, k.named, k.at = known, named, at
	return ok
}

func (k *fieldCheck) tell(field string, warning bool, format string, args ...any) {
	at, ok := k.named[field]
	if !ok {
		at = k.at
	}
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = shown(s)
		}
	}
	k.problems = append(k.problems, Problem{Place: at, Text: fmt.Sprintf(format, args...), Warning: warning})
}

func (k *fieldCheck) names() []string {
	names := make([]string, len(k.known))
	for i, c := range k.known {
		names[i] = c.Name
	}
	return names
}

func (k *fieldCheck) column(name string) (frame.Column, bool) {
	i := slices.IndexFunc(k.known, func(c frame.Column) bool { return c.Name == name })
	if i < 0 {
		return frame.Column{}, false
	}
	return k.known[i], true
}

// fits is a demand on the type of a column, in words.
type fits struct {
	words string
	ok    func(frame.Type) bool
}

var (
	anything = fits{"", func(frame.Type) bool { return true }}
	numbers  = fits{"numbers", frame.Type.Numeric}
	ordinal  = fits{"numbers or dates", func(t frame.Type) bool { return t.Numeric() || t.Temporal() }}
	truths   = fits{"true and false", func(t frame.Type) bool { return t == frame.Boolean }}
)

// field checks one column that something wants. It reports whether the column
// is there.
func (k *fieldCheck) field(name, what string, want fits) bool {
	if name == "" {
		return false
	}
	c, ok := k.column(name)
	switch {
	case !ok:
		k.tell(name, false, "unknown column %s%s", name, hint(name, k.names()))
	case !want.ok(c.Type):
		k.tell(name, false, "%s wants %s, and the column %s is %s%s", what, want.words, name, c.Type.String(), k.suggest(want))
	}
	return ok
}

// suggest names the columns that would do.
func (k *fieldCheck) suggest(want fits) string {
	var fit []string
	for _, c := range k.known {
		if want.ok(c.Type) && len(fit) < 8 {
			fit = append(fit, shown(c.Name))
		}
	}
	if len(fit) == 0 {
		return ": no column is"
	}
	return ": such as " + strings.Join(fit, ", ")
}

func (k *fieldCheck) fields(names []string, what string, want fits) {
	for _, name := range names {
		k.field(name, what, want)
	}
}

func (k *fieldCheck) source(s *Source) {
	for _, l := range s.Lookup {
		if s.Transform == nil && k.begin(s.Name, s.named, s.At) { // A transform may have taken it away since.
			k.field(l.On, "on", anything)
		}
		if k.begin(l.From, s.named, s.At) {
			k.field(l.On, "on", anything)
			k.fields(l.Take, "take", anything)
		}
	}
}

func (k *fieldCheck) input(in *Input) {
	if in.Source == "" || !k.begin(in.Source, in.named, in.At) {
		return
	}
	want := anything
	switch in.Kind {
	case "range":
		want = ordinal
	case "toggle":
		want = truths
	}
	k.field(in.Field, "a "+in.Kind, want)
}

func (k *fieldCheck) panel(p *Panel) {
	for _, source := range p.Sources() {
		if !k.begin(source, p.named, p.At) {
			continue
		}
		k.where(p.Where)
		if len(p.Sources()) == 1 {
			k.fields(p.Detail, "detail", anything)
			if p.Open != nil {
				for _, a := range p.Open.Set {
					k.field(a.Field, "open", anything)
				}
			}
		}
		switch s := p.Spec.(type) {
		case *Metric:
			k.metric(s)
		case *Table:
			k.table(s)
		case *Chart:
			k.chart(p.Kind, s)
		case *Map:
			k.places(s, p.broken)
		}
	}
}

// where checks the conditions of a panel.
func (k *fieldCheck) where(w query.Where) {
	for _, err := range query.Check(w, k.known) {
		field := ""
		var c *query.ConditionError
		if errors.As(err, &c) {
			field = w[c.At].Field
		}
		k.tell(field, false, "%s", err.Error())
	}
}

func (k *fieldCheck) metric(m *Metric) {
	want := anything
	switch m.Aggregate {
	case "sum", "mean", "median":
		want = numbers
	case "min", "max":
		want = ordinal
	}
	if m.Trend || m.Format != "" && m.Aggregate != "count" && m.Aggregate != "distinct" {
		want = numbers
	}
	k.field(m.Field, "the metric", want)
	k.field(m.Over, "over", anything)
	if m.Delta != "previous" {
		k.field(m.Delta, "delta", numbers)
	}
	k.rules(m.Rules)
}

func (k *fieldCheck) rules(rules []Rule) {
	for _, r := range rules {
		k.field(r.Field, "a rule", anything)
	}
}

func (k *fieldCheck) table(t *Table) {
	for _, c := range t.Columns {
		if !k.field(c.Name, "a column", anything) {
			continue
		}
		column, _ := k.column(c.Name)
		if c.Scale != 0 && !column.Type.Numeric() {
			k.tell(c.Name, false, "scale wants numbers, and the column %s is %s", c.Name, column.Type.String())
		}
		if c.Format != "" && column.Type.Temporal() != datePatternOf(c.Format) {
			k.tell(c.Name, false, "the format %s does not fit the column %s, which is %s", c.Format, c.Name, column.Type.String())
		}
		k.rules(c.Rules)
	}
	k.fields(t.Index, "index", anything)
	for _, name := range t.Sort {
		if _, whole := k.column(name); !whole {
			k.field(strings.TrimPrefix(name, "-"), "sort", anything)
		}
	}
	for _, name := range t.Trend {
		if _, whole := k.column(name); whole || !isPattern(name) {
			k.field(name, "trend", numbers)
		} else {
			k.pattern(name)
		}
	}
}

func datePatternOf(s string) bool { return strings.Contains(s, "%") && datePattern(s) }

// pattern checks a pattern of number columns.
func (k *fieldCheck) pattern(pattern string) {
	for _, c := range k.known {
		if ok, err := path.Match(pattern, c.Name); err == nil && ok && c.Type.Numeric() {
			return
		}
	}
	k.tell(pattern, false, "no column of numbers fits %s", pattern)
}

func (k *fieldCheck) chart(kind string, c *Chart) {
	values := numbers
	if kind == "scatter_chart" {
		values = anything
	}
	k.field(c.X, "x", anything)
	k.fields(c.Y, "y", values)
	for _, color := range c.Color {
		if _, column := k.column(color); column || !isColor(color) {
			k.field(color, "color", anything)
		}
	}
	if _, err := strconv.ParseFloat(c.Size, 64); err != nil {
		k.field(c.Size, "size", numbers)
	}
	if _, whole := k.column(c.Sort); !whole && c.Sort != "false" && c.Sort != "true" {
		k.field(strings.TrimPrefix(c.Sort, "-"), "sort", anything)
	}
}

func (k *fieldCheck) places(m *Map, broken bool) {
	for _, axis := range []struct {
		field, key string
		names      []string
	}{
		{m.Latitude, "latitude", []string{"lat", "latitude"}},
		{m.Longitude, "longitude", []string{"lon", "longitude", "lng", "long"}},
	} {
		if axis.field != "" {
			k.field(axis.field, axis.key, numbers)
			continue
		}
		if !broken && !slices.ContainsFunc(k.known, func(c frame.Column) bool {
			return c.Type.Numeric() && slices.Contains(axis.names, strings.ToLower(c.Name))
		}) {
			k.tell("", false, "no column of numbers is called %s: write %s: and the column's name", strings.Join(axis.names, " or "), axis.key)
		}
	}
	if _, column := k.column(m.Color); column || !isColor(m.Color) {
		k.field(m.Color, "color", anything)
	}
	if _, err := strconv.ParseFloat(m.Size, 64); err != nil {
		k.field(m.Size, "size", numbers)
	}
}
