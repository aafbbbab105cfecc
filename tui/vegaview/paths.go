package vegaview

import (
	"math"
	"sort"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// runs splits the points of a path at its gaps.
func runs(points []vega.Point) (all [][]vega.Point) {
	start := -1
	for i, p := range points {
		gap := p.X != p.X || p.Y != p.Y || p.X2 != p.X2 || p.Y2 != p.Y2
		switch {
		case gap && start >= 0:
			all, start = append(all, points[start:i:i]), -1
		case !gap && start < 0:
			start = i
		}
	}
	if start >= 0 {
		all = append(all, points[start:])
	}
	return all
}

// path draws a line, or a trail of changing width.
func (k *painter) path(p *vega.Path, trail bool) {
	color, opacity := p.Style.Stroke, p.Style.Opacity*p.Style.StrokeOpacity
	if trail {
		color, opacity = p.Style.Fill, p.Style.Opacity*p.Style.FillOpacity
	}
	c, ok := k.pen(color, opacity)
	if !ok {
		return
	}
	if d := k.dense[p]; d != nil && k.thick(d, c) {
		return
	}
	for _, run := range runs(p.Points) {
		if len(run) == 1 { // alone between gaps
			k.blot(k.dot(run[0].X, run[0].Y), c)
			continue
		}
		run = curved(run, p.Interpolate)
		path := make([]canvas.Vec, len(run))
		for i, pt := range run {
			path[i] = k.dot(pt.X, pt.Y)
		}
		if !trail {
			k.line(path, c, p.Style.Dash)
			k.letters(path, color, c)
			continue
		}
		for i := 1; i < len(path); i++ {
			k.dots.Stroke(path[i-1:i+1], (run[i-1].Size+run[i].Size)/2*min(k.l.sx*2, k.l.sy*4), c, k.z)
		}
	}
}

// letterGap is how many columns lie between the letters of a line.
const letterGap = 12

// letters names a line where colours are not seen: at its end and along it, at
// other columns than the other lines.
func (k *painter) letters(path []canvas.Vec, color string, c cell.RGB) {
	if !k.inks.named() {
		return
	}
	base, _ := vega.ParseColor(color)
	next := float64(2 * (k.inks.index(k.visible(base)) * 5 % letterGap))
	gap := 2.0 * letterGap
	if k.look.ASCII { // no dots that could be told apart
		gap = 2
	}
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		if b.X < a.X {
			a, b = b, a
		}
		for ; next <= b.X; next += gap {
			if next >= a.X && b.X > a.X {
				k.letter(color, canvas.Vec{X: next, Y: a.Y + (b.Y-a.Y)*(next-a.X)/(b.X-a.X)}, c)
			}
		}
	}
	k.letter(color, path[len(path)-1], c)
}

// area paints between the two edges of a path, and draws its upper edge where
// what is painted can be seen through.
func (k *painter) area(p *vega.Path) {
	fill, alpha, filled := k.paint(p.Style.Fill, p.Style.Opacity*p.Style.FillOpacity)
	line, stroked := k.pen(p.Style.Stroke, p.Style.Opacity*p.Style.StrokeOpacity)
	if !stroked && filled && (alpha < 0.95 || k.look.Mono) && !k.overlaid() {
		line, stroked = k.pen(p.Style.Fill, 1)
	}
	for _, run := range runs(p.Points) {
		run = curved(run, p.Interpolate)
		upright := k.m.Reading != nil && k.m.Reading.Vertical && rising(run)
		switch {
		case filled && upright && stroked && !k.look.Mono && len(k.m.Paths) <= fewAreas:
			k.standing(run, fill, alpha, &line)
			continue
		case filled && upright:
			k.standing(run, fill, alpha, nil)
		case filled:
			k.raster.Polygon([][]canvas.Vec{k.ring(run)}, fill, alpha)
		}
		if stroked {
			k.edge(run, p, line)
		}
	}
}

// fewAreas is of how many areas the edges are drawn as parts of blocks. Those of
// more are lines of dots, which leave room for each other.
const fewAreas = 4

// overlaid reports whether the specification draws lines over its areas.
func (k *painter) overlaid() bool {
	for _, m := range k.c.Marks {
		if m.Type == "line" {
			return true
		}
	}
	return false
}

// edge draws the upper edge of an area as a line of dots.
func (k *painter) edge(run []vega.Point, p *vega.Path, c cell.RGB) {
	path := make([]canvas.Vec, len(run))
	for i, pt := range run {
		path[i] = k.dot(pt.X, pt.Y)
	}
	if len(run) == 1 {
		k.blot(path[0], c)
		return
	}
	k.line(path, c, p.Style.Dash)
	k.letters(path, p.Style.Fill, c)
}

// ring is the outline of an area; one without an extent is as wide as a dot.
func (k *painter) ring(run []vega.Point) []canvas.Vec {
	var ring []canvas.Vec
	if len(run) == 1 {
		a, b := k.at(run[0].X, run[0].Y), k.at(run[0].X2, run[0].Y2)
		half := float64(k.raster.SX) / 4
		return []canvas.Vec{{X: a.X - half, Y: a.Y}, {X: a.X + half, Y: a.Y}, {X: b.X + half, Y: b.Y}, {X: b.X - half, Y: b.Y}}
	}
	for _, pt := range run {
		ring = append(ring, k.at(pt.X, pt.Y))
	}
	for i := len(run) - 1; i >= 0; i-- {
		ring = append(ring, k.at(run[i].X2, run[i].Y2))
	}
	return ring
}

// manyPoints is from how many points on a line is drawn from a pyramid.
const manyPoints = 4096

// fanOut is how many parts of one level make one of the next.
const fanOut = 16

// pyramid knows the least and the greatest y of any part of a path that runs
// from left to right.
type pyramid struct {
	points []vega.Point
	levels [][][2]float64 // least and greatest of fanOut^(k+1) points each
}

// newPyramid returns nil for a path that turns back.
func newPyramid(points []vega.Point) *pyramid {
	for i := 1; i < len(points); i++ {
		if points[i].X < points[i-1].X || points[i].X != points[i].X {
			return nil
		}
	}
	p := &pyramid{points: points}
	level := make([][2]float64, (len(points)+fanOut-1)/fanOut)
	for i := range level {
		level[i] = p.extent(i*fanOut, min((i+1)*fanOut, len(points)))
	}
	for p.levels = append(p.levels, level); len(level) > fanOut; p.levels = append(p.levels, level) {
		next := make([][2]float64, (len(level)+fanOut-1)/fanOut)
		for i := range next {
			next[i] = merged(level[i*fanOut : min((i+1)*fanOut, len(level))])
		}
		level = next
	}
	return p
}

var nothing = [2]float64{math.Inf(1), math.Inf(-1)}

func merged(parts [][2]float64) [2]float64 {
	out := nothing
	for _, p := range parts {
		out[0], out[1] = min(out[0], p[0]), max(out[1], p[1])
	}
	return out
}

// extent looks at the points themselves.
func (p *pyramid) extent(i, j int) [2]float64 {
	out := nothing
	for ; i < j; i++ {
		if y := p.points[i].Y; y == y {
			out[0], out[1] = min(out[0], y), max(out[1], y)
		}
	}
	return out
}

// of returns the least and the greatest y from point i up to point j.
func (p *pyramid) of(i, j int) [2]float64 {
	out := nothing
	add := func(e [2]float64) { out[0], out[1] = min(out[0], e[0]), max(out[1], e[1]) }
	for i < j && i%fanOut != 0 {
		add(p.extent(i, i+1))
		i++
	}
	for i < j && j%fanOut != 0 {
		j--
		add(p.extent(j, j+1))
	}
	for k := 0; i < j; k++ {
		i, j = i/fanOut, j/fanOut
		level := p.levels[k]
		for i < j && (i%fanOut != 0 || k+1 == len(p.levels)) {
			add(level[i])
			i++
		}
		for i < j && j%fanOut != 0 {
			j--
			add(level[j])
		}
	}
	return out
}

// thick draws a line that has many points in each column of dots: from the
// least to the greatest of each, so that no peak is lost. It reports false
// where there are not so many in view.
func (k *painter) thick(p *pyramid, c cell.RGB) bool {
	n := len(p.points)
	find := func(x float64) int { return sort.Search(n, func(i int) bool { return p.points[i].X >= x }) }
	from, to := find(k.l.x0), find(math.Nextafter(k.l.x1, math.Inf(1)))
	columns := k.p.w * 2
	if to-from < 4*columns {
		k.sparse(p.points[max(0, from-1):min(n, to+1)], c)
		return true
	}
	i := from
	for col := range columns {
		edge := k.l.x0 + (float64(col+1)/2-k.l.ox)/k.l.sx
		j := to
		if col < columns-1 {
			j = i + sort.Search(to-i, func(d int) bool { return p.points[i+d].X >= edge })
		}
		if i == j {
			continue
		}
		if i > 0 { // the way from the column before
			k.join(p.points[i-1], p.points[i], c)
		}
		if e := p.of(i, j); e[0] <= e[1] {
			x := (float64(col) + 0.5) / 2
			_, low := k.l.cell(0, e[0])
			_, high := k.l.cell(0, e[1])
			k.dots.Line(canvas.Vec{X: x * 2, Y: inside(low*4, float64(k.p.h*4))}, canvas.Vec{X: x * 2, Y: inside(high*4, float64(k.p.h*4))}, c, k.z)
		}
		i = j
	}
	return true
}

// sparse draws some points of a path, which may have gaps.
func (k *painter) sparse(points []vega.Point, c cell.RGB) {
	for _, run := range runs(points) {
		if len(run) == 1 {
			k.blot(k.dot(run[0].X, run[0].Y), c)
		}
		for i := 1; i < len(run); i++ {
			k.join(run[i-1], run[i], c)
		}
	}
}

// join draws between two points, unless one is a gap.
func (k *painter) join(a, b vega.Point, c cell.RGB) {
	if a.Y == a.Y && b.Y == b.Y {
		k.dots.Line(k.dot(a.X, a.Y), k.dot(b.X, b.Y), c, k.z)
	}
}
