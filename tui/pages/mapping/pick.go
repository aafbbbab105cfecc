package mapping

import (
	"fmt"
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
)

// pick is one thing on the map: a layer and an index into its data. The zero
// pick is nothing.
type pick struct {
	ok    bool
	layer int
	index int
}

func (p pick) is(layer, index int) bool { return p.ok && p.layer == layer && p.index == index }

// at gives what is shown in a cell of the map, the topmost layer first: arcs,
// names, circles, hexagons. It looks at what paint has last drawn.
func (p *painter) at(f *frame, col, row int) pick {
	px := canvas.Vec{X: (float64(col) + .5) * p.cam.w / float64(max(p.area.w, 1)), Y: (float64(row) + .5) * p.cam.h / float64(max(p.area.h, 1))}
	if f.layers[flows] {
		if i, ok := p.flowAt(f.scene, px); ok {
			return pick{true, flows, i}
		}
	}
	if f.layers[names] {
		for _, l := range p.labels {
			if row == l.y && col >= l.x && col < l.x+l.w {
				return pick{true, names, l.stop}
			}
		}
	}
	if f.layers[exits] {
		if i, ok := p.stopAt(f.scene, px); ok {
			return pick{true, exits, i}
		}
	}
	if f.layers[bikes] {
		if i, ok := p.columnAt(f.scene, px); ok {
			return pick{true, bikes, i}
		}
	}
	return pick{}
}

// flowAt finds the arc that passes nearest to a pixel, within its own width
// and half the height of a cell.
func (p *painter) flowAt(s *scene, px canvas.Vec) (best int, ok bool) {
	slack := p.cam.w / float64(p.area.w) * 1.01
	least := math.Inf(1)
	for i := range s.flows {
		path, _ := p.arcPath(&s.flows[i])
		for k := 1; k < len(path); k++ {
			d := toSegment(px, path[k-1], path[k]) - s.flows[i].widthPx/2
			if d < slack && d < least {
				best, least, ok = i, d, true
			}
		}
	}
	return best, ok
}

func toSegment(p, a, b canvas.Vec) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if n := dx*dx + dy*dy; n > 0 {
		t = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/n, 0), 1)
	}
	return math.Hypot(p.X-a.X-dx*t, p.Y-a.Y-dy*t)
}

// stopAt finds the circle that a pixel lies in; of several the smallest, since
// the larger can be reached beside it.
func (p *painter) stopAt(s *scene, px canvas.Vec) (best int, ok bool) {
	at := p.sample(px)
	for i := range s.stops {
		ring, seen := p.circle(&s.stops[i])
		if seen && inside(at, ring[:]) && (!ok || s.stops[i].radiusM < s.stops[best].radiusM) {
			best, ok = i, true
		}
	}
	return best, ok
}

// columnAt finds the nearest column whose outline holds a pixel.
func (p *painter) columnAt(s *scene, px canvas.Vec) (best int, ok bool) {
	at := p.sample(px)
	nearest := math.Inf(1)
	for i := range s.columns {
		pr, seen := p.prismOf(&s.columns[i])
		if !seen || !pr.holds(at) {
			continue
		}
		if d := p.cam.fromFoot(s.columns[i].at); d <= nearest {
			best, nearest, ok = i, d, true
		}
	}
	return best, ok
}

func (pr *prism) holds(at canvas.Vec) bool {
	if inside(at, pr.top[:]) {
		return true
	}
	for i := range 6 {
		if quad, faces := pr.side(i); faces && inside(at, quad[:]) {
			return true
		}
	}
	return false
}

// inside is the even-odd rule for one place.
func inside(at canvas.Vec, pts []canvas.Vec) bool {
	in := false
	a := pts[len(pts)-1]
	for _, b := range pts {
		if (a.Y > at.Y) != (b.Y > at.Y) && at.X < a.X+(b.X-a.X)*(at.Y-a.Y)/(b.Y-a.Y) {
			in = !in
		}
		a = b
	}
	return in
}

// words tells what a pick is: its name and its figure.
func (s *scene) words(p pick) (title, detail string) {
	if !p.ok {
		return "", ""
	}
	switch p.layer {
	case bikes:
		c := s.columns[p.index]
		return plural(c.Count, "bike rack"), fmt.Sprintf("hexagon, %s m high", thousands(int(c.ElevationM+0.5)))
	case exits, names:
		return s.stops[p.index].name, thousands(s.stops[p.index].exits) + " exits"
	}
	f := s.flows[p.index]
	return f.fromStop + " → " + f.toStop, thousands(f.outbound) + " outbound"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

// thousands writes a whole number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func coordinates(lat, lon float64) string { return fmt.Sprintf("%.4f, %.4f", lat, lon) }
