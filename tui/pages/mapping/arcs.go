package mapping

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// smooth is GLSL's smoothstep from 0 to 1, by which deck.gl spaces the
// points of an arc.
func smooth(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}

// rise is the height of an arc, in units of its chord's length, at a part r
// of the way: a half circle that stands on the chord.
func rise(r float64) float64 { return math.Sqrt(max(r*(1-r), 0)) }

// arcPath gives the pixels of a flow's arc. Points too near to the eye are
// left out; ok is false when nothing is left.
func (p *painter) arcPath(fl *flow) (path []canvas.Vec, ok bool) {
	path = p.path[:0]
	for i := range arcSteps {
		r := smooth(float64(i) / (arcSteps - 1))
		x, y := fl.from.x+(fl.to.x-fl.from.x)*r, fl.from.y+(fl.to.y-fl.from.y)*r
		at, depth := p.cam.project(x, y, rise(r)*fl.length*p.cam.scale)
		if depth > p.cam.near {
			path = append(path, at)
		}
	}
	p.path = path
	return path, len(path) > 1
}

// paintFlows draws the arcs over everything: as dots, or as pixels where the
// pixels are as fine as dots.
func (p *painter) paintFlows(f *frame) {
	for i := range f.scene.flows {
		if !f.picked.is(flows, i) {
			p.paintFlow(&f.scene.flows[i], f, f.look.arc, zFlow)
		}
	}
	if f.picked.layer == flows && f.picked.ok {
		p.paintFlow(&f.scene.flows[f.picked.index], f, f.look.picked, zPicked)
	}
}

func (p *painter) paintFlow(fl *flow, f *frame, color cell.RGB, z uint8) {
	path, ok := p.arcPath(fl)
	if !ok {
		return
	}
	if f.look.mode == canvas.Octant {
		for i := range path {
			path[i] = p.sample(path[i])
		}
		width := max(fl.widthPx*p.k, float64(p.raster.SX)/2)
		p.raster.Stroke(path, width+2.5, f.look.casing, 0.45)
		p.raster.Stroke(path, width, color, 1)
		return
	}
	for i := range path {
		path[i] = p.dotAt(path[i])
	}
	p.dots.Stroke(path, fl.widthPx*p.dot, color, z)
}
