package sheet

// Cursor is where a table is looked at: the cursor, what is scrolled to, and
// the selection. The first columns are frozen: they do not scroll.
type Cursor struct {
	Row, Col           int
	Top, left          int // the first row, and the first column after the frozen ones
	firstLeft          int // how many are frozen
	fromRow, fromCol   int // where the selection began; it ends at the cursor
	Selecting          bool
	PageRows, pageCols int  // that fitted at the last drawing
	following          bool // the cursor was moved: the next drawing scrolls to it
}

// extent is how many rows and columns there are.
type extent struct{ rows, cols int }

// moveTo puts the cursor somewhere. extend keeps or begins the selection.
func (c *Cursor) moveTo(row, col int, e extent, extend bool) {
	if extend && !c.Selecting {
		c.fromRow, c.fromCol = c.Row, c.Col
	}
	c.Selecting = extend
	c.Row, c.Col = row, col
	c.clamp(e)
}

// clamp keeps the cursor inside after the rows or columns have changed.
func (c *Cursor) clamp(e extent) {
	lastRow, lastCol := max(e.rows-1, 0), max(e.cols-1, 0)
	c.Row, c.Col = min(max(c.Row, 0), lastRow), min(max(c.Col, 0), lastCol)
	c.fromRow, c.fromCol = min(c.fromRow, lastRow), min(c.fromCol, lastCol)
	c.left = max(c.left, c.firstLeft)
	c.following = true
}

// scroll moves what is seen and lets the cursor stay, as a wheel does.
func (c *Cursor) scroll(rows, cols int, e extent) {
	c.following = false
	c.Top = min(max(c.Top+rows, 0), max(e.rows-c.PageRows, 0))
	c.left = min(max(c.left+cols, c.firstLeft), max(e.cols-max(c.pageCols, 1), c.firstLeft))
}

// follow scrolls the rows so that the cursor is seen after it was moved.
func (c *Cursor) follow(rows, of int) {
	c.PageRows = rows
	if c.following {
		c.Top = max(min(c.Top, c.Row), c.Row-rows+1)
	}
	c.Top = min(max(c.Top, 0), max(of-rows, 0))
}

// selection is the selected range, which is the cursor's cell where none was
// made.
func (c *Cursor) selection() (r0, r1, c0, c1 int) {
	if !c.Selecting {
		return c.Row, c.Row, c.Col, c.Col
	}
	return min(c.Row, c.fromRow), max(c.Row, c.fromRow), min(c.Col, c.fromCol), max(c.Col, c.fromCol)
}

func (c *Cursor) selected(row, col int) bool {
	r0, r1, c0, c1 := c.selection()
	return row >= r0 && row <= r1 && col >= c0 && col <= c1
}
