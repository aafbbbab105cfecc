package table

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// figures are what can stand beside the values, with the keys that choose them.
var figures = []struct {
	key     string
	fn      query.Fn
	word    string
	numbers bool // it is one of numbers alone
}{
	{"s", query.Sum, "sum of", true},
	{"m", query.Mean, "mean of", true},
	{"l", query.Min, "least", false},
	{"g", query.Max, "greatest", false},
	{"d", query.Distinct, "distinct", false},
}

// openFigure lets a reader choose the figure.
func openFigure(p *Panel, v *values) {
	m := &menu{title: "Figure", k: p.keys}
	m.items = append(m.items, item{key: "r", label: "rows", do: func() tea.Cmd {
		r := v.asked
		r.Fn, r.Of = "", ""
		return v.ask(p, r)
	}})
	for _, f := range figures {
		m.items = append(m.items, item{key: f.key, label: f.word + " …", do: func() tea.Cmd {
			return chooseColumn(p, f.word, func(c frame.Column) bool {
				return c.Name != v.asked.Column && (c.Type.Numeric() || !f.numbers && c.Type != frame.JSON)
			}, func(name string) tea.Cmd {
				r := v.asked
				r.Fn, r.Of = f.fn, name
				return v.ask(p, r)
			})
		}})
	}
	p.over = m
}

// openAcross lets a reader choose a second column, or none.
func (v *values) openAcross(p *Panel) {
	take := func(name string) tea.Cmd {
		r := v.asked
		r.Across = name
		return v.ask(p, r)
	}
	_ = chooseColumn(p, "across", func(c frame.Column) bool { return c.Name != v.asked.Column && c.Type != frame.JSON }, take)
	if l, ok := p.over.(*chooser); ok && v.asked.Across != "" {
		l.none = func() tea.Cmd { return take("") }
		l.narrow()
	}
}

// openExport lets a reader choose what the values are written as.
func (v *values) openExport(p *Panel) {
	var more []item
	if p.env.Own {
		s := v.steps(p)
		more = append(more,
			item{key: "p", label: "page.yaml", do: func() tea.Cmd { return panels.Send(panels.WritePage{Steps: s}) }},
			item{key: "l", label: "command line", do: func() tea.Cmd { return panels.Send(panels.CommandLine{Steps: s}) }})
	}
	openSubExport(p, v.shownCounts(), counted(v.counts.Len(), "value", "values"), "the values", "-values", more...)
}

// shownCounts are the counts in the order of the table.
func (v *values) shownCounts() frame.Frame {
	n := v.counts.Len()
	order := make([]uint32, n)
	for row := range n {
		order[row] = uint32(v.s.Place(row))
	}
	return query.View(labelled{v.counts}, order)
}

// labelled is counts with the labels of the values in the place of where their
// bins begin.
type labelled struct{ *query.Counts }

// Columns are those of the counts; the first is text.
func (l labelled) Columns() []frame.Column {
	cols := append([]frame.Column(nil), l.Counts.Columns()...)
	cols[0].Type = frame.Text
	return cols
}

// Scan implements frame.Frame.
func (l labelled) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	return l.Counts.Scan(ctx, columns, from, to, func(b *frame.Batch) error {
		out := &frame.Batch{First: b.First, Len: b.Len, Columns: append([]frame.Vector(nil), b.Columns...)}
		for i, c := range columns {
			if c != 0 {
				continue
			}
			labels := frame.Vector{Type: frame.Text}
			for row := range b.Len {
				labels.AppendString(l.Labels[b.First+row])
			}
			out.Columns[i] = labels
		}
		return visit(out)
	})
}
