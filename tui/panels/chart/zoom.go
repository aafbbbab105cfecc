package chart

import (
	"fmt"
	"math"
	"strconv"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// scaleKey names a scale of a scene so that it is found again in the next one.
type scaleKey struct {
	channel string
	n       int // among the scales of the channel
}

// part is the part of a scale that is looked at: from one value to another, or,
// of a scale that counts off, from one share of it to another.
type stretch struct {
	from, to any
	share    bool
}

// zoom is which parts of a scene's scales are looked at.
type zoom struct {
	parts map[scaleKey]stretch
	auto  map[scaleKey]bool // parts that nobody chose
}

// on reports whether somebody chose what is in view.
func (z *zoom) on() bool { return len(z.parts) > len(z.auto) }

// axes are the scales of the axes of a scene, by their keys.
func axes(s *vega.Scene) (keys map[*vega.Scale]scaleKey, lengths map[*vega.Scale]float64) {
	keys, lengths = map[*vega.Scale]scaleKey{}, map[*vega.Scale]float64{}
	n := map[string]int{}
	for _, c := range s.Cells {
		for _, scale := range c.Scales {
			if scale.Channel != "x" && scale.Channel != "y" {
				continue
			}
			if _, known := keys[scale]; known {
				continue
			}
			keys[scale] = scaleKey{scale.Channel, n[scale.Channel]}
			n[scale.Channel]++
			if lengths[scale] = c.Width; scale.Channel == "y" {
				lengths[scale] = c.Height
			}
		}
	}
	return keys, lengths
}

// windows are the parts in view, in the pixels of a scene. An axis that measures
// and was left alone fits what is in view along the other.
func (z *zoom) windows(s *vega.Scene, d *vegaview.Drawer) map[*vega.Scale]vegaview.Window {
	keys, lengths := axes(s)
	out := map[*vega.Scale]vegaview.Window{}
	for scale, key := range keys {
		if p, ok := z.parts[key]; ok {
			if w, ok := p.window(scale, lengths[scale]); ok {
				out[scale] = w
			}
		}
	}
	if len(out) == 0 {
		return out
	}
	fits := map[*vega.Scale]vegaview.Window{}
	for _, c := range s.Cells {
		for _, of := range c.Scales {
			for _, along := range c.Scales {
				w, zoomed := out[along]
				if _, known := keys[of]; !known || !zoomed || of.Channel == along.Channel || !of.Continuous() {
					continue
				}
				if _, own := z.parts[keys[of]]; own {
					continue
				}
				if fit, ok := fitted(d, of, along, w, lengths[of]); ok {
					fits[of] = union(fits, of, fit)
				}
			}
		}
	}
	for scale, w := range fits {
		out[scale] = w
	}
	return out
}

func union(all map[*vega.Scale]vegaview.Window, s *vega.Scale, w vegaview.Window) vegaview.Window {
	if o, ok := all[s]; ok {
		return vegaview.Window{From: min(o.From, w.From), To: max(o.To, w.To)}
	}
	return w
}

// fitted is the part of a scale that holds all that is in view, to round values.
func fitted(d *vegaview.Drawer, of, along *vega.Scale, w vegaview.Window, length float64) (vegaview.Window, bool) {
	low, high, ok := d.Extent(of, along, w)
	if !ok {
		return w, false
	}
	a, b := js.Number(of.Invert(high)), js.Number(of.Invert(low))
	if a > b {
		a, b = b, a
	}
	if !of.Timed() {
		a, b = tidy(a, b)
		if a == b {
			pad := max(math.Abs(a)*0.05, 1e-9)
			a, b = a-pad, b+pad
		}
	}
	from, to := of.Nice(a, b, max(2, math.Ceil(length/40)))
	p, q := of.Map(from), of.Map(to)
	if p != p || q != q || math.Abs(p-q) < 1e-6 {
		return w, false
	}
	return vegaview.Window{From: min(p, q), To: max(p, q)}, true
}

// tidy takes away what the way to pixels and back has added to two numbers, or
// a round one would be widened to the next.
func tidy(a, b float64) (float64, float64) {
	unit := math.Pow(10, math.Floor(math.Log10(max(math.Abs(a), math.Abs(b), 1e-300)))-9)
	return math.Round(a/unit) * unit, math.Round(b/unit) * unit
}

// window is the stretch in pixels.
func (p stretch) window(s *vega.Scale, length float64) (vegaview.Window, bool) {
	var a, b float64
	switch {
	case p.share && !s.Continuous():
		a, b = p.from.(float64)*length, p.to.(float64)*length
	case !p.share && s.Continuous():
		a, b = s.Map(p.from), s.Map(p.to)
	default:
		return vegaview.Window{}, false
	}
	if a != a || b != b || math.Abs(a-b) < length*1e-9 {
		return vegaview.Window{}, false
	}
	return vegaview.Window{From: min(a, b), To: max(a, b)}, true
}

// set looks at a part of a scale. All of it is no part.
func (z *zoom) set(s *vega.Scale, key scaleKey, length float64, w vegaview.Window) {
	if z.parts == nil {
		z.parts = map[scaleKey]stretch{}
	}
	delete(z.auto, key)
	span := min(w.To-w.From, length)
	w.From = max(0, min(w.From, length-span))
	w.To = w.From + span
	switch {
	case span > length*0.999:
		delete(z.parts, key)
	case s.Continuous():
		z.parts[key] = stretch{from: s.Invert(w.From), to: s.Invert(w.To)}
	default:
		z.parts[key] = stretch{w.From / length, w.To / length, true}
	}
}

// closest is how much of a scale is looked at at least.
const closest = 1e-5

// subject returns the scales that zooming acts on in a plot: the one that is
// read along; both where each mark is read for itself.
func (p *shown) subject(plot int) (all []*vega.Scale) {
	c, along := p.scene.Cells[plot], p.reader.plots[plot].along
	for _, s := range c.Scales {
		switch {
		case s.Channel == "x" && along != alongY, s.Channel == "y" && along != alongX:
			if s.Continuous() || s.Discrete() && len(s.Domain) > 1 {
				all = append(all, s)
			}
		}
	}
	return all
}

// zoomBy makes the parts in view smaller or larger about a place. It reports
// whether that changed anything.
func (p *shown) zoomBy(factor float64, at place) bool {
	return p.look(at.plot, func(s *vega.Scale, w vegaview.Window, length float64) vegaview.Window {
		middle := at.x
		if s.Channel == "y" {
			middle = at.y
		}
		if !at.on || middle < w.From || middle > w.To {
			middle = (w.From + w.To) / 2
		}
		if (w.To-w.From)*factor < length*closest {
			return w
		}
		return vegaview.Window{From: middle - (middle-w.From)*factor, To: middle + (w.To-middle)*factor}
	})
}

// panBy moves the parts in view by shares of them.
func (p *shown) panBy(plot int, dx, dy float64) bool {
	return p.look(plot, func(s *vega.Scale, w vegaview.Window, _ float64) vegaview.Window {
		d := dx
		if s.Channel == "y" {
			d = dy
		}
		d *= w.To - w.From
		return vegaview.Window{From: w.From + d, To: w.To + d}
	})
}

// look changes the parts in view of the scales that zooming acts on in a plot.
func (p *shown) look(plot int, change func(s *vega.Scale, w vegaview.Window, length float64) vegaview.Window) bool {
	if p.scene == nil || plot < 0 || plot >= len(p.scene.Cells) {
		return false
	}
	keys, lengths := axes(p.scene)
	changed := false
	for _, s := range p.subject(plot) {
		now, ok := p.view.Windows[s]
		if !ok {
			now = vegaview.Window{To: lengths[s]}
		}
		if next := change(s, now, lengths[s]); next != now {
			p.zoom.set(s, keys[s], lengths[s], next)
			changed = true
		}
	}
	if changed {
		p.relook()
	}
	return changed
}

// relook finds the parts in view anew: they, the scene or its size changed.
func (p *shown) relook() {
	p.view.Windows, p.kept = p.zoom.windows(p.scene, p.drawer), false
}

// reveal moves the parts in view so that the cursor is among them.
func (p *shown) reveal() {
	if !p.cursor.on {
		return
	}
	p.look(p.cursor.plot, func(s *vega.Scale, w vegaview.Window, length float64) vegaview.Window {
		at := p.cursor.x
		if s.Channel == "y" {
			at = p.cursor.y
		}
		margin := (w.To - w.From) / 50
		switch {
		case at < w.From:
			return vegaview.Window{From: at - margin, To: at - margin + w.To - w.From}
		case at > w.To:
			return vegaview.Window{From: at + margin - (w.To - w.From), To: at + margin}
		}
		return w
	})
}

// finest is how finely points are to be told apart for the part in view: a power
// of two, so that few pictures are computed while zooming.
func (p *shown) finest() float64 {
	most := 1.0
	if p.scene == nil {
		return most
	}
	_, lengths := axes(p.scene)
	for s, w := range p.view.Windows {
		if s.Continuous() && w.To > w.From {
			most = max(most, lengths[s]/(w.To-w.From))
		}
	}
	return math.Exp2(math.Ceil(math.Log2(most)))
}

// fewRows is up to how many rows a mark shows every one of them.
const fewRows = 2000

// manyRows reports whether points of a scene may have been left out.
func manyRows(s *vega.Scene) bool {
	if s == nil {
		return false
	}
	for _, c := range s.Cells {
		for _, m := range c.Marks {
			if m.Reading != nil && m.Reading.Rows > fewRows {
				return true
			}
		}
	}
	return false
}

// crowd looks at the first of the names that an axis counts off where all would
// not have room: room is in cells.
func (p *shown) crowd(room size) {
	if p.scene == nil {
		return
	}
	keys, _ := axes(p.scene)
	z := &p.zoom
	for key := range z.auto {
		delete(z.parts, key)
	}
	z.auto = map[scaleKey]bool{}
	for s, key := range keys {
		if !s.Discrete() {
			continue
		}
		cells := float64(max(4, room.w-14)) / 2
		if s.Channel == "y" {
			cells = float64(max(2, room.h-4))
		}
		if _, set := z.parts[key]; !set && float64(len(s.Domain)) > cells {
			if z.parts == nil {
				z.parts = map[scaleKey]stretch{}
			}
			from, to := 0.0, cells/float64(len(s.Domain))
			z.parts[key], z.auto[key] = stretch{from, to, true}, true
		}
	}
}

// whole looks at everything again.
func (p *shown) whole(room size) {
	p.zoom = zoom{}
	if p.scene != nil {
		p.crowd(room)
		p.relook()
	}
}

// crowded says how many of the names on an axis are in view, where not all are.
func (p *shown) crowded() string {
	if p.scene == nil {
		return ""
	}
	keys, lengths := axes(p.scene)
	for s := range keys {
		w, ok := p.view.Windows[s]
		if !ok || !s.Discrete() {
			continue
		}
		first, last := 0, 0
		for i, v := range s.Domain {
			if at := s.Map(v) + s.Bandwidth/2; at >= w.From && at <= w.To && at <= lengths[s] {
				if last = i + 1; first == 0 {
					first = i + 1
				}
			}
		}
		return fmt.Sprintf("%s–%s of %s", thousands(first), thousands(last), thousands(len(s.Domain)))
	}
	return ""
}

// thousands writes a count.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
