package board

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// chooser lets a reader choose what a chart shows: x, y, colour, figure and kind
// of mark.
type chooser struct {
	source  string
	columns []frame.Column
	lines   [5]choiceLine
	at      int
	bad     string // why what was chosen cannot be drawn; "" = it was not tried
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
	lineMark
)

// noColumn stands for none where one may be chosen, rowsName for how many rows
// there are.
const (
	noColumn = "–"
	rowsName = "rows"
)

// figures that a chart puts rows together by, "" first: none.
var figureNames = []string{noColumn, "sum", "mean", "median", "min", "max"}

// Kinds of marks that can be chosen. The first is the one that fits.
const (
	markFits  = "as fits"
	markCells = "cells"
)

var markNames = []string{markFits, "bar", "line", "area", "point", markCells}

func newChooser(source string, columns []frame.Column, first []string) *chooser {
	c := &chooser{source: source, columns: columns}
	var all, numbers []string
	for _, col := range columns {
		all = append(all, col.Name)
		if col.Type.Numeric() {
			numbers = append(numbers, col.Name)
		}
	}
	c.lines = [5]choiceLine{
		{name: "x", values: all},
		{name: "y", values: append([]string{rowsName}, numbers...)},
		{name: "colour", values: append([]string{noColumn}, all...)},
		{name: "figure", values: figureNames},
		{name: "mark", values: markNames},
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
	c.bad = ""
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
		s, err := c.suggestion()
		if err != nil {
			c.bad = err.Error()
			return nil
		}
		b.chooser = nil
		return b.made.current(b).add(b, s)
	}
	return nil
}

// add puts a chart that was chosen in the place of the focused one, or of the
// first.
func (p *fitting) add(b *Board, s suggest.Suggestion) tea.Cmd {
	at := p.current(b)
	p.charts = append(p.charts, s)
	if len(p.shown) == 0 {
		p.shown = []int{0}
	}
	p.shown[at], p.moved = len(p.charts)-1, true
	return b.made.place(b)
}

// openChooser opens the chooser with what the chart shows now.
func openChooser(b *Board) {
	p := b.made.current(b)
	f := baseOf(b, p.source)
	if f == nil || len(p.shown) == 0 {
		return
	}
	b.chooser = newChooser(p.source, f.Columns(), p.charts[p.shown[p.current(b)]].Columns)
}

func (c *chooser) draw(t *theme.Theme, g *cell.Grid) {
	w, h := min(44, g.W), len(c.lines)+2
	wrong := page.Wrap(c.bad, w-4)
	if c.bad == "" {
		wrong = nil
	}
	h += len(wrong)
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
	for i, line := range wrong {
		at.Text(2, 1+len(c.lines)+i, line, cell.Readable(t.Bad, t.Overlay, 4.5), 0)
	}
}
