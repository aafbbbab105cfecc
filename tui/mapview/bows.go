package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// bowSteps is how many points an arc is drawn through, as in deck.gl.
const bowSteps = 50

// bow is an arc that stands on the ground, or lies on it.
type bow struct {
	points   []spot    // on the ground
	lift     []float64 // at each of them, in units of common space
	from, to cell.RGB
	alpha    float64
	width    float64
}

// newBows makes the arcs of a layer.
func newBows(l *deck.Layer, opacity float64) []bow {
	out := make([]bow, len(l.Arcs))
	for i := range l.Arcs {
		c := &l.Arcs[i]
		b := bow{width: unitsOf(l.Width, c.Width, c.Source.Lat)}
		b.from, b.alpha = paint(c.SourceColor, opacity)
		b.to, _ = paint(c.TargetColor, opacity)
		if l.GreatCircle {
			b.greatCircle(c)
		} else {
			b.arch(c)
		}
		out[i] = b
	}
	return out
}

// arch makes a half circle that stands on its chord, tilted to a side.
func (b *bow) arch(c *deck.Arc) {
	from, to := spotOf(c.Source), spotOf(c.Target)
	dx, dy := to.x-from.x, to.y-from.y
	length := math.Hypot(dx, dy)
	sin, cos := math.Sincos(c.Tilt * math.Pi / 180)
	for i := range bowSteps {
		r := smooth(float64(i) / (bowSteps - 1))
		high := math.Sqrt(max(r*(1-r), 0)) * length * c.Height
		at := spot{from.x + dx*r, from.y + dy*r}
		if length > 0 && c.Tilt != 0 {
			at = spot{at.x - dy/length*high*sin, at.y + dx/length*high*sin}
		}
		b.points, b.lift = append(b.points, at), append(b.lift, high*cos)
	}
}

// greatCircle makes the shortest way on a globe.
func (b *bow) greatCircle(c *deck.Arc) {
	rad := math.Pi / 180
	vec := func(p deck.Place) [3]float64 {
		slat, clat := math.Sincos(p.Lat * rad)
		slon, clon := math.Sincos(p.Lon * rad)
		return [3]float64{clat * clon, clat * slon, slat}
	}
	a, z := vec(c.Source), vec(c.Target)
	angle := math.Acos(min(max(a[0]*z[0]+a[1]*z[1]+a[2]*z[2], -1), 1))
	last := c.Source.Lon
	for i := range bowSteps {
		t := float64(i) / (bowSteps - 1)
		p := a
		if s := math.Sin(angle); s > 1e-9 {
			u, v := math.Sin((1-t)*angle)/s, math.Sin(t*angle)/s
			for k := range p {
				p[k] = a[k]*u + z[k]*v
			}
		}
		lon, lat := math.Atan2(p[1], p[0])/rad, math.Atan2(p[2], math.Hypot(p[0], p[1]))/rad
		lon += 360 * math.Round((last-lon)/360) // no jump where the world ends
		last = lon
		b.points, b.lift = append(b.points, spotOf(deck.Place{Lon: lon, Lat: lat})), append(b.lift, math.Sqrt(max(t*(1-t), 0))*angle/math.Pi*tile/2*c.Height)
	}
}

// bowPath appends the pixels of an arc to out. Points too near to the eye are
// left out.
func (p *projection) bowPath(out []canvas.Vec, b *bow) []canvas.Vec {
	for i, s := range b.points {
		if at, depth := p.cam.project(s.x, s.y, b.lift[i]*p.cam.scale); depth > p.cam.near {
			out = append(out, at)
		}
	}
	return out
}

func (b *brush) paintBows(f *Frame, i int) {
	l := &f.Scene.layers[i]
	for k := range l.bows {
		if !f.is(i, Bow, k) {
			b.paintBow(l, &l.bows[k], nil, zOver, &f.Look)
		}
	}
	if f.Picked.OK && f.Picked.Layer == i && f.Picked.Kind == Bow {
		b.paintBow(l, &l.bows[f.Picked.Index], &f.Look.picked, zPicked, &f.Look)
	}
}

// paintBow draws an arc over everything, its colour changing along it: as dots,
// or as pixels on a casing where the pixels are as fine as dots.
func (b *brush) paintBow(l *layer, w *bow, only *cell.RGB, z uint8, look *Look) {
	path := b.bowPath(b.ring[:0], w)
	b.ring = path
	if len(path) < 2 {
		return
	}
	width := b.pixelsOf(l.of.Width, w.width)
	fine := look.mode == canvas.Octant && !look.Plain
	for i := range path {
		if path[i] = (canvas.Vec{X: path[i].X * b.dot, Y: path[i].Y * b.dot}); fine {
			path[i] = canvas.Vec{X: path[i].X / b.dot * b.k, Y: path[i].Y / b.dot * b.ky}
		}
	}
	wide := max(width*b.k, float64(b.raster.SX)/2)
	if fine {
		b.raster.Stroke(path, wide+2.5, look.casing, 0.45)
	}
	from, to := b.colors.over(look, w.from), b.colors.over(look, w.to)
	if only != nil {
		from, to = *only, *only
	}
	stroke := func(path []canvas.Vec, c cell.RGB) {
		if fine {
			b.raster.Stroke(path, wide, c, 1)
		} else {
			b.dots.Stroke(path, width*b.dot, c, z)
		}
	}
	if from == to {
		stroke(path, from)
		return
	}
	for n := 1; n < len(path); n++ {
		stroke(path[n-1:n+1], cell.Mix(from, to, float64(n)/float64(len(path))))
	}
}

// bowAt finds the arc that passes nearest to a pixel; -1 = none.
func (b finder) bowAt(l *layer, px canvas.Vec, slack float64) int {
	best, least := -1, slack
	for i := range l.bows {
		path := b.bowPath(b.ring[:0], &l.bows[i])
		b.ring = path
		half := b.pixelsOf(l.of.Width, l.bows[i].width) / 2
		for n := 1; n < len(path); n++ {
			if d := toSegment(px, path[n-1], path[n]) - half; d < least {
				best, least = i, d
			}
		}
	}
	return best
}
