package sheet

import "github.com/authtabs/tabgate/tui/chart"

// layout is where the last drawing put the rows and columns.
type layout struct {
	chart.Rect         // the cells of the rows
	columns    []place // what is shown, the frozen one first
}

// place is where a column stands.
type place struct{ col, x, w int }

// at is the row and column under a cell of the screen; col is -1 between them.
func (l layout) at(x, y, top int) (row, col int, ok bool) {
	if !l.Has(x, y) {
		return 0, 0, false
	}
	for _, c := range l.columns {
		if x >= c.x && x < c.x+c.w {
			return top + y - l.Y, c.col, true
		}
	}
	return top + y - l.Y, -1, true
}

// placeColumns decides which columns are seen and where, and scrolls them so
// that the cursor is seen after it was moved. bring is a column that is to be
// seen in this drawing alone, 0 for none.
func (c *Cursor) placeColumns(r chart.Rect, widths []int, frozen, trend, bring int) []place {
	n := len(widths)
	out := []place{{0, r.X, frozen}}
	x := r.X + frozen + trend + 1
	room := r.X + r.W - 1 - x
	c.left = min(max(c.left, 1), max(n-1, 1))
	if c.following && c.Col > 0 {
		c.left = reaching(widths, c.left, c.Col, room)
	}
	for c.left > 1 && span(widths, c.left-1, n-1) <= room {
		c.left--
	}
	left := c.left
	if bring > 0 {
		left = reaching(widths, left, bring, room)
	}
	for col := left; col < n; col++ {
		w := widths[col]
		if x+w > r.X+r.W-1 && col > left {
			break
		}
		if w = min(w, r.X+r.W-1-x); w < 2 {
			break
		}
		out = append(out, place{col, x, w})
		x += w
	}
	c.pageCols = max(len(out)-1, 1)
	return out
}

// reaching is the first column to show, as near to left as lets col be seen.
func reaching(widths []int, left, col, room int) int {
	left = min(left, col)
	for left < col && span(widths, left, col) > room {
		left++
	}
	return left
}
