// Package sheet draws a table and answers to keys and the mouse: a cursor, a
// selection, a frozen first column, widths, searching, copies.
//
// A [Source] gives the rows; where it has them from is its own affair. What a
// table wants done is an [Intent]: a command to run, whose [Answer] comes back
// through Take, or something for the page to do. The files build on each
// other in one direction:
//
//	source, cursor, widths   values
//	layout, find, card, work what is seen where; what was found; commands
//	sheet                    the state and what can be done with it
//	paint, search, headings, rows, draw   a drawing of it
//	input, mouse             what keys and clicks do
//
// It knows neither pages nor files.
package sheet

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

// Sheet is the state of a table. It is changed by its methods alone, on the
// loop of the program.
type Sheet struct {
	Cursor
	Keys   Keys
	Widths ByHand // that were made by hand

	*work
	find   find
	typing bool  // the text of the search is being typed
	names  bool  // names of columns are found too, before cells
	card   *card // what is read as a whole; nil = the table is shown

	seen  layout
	zones widget.Zones[func() Intent]
	held  drag
	edge  edge // while held is dragEdge
	bar   bar  // while held is dragBar
}

// drag says what a held button drags.
type drag int

const (
	dragNothing drag = iota
	dragCells
	dragEdge
	dragBar
)

// edge is the right edge of a column that is dragged.
type edge struct{ col, x, w int }

// bar is a scrollbar that is dragged: where it begins, how long it is, and of
// how many rows.
type bar struct{ y, rows, n int }

// Intent is what is to be done for a table. The zero Intent is nothing.
type Intent struct {
	Cmd    tea.Cmd
	Copy   string // for the clipboard, where What names it
	What   string
	Notice string
	Err    error
	Mark   bool   // the mark of the cursor's row was clicked
	Sort   bool   // the heading of the cursor's column was clicked
	Find   string // is to be searched for: the page gives Found what there is
}

// New returns a table that shows src. Its commands end with ctx.
func New(ctx context.Context, src Source) *Sheet {
	s := &Sheet{Keys: NewKeys(), work: &work{src: src, ctx: ctx, stop: func() {}}}
	s.Freeze(1)
	s.work.begin()
	return s
}

// Freeze keeps the first n columns in view while the others scroll.
func (s *Sheet) Freeze(n int) {
	if n == s.firstLeft {
		return
	}
	s.firstLeft, s.work.frozen, s.following = n, n, true
	s.left = max(s.left, n)
}

// FindNames finds the names of columns too, before cells.
func (s *Sheet) FindNames() { s.names = true }

// Frozen returns how many columns do not scroll.
func (c *Cursor) Frozen() int { return c.firstLeft }

// Show shows the rows of a source in an order, nil for its own. Cursor and
// widths stay: the column is known again by its ID.
func (s *Sheet) Show(src Source, order []uint32) {
	s.work.halt()
	was, cells := s.work.fixed, s.work.cells
	s.work.src = src
	s.work.reorder(order)
	s.work.begin()
	s.work.keepWidths(was, cells)
	if s.Col < len(was) {
		for i, c := range s.work.fixed {
			if c.id() == was[s.Col].id() {
				s.Col = i
				break
			}
		}
	}
	row, following := s.Row, s.following
	s.clamp(s.extent())
	s.following = following || s.Row != row // What was scrolled away from the cursor stays there.
}

// InView returns which of the columns that scroll were drawn: from one up to
// another.
func (s *Sheet) InView() (from, to int) {
	l := s.seen
	if len(l.columns) <= l.frozen {
		return s.left, s.left
	}
	return l.columns[l.frozen].col, l.columns[len(l.columns)-1].col + 1
}

// Found reports whether a search was made.
func (s *Sheet) Found() bool { return s.find.done }

// Typing reports whether the text of a search is being typed.
func (s *Sheet) Typing() bool { return s.typing }

// Selected returns how many rows and columns are selected: the cursor's cell at
// least.
func (c *Cursor) Selected() (rows, cols int) {
	r0, r1, c0, c1 := c.selection()
	return r1 - r0 + 1, c1 - c0 + 1
}

// MoveTo puts the cursor somewhere and drops the selection.
func (s *Sheet) MoveTo(row, col int) { s.moveTo(row, col, s.extent(), false) }

// do finds out at once what is in memory, and all else in a command.
func do(s *Sheet, job func() Answer) Intent {
	switch {
	case job == nil:
		return Intent{}
	case s.Size().Whole:
		return s.Take(job())
	}
	return Intent{Cmd: func() tea.Msg { return job() }}
}

// Need asks for the cells in view that are not in memory.
func (s *Sheet) Need() Intent {
	left := s.left
	if l := s.seen; len(l.columns) > l.frozen {
		left = l.columns[l.frozen].col
	}
	return do(s, s.work.need(s.Top, s.Top+max(s.PageRows, 1), left, left+max(s.pageCols, 1)))
}

// Take takes what a command found. Answers to older questions are dropped; an
// error is for the user, unless the work was stopped on purpose.
func (s *Sheet) Take(a Answer) Intent {
	if !s.work.current(a) {
		return Intent{}
	}
	if a.kind != rowsRead {
		s.work.busy = ""
	}
	in := a.apply()
	if a.err != nil && !errors.Is(a.err, context.Canceled) {
		return Intent{Err: a.err}
	}
	return in
}

// OpenSearch lets a text to search for be typed.
func (s *Sheet) OpenSearch() {
	s.typing = true
	s.find = find{field: widget.Field{Limit: MaxQuery}, begin: Cell{s.Row, s.Col}}
}

// typed takes a key that types or edits the text of a search. What is in
// memory is searched at once.
func typed(s *Sheet, msg tea.KeyMsg) {
	query := s.find.field.String()
	if s.find.field.Key(msg); s.find.field.String() != query && s.Size().Whole {
		searchNow(s)
		c, ok := s.find.from(s.find.begin)
		jump(s, c, ok)
	}
}

func searchNow(s *Sheet) Intent {
	return do(s, s.work.search(s.find.field.String(), func(h Hits) { s.find.take(h, s.work.order) }))
}

// searchRows searches all rows of a source, and goes to the next that was
// found.
func searchRows(s *Sheet) Intent {
	s.typing = false
	switch {
	case s.Size().Whole || s.find.field.Empty():
		return Intent{}
	case s.names:
		return Intent{Find: s.find.field.String()}
	}
	return do(s, s.work.search(s.find.field.String(), func(h Hits) { s.TakeHits(h, false) }))
}

// TakeHits takes the rows that a search found, and goes to the first: the first
// column whose name holds the text comes before them. When the same was
// searched for again in rows that changed, the cursor stays.
func (s *Sheet) TakeHits(h Hits, again bool) {
	if s.find.take(h, nil); again {
		return
	}
	if s.find.title(s.work.fixed); s.find.name >= 0 && s.names {
		s.MoveTo(s.Row, s.find.names[0])
	} else if s.find.name = -1; h.Count > 0 && !h.Rows(s.Place(s.Row)) {
		s.Step(1)
	}
}

// Typed returns the text of a search as far as it is typed.
func (s *Sheet) Typed() string { return s.find.field.String() }

// FromBegin puts the cursor where it was when the search began: another letter
// of it is searched for from there.
func (s *Sheet) FromBegin() { s.MoveTo(s.find.begin.Row, s.find.begin.Col) }

// Query returns the text that was searched for, "" for none.
func (s *Sheet) Query() string {
	if !s.find.done {
		return ""
	}
	return s.find.field.String()
}

// jump goes to a match, if there is one.
func jump(s *Sheet, c Cell, ok bool) {
	if ok {
		s.MoveTo(c.Row, c.Col)
	}
}

// Step goes to the next or previous match, round the ends.
func (s *Sheet) Step(by int) {
	if col, ok := s.find.column(by); ok {
		s.MoveTo(s.Row, col)
		return
	}
	if s.find.rows.Rows == nil {
		c, ok := s.find.step(by)
		jump(s, c, ok)
		return
	}
	n := s.Size().Rows
	for i := 1; i <= n && s.find.rows.Count > 0; i++ {
		if row := ((s.Row+by*i)%n + n) % n; s.find.rows.Rows(s.Place(row)) {
			s.MoveTo(row, s.Col)
			return
		}
	}
}

// Drop forgets the search and the selection, and stops what takes long.
func (s *Sheet) Drop() {
	s.find, s.typing, s.Selecting, s.card = find{}, false, false, nil
	s.work.halt()
}

// CopySelection copies the selected cells as they stand, parted by tabs.
func (s *Sheet) CopySelection() Intent {
	r0, r1, c0, c1 := s.selection()
	part := Part{Order: s.work.order, From: r0, N: r1 - r0 + 1}
	for c := c0; c <= c1; c++ {
		part.Columns = append(part.Columns, c)
	}
	return do(s, s.work.copy(part, nil, func(rows int) string {
		what := "1 cell"
		if cells := rows * len(part.Columns); cells != 1 {
			what = Thousands(cells) + " cells"
		}
		if rows < part.N {
			what = fmt.Sprintf("Only %s of %s rows; %s", Thousands(rows), Thousands(part.N), what)
		}
		return what
	}))
}

// CopyAll copies the table, or the rows in view of one that is not Whole, with
// headings.
func (s *Sheet) CopyAll() Intent {
	part := Part{Order: s.work.order, N: s.Size().Rows}
	if !s.Size().Whole {
		part.From, part.N = s.Top, min(max(s.PageRows, 1), s.Size().Rows-s.Top)
	}
	var titles []string
	for i, c := range s.Columns() {
		titles, part.Columns = append(titles, c.Title), append(part.Columns, i)
	}
	return do(s, s.work.copy(part, []string{strings.Join(titles, "\t")}, func(rows int) string {
		return Thousands(rows) + " rows"
	}))
}
