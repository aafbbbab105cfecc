package mapping

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// webHeight is the height of the original's map in pixels. The map shows the
// same extent whatever the number of rows.
const webHeight = 500

// rect is a part of a grid in cells.
type rect struct{ x, y, w, h int }

func (r rect) has(x, y int) bool { return x >= r.x && y >= r.y && x < r.x+r.w && y < r.y+r.h }

// picture is the size in pixels of the web of a map of some cells, which are
// twice as high as wide. The shorter side shows what 500 pixels show.
func picture(cols, rows int) (w, h float64) {
	if rows <= 0 || cols <= 0 {
		return 0, 0
	}
	h = max(webHeight, webHeight*2*float64(rows)/float64(cols))
	return h * float64(cols) / float64(2*rows), h
}

// layers says which of the four are shown.
type layers [4]bool

// The layers, in the original's order, which is also bottom to top.
const (
	bikes = iota
	exits
	names
	flows
)

func (l layers) none() bool { return l == layers{} }

// frame is all that decides what a map looks like.
type frame struct {
	scene  *scene
	view   View
	layers layers
	look   look
	picked pick
	// covered is a part of the map, in its cells, that something will be drawn
	// over: no name is put there.
	covered rect
}

// painter draws frames. It keeps its buffers, so that a frame of the same
// size allocates nothing.
type painter struct {
	raster canvas.Raster
	dots   canvas.Dots
	cam    camera
	area   rect
	k      float64 // samples a pixel, across and down
	ky     float64
	dot    float64 // dots a pixel

	order   []int32
	depths  []float64
	ring    []canvas.Vec
	rings   [][]canvas.Vec
	path    []canvas.Vec
	taken   []bool
	columns []bool // cells with columns
	labels  []label
}

// paint draws a frame on the part area of g.
func (p *painter) paint(g *cell.Grid, area rect, f *frame) {
	p.labels = p.labels[:0]
	if area.w <= 0 || area.h <= 0 {
		return
	}
	p.aim(area, f)
	if f.look.plain {
		p.paintPlain(g, f)
		return
	}
	p.raster.Mark = 0
	p.paintGround(f)
	p.dots.Resize(area.w, area.h)
	p.dots.ASCII = f.look.ascii
	p.paintLand(f)
	if f.look.mode == canvas.Octant {
		p.paintShore(f)
	}
	if f.layers[bikes] {
		p.paintColumns(f)
	}
	if f.layers[exits] {
		p.paintCircles(f)
	}
	if f.look.mode != canvas.Octant {
		p.dotCoast(f, func(x, y int) bool {
			return p.raster.MarkAt((float64(x)+.5)*p.k/p.dot, (float64(y)+.5)*p.ky/p.dot) == 0
		})
	}
	if f.layers[flows] {
		p.paintFlows(f)
	}
	p.raster.Encode(g, area.x, area.y, f.look.mode)
	p.dots.Draw(g, area.x, area.y, func(c *cell.Cell, z uint8) { settle(c, z, f.look) })
	if f.layers[names] {
		p.placeLabels(f)
		p.drawLabels(g, f)
	}
	p.drawPlaces(g, f)
	canvas.LengthenRuns(g, area.x, area.y, area.w, area.h, sameColor)
}

// sameColor is how far apart colours may be (sum of squares, 10 of 255 each)
// that count as one in the small shapes of a map.
const sameColor = 300

// aim sets the camera and the sizes for an area.
func (p *painter) aim(area rect, f *frame) {
	w, h := picture(area.w, area.h)
	p.area, p.cam = area, newCamera(f.view, w, h)
	sx, sy := f.look.mode.Samples(area.w * area.h)
	p.raster.Resize(area.w, area.h, sx, sy)
	p.k, p.ky = float64(area.w*sx)/w, float64(area.h*sy)/h
	p.dot = float64(area.h*4) / h
}

// The z-order of dots.
const (
	zCoast uint8 = iota + 1
	zFlow
	zPicked
)

// settle makes a cell's background one colour before dots go over it: the mean
// of what is there, shaded where that keeps arcs readable over everything. With
// few colours means are greys; then the background stays, which has the larger
// part of the cell, and along the shore is land or water.
func settle(c *cell.Cell, z uint8, l look) {
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
func (l look) ground(c cell.RGB) cell.RGB {
	span, toLand, toWater := apart(l.land, l.water), apart(c, l.land), apart(c, l.water)
	switch {
	case toLand+toWater > span+span/8: // On the line between the two the sum is at most their distance.
		return c
	case toLand < toWater:
		return l.land
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

// sample gives the place in the raster of a pixel.
func (p *painter) sample(at canvas.Vec) canvas.Vec { return canvas.Vec{X: at.X * p.k, Y: at.Y * p.ky} }

func (p *painter) dotAt(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X * p.dot, Y: at.Y * p.dot}
}

// cell gives the cell of the map that shows a pixel.
func (p *painter) cell(at canvas.Vec) (col, row int) {
	return int(math.Floor(at.X / p.cam.w * float64(p.area.w))), int(math.Floor(at.Y / p.cam.h * float64(p.area.h)))
}
