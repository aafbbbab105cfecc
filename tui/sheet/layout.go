package sheet

import "github.com/authtabs/tabgate/tui/chart"

// layout is where the last drawing put the rows and columns.
type layout struct {
	chart.Rect         // the cells of the rows
	columns    []place // what is shown, the frozen ones first
	frozen     int     // how many of them are frozen
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

// room is what placeColumns places columns in.
type room struct {
	chart.Rect
	frozen []int // widths of the columns that do not scroll
	// cut reports that a column of texts may be cut at the right edge.
	cut func(col int) bool
}

// placeColumns decides which columns are seen and where, and scrolls them so
// that the cursor is seen after it was moved.
func (c *Cursor) placeColumns(r room, widths []int) []place {
	n, x := len(widths), r.X
	var out []place
	for col, w := range r.frozen {
		out = append(out, place{col, x, w})
		x += w
	}
	x++
	space := r.X + r.W - 1 - x
	c.left = min(max(c.left, c.firstLeft), max(n-1, c.firstLeft))
	if c.following && c.Col >= c.firstLeft {
		c.left = reaching(widths, c.left, c.Col, space)
	}
	for c.left > c.firstLeft && span(widths, c.left-1, n-1) <= space {
		c.left--
	}
	left := c.left
	for col := left; col < n; col++ {
		w := widths[col]
		if space := r.X + r.W - 1 - x; w > space && col > left {
			if !r.cut(col) || 4*space < 3*w {
				break
			}
		}
		if w = min(w, r.X+r.W-1-x); w < 2 {
			break
		}
		out = append(out, place{col, x, w})
		x += w
	}
	c.pageCols = max(len(out)-len(r.frozen), 1)
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
