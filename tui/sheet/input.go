package sheet

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Key does what a key of a table that is in view does, and reports whether it
// is one.
func (s *Sheet) Key(msg tea.KeyMsg) (in Intent, ok bool) {
	k := s.Keys
	switch {
	case s.typing:
		return searchKey(s, msg), true
	case s.card != nil:
		return s.card.key(s, msg), true
	case s.Move(msg):
	case key.Matches(msg, k.Escape):
		s.Drop()
	case s.Size().Rows == 0:
		return Intent{}, false
	case key.Matches(msg, k.Card):
		in = s.OpenRow()
	case key.Matches(msg, k.CopyAll):
		in = s.CopyAll()
	case key.Matches(msg, k.Copy):
		in = s.CopySelection()
	case key.Matches(msg, k.Sort):
		in = Intent{Sort: true}
	case key.Matches(msg, k.Search):
		s.OpenSearch()
	case key.Matches(msg, k.Next):
		s.Step(1)
	case key.Matches(msg, k.Prev):
		s.Step(-1)
	case key.Matches(msg, k.Wider):
		widen(s, widthStep)
	case key.Matches(msg, k.narrower):
		widen(s, -widthStep)
	case key.Matches(msg, k.Fit):
		s.Widths.Fit()
	default:
		return Intent{}, false
	}
	return in, true
}

// Move moves the cursor, which a chart may share, and reports whether a key
// does that.
func (s *Sheet) Move(msg tea.KeyMsg) bool {
	k, e := s.Keys, s.extent()
	step := max(s.PageRows-1, 1)
	row, col, extend := s.Row, s.Col, false
	switch {
	case key.Matches(msg, k.Up):
		row--
	case key.Matches(msg, k.Down):
		row++
	case key.Matches(msg, k.Left):
		col--
	case key.Matches(msg, k.Right):
		col++
	case key.Matches(msg, k.PageUp):
		row -= step
	case key.Matches(msg, k.PageDown):
		row += step
	case key.Matches(msg, k.Top):
		row = 0
	case key.Matches(msg, k.Bottom):
		row = e.rows - 1
	case key.Matches(msg, k.Home):
		col, s.left = 0, s.firstLeft
	case key.Matches(msg, k.End):
		col = e.cols - 1
	case key.Matches(msg, k.ExtendUp):
		row, extend = row-1, true
	case key.Matches(msg, k.extendDown):
		row, extend = row+1, true
	case key.Matches(msg, k.extendL):
		col, extend = col-1, true
	case key.Matches(msg, k.extendR):
		col, extend = col+1, true
	default:
		return false
	}
	s.moveTo(row, col, e, extend)
	return true
}

// widen changes the cursor's column by some cells.
func widen(s *Sheet, by int) {
	column := s.work.fixed[s.Col]
	w := s.Widths.over(s.work.fixed, s.work.widths)[s.Col]
	if s.Col < s.seen.frozen { // It may be narrower than it wants.
		w = s.seen.columns[s.Col].w - indent(s.Col)
	}
	s.Widths.set(column, w+by)
	s.following = true
}

// searchKey takes a key while the text of a search is typed.
func searchKey(s *Sheet, msg tea.KeyMsg) Intent {
	switch {
	case key.Matches(msg, s.Keys.FindStop):
		s.Drop()
	case key.Matches(msg, s.Keys.FindDone):
		return searchRows(s)
	default:
		typed(s, msg)
	}
	return Intent{}
}
