package cell

// Cursor is where the cursor of a terminal stands. Input methods, braille
// displays and magnifiers follow it, whether it is shown or not.
type Cursor struct {
	X, Y  int
	Shown bool
}

// cursor is the one of a grid and all its parts, in columns and rows of the
// whole grid.
type cursor struct {
	Cursor
	set bool
}

// SetCursor puts the cursor of g, and of the grid that g is a part of, on the
// cell at x, y. Outside of g there is none. A place behind the last column
// counts as that column.
func (g *Grid) SetCursor(x, y int, shown bool) {
	if g.cursor == nil {
		return
	}
	x = min(x, g.W-1)
	*g.cursor = cursor{Cursor{g.dx + x, g.dy + y, shown}, g.At(x, y) != nil}
}

// NoCursor takes the cursor away.
func (g *Grid) NoCursor() {
	if g.cursor != nil {
		*g.cursor = cursor{}
	}
}

// Cursor returns where the cursor is in g, and whether there is one.
func (g *Grid) Cursor() (c Cursor, ok bool) {
	if g.cursor == nil || !g.cursor.set {
		return Cursor{}, false
	}
	c = g.cursor.Cursor
	c.X, c.Y = c.X-g.dx, c.Y-g.dy
	return c, g.At(c.X, c.Y) != nil
}
