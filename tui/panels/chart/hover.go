package chart

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
)

// hovering reports whether a scene has a selection that follows the pointer.
func hovering(s *vega.Scene) bool {
	if s == nil {
		return false
	}
	for _, p := range s.Params {
		if p.Hover {
			return true
		}
	}
	return false
}

// follow selects what the pointer is on, or else the cursor, in the selections
// that follow it. It reports whether that changes anything.
func (s *selecting) follow(p *shown) (changed bool) {
	if !hovering(p.scene) {
		return false
	}
	r, ok := p.reading()
	for _, q := range p.scene.Params {
		if !q.Hover {
			continue
		}
		m, on := under(p, r, ok, q.Nearest)
		changed = s.rest(q, m, on) || changed
	}
	return changed
}

// under is the mark that is selected without a click: the one that is read,
// where the nearest is wanted or the cursor stands on it, else the one below
// the pointer.
func under(p *shown, r reading, ok, nearest bool) (part, bool) {
	if !ok || len(r.parts) == 0 {
		return part{}, false
	}
	if nearest || !p.pointer.on {
		return r.parts[min(r.pick, len(r.parts)-1)], true
	}
	for _, plot := range p.pic.Plots {
		if plot.Cell != r.plot {
			continue
		}
		x0, y0 := plot.Pixel(0, 0)
		x1, y1 := plot.Pixel(1, 1)
		for _, q := range r.parts {
			if q.covers(p.pointer.x, p.pointer.y, math.Abs(x1-x0), math.Abs(y1-y0)) {
				return q, true
			}
		}
	}
	return part{}, false
}

// rest selects a mark, or none, and reports whether that changes anything.
func (s *selecting) rest(p vega.Param, q part, on bool) bool {
	old := s.now[p.Name].Points
	var point map[string]any
	if on {
		point = pointOf(p, q)
	}
	if len(point) == 0 {
		if p.Stays || len(old) == 0 {
			return false
		}
		s.set(p.Name, vega.Selection{})
		return true
	}
	if len(old) == 1 && samePoint(old[0], point) {
		return false
	}
	s.set(p.Name, vega.Selection{Points: []map[string]any{point}})
	return true
}

// covers reports whether a mark lies below a pixel, give or take half a cell of
// w by h pixels.
func (q *part) covers(x, y, w, h float64) bool {
	if q.path != nil {
		at := q.path.Points[q.at]
		switch {
		case q.mark.Type != "area":
		case q.mark.Reading.Vertical:
			return spans(y, at.Y, at.Y2, h/2)
		default:
			return spans(x, at.X, at.X2, w/2)
		}
		return math.Abs(q.x-x) <= w && math.Abs(q.y-y) <= h
	}
	it := &q.mark.Items[q.at]
	switch q.mark.Type {
	case "rect":
		return spans(x, it.X, it.X2, w/2) && spans(y, it.Y, it.Y2, h/2)
	case "rule":
		return spans(x, it.X, it.X2, w) && spans(y, it.Y, it.Y2, h)
	case "arc":
		dx, dy := x-it.X, y-it.Y
		angle, r := math.Mod(math.Atan2(dx, -dy)+2*math.Pi, 2*math.Pi), math.Hypot(dx, dy)
		return r >= it.Inner && r <= it.Outer && spans(angle, it.StartAngle, it.EndAngle, 0)
	}
	radius := math.Sqrt(max(it.Size, 0)) / 2
	return math.Abs(q.x-x) <= max(radius, w) && math.Abs(q.y-y) <= max(radius, h)
}

// spans reports whether a value lies between two others, give or take slack.
func spans(v, a, b, slack float64) bool {
	return v >= min(a, b)-slack && v <= max(a, b)+slack
}
