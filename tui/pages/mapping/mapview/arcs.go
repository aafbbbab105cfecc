package mapview

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// paintFlows draws the arcs over everything: as dots, or as pixels where the
// pixels are as fine as dots.
func (b *brush) paintFlows(f *Frame) {
	for i := range f.Scene.Flows {
		if !f.Picked.Is(Flows, i) {
			b.paintFlow(&f.Scene.Flows[i], f, f.Look.Arc, zFlow)
		}
	}
	if f.Picked.Layer == Flows && f.Picked.OK {
		b.paintFlow(&f.Scene.Flows[f.Picked.Index], f, f.Look.Picked, zPicked)
	}
}

func (b *brush) paintFlow(fl *Flow, f *Frame, color cell.RGB, z uint8) {
	path, ok := b.arcPath(b.path[:0], fl)
	b.path = path
	if !ok {
		return
	}
	if f.Look.mode == canvas.Octant {
		for i := range path {
			path[i] = b.sample(path[i])
		}
		width := max(fl.WidthPx*b.k, float64(b.raster.SX)/2)
		b.raster.Stroke(path, width+2.5, f.Look.casing, 0.45)
		b.raster.Stroke(path, width, color, 1)
		return
	}
	for i := range path {
		path[i] = b.dotAt(path[i])
	}
	b.dots.Stroke(path, fl.WidthPx*b.dot, color, z)
}
