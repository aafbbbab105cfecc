package dataframe

// direction is how a column is sorted; its value is the sign of comparing.
type direction int

const (
	unsorted   direction = 0
	ascending  direction = 1
	descending direction = -1
)

// next is what a click on the heading does.
func (d direction) next() direction {
	switch d {
	case unsorted:
		return ascending
	case ascending:
		return descending
	}
	return unsorted
}

// grid is the state of the table: the cursor, what is scrolled to, the sort
// and the selection. Column 0 is the frozen one.
type grid struct {
	row, col   int
	top, left  int // the first row, and the first column after the frozen one
	fromRow    int // where the selection began; it ends at the cursor
	fromCol    int
	selecting  bool
	sortCol    int
	sortBy     direction
	set        map[int]int // widths of columns made by hand
	page, span int         // rows that fit, and columns, at the last drawing
	following  bool        // the cursor was moved: the next drawing scrolls to it
}

// moveTo puts the cursor somewhere. extend keeps or begins the selection.
func (g *grid) moveTo(row, col int, b body, extend bool) {
	if extend && !g.selecting {
		g.fromRow, g.fromCol, g.selecting = g.row, g.col, true
	}
	if !extend {
		g.selecting = false
	}
	g.row = min(max(row, 0), max(b.len()-1, 0))
	g.col = min(max(col, 0), max(len(b.columns())-1, 0))
	g.following = true
}

func (g *grid) move(rows, cols int, b body, extend bool) {
	g.moveTo(g.row+rows, g.col+cols, b, extend)
}

// clamp keeps the cursor inside after the rows or columns have changed.
func (g *grid) clamp(b body) {
	g.row = min(max(g.row, 0), max(b.len()-1, 0))
	g.col = min(max(g.col, 0), max(len(b.columns())-1, 0))
	g.fromRow = min(g.fromRow, max(b.len()-1, 0))
	g.fromCol = min(g.fromCol, max(len(b.columns())-1, 0))
	g.following = true
}

// scroll moves what is seen and lets the cursor stay, as a wheel does.
func (g *grid) scroll(rows, cols int, b body) {
	g.following = false
	g.top = min(max(g.top+rows, 0), max(b.len()-g.page, 0))
	last := max(len(b.columns())-max(g.span, 1), 1)
	g.left = min(max(g.left+cols, 1), last)
}

// selected says whether a cell is in the selection, which is the cursor's
// cell where none was made.
func (g *grid) selected(row, col int) bool {
	r0, r1, c0, c1 := g.selection()
	return row >= r0 && row <= r1 && col >= c0 && col <= c1
}

func (g *grid) selection() (r0, r1, c0, c1 int) {
	if !g.selecting {
		return g.row, g.row, g.col, g.col
	}
	return min(g.row, g.fromRow), max(g.row, g.fromRow), min(g.col, g.fromCol), max(g.col, g.fromCol)
}
