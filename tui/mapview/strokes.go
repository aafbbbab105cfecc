package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// stroke is a line on the ground, through places.
type stroke struct {
	points []spot
	lo, hi spot
	color  cell.RGB
	alpha  float64
	width  float64 // units of common space, or pixels
	fade   []float64
}

// newStrokes makes the lines and the paths of a layer, in that order.
func newStrokes(l *deck.Layer, opacity float64) (out []stroke) {
	for i := range l.Lines {
		c := &l.Lines[i]
		out = append(out, newStroke([]deck.Place{c.Source, c.Target}, c.Color, unitsOf(l.Width, c.Width, c.Source.Lat), opacity))
	}
	for i := range l.Paths {
		c := &l.Paths[i]
		s := newStroke(c.Points, c.Color, unitsOf(l.Width, c.Width, c.Points[0].Lat), opacity)
		if l.Trips != nil {
			s = trail(s, c.Times, l.Trips)
		}
		out = append(out, s)
	}
	return out
}

func newStroke(points []deck.Place, c deck.RGBA, width, opacity float64) stroke {
	s := stroke{points: spotsOf(points), width: width}
	s.color, s.alpha = paint(c, opacity)
	s.lo, s.hi = boxOf(s.points)
	return s
}

func boxOf(list []spot) (lo, hi spot) {
	lo, hi = spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, s := range list {
		lo, hi = spot{min(lo.x, s.x), min(lo.y, s.y)}, spot{max(hi.x, s.x), max(hi.y, s.y)}
	}
	return lo, hi
}

// trail is the part of a trip that is seen at its layer's time, each piece with
// how much is left of its colour.
func trail(s stroke, times []float64, t *deck.Trips) stroke {
	out := stroke{color: s.color, alpha: s.alpha, width: s.width}
	for i := 1; i < len(s.points) && i < len(times); i++ {
		from, to := max(times[i-1], t.Time-t.Trail), min(times[i], t.Time)
		if !(to > from) {
			continue
		}
		at := func(time float64) spot {
			p := (time - times[i-1]) / (times[i] - times[i-1])
			return spot{s.points[i-1].x + (s.points[i].x-s.points[i-1].x)*p, s.points[i-1].y + (s.points[i].y-s.points[i-1].y)*p}
		}
		const pieces = 6
		for k := range pieces {
			a, z := from+(to-from)*float64(k)/pieces, from+(to-from)*float64(k+1)/pieces
			if len(out.points) == 0 {
				out.points = append(out.points, at(a))
			}
			left := 1.0
			if t.Fade && t.Trail > 0 {
				left = 1 - (t.Time-(a+z)/2)/t.Trail
			}
			out.points, out.fade = append(out.points, at(z)), append(out.fade, left)
		}
	}
	out.lo, out.hi = boxOf(out.points)
	return out
}

// visible reports whether a stroke may be seen.
func (p *projection) visible(lo, hi spot) bool {
	return hi.x >= p.lo.x && lo.x <= p.hi.x && hi.y >= p.lo.y && lo.y <= p.hi.y
}

func (b *brush) paintStrokes(f *Frame, i int) {
	l := &f.Scene.layers[i]
	for k := range l.strokes {
		s := &l.strokes[k]
		if !b.visible(s.lo, s.hi) || s.alpha == 0 {
			continue
		}
		color, z := s.color, zMark
		if f.is(i, Stroke, k) {
			color, z = f.Look.picked, zPicked
		}
		width := b.pixelsOf(l.of.Width, s.width)
		for n := 1; n < len(s.points); n++ {
			c := color
			if len(s.fade) == len(s.points)-1 {
				c = cell.Mix(f.Look.land, color, s.fade[n-1])
			}
			b.line(s.points[n-1], s.points[n], width, c, s.alpha, z, f.Look)
		}
	}
}

// line draws a straight piece: as pixels where it is wide, else as dots.
func (b *brush) line(from, to spot, width float64, c cell.RGB, alpha float64, z uint8, look Look) {
	a, da := b.cam.project(from.x, from.y, 0)
	e, de := b.cam.project(to.x, to.y, 0)
	if da <= b.cam.near || de <= b.cam.near {
		return
	}
	if wide := width * b.k; !look.Plain && wide >= 2.5*float64(b.raster.SX) {
		b.path = append(b.path[:0], b.sample(a), b.sample(e))
		b.raster.Stroke(b.path, wide, c, alpha)
		return
	}
	if look.smooth && alpha < 1 {
		c = cell.Mix(look.land, c, max(alpha, .4))
	}
	b.path = append(b.path[:0], b.dotAt(a), b.dotAt(e))
	b.dots.Stroke(b.path, max(width*b.dot, 1), c, z)
}

// strokeAt finds the stroke that passes nearest to a pixel; -1 = none.
func (b finder) strokeAt(l *layer, px canvas.Vec, slack float64) int {
	best, least := -1, slack
	for i := range l.strokes {
		s := &l.strokes[i]
		if !b.visible(s.lo, s.hi) {
			continue
		}
		half := b.pixelsOf(l.of.Width, s.width) / 2
		for n := 1; n < len(s.points); n++ {
			a, da := b.cam.project(s.points[n-1].x, s.points[n-1].y, 0)
			e, de := b.cam.project(s.points[n].x, s.points[n].y, 0)
			if da <= b.cam.near || de <= b.cam.near {
				continue
			}
			if d := toSegment(px, a, e) - half; d < least {
				best, least = i, d
			}
		}
	}
	return best
}

func toSegment(p, a, b canvas.Vec) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/n, 0), 1)
	}
	return math.Hypot(p.X-a.X-dx*t, p.Y-a.Y-dy*t)
}
