package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/tui/widget"
)

// MaxQuery is the longest text that is searched for, in runes.
const MaxQuery = 64

// find is the search: its text, and the cells or rows that hold it.
type find struct {
	field widget.Field
	cells []Cell // of the table, in reading order
	rows  Hits   // where rows alone are known
	at    int    // in cells
	names []int  // columns whose names hold it: they come before the cells
	name  int    // in names; -1 = behind them
	begin Cell   // where the cursor was when the search began
	done  bool   // the search was made
}

// take keeps what was found in rows that are sorted by order.
func (f *find) take(h Hits, order []uint32) {
	f.rows, f.done, f.cells, f.name = h, !f.field.Empty(), h.Cells, -1
	if order == nil {
		return
	}
	rows := make([]int, len(order))
	for row, place := range order {
		rows[place] = row
	}
	f.cells = slices.Clone(h.Cells)
	for i := range f.cells {
		f.cells[i].Row = rows[f.cells[i].Row]
	}
	slices.SortFunc(f.cells, func(a, b Cell) int { return cmp.Or(a.Row-b.Row, a.Col-b.Col) })
}

// from goes to the first match at or behind a cell, the first of all when
// there is none behind.
func (f *find) from(p Cell) (Cell, bool) {
	f.at = max(slices.IndexFunc(f.cells, func(c Cell) bool { return c.Row > p.Row || c.Row == p.Row && c.Col >= p.Col }), 0)
	return f.step(0)
}

// step goes to the next or previous match, round the ends.
func (f *find) step(by int) (Cell, bool) {
	if len(f.cells) == 0 {
		return Cell{}, false
	}
	f.at = (f.at + by + len(f.cells)) % len(f.cells)
	return f.cells[f.at], true
}

// title finds the columns whose names hold the text.
func (f *find) title(columns []Column) {
	f.names = f.names[:0]
	for i, c := range columns {
		if strings.Contains(strings.ToLower(c.Title), strings.ToLower(f.field.String())) {
			f.names = append(f.names, i)
		}
	}
	if len(f.names) > 0 {
		f.name = 0
	}
}

// column goes to the next or previous of the names that were found, and reports
// whether there is one.
func (f *find) column(by int) (col int, ok bool) {
	if f.name < 0 || f.name+by < 0 || f.name+by >= len(f.names) {
		f.name = -1
		return 0, false
	}
	f.name += by
	return f.names[f.name], true
}

// status says what was found: "3 of 7".
func (f *find) status() string {
	switch {
	case f.field.Empty() || !f.done:
		return ""
	case f.name >= 0:
		text := fmt.Sprintf("column %d of %d", f.name+1, len(f.names))
		if f.rows.Count > 0 {
			text += ", " + Thousands(f.rows.Count) + " rows"
		}
		return text
	case len(f.cells) > 0:
		return fmt.Sprintf("%d of %d", f.at+1, len(f.cells))
	case f.rows.Count == 1:
		return "1 row"
	case f.rows.Count > 0:
		return Thousands(f.rows.Count) + " rows"
	}
	return "no match"
}

// marks returns where a text holds what is searched for, in bytes; both are 0
// where it does not.
func (f *find) marks(text string) (from, to int) {
	if f.field.Empty() || !f.done {
		return 0, 0
	}
	low, needle := strings.ToLower(text), strings.ToLower(f.field.String())
	// Where lower case has another length, the place in it says nothing of
	// the place in the text: then the whole text is marked.
	if i := strings.Index(low, needle); i >= 0 && len(low) == len(text) {
		return i, i + len(needle)
	} else if i >= 0 {
		return 0, len(text)
	}
	return 0, 0
}
