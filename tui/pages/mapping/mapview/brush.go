package mapview

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// brush paints the layers. It keeps its buffers, so that a frame of the same
// size allocates nothing.
type brush struct {
	projection
	raster canvas.Raster
	dots   canvas.Dots
	order  []int32
	depths []float64
	ring   []canvas.Vec
	rings  [][]canvas.Vec
	path   []canvas.Vec
}

// aim takes the projection that the next frame is painted with.
func (b *brush) aim(p projection, ascii bool) {
	b.projection = p
	b.raster.Resize(p.area.W, p.area.H, p.sx, p.sy)
	b.dots.Resize(p.area.W, p.area.H)
	b.dots.ASCII = ascii
}

// The z-order of dots.
const (
	zCoast uint8 = iota + 1
	zFlow
	zPicked
)

// flatten makes a cell's background one colour before dots go over it: the mean
// of what is there, shaded where that keeps arcs readable over everything. With
// few colours means are greys; then the background stays, which has the larger
// part of the cell, and along the shore is land or water.
func flatten(c *cell.Cell, z uint8, l Look) {
	if l.smooth {
		c.BG = cell.FromRGB(canvas.Mean(c))
	} else if z == zCoast {
		c.BG = cell.FromRGB(l.ground(c.BG.RGB()))
	}
	if z >= zFlow {
		c.BG = cell.FromRGB(cell.Mix(c.BG.RGB(), l.casing, 0.4))
	}
}

// ground gives land or water for what is a mix of the two, else c.
func (l Look) ground(c cell.RGB) cell.RGB {
	span, toLand, toWater := apart(l.Land, l.water), apart(c, l.Land), apart(c, l.water)
	switch {
	case toLand+toWater > span+span/8: // On the line between the two the sum is at most their distance.
		return c
	case toLand < toWater:
		return l.Land
	}
	return l.water
}

// apart is the sum of the squares by which two colours differ.
func apart(a, b cell.RGB) (sum int) {
	for i := range a {
		d := int(a[i]) - int(b[i])
		sum += d * d
	}
	return sum
}
