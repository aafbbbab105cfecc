// Package canvas draws pictures out of terminal cells: a grid of coloured
// runes, pixels and braille dots to compose it from, and writers that turn it
// into a frame of escape sequences or into SVG. It knows neither themes, nor
// pages, nor terminals.
package canvas

// RGB is red, green and blue, 0 to 255 each.
type RGB = [3]uint8

// Attr is a set of text attributes.
type Attr uint8

// The attributes that every terminal of interest shows.
const (
	Bold Attr = 1 << iota
	Faint
	Italic
	Underline
	Reverse
)

// Tail is the rune of the second cell of a wide rune. Render gives it no
// character of its own.
const Tail rune = -1

// Cell is one character cell. The zero cell is a black space on black; a
// rune of 0 is shown as a space. NoFG and NoBG ask for the terminal's own
// colour in place of FG and BG.
type Cell struct {
	Rune       rune
	FG, BG     RGB
	Attr       Attr
	NoFG, NoBG bool
}

// Grid is W by H cells, row by row. Its methods clip: writing outside is
// allowed and does nothing. A Grid keeps buffers for Render between frames,
// so keep the Grid rather than make a new one for each frame.
type Grid struct {
	W, H  int
	Cells []Cell
	// ASCII makes Render and Box use ASCII alone: lines become + - |, and
	// other signs the nearest ASCII one, or a question mark.
	ASCII bool

	colors downsampler
	buf    []byte
}

// NewGrid makes a grid of w by h cells (negative counts as 0).
func NewGrid(w, h int) *Grid {
	g := &Grid{}
	g.Resize(w, h)
	return g
}

// Resize changes the size and clears all cells.
func (g *Grid) Resize(w, h int) {
	g.W, g.H = max(w, 0), max(h, 0)
	g.Cells = room(g.Cells, g.W*g.H)
	if cap(g.buf) > tooMuch(len(g.Cells)*40) {
		g.buf = nil
	}
	clear(g.Cells)
}

// Fill makes every cell a space on bg.
func (g *Grid) Fill(bg RGB) {
	if len(g.Cells) == 0 {
		return
	}
	g.Cells[0] = Cell{Rune: ' ', FG: bg, BG: bg}
	for done := 1; done < len(g.Cells); done *= 2 { // Copying is faster than setting.
		copy(g.Cells[done:], g.Cells[:done])
	}
}

// Rect makes the cells of a rectangle spaces on bg.
func (g *Grid) Rect(x, y, w, h int, bg RGB) {
	x0, x1 := max(x, 0), min(x+w, g.W)
	for row := max(y, 0); row < min(y+h, g.H); row++ {
		for col := x0; col < x1; col++ {
			g.Cells[row*g.W+col] = Cell{Rune: ' ', FG: bg, BG: bg}
		}
	}
}

// At gives the cell at column x, row y; nil outside.
func (g *Grid) At(x, y int) *Cell {
	if x < 0 || y < 0 || x >= g.W || y >= g.H {
		return nil
	}
	return &g.Cells[y*g.W+x]
}

// Blit copies src over the cells whose top left corner is x, y.
func (g *Grid) Blit(src *Grid, x, y int) {
	from, to := max(0, -x), min(src.W, g.W-x)
	if from >= to {
		return
	}
	for row := max(0, -y); row < min(src.H, g.H-y); row++ {
		line := src.Cells[row*src.W : (row+1)*src.W]
		copy(g.Cells[(row+y)*g.W+x+from:], line[from:to])
	}
}
