package vegaview

import (
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// Picture says what the places of a drawing mean.
type Picture struct {
	Plots   []Plot
	Entries []Entry

	inks inks
}

// Sign returns the character by which a colour of the scene is told where
// colours are not seen: that of its surfaces, or of its lines and points. It is
// not ok where colours are seen, or where there is one alone.
func (p *Picture) Sign(color string, surface bool) (rune, bool) {
	c, ok := vega.ParseColor(color)
	if !ok || !p.inks.look.Mono {
		return 0, false
	}
	c = p.inks.look.visible(c)
	if surface {
		return p.inks.surface(c), true
	}
	return p.inks.letter(c), p.inks.named()
}

// Plot is the rectangle of one cell of the scene, inside its axes.
type Plot struct {
	cell.Rect
	Cell int // its place in the scene

	lens lens
}

// Place returns the column and the row of a pixel of the scene, of the grid
// that was drawn into.
func (p Plot) Place(x, y float64) (col, row float64) {
	col, row = p.lens.cell(x, y)
	return float64(p.X) + col, float64(p.Y) + row
}

// Pixel returns what Place was given.
func (p Plot) Pixel(col, row float64) (x, y float64) {
	l := p.lens
	return l.x0 + (col-float64(p.X)-l.ox)/l.sx, l.y0 + (row-float64(p.Y)-l.oy)/l.sy
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
