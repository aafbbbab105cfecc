package dataframe

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
)

// opened shows the first rows of a file and reads on.
func (f *frame) opened(m opened) tea.Cmd {
	if m.seq != f.load.seq {
		return nil
	}
	f.load.busy = false
	if m.err != nil {
		return f.failed(m.err)
	}
	f.load.have, f.load.err = true, nil
	f.sheet = newSheet(m.ctx, m.sheet)
	f.show, f.table, f.mem = f.sheet.show, data.Table{}, memory{}
	f.grid, f.find = grid{left: 1}, find{}
	if f.sheet.progress.Done {
		return nil
	}
	return f.sheet.index(f.load.seq)
}

// fetch asks for rows that are to be seen and not held.
func (f *frame) fetch() tea.Cmd {
	if f.sheet == nil {
		return nil
	}
	f.layOut() // It decides which rows are seen.
	return f.sheet.need(f.load.seq, f.grid.top, f.grid.top+max(f.grid.page, 1))
}

// sheetAnswer takes what a command of the sheet gave, unless it answers an
// older question.
func (f *frame) sheetAnswer(msg tea.Msg) tea.Cmd {
	s := f.sheet
	if s == nil {
		return nil
	}
	switch m := msg.(type) {
	case indexed:
		if m.load == f.load.seq {
			return f.indexed(m)
		}
	case windowRead:
		if m.load == f.load.seq && m.read == s.read {
			s.hold(m.from, m.rows)
			if m.err != nil {
				s.asked = m.from // Not again: it would fail again, and for ever.
			}
			return f.complain(m.err)
		}
	case ordered:
		if m.load == f.load.seq && m.seq == s.seq {
			return f.ordered(m)
		}
	case found:
		if m.load == f.load.seq && m.seq == s.seq {
			return f.found(m)
		}
	case profiled:
		if m.load == f.load.seq {
			return f.profiled(m)
		}
	case summed:
		if m.load == f.load.seq && m.seq == s.seq {
			s.busy, s.sumCol = "", m.col
			s.sum = &m.sum
			return f.complain(m.err)
		}
	}
	return nil
}

func (f *frame) indexed(m indexed) tea.Cmd {
	f.sheet.progress = m.progress
	if m.err != nil {
		f.sheet.progress.Done = true
		return f.complain(m.err)
	}
	if m.progress.Done {
		return nil
	}
	return f.sheet.index(f.load.seq)
}

func (f *frame) ordered(m ordered) tea.Cmd {
	s := f.sheet
	s.busy = ""
	if m.err != nil {
		return f.complain(m.err)
	}
	s.order, s.rows, s.from, s.asked = m.order, nil, 0, -1
	f.grid.sortCol, f.grid.sortBy = m.col, m.by
	f.grid.moveTo(0, f.grid.col, s, false)
	return nil
}

func (f *frame) found(m found) tea.Cmd {
	f.sheet.busy = ""
	if m.err != nil {
		return f.complain(m.err)
	}
	f.find.rows, f.find.done = m.hits, true
	if f.find.rows.Has(f.sheet.place(f.grid.row)) {
		return nil
	}
	return f.stepRows(1)
}

// stepRows goes to the next or previous row that was found, round the ends.
func (f *frame) stepRows(by int) tea.Cmd {
	s, n := f.sheet, f.sheet.len()
	if f.find.rows.Count == 0 {
		return nil
	}
	for i := 1; i <= n; i++ {
		row := ((f.grid.row+by*i)%n + n) % n
		if f.find.rows.Has(s.place(row)) {
			f.grid.moveTo(row, f.grid.col, s, false)
			return nil
		}
	}
	return nil
}

// complain shows an error in the footer; what was stopped on purpose is none.
func (f *frame) complain(err error) tea.Cmd {
	if err == nil || errors.Is(err, context.Canceled) {
		return nil
	}
	return page.Send(page.Failed{Err: err})
}
