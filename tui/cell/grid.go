package cell

import "unsafe"

// Rect is a rectangle of cells.
type Rect struct{ X, Y, W, H int }

// Has reports whether the cell at x, y is inside.
func (r Rect) Has(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Grid is W by H cells, or a part of a larger grid (see [Grid.Sub]). Its
// methods clip: writing outside is allowed and does nothing.
//
// A Grid that is made by a literal with W and H alone has no cells. Drawing
// into it lays a page out, which is how a page learns where things would be.
type Grid struct {
	W, H int

	cells          []Cell // of the grid that this is a part of, row by row
	stride, origin int    // cells a row; the index of column 0, row 0
	x0, y0, x1, y1 int    // what there are cells for
	table          *table
	shares         bool // the table is another grid's
	owner          any
	cursor         *cursor // of the grid that this is a part of
	dx, dy         int     // where this part begins in it
}

// NewGrid returns a grid of w by h blanks (negative counts as 0).
func NewGrid(w, h int) *Grid {
	g := &Grid{}
	g.Resize(w, h)
	return g
}

// Resize makes g a grid of its own of w by h blanks. It allocates only to
// grow, and lets go of much more memory than it needs.
func (g *Grid) Resize(w, h int) {
	t := g.table
	if t == nil || g.shares {
		t = &table{}
	}
	g.resize(w, h, t)
	t.reset(g.cells)
}

func (g *Grid) resize(w, h int, t *table) {
	w, h = max(w, 0), max(h, 0)
	cells := g.cells
	if n := w * h; cap(cells) < n || cap(cells) > tooMuch(n) {
		cells = make([]Cell, n)
	} else {
		cells = cells[:n]
		clear(cells)
	}
	c := g.cursor
	if c == nil || g.dx != 0 || g.dy != 0 || g.origin != 0 {
		c = &cursor{}
	}
	*c = cursor{}
	*g = Grid{W: w, H: h, cells: cells, stride: w, x1: w, y1: h, table: t, cursor: c}
}

// Like makes g a grid of blanks of the size of o, whose cells may be compared
// with those of o and be copied from them, for as long as [Grid.Epoch] of o
// stays the same: both use one table of clusters and links.
func (g *Grid) Like(o *Grid) {
	g.resize(o.W, o.H, o.table)
	g.shares = true
}

// Epoch returns a number that changes when the clusters and links of g are
// numbered again: after [Grid.Resize], and when there were too many of them.
func (g *Grid) Epoch() uint64 { return g.table.epoch }

// tooMuch is how many cells are more than n ones should keep: windows that
// are dragged about make no garbage, nor do small ones.
func tooMuch(n int) int { return max(4*n, 1<<14) }

// Sub returns the w by h cells of g whose top left corner is x, y. Both share
// their cells: what is drawn into one shows in the other, and what would lie
// outside of g is clipped. A part is valid until g is resized.
func (g *Grid) Sub(x, y, w, h int) Grid {
	w, h = max(w, 0), max(h, 0)
	return Grid{
		W: w, H: h, cells: g.cells, stride: g.stride, origin: g.origin + y*g.stride + x, table: g.table,
		x0: max(g.x0-x, 0), y0: max(g.y0-y, 0), x1: min(g.x1-x, w), y1: min(g.y1-y, h),
		cursor: g.cursor, dx: g.dx + x, dy: g.dy + y,
	}
}

// Redraw reports whether owner has to draw into g: because it changed, or
// because g does not hold what it drew the last time. Afterwards g counts as
// drawn by owner, until another owner draws into it or it is resized. Whoever
// has to draw puts the cursor anew.
func (g *Grid) Redraw(owner any, changed bool) bool {
	held := g.owner == owner
	g.owner = owner
	if changed || !held {
		g.NoCursor()
		return true
	}
	return false
}

// At returns the cell at column x, row y; nil outside.
func (g *Grid) At(x, y int) *Cell {
	if x < g.x0 || y < g.y0 || x >= g.x1 || y >= g.y1 {
		return nil
	}
	return &g.cells[g.origin+y*g.stride+x]
}

// Row returns the cells of row y that there are: all W of them, unless g is
// clipped.
func (g *Grid) Row(y int) []Cell { return g.span(g.x0, g.x1, y) }

// span returns the cells from column x0 to x1 of row y, clipped.
func (g *Grid) span(x0, x1, y int) []Cell {
	x0, x1 = max(x0, g.x0), min(x1, g.x1)
	if y < g.y0 || y >= g.y1 || x0 >= x1 {
		return nil
	}
	at := g.origin + y*g.stride
	return g.cells[at+x0 : at+x1]
}

// Fill makes every cell a blank on bg.
func (g *Grid) Fill(bg RGB) { g.Rect(0, 0, g.W, g.H, bg) }

// Rect makes the cells of a rectangle blanks on bg.
func (g *Grid) Rect(x, y, w, h int, bg RGB) {
	var first []Cell
	for y0, y1 := max(y, g.y0), min(y+h, g.y1); y0 < y1; y0++ {
		row := g.span(x, x+w, y0)
		if len(row) == 0 {
			return
		}
		if first != nil {
			copy(row, first)
			continue
		}
		first = row
		row[0] = Cell{BG: FromRGB(bg)}
		for done := 1; done < len(row); done *= 2 { // Copying is faster than setting.
			copy(row[done:], row[:done])
		}
	}
}

// Blit copies src over the cells whose top left corner is x, y, and its cursor
// if it has one.
func (g *Grid) Blit(src *Grid, x, y int) {
	if c, ok := src.Cursor(); ok {
		g.SetCursor(x+c.X, y+c.Y, c.Shown)
	}
	foreign := g.table != src.table && g.table != nil && src.table != nil && !src.table.empty()
	if foreign {
		g.table.renumber()
	}
	for row := src.y0; row < src.y1; row++ {
		from := src.span(g.x0-x, g.x1-x, row)
		to := g.span(x+src.x0, x+src.x1, y+row)
		if len(to) == 0 || len(from) == 0 {
			continue
		}
		copy(to, from)
		if foreign {
			g.table.adopt(to, src.table)
		}
	}
}

// EqualRow reports whether row y holds the same cells in g and in o, of which
// one was made by [Grid.Like].
func (g *Grid) EqualRow(o *Grid, y int) bool {
	return string(bytesOf(g.Row(y))) == string(bytesOf(o.Row(y)))
}

// bytesOf returns the memory of cells, which have no padding and no pointers.
// Comparing it is five times as fast as comparing cell by cell, and happens
// for every cell of every frame.
func bytesOf(row []Cell) []byte {
	if len(row) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&row[0])), len(row)*int(unsafe.Sizeof(Cell{})))
}
