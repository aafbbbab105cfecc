package vegaview

import "github.com/authtabs/tabgate/tui/cell"

// Picture says what the places of a drawing mean.
type Picture struct {
	Plots   []Plot
	Entries []Entry
}

// Plot is the rectangle of one cell of the scene, inside its axes.
type Plot struct {
	cell.Rect
	Cell int // its place in the scene

	x0, y0 float64 // pixels at the upper left corner
	sx, sy float64 // columns and rows a pixel
}

// Place returns the column and the row of a pixel of the scene, of the grid
// that was drawn into.
func (p Plot) Place(x, y float64) (col, row float64) {
	return float64(p.X) + (x-p.x0)*p.sx, float64(p.Y) + (y-p.y0)*p.sy
}

// Pixel returns what Place was given.
func (p Plot) Pixel(col, row float64) (x, y float64) {
	return p.x0 + (col-float64(p.X))/p.sx, p.y0 + (row-float64(p.Y))/p.sy
}

// Entry is one line of a legend.
type Entry struct {
	cell.Rect
	Legend, Index int
}

// At returns the plot at a place of the grid, nil if there is none.
func (p *Picture) At(x, y int) *Plot {
	for i := range p.Plots {
		if p.Plots[i].Has(x, y) {
			return &p.Plots[i]
		}
	}
	return nil
}
