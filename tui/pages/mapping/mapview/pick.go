package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
)

// at gives what is shown in a cell of the map, the topmost layer first: arcs,
// names, circles, hexagons. The labels are those that are shown.
func (p *projection) at(f *Frame, shown []label, col, row int) Pick {
	px := canvas.Vec{X: (float64(col) + .5) * p.cam.w / float64(max(p.area.W, 1)), Y: (float64(row) + .5) * p.cam.h / float64(max(p.area.H, 1))}
	if f.Layers[Flows] {
		if i, ok := p.flowAt(f.Scene, px); ok {
			return Pick{true, Flows, i}
		}
	}
	if f.Layers[Names] {
		for _, l := range shown {
			if row == l.y && col >= l.x && col < l.x+l.w {
				return Pick{true, Names, l.stop}
			}
		}
	}
	if f.Layers[Exits] {
		if i, ok := p.stopAt(f.Scene, px); ok {
			return Pick{true, Exits, i}
		}
	}
	if f.Layers[Bikes] {
		if i, ok := p.columnAt(f.Scene, px); ok {
			return Pick{true, Bikes, i}
		}
	}
	return Pick{}
}

// flowAt finds the arc that passes nearest to a pixel, within its own width
// and half the height of a cell.
func (p *projection) flowAt(s *Scene, px canvas.Vec) (best int, ok bool) {
	slack := p.cam.w / float64(p.area.W) * 1.01
	var buffer [arcSteps]canvas.Vec
	least := math.Inf(1)
	for i := range s.Flows {
		path, _ := p.arcPath(buffer[:0], &s.Flows[i])
		for k := 1; k < len(path); k++ {
			d := toSegment(px, path[k-1], path[k]) - s.Flows[i].WidthPx/2
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
func (p *projection) stopAt(s *Scene, px canvas.Vec) (best int, ok bool) {
	at := p.sample(px)
	for i := range s.Stops {
		ring, seen := p.circle(&s.Stops[i])
		if seen && inside(at, ring[:]) && (!ok || s.Stops[i].RadiusM < s.Stops[best].RadiusM) {
			best, ok = i, true
		}
	}
	return best, ok
}

// columnAt finds the nearest column whose outline holds a pixel.
func (p *projection) columnAt(s *Scene, px canvas.Vec) (best int, ok bool) {
	at := p.sample(px)
	nearest := math.Inf(1)
	for i := range s.Columns {
		pr, seen := p.prismOf(&s.Columns[i])
		if !seen || !pr.holds(at) {
			continue
		}
		if d := p.cam.fromFoot(s.Columns[i].at); d <= nearest {
			best, nearest, ok = i, d, true
		}
	}
	return best, ok
}
