package mapview

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// Painter draws frames. It keeps its buffers, so that a frame of the same
// size allocates nothing.
type Painter struct {
	brush
	labels labels
}

// Paint draws a frame on the part area of g.
func (p *Painter) Paint(g *cell.Grid, area cell.Rect, f *Frame) {
	p.labels.list = p.labels.list[:0]
	if area.W <= 0 || area.H <= 0 {
		return
	}
	p.aim(newProjection(area, f), f.Look.ASCII)
	if f.Look.Plain {
		p.paintPlain(g, f)
		p.paintNames(g, f)
		return
	}
	p.paintGround(f)
	p.paintLand(f)
	if f.Look.mode == canvas.Octant {
		p.paintShore(f)
	}
	if f.Layers[Bikes] {
		p.paintColumns(f)
	}
	if f.Layers[Exits] {
		p.paintCircles(f)
	}
	if f.Look.mode != canvas.Octant {
		p.dotCoast(f, func(x, y int) bool {
			return p.raster.MarkAt((float64(x)+.5)*p.k/p.dot, (float64(y)+.5)*p.ky/p.dot) == 0
		})
	}
	if f.Layers[Flows] {
		p.paintFlows(f)
	}
	p.raster.Encode(g, area.X, area.Y, f.Look.mode)
	p.dots.Draw(g, area.X, area.Y, func(c *cell.Cell, z uint8) { flatten(c, z, f.Look) })
	p.paintNames(g, f)
	p.drawPlaces(g, f)
	canvas.LengthenRuns(g, area.X, area.Y, area.W, area.H, sameColor)
}

// paintNames writes the names of the stops.
func (p *Painter) paintNames(g *cell.Grid, f *Frame) {
	p.labels.arrange(&p.projection, f)
	p.labels.draw(g, p.area, f.Look)
}

// sameColor is how far apart colours may be (sum of squares, 10 of 255 each)
// that count as one in the small shapes of a map.
const sameColor = 300

// Under returns what a frame shows in a cell of the map.
func (p *Painter) Under(area cell.Rect, f *Frame, col, row int) Pick {
	q := newProjection(area, f)
	p.labels.arrange(&q, f)
	return q.at(f, p.labels.list, col, row)
}
