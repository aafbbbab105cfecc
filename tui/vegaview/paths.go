package vegaview

import (
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
)

// runs splits the points of a path at its gaps.
func runs(points []vega.Point) (all [][]vega.Point) {
	var run []vega.Point
	for _, p := range points {
		if p.X != p.X || p.Y != p.Y || p.X2 != p.X2 || p.Y2 != p.Y2 {
			if run != nil {
				all = append(all, run)
			}
			run = nil
			continue
		}
		run = append(run, p)
	}
	if run != nil {
		all = append(all, run)
	}
	return all
}

// stepped adds the corners of a path that goes in steps.
func stepped(run []vega.Point, interpolate string) []vega.Point {
	var share float64
	switch interpolate {
	case "step":
		share = 0.5
	case "step-after":
		share = 1
	case "step-before":
		share = 0
	default:
		return run
	}
	out := run[:1:1]
	for i := 1; i < len(run); i++ {
		a, b := run[i-1], run[i]
		x, x2 := a.X+(b.X-a.X)*share, a.X2+(b.X2-a.X2)*share
		out = append(out, vega.Point{X: x, Y: a.Y, X2: x2, Y2: a.Y2, Size: a.Size}, vega.Point{X: x, Y: b.Y, X2: x2, Y2: b.Y2, Size: b.Size}, b)
	}
	return out
}

// path draws a line, or a trail of changing width.
func (k *painter) path(p *vega.Path, trail bool) {
	color, opacity := p.Style.Stroke, p.Style.Opacity*p.Style.StrokeOpacity
	if trail {
		color, opacity = p.Style.Fill, p.Style.Opacity*p.Style.FillOpacity
	}
	c, _, ok := k.paint(color, opacity)
	if !ok {
		return
	}
	for _, run := range runs(p.Points) {
		run = stepped(run, p.Interpolate)
		if len(run) == 1 {
			at := k.dot(run[0].X, run[0].Y)
			k.dots.Set(int(at.X), int(at.Y), c, k.z)
			continue
		}
		path := make([]canvas.Vec, len(run))
		for i, pt := range run {
			path[i] = k.dot(pt.X, pt.Y)
		}
		if !trail {
			k.line(path, c, p.Style.Dash)
			continue
		}
		for i := 1; i < len(path); i++ {
			k.dots.Stroke(path[i-1:i+1], (run[i-1].Size+run[i].Size)/2*min(k.dx, k.dy), c, k.z)
		}
	}
}

// area paints between the two edges of a path.
func (k *painter) area(p *vega.Path) {
	fill, alpha, filled := k.paint(p.Style.Fill, p.Style.Opacity*p.Style.FillOpacity)
	stroke, _, stroked := k.paint(p.Style.Stroke, p.Style.Opacity*p.Style.StrokeOpacity)
	for _, run := range runs(p.Points) {
		run = stepped(run, p.Interpolate)
		if filled {
			var ring []canvas.Vec
			for _, pt := range run {
				ring = append(ring, k.at(pt.X, pt.Y))
			}
			for i := len(run) - 1; i >= 0; i-- {
				ring = append(ring, k.at(run[i].X2, run[i].Y2))
			}
			k.raster.Polygon([][]canvas.Vec{ring}, fill, alpha)
		}
		if stroked {
			var path []canvas.Vec
			for _, pt := range run {
				path = append(path, k.dot(pt.X, pt.Y))
			}
			k.line(path, stroke, p.Style.Dash)
		}
	}
}
