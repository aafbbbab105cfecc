package mapview

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// Columns leave marks in the raster that tell them from each other and from
// the ground: from markFlat on those that lie all but flat, from markTall on
// those that stand in front of the circles on the ground.
const (
	markFlat = 1
	markTall = 128
	tallM    = 60
)

// markOf gives a column's mark. Neighbours in the lattice are never a multiple
// of a prime apart in the list, or so seldom that a missing seam is not seen.
func markOf(i int32, c *Column) uint8 {
	if c.ElevationM >= tallM {
		return markTall + uint8(i%127)
	}
	return markFlat + uint8(i%127)
}

// paintColumns draws the hexagons from far to near, so that nearer ones hide
// what is behind them.
func (b *brush) paintColumns(f *Frame) {
	b.sortColumns(f.Scene)
	if f.Look.rim > 0 {
		b.paintRims(f)
	}
	for _, i := range b.order {
		c := &f.Scene.Columns[i]
		b.raster.Mark = markOf(i, c)
		b.paintColumn(c, f, f.Picked.Is(Bikes, int(i)))
	}
	b.raster.Mark = 0
	b.raster.Seams(f.Look.mode, 1-b.seam(f))
}

// seam is how much darker the lines between columns are: a line takes much of
// a small hexagon, so it is faint there.
func (b *brush) seam(f *Frame) float64 {
	across := 2 * HexRadiusM * 0.866 * b.cam.meter * b.k / (float64(b.raster.SX) / 2) // pixels a hexagon is wide
	return f.Look.seam * min(max((across-4)/8, 0), 1)
}

// paintRims paints the ground around each hexagon darker, below all of them:
// on a light map the original's palest class is all but the land's colour, and
// a rim around its patches is what shows them.
func (b *brush) paintRims(f *Frame) {
	wide, high := 0.325*float64(b.raster.SX), 0.225*float64(b.raster.SY) // samples, which are twice as high as wide
	for i := range f.Scene.Columns {
		c := &f.Scene.Columns[i]
		pr, ok := b.prismOf(c)
		if !ok {
			continue
		}
		var ring [6]canvas.Vec
		mid := canvas.Vec{X: (pr.base[0].X + pr.base[3].X) / 2, Y: (pr.base[0].Y + pr.base[3].Y) / 2}
		for k, v := range pr.base {
			ring[k] = canvas.Vec{X: v.X + math.Copysign(wide, v.X-mid.X), Y: v.Y + math.Copysign(high, v.Y-mid.Y)}
		}
		b.raster.Convex(ring[:], shade(f.Look.Classes[c.Class], 1-f.Look.rim), 1)
	}
}

// sortColumns orders the columns from far to near.
func (b *brush) sortColumns(s *Scene) {
	n := len(s.Columns)
	if cap(b.depths) < n {
		b.order, b.depths = make([]int32, n), make([]float64, n)
	}
	b.order, b.depths = b.order[:n], b.depths[:n]
	for i := range s.Columns {
		b.order[i], b.depths[i] = int32(i), b.cam.fromFoot(s.Columns[i].at)
	}
	slices.SortFunc(b.order, func(i, j int32) int { return cmp.Compare(b.depths[j], b.depths[i]) })
}

// wallLight is how bright the wall below each edge is. The light stands in
// the east: seen from the south, the right-hand wall is the brighter.
var wallLight = [6]float64{0.88, 0.79, 0.62, 0.53, 0.62, 0.79}

func (b *brush) paintColumn(c *Column, f *Frame, picked bool) {
	pr, ok := b.prismOf(c)
	if !ok {
		return
	}
	color := f.Look.Classes[c.Class]
	if picked {
		color = f.Look.Picked
	}
	if !pr.flat {
		for i := range 6 {
			if quad, faces := pr.side(i); faces {
				lit := shade(color, 1-(1-wallLight[i])*f.Look.depth)
				b.raster.ConvexRamp(quad[:], b.wall(&quad, lit, shade(lit, 1-f.Look.foot)))
			}
		}
	}
	b.raster.Convex(pr.top[:], color, 1)
}

// wall is the light on a wall: less towards the foot, which gives the columns
// depth. One that is hardly higher than a cell has no room for it.
func (b *brush) wall(quad *[4]canvas.Vec, lit, foot cell.RGB) canvas.Ramp {
	y0, y1 := min(quad[2].Y, quad[3].Y), max(quad[0].Y, quad[1].Y)
	if y1-y0 < 1.6*float64(b.raster.SY) {
		foot = lit
	}
	return canvas.Ramp{Top: lit, Bottom: foot, Y0: y0, Y1: y1}
}

func shade(c cell.RGB, light float64) cell.RGB { return cell.Mix(cell.RGB{}, c, light) }

// paintCircles blends the stops' circles, which lie on the ground: tall
// columns stand out of them.
func (b *brush) paintCircles(f *Frame) {
	b.raster.Shield, b.raster.ShieldAlpha = markTall, f.Look.tint
	for i := range f.Scene.Stops {
		st := &f.Scene.Stops[i]
		ring, ok := b.circle(st)
		if !ok {
			continue
		}
		b.raster.Convex(ring[:], f.Look.Exits, ExitAlpha)
	}
	b.raster.Shield = 0
	if f.Picked.OK && (f.Picked.Layer == Exits || f.Picked.Layer == Names) {
		b.encircle(&f.Scene.Stops[f.Picked.Index], f.Look.Picked)
	}
}

// encircle draws the rim of a stop's circle, about half a cell wide.
func (b *brush) encircle(st *Stop, color cell.RGB) {
	ring, ok := b.circle(st)
	if !ok {
		return
	}
	b.path = append(append(b.path[:0], ring[:]...), ring[0], ring[1])
	b.raster.Stroke(b.path, 5, color, 1)
}

// ExitAlpha is the original's 160 of 255.
const ExitAlpha = 160.0 / 255
