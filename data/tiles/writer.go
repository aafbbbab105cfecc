package tiles

import "fmt"

// Above this zoom tiles are drawn larger than they are meant for, so nothing of
// them is left out.
const finest = 14

// What is left out of coarser tiles: an area smaller than this in both
// directions, and a point nearer than this to the one before, of 4096 units a
// tile. A dot on the screen takes some ten of them.
const (
	leastArea = 8
	leastStep = 4
)

// maxShapes is how many areas, lines and places a tile may have: each of them is
// drawn in every frame. The centre of Paris has 7,000.
const maxShapes = 50_000

var errShapes = fmt.Errorf("it has more than %d shapes", maxShapes)

// properties are those of one feature.
type properties map[string]any

func (p properties) text(keys ...string) string {
	for _, key := range keys {
		if s, ok := p[key].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

func (p properties) number(key string) (float64, bool) {
	f, ok := p[key].(float64)
	return f, ok
}

// is reports whether a property is true, in one of the ways in which schemas
// write it.
func (p properties) is(key string) bool {
	switch v := p[key].(type) {
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return v == "yes" || v == "true" || v == "1"
	}
	return false
}

// writer puts the features of a layer on the ground of a tile.
type writer struct {
	t       *Tile
	l       *Layer
	p       properties
	corner  Point   // the north-western one
	unit    float64 // of the layer, in common space
	extent  int32
	least   int32 // see leastArea and leastStep
	leastBy int32
}

func newWriter(t *Tile, l *Layer) *writer {
	lo, hi := t.ID.Box()
	w := &writer{t: t, l: l, p: properties{}, corner: pt(lo.X, hi.Y), unit: t.ID.Side() / float64(l.Extent), extent: int32(l.Extent)}
	if t.ID.Z < finest {
		w.least, w.leastBy = int32(leastArea*l.Extent/4096), int32(leastStep*l.Extent/4096)
	}
	return w
}

// feature puts one feature on the ground.
func (w *writer) feature(i int, of func(properties, Type) thing) error {
	f, err := w.l.Feature(i)
	if err != nil {
		return err
	}
	clear(w.p)
	if err := f.Each(func(key string, v any) { w.p[key] = v }); err != nil {
		return err
	}
	is := of(w.p, f.Type)
	if is.class == none {
		return nil
	}
	parts, err := f.Parts()
	if err != nil {
		return err
	}
	if len(w.t.Areas)+len(w.t.Lines)+len(w.t.Places)+len(parts) > maxShapes {
		return errShapes
	}
	switch {
	case f.Type == Polygons && is.class <= Building:
		w.area(is, parts)
	case f.Type == Lines && is.class >= Border && is.class <= Street:
		w.lines(is, parts)
	case f.Type == Points && is.class >= Country && is.name != "":
		w.places(is, parts)
	}
	return nil
}

func (w *writer) point(at XY) Point {
	return pt(w.corner.X+float64(at.X)*w.unit, w.corner.Y-float64(at.Y)*w.unit)
}

// thin is a part without the points that cannot be told from the ones before.
func (w *writer) thin(part []XY) (out []Point, lo, hi Point) {
	out = make([]Point, 0, len(part))
	var last XY
	for i, at := range part {
		if i > 0 && i < len(part)-1 && abs(at.X-last.X) < w.leastBy && abs(at.Y-last.Y) < w.leastBy {
			continue
		}
		last = at
		p := w.point(at)
		if len(out) == 0 {
			lo, hi = p, p
		}
		out = append(out, p)
		lo, hi = pt(min(lo.X, p.X), min(lo.Y, p.Y)), pt(max(hi.X, p.X), max(hi.Y, p.Y))
	}
	return out, lo, hi
}

func abs(v int32) int32 { return max(v, -v) }

func (w *writer) area(is thing, rings [][]XY) {
	a := Area{Class: is.class}
	for _, r := range rings {
		if len(r) < 3 || w.small(r) {
			continue
		}
		points, lo, hi := w.thin(r)
		if len(points) < 3 {
			continue
		}
		if len(a.Rings) == 0 {
			a.Lo, a.Hi = lo, hi
		}
		a.Rings = append(a.Rings, points)
		a.Lo, a.Hi = pt(min(a.Lo.X, lo.X), min(a.Lo.Y, lo.Y)), pt(max(a.Hi.X, hi.X), max(a.Hi.Y, hi.Y))
	}
	if len(a.Rings) > 0 {
		w.t.Areas = append(w.t.Areas, a)
	}
}

// small reports whether a ring is too small to be seen.
func (w *writer) small(ring []XY) bool {
	lo, hi := ring[0], ring[0]
	for _, at := range ring {
		lo, hi = XY{min(lo.X, at.X), min(lo.Y, at.Y)}, XY{max(hi.X, at.X), max(hi.Y, at.Y)}
	}
	return hi.X-lo.X < w.least && hi.Y-lo.Y < w.least
}

func (w *writer) lines(is thing, parts [][]XY) {
	for _, part := range parts {
		if len(part) < 2 {
			continue
		}
		points, lo, hi := w.thin(part)
		w.t.Lines = append(w.t.Lines, Line{Class: is.class, Lo: lo, Hi: hi, Points: points, Name: is.name})
	}
}

// places puts names down. Those outside of the tile are the neighbour's.
func (w *writer) places(is thing, parts [][]XY) {
	for _, part := range parts {
		for _, at := range part {
			if at.X >= 0 && at.Y >= 0 && at.X < w.extent && at.Y < w.extent {
				w.t.Places = append(w.t.Places, Place{is.class, w.point(at), is.name, is.rank})
			}
		}
	}
}
