package board

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/data/vegalite"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// chooser lets a reader choose what a chart shows: x, y, colour and figure.
type chooser struct {
	source  string
	columns []frame.Column
	lines   [4]choiceLine
	at      int
}

// choiceLine is one thing to be chosen, by its place among what there is.
type choiceLine struct {
	name   string
	values []string
	at     int
}

const (
	lineX = iota
	lineY
	lineColor
	lineFigure
)

// noColumn stands for none where one may be chosen.
const noColumn = "–"

// figures that a chart puts rows together by, "" first: none.
var figureNames = []string{noColumn, "sum", "mean", "median", "min", "max"}

func newChooser(source string, columns []frame.Column, first []string) *chooser {
	c := &chooser{source: source, columns: columns}
	var all, numbers []string
	for _, col := range columns {
		all = append(all, col.Name)
		if col.Type.Numeric() {
			numbers = append(numbers, col.Name)
		}
	}
	c.lines = [4]choiceLine{
		{name: "x", values: all},
		{name: "y", values: append([]string{"rows"}, numbers...)},
		{name: "colour", values: append([]string{noColumn}, all...)},
		{name: "figure", values: figureNames},
	}
	for _, name := range first { // What the chart that is shown uses.
		if slices.Contains(numbers, name) && c.lines[lineY].at == 0 {
			c.lines[lineY].at = slices.Index(c.lines[lineY].values, name)
		} else if i := slices.Index(all, name); i >= 0 {
			c.lines[lineX].at = i
		}
	}
	return c
}

func (c *chooser) chosen(line int) string {
	l := c.lines[line]
	if l.at < len(l.values) {
		return l.values[l.at]
	}
	return ""
}

func (c *chooser) typeOf(name string) frame.Type {
	i := slices.IndexFunc(c.columns, func(col frame.Column) bool { return col.Name == name })
	return c.columns[max(i, 0)].Type
}

// channel is a column in a specification.
func (c *chooser) channel(name string) vegalite.Object {
	o := vegalite.Object{{Name: "field", Value: vegalite.Field(name)}}
	switch t := c.typeOf(name); {
	case t == frame.Date || t == frame.Datetime:
		return o.Set("type", "temporal").Set("scale", vegalite.Object{{Name: "type", Value: "utc"}})
	case t.Numeric():
		return o.Set("type", "quantitative").Set("scale", vegalite.Object{{Name: "zero", Value: false}})
	}
	return o.Set("type", "nominal")
}

// suggestion is the chart that was chosen.
func (c *chooser) suggestion() (suggest.Suggestion, error) {
	x, y, color, figure := c.chosen(lineX), c.chosen(lineY), c.chosen(lineColor), c.chosen(lineFigure)
	across := c.channel(x)
	var up vegalite.Object
	title, columns := y, []string{x}
	kind := across.Get("type")
	switch {
	case y == "rows":
		up = vegalite.Object{{Name: "aggregate", Value: "count"}, {Name: "title", Value: "rows"}}
	case figure == noColumn:
		up, columns = c.channel(y), append(columns, y)
	default:
		up = vegalite.Object{{Name: "aggregate", Value: figure}, {Name: "field", Value: vegalite.Field(y)}, {Name: "type", Value: "quantitative"}}
		title, columns = figure+" of "+y, append(columns, y)
	}
	mark := "bar"
	switch {
	case kind == "temporal" && y != "rows":
		mark = "line"
	case kind == "quantitative" && y == "rows":
		across = across.Set("bin", vegalite.Object{{Name: "maxbins", Value: 40}})
	case kind == "quantitative":
		mark = "point"
	}
	encoding := vegalite.Object{{Name: "x", Value: across}, {Name: "y", Value: up}}
	if kind == "nominal" { // Names are read along the lines.
		encoding = vegalite.Object{{Name: "y", Value: across.Set("sort", "-x")}, {Name: "x", Value: up}}
	}
	title += " by " + x
	if color != noColumn {
		encoding = encoding.Set("color", c.channel(color))
		title, columns = title+", "+color, append(columns, color)
	}
	text, err := vegalite.Object{
		{Name: "$schema", Value: "https://vega.github.io/schema/vega-lite/v6.json"},
		{Name: "data", Value: vegalite.Object{{Name: "name", Value: c.source}}},
		{Name: "mark", Value: mark}, {Name: "encoding", Value: encoding},
	}.Text()
	return suggest.Suggestion{Title: title, Columns: columns, Panel: dashboard.Panel{
		Kind: "vega_lite", Title: title, Width: 1, Spec: &dashboard.VegaLite{Text: text, Source: c.source},
	}}, err
}

var chooserKeys = struct{ take, stop, up, down, less, more binding }{
	take: bind("enter", "draw it", "enter"), stop: bind("esc", "back", "esc"),
	up: bind("↑/↓", "move", "up"), down: bind("", "", "down"),
	less: bind("←/→", "choose", "left"), more: bind("", "", "right"),
}

func (c *chooser) keys() []binding {
	k := chooserKeys
	return []binding{k.take, k.less, k.up, k.stop}
}

// chooserKey takes a key of the open chooser.
func chooserKey(b *Board, msg tea.KeyMsg) tea.Cmd {
	c, k := b.chooser, chooserKeys
	l := &c.lines[c.at]
	switch {
	case key.Matches(msg, k.stop):
		b.chooser = nil
	case key.Matches(msg, k.up):
		c.at = max(c.at-1, 0)
	case key.Matches(msg, k.down):
		c.at = min(c.at+1, len(c.lines)-1)
	case key.Matches(msg, k.less):
		l.at = max(l.at-1, 0)
	case key.Matches(msg, k.more):
		l.at = min(l.at+1, max(len(l.values)-1, 0))
	case key.Matches(msg, k.take):
		b.chooser = nil
		s, err := c.suggestion()
		if err != nil {
			return page.Send(page.Failed{Err: err})
		}
		return b.made.add(b, s)
	}
	return nil
}

// add puts a chart that was chosen in the place of the focused one, or of the
// first.
func (m *made) add(b *Board, s suggest.Suggestion) tea.Cmd {
	at := m.current(b)
	m.charts = append(m.charts, s)
	if len(m.shown) == 0 {
		m.shown = []int{0}
	}
	m.shown[at] = len(m.charts) - 1
	return m.place(b)
}

// openChooser opens the chooser with what the chart shows now.
func openChooser(b *Board) {
	snap := b.data.feeds[b.made.source].last
	if snap.Frame == nil || len(b.made.shown) == 0 {
		return
	}
	now := b.made.charts[b.made.shown[b.made.current(b)]]
	b.chooser = newChooser(b.made.source, snap.Frame.Columns(), now.Columns)
}

func (c *chooser) draw(t *theme.Theme, g *cell.Grid) {
	w, h := min(44, g.W), len(c.lines)+2
	at := g.Sub((g.W-w)/2, max(g.H-h, 0)/3, w, h)
	at.Fill(t.Overlay)
	at.Box(0, 0, w, h, t.Accent)
	at.Text(2, 0, " What the chart shows ", t.Accent, cell.Bold)
	for i, l := range c.lines {
		bg := t.Overlay
		if i == c.at {
			bg = t.Selection
			at.Rect(1, 1+i, w-2, 1, bg)
			at.Text(1, 1+i, box.Sign(t, "▸", ">"), cell.Readable(t.Accent, bg, 4.5), cell.Bold)
		}
		at.Text(3, 1+i, l.name, cell.Readable(t.Muted, bg, 4.5), 0)
		value := session.Clean(c.chosen(i), 60)
		if i == c.at {
			value = box.Sign(t, "‹ ", "< ") + value + box.Sign(t, " ›", " >")
		}
		at.Text(11, 1+i, cell.Cut(value, w-13), cell.Readable(t.Text, bg, 4.5), 0)
	}
}
