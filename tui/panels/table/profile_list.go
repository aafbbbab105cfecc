package table

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/sheet"
)

// Sizes of the list of columns beside the table.
const (
	listFrom   = 120 // the narrowest panel with a list
	mostListed = 400 // columns of which the list tells
	listName   = 20
)

// profileList is the list of columns, one a line: type, missing, distinct,
// shape and span.
type profileList struct {
	top, rows int
	lit       int // the column that was lit when it was drawn
}

// listed reports whether the list stands beside the table.
func (p *Panel) listed() bool { return p.profiled && p.width >= listFrom && p.height >= 6 }

// listWidth is the room that the list takes.
func listWidth(p *Panel) int { return min(p.width/2, 90) }

func (l *profileList) wheel(by, n int) { l.top = min(max(l.top+by, 0), max(n-l.rows, 0)) }

// drawList draws the list into a part of the panel.
func drawList(p *Panel, r cell.Rect) {
	d, t, l, cols := &p.pen, p.env.Theme, &p.list, p.shown.rows.cols
	d.Rect(r.X, r.Y, r.W, 1, t.Surface)
	muted := cell.Readable(t.Muted, t.Surface, 4.5)
	d.Text(r.X+1, r.Y, counted(len(cols), "column", "columns"), muted, 0)
	d.Text(r.X+listName+5, r.Y, "miss  distinct", muted, 0)
	if done := p.study.tasks.done; done > 0 {
		d.Text(r.X+listName+21, r.Y, cell.Cut(fmt.Sprintf("counting %d%%", int(100*done)), r.W-listName-22), muted, 0)
	}
	l.rows = r.H - 1
	if p.sheet.Col != l.lit {
		l.top, l.lit = max(min(l.top, p.sheet.Col), p.sheet.Col-l.rows+1), p.sheet.Col
	}
	l.wheel(0, len(cols))
	for i := range min(l.rows, len(cols)-l.top) {
		listLine(p, r, l.top+i, r.Y+1+i)
	}
}

func listLine(p *Panel, r cell.Rect, i, y int) {
	d, t, c := &p.pen, p.env.Theme, &p.shown.rows.cols[i]
	bg, attr := t.Background, cell.Attr(0)
	if i == p.sheet.Col {
		bg, attr = t.Selection, cell.Bold
		d.Rect(r.X, y, r.W, 1, bg)
	}
	text, muted := cell.Readable(t.Text, bg, 4.5), cell.Readable(t.Muted, bg, 4.5)
	d.Text(r.X+1, y, cell.Cut(c.title, listName-1), text, attr)
	d.hit(r.X, y, r.W, func() tea.Cmd { p.sheet.MoveTo(p.sheet.Row, i); return nil })
	if c.at < 0 {
		return
	}
	x := r.X + listName + 1
	d.Text(x, y, letter(c.kind), muted, 0)
	known := p.study.column(c.at)
	if known == nil {
		d.Text(x+2, y, "…", muted, 0)
		return
	}
	room := r.X + r.W - x - 21
	told := func(line int, draw func() sheet.Text) sheet.Text {
		return p.study.text(drawing{c.at, line, room}, draw)
	}
	m := told(listMissing, func() sheet.Text { return missing(known) })
	right(d, x+3, y, 5, m.String, cell.Readable(toneOf(p, m.Tone), bg, 4.5))
	right(d, x+9, y, 9, told(listDistinct, func() sheet.Text { return sheet.Text{String: distinct(known)} }).String, text)
	at := x + 20 + d.Text(x+20, y, told(listShape, func() sheet.Text { return sheet.Text{String: listedShape(known, room, p.ascii())} }).String, text, 0)
	span := told(listSpan, func() sheet.Text { return sheet.Text{String: listedSpan(known, p.dots())} }).String
	at += 2 + d.Text(at+2, y, cell.Cut(span, r.X+r.W-at-3), muted, 0)
	if whole := p.study.whole[c.at]; whole != nil && whole.Shape.Bins != nil {
		shape := told(listWhole, func() sheet.Text {
			return sheet.Text{String: "all " + whole.Shape.Draw(query.ShapeBins, p.ascii())}
		}).String
		if at+cell.Width(shape)+2 < r.X+r.W {
			d.Text(at+1, y, shape, cell.Readable(t.Faint, bg, 2), 0)
		}
	}
}

// Lines that are drawn of a column in the list, beside those of its heading.
const (
	listMissing = headLines + iota
	listDistinct
	listShape
	listSpan
	listWhole
)

// listedShape is the shape of a column, which for texts is all that is told.
func listedShape(c *query.Column, room int, ascii bool) string {
	if c.Shape.Bins == nil && len(c.Shape.Values) > 0 && c.Ends.Len() == 0 {
		return c.Shape.Draw(room, ascii)
	}
	return c.Shape.Draw(min(room, 30), ascii)
}

// listedSpan is least, median and greatest.
func listedSpan(c *query.Column, dots string) string {
	if c.Ends.Len() == 0 || c.Filled() == 0 {
		return ""
	}
	lo, hi := plainEnd(c, 0), plainEnd(c, 1)
	switch {
	case c.Type.Temporal():
		return lo + " " + dots + " " + hi
	case c.Numbers != nil && len(c.Shape.Bins) > 0:
		return lo + " " + dots + " " + reading(c.Numbers.Median) + " " + dots + " " + hi
	}
	return dots + " " + hi
}

func toneOf(p *Panel, tone sheet.Tone) cell.RGB {
	t := p.env.Theme
	switch tone {
	case sheet.Bad:
		return t.Bad
	case sheet.Warn:
		return t.Warn
	case sheet.Good:
		return t.Good
	case sheet.Quiet, sheet.Missing:
		return t.Muted
	}
	return t.Text
}

// right writes a text flush right in some cells.
func right(d *pen, x, y, w int, text string, fg cell.RGB) {
	text = cell.Cut(text, w)
	d.Text(x+w-cell.Width(text), y, text, fg, 0)
}
