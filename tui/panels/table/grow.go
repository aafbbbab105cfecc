package table

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/sheet"
)

// onLast reports whether the cursor is on the last row, where it follows rows
// that come.
func (p *body) onLast() bool {
	return p.shown.rows != nil && p.sheet.Row == p.sheet.Size().Rows-1 && !p.sheet.Selecting
}

// grew follows rows that came, or counts them. Fewer than there were are those of
// a file that was cut and has grown again since.
func (p *body) grew(follows bool, by int) {
	switch {
	case by < 0:
		p.more = 0
	case follows:
		p.more = 0
		p.sheet.MoveTo(p.sheet.Size().Rows-1, p.sheet.Col)
	default:
		p.more += by
	}
}

// studyAnew counts what is shown: at once what is other rows, and once a second
// what has grown.
func (p *body) studyAnew(a arranged) tea.Cmd {
	switch {
	case p.study.of == a.rows.f:
		return nil
	case p.data.Grown && len(p.study.columns) > 0 && sameRows(p.shown.steps, a.steps):
		return p.study.grew(a.rows.f, p.env.Tick)
	}
	p.study.about(a.rows.f, a.base)
	return nil
}

// find searches the rows that are shown.
func (p *body) find(text string, again bool) tea.Cmd {
	if p.shown.rows == nil {
		return nil
	}
	f := p.shown.rows.f
	n := max(f.Len(), 1)
	do := func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		hits, err := p.searched(ctx, f, text, func(rows int) { tell(float64(rows) / float64(n)) })
		return func() tea.Cmd {
			if p.shown.rows == nil || p.shown.rows.f != f { // The rows are others by now.
				return p.find(text, again)
			}
			p.sheet.TakeHits(sheet.Hits{Rows: hits.Has, Count: hits.Count}, again)
			return p.need()
		}, err
	}
	if small(f) {
		apply, err := do(p.env.Ctx, func(float64) {})
		if err != nil {
			return p.fail(err)
		}
		return apply()
	}
	return p.work.asks.start("searching", nil, do)
}

// searched finds the rows that hold a text. Of numbers in a unit of the table
// that is the text as it is shown, where there are few.
func (p *body) searched(ctx context.Context, f frame.Frame, text string, tell func(int)) (frame.Hits, error) {
	r := p.shown.rows
	if !few(f) || r.f != f || !slices.ContainsFunc(r.cols, func(c column) bool { return c.scale != 0 }) {
		return frame.Search(ctx, f, text, tell)
	}
	var columns []int
	for i, c := range r.cols {
		if c.at >= 0 {
			columns = append(columns, i)
		}
	}
	hits := frame.NewHits(f.Len())
	cells, err := r.Cells(ctx, sheet.Part{N: f.Len(), Columns: columns})
	for row, texts := range cells {
		if slices.ContainsFunc(texts, func(t sheet.Text) bool { return strings.Contains(strings.ToLower(t.String), strings.ToLower(text)) }) {
			hits.Add(row)
		}
	}
	return hits, err
}

// findAgain searches rows that became others.
func (p *body) findAgain() tea.Cmd {
	if text := p.sheet.Query(); text != "" {
		return p.find(text, true)
	}
	return nil
}
