package table

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vegalite"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// countsName is what a chart calls the figures that stand in the place of rows.
const countsName = "counts"

// long is figures for a chart: a name, a second name where there is one, and a
// number in each row.
type long struct {
	names  []string // of the columns
	labels []frame.Vector
	number frame.Vector
}

// newLong makes one with columns of names and one of numbers.
func newLong(number frame.Type, names ...string) *long {
	l := &long{labels: make([]frame.Vector, len(names)-1)}
	for _, name := range names {
		for n := 2; slices.Contains(l.names, name); n++ {
			name = strconv.Itoa(n) + " " + name
		}
		l.names = append(l.names, name)
	}
	for i := range l.labels {
		l.labels[i].Reset(frame.Text)
	}
	l.number.Reset(number)
	return l
}

func (l *long) add(v *frame.Vector, i int, labels ...string) {
	for k, label := range labels {
		l.labels[k].AppendString(label)
	}
	l.number.AppendFrom(v, i)
}

func (l *long) frame() frame.Frame {
	columns := make([]frame.Column, len(l.names))
	for i, name := range l.names {
		columns[i] = frame.Column{Name: name}
	}
	return frame.New(frame.Origin{}, columns, append(slices.Clone(l.labels), l.number))
}

// field is a column of a chart in the order of the rows.
func (l *long) field(i int) vegalite.Object {
	o := vegalite.Object{{Name: "field", Value: vegalite.Field(l.names[i])}}
	if i == len(l.labels) {
		return o.Set("type", "quantitative").Set("title", l.names[i])
	}
	return o.Set("type", "nominal").Set("sort", nil).Set("title", nil)
}

// chart asks the page for a chart of the figures.
func (l *long) chart(title string, mark any, encoding vegalite.Object) tea.Cmd {
	text, err := vegalite.Object{
		{Name: "$schema", Value: "https://vega.github.io/schema/vega-lite/v6.json"},
		{Name: "data", Value: vegalite.Object{{Name: "name", Value: countsName}}},
		{Name: "mark", Value: mark}, {Name: "encoding", Value: encoding},
	}.Text()
	if err != nil {
		return page.Send(page.Failed{Err: err})
	}
	return panels.Send(panels.Chart{Title: title, Source: countsName, Spec: text, Rows: l.frame()})
}

// chart charts the values: their rows or figure as bars, stacked by the values
// across. What cannot be added up across is told by colour.
func (v *values) chart(p *Panel) tea.Cmd {
	c := v.counts
	b, err := frame.Rows(p.env.Ctx, c, frame.All(c), 0, c.Len())
	if err != nil {
		return p.fail(err)
	}
	at := max(c.Figure, 1)
	if c.FirstAcross == 0 {
		l := newLong(b.Columns[at].Type, v.asked.Column, titleOf(c.Columns()[at]))
		for row := range c.Len() {
			place := v.s.Place(row)
			l.add(&b.Columns[at], place, c.Labels[place])
		}
		return l.chart(v.name(), "bar", vegalite.Object{{Name: "y", Value: l.field(0)}, {Name: "x", Value: l.field(1)}})
	}
	title := "rows"
	if c.Figure >= 0 {
		title = titleOf(c.Columns()[at])
	}
	l := newLong(b.Columns[c.FirstAcross].Type, v.asked.Column, v.asked.Across, title)
	for row := range c.Len() {
		place := v.s.Place(row)
		for i, a := range c.Across {
			l.add(&b.Columns[c.FirstAcross+i], place, c.Labels[place], a.Label)
		}
	}
	across := l.field(1)
	if v.asked.Fn == "" || v.asked.Fn == query.Sum {
		return l.chart(v.name(), "bar", vegalite.Object{{Name: "y", Value: l.field(0)}, {Name: "x", Value: l.field(2)}, {Name: "color", Value: across}})
	}
	return l.chart(v.name(), "rect", vegalite.Object{{Name: "y", Value: l.field(0)}, {Name: "x", Value: across}, {Name: "color", Value: l.field(2)}})
}

// picked keeps the rows of a value that was picked in a chart, as in the table.
func (v *values) picked(p *Panel, where query.Where) tea.Cmd {
	label, across := "", ""
	for _, c := range where {
		switch {
		case c.Op != query.Eq || len(c.Values) != 1:
		case c.Field == v.asked.Column:
			label = c.Values[0]
		case c.Field == v.asked.Across:
			across = c.Values[0]
		}
	}
	at := slices.Index(v.counts.Labels, label)
	if at < 0 || at >= len(v.counts.Where) {
		return nil
	}
	keep := v.counts.Where[at]
	if i := slices.IndexFunc(v.counts.Across, func(a query.Across) bool { return a.Label == across }); i >= 0 {
		keep = slices.Concat(keep, v.counts.Across[i].Where)
	}
	p.sub = nil
	s := p.history.now()
	s.where = slices.Concat(s.where, keep)
	return p.step(s, "filtering")
}

// mostCharted is how many turned rows a chart tells apart.
const mostCharted = 10

// chart charts the numbers of the turned rows: a line for each row, over the
// columns.
func (t *turned) chart(p *Panel) tea.Cmd {
	r := p.shown.rows
	n := min(len(t.heads)-1, mostCharted)
	var places []uint32
	for row := range n {
		places = append(places, uint32(p.sheet.Place(row)))
	}
	b, err := frame.Gather(p.env.Ctx, r.f, frame.All(r.f), places)
	if err != nil {
		return p.fail(err)
	}
	l := newLong(frame.Number, "column", "row", "value")
	columns := 0
	for _, c := range r.cols {
		if c.at < 0 || !c.kind.Numeric() {
			continue
		}
		columns++
		for i := range n {
			number := frame.Vector{Type: frame.Number}
			if x, ok := b.Columns[c.at].Float(i); ok {
				number.AppendFloat(x)
			} else {
				number.AppendNull()
			}
			l.add(&number, 0, c.title, rowLabel(r, b, i))
		}
	}
	if columns == 0 {
		return page.Send(page.Notice{Text: "No column of these rows has numbers to chart."})
	}
	title := counted(n, "row", "rows")
	if n < t.of {
		title = "the first " + title + " of " + strconv.Itoa(t.of)
	}
	var mark any = vegalite.Object{{Name: "type", Value: "line"}, {Name: "point", Value: true}}
	encoding := vegalite.Object{{Name: "x", Value: l.field(0)}, {Name: "y", Value: l.field(2)}, {Name: "color", Value: l.field(1)}}
	if columns < 3 {
		mark = vegalite.Object{{Name: "type", Value: "point"}, {Name: "filled", Value: true}}
		encoding = vegalite.Object{{Name: "y", Value: l.field(1)}, {Name: "x", Value: l.field(2)}, {Name: "color", Value: l.field(0)}}
	}
	return l.chart(title, mark, encoding)
}

// rowLabel names a row by its first column that is no number.
func rowLabel(r *rows, b *frame.Batch, i int) string {
	for _, c := range r.cols {
		if c.at >= 0 && !c.kind.Numeric() && !b.Columns[c.at].IsNull(i) {
			return fmt.Sprintf("%d %s", i+1, clean(b.Columns[c.at].String(i)))
		}
	}
	return fmt.Sprintf("row %d", i+1)
}

// charts is a table in the place of the rows of which there is a chart.
type charts interface{ chart(p *Panel) tea.Cmd }

// subChartKey is the key of the chart of a table in the place of the rows.
func subChartKey(p *Panel, msg tea.KeyMsg) (tea.Cmd, bool) {
	if c, ok := p.sub.(charts); ok && key.Matches(msg, p.keys.chart) {
		return c.chart(p), true
	}
	return nil, false
}
