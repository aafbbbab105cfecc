package chart

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/panels"
)

// place is where something is read: a pixel of a cell of the scene.
type place struct {
	on   bool
	plot int
	x, y float64
	pick string // the name of the part that is meant; "" = the nearest
	text string // the value on the axis, by which the place is found again
}

// reading is what is read out now: at the pointer, else at the cursor.
func (p *shown) reading() (reading, bool) {
	at := p.pointer
	if !at.on {
		at = p.cursor
	}
	if !at.on || p.scene == nil {
		return reading{}, false
	}
	return p.readAt(at)
}

func (p *shown) readAt(at place) (reading, bool) {
	r, ok := p.reader.read(at.plot, at.x, at.y)
	if at.pick != "" {
		for i, q := range r.parts {
			if q.name == at.pick {
				r.pick = i
			}
		}
	}
	return r, ok
}

// moved makes a reading the cursor.
func (p *shown) moved(r reading, pick string) bool {
	p.cursor = place{on: true, plot: r.plot, x: r.x, y: r.y, pick: pick, text: r.text()}
	p.reveal()
	return true
}

// focus is where zooming acts: at the pointer, else at the cursor, else in the
// middle of the first plot.
func (p *shown) focus() place {
	if p.pointer.on {
		return p.pointer
	}
	return p.cursor
}

// text is the reading's value on the axis, as tables write it.
func (r *reading) text() string {
	if r.main == nil {
		return ""
	}
	return cellText(r.main, r.value)
}

// follow goes where the cursor of another panel is. It reports whether that
// changed anything.
func (p *shown) follow(c panels.Cursor) bool {
	if p.scene == nil {
		return false
	}
	if p.cursor.on && p.cursor.pick != c.Value && p.reader.names(c.Field, c.Value) {
		p.cursor.pick = c.Value
		return true
	}
	for i := range p.reader.plots {
		if at, ok := p.find(i, c.Field, c.Value); ok {
			if p.cursor.on && p.cursor.text == c.Value {
				return false
			}
			at.pick = p.cursor.pick
			p.cursor = at
			return true
		}
	}
	return false
}

// find returns the place of a value on the axis that a plot is read along.
func (p *shown) find(plot int, field, text string) (place, bool) {
	q := &p.reader.plots[plot]
	if q.along == anywhere {
		return place{}, false
	}
	name := "x"
	if q.along == alongY {
		name = "y"
	}
	for i := range q.tracks {
		s := q.tracks[i].mark.Reading.Find(name)
		if s == nil || s.Field != field && field != "" || s.Scale == nil {
			continue
		}
		var v any = text
		if s.Type == "temporal" {
			t, ok := parseMoment(text, s.Zone())
			if !ok {
				return place{}, false
			}
			v = js.Date(js.Millis(t))
		} else if s.Type == "quantitative" {
			v = js.Number(text)
		}
		at := s.Scale.Map(v) + s.Scale.Bandwidth/2
		if part, cut := s.Part(v); cut {
			at = q.tracks[i].of(s, js.Number(part))
		}
		if at != at {
			continue
		}
		c := p.scene.Cells[plot]
		out := place{on: true, plot: plot, x: at, y: c.Height / 2, text: text}
		if q.along == alongY {
			out.x, out.y = c.Width/2, at
		}
		return out, true
	}
	return place{}, false
}

// refind puts the cursor where its value stands in a new scene.
func (p *shown) refind() {
	p.pointer = place{}
	if !p.cursor.on {
		return
	}
	old := p.cursor
	p.cursor = place{}
	if old.plot < len(p.reader.plots) && old.text != "" {
		if at, ok := p.find(old.plot, "", old.text); ok {
			at.pick = old.pick
			p.cursor = at
		}
	}
}

// start returns where the cursor comes into view: at the newest value of the
// first plot that has any.
func (p *shown) start() (reading, bool) {
	for i := range p.reader.plots {
		if _, last, ok := p.reader.plots[i].ends(); ok {
			return p.at(i, p.seen(i, last), math.NaN())
		}
	}
	return reading{}, false
}

// seen is a position along the axis of a plot, or the nearest one in view.
func (p *shown) seen(plot int, pos float64) float64 {
	name := "x"
	if p.reader.plots[plot].along == alongY {
		name = "y"
	}
	for _, s := range p.scene.Cells[plot].Scales {
		if w, ok := p.view.Windows[s]; ok && s.Channel == name {
			return max(w.From, min(pos, w.To))
		}
	}
	return pos
}

// at reads a plot at a position along its axis.
func (p *shown) at(plot int, pos, across float64) (reading, bool) {
	c := p.scene.Cells[plot]
	if p.reader.plots[plot].along == alongY {
		if across != across {
			across = c.Width
		}
		return p.reader.read(plot, across, pos)
	}
	if across != across {
		across = c.Height / 2
	}
	return p.reader.read(plot, pos, across)
}

// step moves the cursor and reports whether it did: along the axis from value to value, across it from
// series to series and from plot to plot.
func (p *shown) step(dx, dy int) bool {
	if p.scene == nil {
		return false
	}
	p.pointer = place{}
	r, ok := p.readAt(p.cursor)
	if !p.cursor.on || !ok {
		if r, ok = p.start(); ok {
			return p.moved(r, "")
		}
		return false
	}
	q := &p.reader.plots[r.plot]
	along, across := dx, dy
	switch q.along {
	case alongY:
		along, across = dy, dx
	case anywhere:
		return p.roam(r, dx, dy)
	}
	if across != 0 {
		return p.across(r, across)
	}
	pos := r.x
	if q.along == alongY {
		pos = r.y
	}
	if at, ok := q.next(pos, p.least(r.plot), along > 0); ok {
		if next, ok := p.at(r.plot, at, p.cursor.height(q.along)); ok {
			return p.moved(next, p.cursor.pick)
		}
	}
	return false
}

// height is the place's pixel across an axis.
func (a place) height(along axis) float64 {
	if along == alongY {
		return a.x
	}
	return a.y
}

// least is how far a step goes at least, in pixels: where values are denser
// than dots, from dot to dot.
func (p *shown) least(plot int) float64 {
	q := &p.reader.plots[plot]
	if !q.exact || p.pic == nil {
		return q.tolerance()
	}
	for _, shown := range p.pic.Plots {
		if shown.Cell == plot {
			x0, y0 := shown.Pixel(0, 0)
			x1, y1 := shown.Pixel(0.5, 0.25)
			if q.along == alongY {
				return y1 - y0
			}
			return x1 - x0
		}
	}
	return q.tolerance()
}

// across goes to the next series at the same place, and beyond the last one to
// the next plot.
func (p *shown) across(r reading, by int) bool {
	if pick, ok := r.neighbour(by, p.reader.plots[r.plot].along); ok {
		p.cursor.pick = r.parts[pick].name
		p.cursor.x, p.cursor.y = r.x, r.y
		return true
	}
	for i := r.plot + by; i >= 0 && i < len(p.reader.plots); i += by {
		if next, ok := p.at(i, p.along(r), math.NaN()); ok {
			return p.moved(next, "")
		}
	}
	return false
}

func (p *shown) along(r reading) float64 {
	if p.reader.plots[r.plot].along == alongY {
		return r.y
	}
	return r.x
}

// neighbour returns the part that stands next to the one that is meant.
func (r *reading) neighbour(by int, along axis) (int, bool) {
	at := func(i int) float64 {
		if along == alongY {
			return r.parts[i].x
		}
		return r.parts[i].y
	}
	best, found := 0, false
	for i := range r.parts {
		d := (at(i) - at(r.pick)) * float64(by)
		if i == r.pick || d < 0 || d == 0 && (i-r.pick)*by < 0 {
			continue
		}
		if !found || d < (at(best)-at(r.pick))*float64(by) {
			best, found = i, true
		}
	}
	return best, found
}

// roam goes to the nearest mark in a direction.
func (p *shown) roam(r reading, dx, dy int) bool {
	q := &p.reader.plots[r.plot]
	best, found := math.Inf(1), false
	var x, y float64
	for k := range q.tracks {
		t := &q.tracks[k]
		for _, i := range t.idx {
			px, py := t.at(i)
			ahead, aside := (px-r.x)*float64(dx)+(py-r.y)*float64(dy), math.Abs((px-r.x)*float64(dy))+math.Abs((py-r.y)*float64(dx))
			if ahead <= 1e-9 {
				continue
			}
			if d := ahead + 2*aside; d < best {
				best, x, y, found = d, px, py, true
			}
		}
	}
	if !found {
		return p.across(reading{plot: r.plot, x: r.x, y: r.y}, dx+dy)
	}
	next, ok := p.reader.read(r.plot, x, y)
	if !ok {
		return false
	}
	return p.moved(next, "")
}

// end goes to the first or the last value of the plot.
func (p *shown) end(last bool) bool {
	if p.scene == nil {
		return false
	}
	r, ok := p.readAt(p.cursor)
	if !p.cursor.on || !ok {
		if r, ok = p.start(); !ok {
			return false
		}
	}
	first, final, ok := p.reader.plots[r.plot].ends()
	if last {
		first = final
	}
	if !ok {
		return false
	}
	next, ok := p.at(r.plot, first, math.NaN())
	if !ok {
		return false
	}
	return p.moved(next, p.cursor.pick)
}
