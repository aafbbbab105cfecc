package dataframe

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/widget"
)

// find is the search: its text, and the cells or rows that hold it.
type find struct {
	field widget.Field
	cells []place   // in a table, in reading order
	rows  data.Hits // in a sheet
	at    int       // in cells
	begin place     // where the cursor was when the search began
	done  bool      // the search was made
}

type place struct{ row, col int }

func (s *find) query() string { return s.field.String() }

// in searches the shown texts of a table, whatever their case.
func (s *find) in(b body) {
	s.cells, s.done = s.cells[:0], true
	needle := strings.ToLower(s.query())
	if needle == "" {
		s.done = false
		return
	}
	for row := range b.len() {
		for col, text := range b.cells(row) {
			if strings.Contains(strings.ToLower(text), needle) {
				s.cells = append(s.cells, place{row, col})
			}
		}
	}
}

// from goes to the first match at or behind a place, the first of all when
// there is none behind.
func (s *find) from(p place) (place, bool) {
	for i, c := range s.cells {
		if c.row > p.row || c.row == p.row && c.col >= p.col {
			s.at = i
			return c, true
		}
	}
	s.at = 0
	return s.first()
}

func (s *find) first() (place, bool) {
	if len(s.cells) == 0 {
		return place{}, false
	}
	return s.cells[s.at], true
}

// step goes to the next or previous match, round the ends.
func (s *find) step(by int) (place, bool) {
	if len(s.cells) == 0 {
		return place{}, false
	}
	s.at = (s.at + by + len(s.cells)) % len(s.cells)
	return s.cells[s.at], true
}

// status says what was found: "3 of 7".
func (s *find) status(sheet bool) string {
	switch {
	case s.field.Empty() || !s.done:
		return ""
	case sheet && s.rows.Count == 1:
		return "1 row"
	case sheet && s.rows.Count > 0:
		return thousands(s.rows.Count) + " rows"
	case len(s.cells) > 0:
		return fmt.Sprintf("%d of %d", s.at+1, len(s.cells))
	}
	return "no match"
}

// marks says whether a text holds what is searched for, and where, in bytes;
// both are 0 for no.
func (s *find) marks(text string) (from, to int) {
	if s.field.Empty() || !s.done {
		return 0, 0
	}
	low, needle := strings.ToLower(text), strings.ToLower(s.query())
	// Where lower case has another length, the place in it says nothing of
	// the place in the text: then the whole text is marked.
	if i := strings.Index(low, needle); i >= 0 && len(low) == len(text) {
		return i, i + len(needle)
	} else if i >= 0 {
		return 0, len(text)
	}
	return 0, 0
}
