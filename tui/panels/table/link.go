package table

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// link is the cursor that the panels of a source share: the table's is at a
// value of its first column of dates, or of its first column.
type link struct {
	tasks tasks
	told  panels.Cursor
	row   int    // where the cursor was when that was told, or heard
	col   string // likewise, the name of its column
}

// linked is the column whose value the cursor is at, -1 for none.
func linked(p *body) int {
	first := -1
	for i := range p.shown.rows.cols {
		switch c := &p.shown.rows.cols[i]; {
		case c.at < 0:
		case c.kind == frame.Date || c.kind == frame.Datetime:
			return i
		case first < 0 && c.format == nil && c.scale == 0:
			first = i
		}
	}
	return first
}

// tellCursor tells the page where the cursor is, if that changed.
func tellCursor(p *Panel) tea.Cmd {
	if !p.focus || p.shown.rows == nil || p.sub != nil {
		return nil
	}
	return tea.Batch(tellRow(p), tellColumn(p))
}

// tellColumn tells in which column of numbers the cursor is.
func tellColumn(p *Panel) tea.Cmd {
	c := p.column()
	if c == nil || c.at < 0 || c.name == p.link.col {
		return nil
	}
	first := p.link.col == ""
	p.link.col = c.name
	if first || !c.kind.Numeric() {
		return nil
	}
	return panels.Send(panels.Cursor{Source: p.spec.Source, Column: c.name})
}

// tellRow tells at which value of the row the cursor is.
func tellRow(p *Panel) tea.Cmd {
	if p.sheet.Row == p.link.row {
		return nil
	}
	at := linked(&p.body)
	if at < 0 {
		return nil
	}
	text, ok := p.sheet.Cell(p.sheet.Row, at)
	now := panels.Cursor{Source: p.spec.Source, Field: p.shown.rows.cols[at].name, Value: text}
	if !ok {
		return nil
	}
	if p.link.row = p.sheet.Row; now == p.link.told || text == noValue {
		return nil
	}
	p.link.told = now
	return panels.Send(now)
}

// follow goes to the first row that has the value of another panel's cursor.
func follow(p *Panel, c panels.Cursor) tea.Cmd {
	r := p.shown.rows
	if c.Column != "" {
		return followColumn(p, c)
	}
	if c == p.link.told || c.Source != p.spec.Source || r == nil || !p.data.Complete || c.Field == "" || p.sub != nil {
		return nil
	}
	f, order := r.f, p.shown.order
	p.link.told = c
	find := func(ctx context.Context, _ func(float64)) (func() tea.Cmd, error) {
		row, err := firstRow(ctx, f, c)
		return func() tea.Cmd {
			if at := rowOf(order, row); at >= 0 && p.shown.rows == r {
				p.sheet.MoveTo(at, p.sheet.Col)
				p.link.told, p.link.row = c, at
			}
			return p.need()
		}, err
	}
	if small(f) {
		if apply, err := find(p.env.Ctx, nil); err == nil {
			return apply()
		}
		return nil
	}
	return p.link.tasks.start("following", nil, find)
}

// followColumn goes to the column that another panel's cursor is in.
func followColumn(p *Panel, c panels.Cursor) tea.Cmd {
	if c.Source != p.spec.Source || c.Column == p.link.col || p.shown.rows == nil || p.sub != nil {
		return nil
	}
	if at := indexOf(p.shown.rows.cols, c.Column); at >= 0 {
		p.link.col = c.Column
		p.sheet.MoveTo(p.sheet.Row, at)
	}
	return p.need()
}

// firstRow is the place of the first row with a value, -1 if there is none.
func firstRow(ctx context.Context, f frame.Frame, c panels.Cursor) (int, error) {
	where := query.Where{{Field: c.Field, Op: query.Eq, Values: []string{c.Value}}}
	if query.Check(where, f.Columns()) != nil {
		return -1, nil
	}
	rows, err := query.Select(ctx, f, where, nil)
	if err != nil || len(rows) == 0 {
		return -1, err
	}
	return int(rows[0]), nil
}

// rowOf is where a place stands in an order, -1 for nowhere.
func rowOf(order []uint32, place int) int {
	if order == nil || place < 0 {
		return place
	}
	return slices.Index(order, uint32(place))
}
