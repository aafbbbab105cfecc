package sheet

// Press does what a press of the left button does, and reports whether it was
// on the table.
func (s *Sheet) Press(x, y int, shift bool) (in Intent, ok bool) {
	if do, ok := s.zones.At(x, y); ok {
		return do(), true
	}
	row, col, ok := s.seen.at(x, y, s.Top)
	if !ok {
		return Intent{}, false
	}
	if col < 0 {
		col = s.Col
	}
	s.moveTo(row, col, s.extent(), shift)
	s.held = dragCells
	return Intent{Mark: x < s.seen.X+MarkWidth}, true
}

// Drag moves what a pressed button holds: a range of cells or an edge. It
// reports whether it holds any.
func (s *Sheet) Drag(x, y int) bool {
	switch s.held {
	case dragCells:
		if row, col, ok := s.seen.at(x, y, s.Top); ok && col >= 0 && (row != s.Row || col != s.Col) {
			s.moveTo(row, col, s.extent(), true)
		}
	case dragEdge:
		s.Widths.set(s.work.fixed[min(s.edge.col, len(s.work.fixed)-1)], s.edge.w+x-s.edge.x)
	}
	if s.held == dragBar {
		b := s.bar
		scrollTo(s, (y-b.y)*max(b.n-b.rows, 0)/max(b.rows-1, 1))
	}
	return s.held != dragNothing
}

// scrollTo makes a row, or a line of a card, the first in view.
func scrollTo(s *Sheet, top int) {
	if s.card != nil {
		s.card.scroll(top - s.card.top)
		return
	}
	s.scroll(top-s.Top, 0, s.extent())
}

// Release lets go of what is held.
func (s *Sheet) Release() { s.held = dragNothing }

// Held reports whether a button holds a part of the table.
func (s *Sheet) Held() bool { return s.held != dragNothing }

// Scroll moves what is seen by rows, or by columns where there are no more
// rows than are in view.
func (s *Sheet) Scroll(rows, cols int) {
	if s.card != nil {
		s.card.scroll(rows)
		return
	}
	if cols == 0 && s.Size().Rows <= s.PageRows {
		rows, cols = 0, min(max(rows, -1), 1)
	}
	s.scroll(rows, cols, s.extent())
}

// Under returns the cell at a place of the screen.
func (s *Sheet) Under(x, y int) (c Cell, ok bool) {
	row, col, ok := s.seen.at(x, y, s.Top)
	return Cell{row, col}, ok && col >= 0
}
