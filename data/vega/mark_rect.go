package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// rects makes bars, cells and ticks.
func (u drawing) rects() *Mark {
	m := &Mark{Type: "rect"}
	left, right := u.rectSide("x")
	top, bottom := u.rectSide("y")
	paint := u.painter()
	for i := range u.main.n {
		x1, x2, y1, y2 := left(i), right(i), top(i), bottom(i)
		m.Items = append(m.Items, Item{X: min(x1, x2), X2: max(x1, x2), Y: min(y1, y2), Y2: max(y1, y2), Style: paint(i), Row: i})
	}
	return m
}

// rectSide returns the two ends of a rectangle along a channel.
func (u drawing) rectSide(name string) (from, to placer) {
	ch := u.channels[name]
	measure := u.kind != "rect" && u.kind != "tick" && u.measureName() == name
	side := u.in.width
	if name == "y" {
		side = u.in.height
	}
	if !ch.scaled() && !u.has(name+"2") {
		return u.unplaced(name, ch, measure, side)
	}
	if u.kind == "tick" {
		return u.tickSide(name)
	}
	if u.has(name+"2") && !(ch.isBin() && !measure) && !(ch.scaled() && ch.binned) {
		return u.span(name)
	}
	if ch.scale == nil {
		return u.span(name)
	}
	switch {
	case ch.scale.discrete():
		return u.bandSide(name, ch)
	case ch.binned || ch.isBinned:
		return u.unitSide(name, ch, u.spacing())
	case ch.unit != nil && !measure:
		return u.timeSide(name, ch)
	case measure:
		return u.span(name)
	case u.kind == "rect":
		return u.span(name) // from zero on
	}
	size := u.markSize(name, ch, bandConfig(u.unit, "continuousBandSize", 5))
	return centred(u.middle(name), size)
}

func centred(middle placer, size func(int) float64) (from, to placer) {
	return func(i int) float64 { return middle(i) - size(i)/2 }, func(i int) float64 { return middle(i) + size(i)/2 }
}

// unplaced are the ends of a rectangle whose channel has no field.
func (u drawing) unplaced(name string, ch *channel, measure bool, side float64) (from, to placer) {
	if ch != nil && ch.hasValue && !measure {
		return centred(u.middle(name), u.markSize(name, ch, bandConfig(u.unit, "continuousBandSize", 5)))
	}
	if measure {
		if ch != nil && ch.hasValue {
			return u.span(name)
		}
		return func(int) float64 { return 0 }, func(int) float64 { return side }
	}
	if _, ok := u.pixelProp(name); ok {
		if v, ok := u.pixelProp(name + "2"); ok {
			return u.middle(name), func(int) float64 { return v }
		}
	}
	share := 1.0
	conf := u.c.config.child("scale")
	switch u.kind {
	case "bar":
		share = 1 - conf.or("barBandPaddingInner", 0.1)
	case "tick":
		if u.measureName() != name {
			share = 1 - conf.or("tickBandPaddingInner", 0.25)
			size := u.tickLength(name, nil, side*share)
			return centred(u.middle(name), func(int) float64 { return size })
		}
		return centred(u.middle(name), func(int) float64 { return u.propOr("thickness", 1) })
	}
	size := side * share
	if f, ok := u.explicitSize(name); ok {
		return centred(u.middle(name), f)
	}
	return centred(u.middle(name), func(int) float64 { return size })
}

// explicitSize is a width or height that is written for the mark, or the size
// channel.
func (u drawing) explicitSize(name string) (func(int) float64, bool) {
	if u.channels["size"] != nil && u.kind != "rect" {
		return u.numberOf("size", 0), true
	}
	if f, ok := u.propNumber(sizeName(name)); ok {
		return func(int) float64 { return f }, true
	}
	if u.oriented && u.measureName() != name {
		if f, ok := u.ownProp("size").(float64); ok {
			return func(int) float64 { return f }, true
		}
	}
	return nil, false
}

// markSize is the size of a rectangle along a channel.
func (u drawing) markSize(name string, ch *channel, other float64) func(int) float64 {
	if f, ok := u.explicitSize(name); ok {
		return f
	}
	return func(int) float64 { return other }
}

// bandShare is the part of a band that the mark takes: {band: f}.
func (u drawing) bandShare(name string) float64 {
	for _, p := range []string{sizeName(name), "size", "discreteBandSize"} {
		if p == "size" && u.measureName() == name {
			continue
		}
		o := object(u.ownProp(p))
		if p == "discreteBandSize" {
			o = object(u.c.config.child(u.kind).get(p))
		}
		if o != nil {
			if f, ok := o.Get("band").(float64); ok {
				node{o, u.mark.at(p), u.c.used}.mark("band")
				return f
			}
		}
	}
	if ch := u.channels[name]; ch.isField() && ch.unit != nil && !ch.scale.discrete() {
		if u.mark.has("timeUnitBandSize") {
			refuse(u.mark.at("timeUnitBandSize"), "is not supported")
		}
		return u.propOr("timeUnitBandSize", 1)
	}
	return 1
}

// bandConfig is a width that only the configuration of the kind of mark has.
func bandConfig(u *unit, name string, other float64) float64 {
	if f, ok := u.c.config.child(u.kind).get(name).(float64); ok {
		return f
	}
	return other
}

func (u drawing) minBand() float64 {
	if u.mark.has("minBandSize") {
		refuse(u.mark.at("minBandSize"), "is not supported")
	}
	return u.propOr("minBandSize", 0.25)
}

// bandSide places a rectangle in its band.
func (u drawing) bandSide(name string, ch *channel) (from, to placer) {
	s := ch.scale
	read := ch.category(u.main)
	share := u.bandShare(name)
	more := u.propOr(name+"Offset", 0)
	start := func(i int) float64 {
		v := s.Map(read(i))
		if v != v && u.channels[name+"Offset"] == nil { // outside an explicit domain
			return more
		}
		return v + more
	}
	width := s.Bandwidth
	if offset, w, ok := u.offsetBand(name); ok {
		inner := start
		start, width = func(i int) float64 { return inner(i) + offset(i) }, w
	} else if off := u.channels[name+"Offset"]; off != nil {
		shift := u.offset(name)
		inner := start
		start = func(i int) float64 { return inner(i) + shift(i) - more }
	}
	size, explicit := u.explicitSize(name)
	if s.Type == "point" {
		if !explicit {
			w := max(s.Step-2, u.minBand())
			w = bandConfig(u.unit, "discreteBandSize", w)
			size = func(int) float64 { return w }
		}
		return centred(start, size)
	}
	if !explicit {
		if f := bandConfig(u.unit, "discreteBandSize", -1); f >= 0 {
			if u.channels[name+"Offset"] != nil {
				refuse("config."+u.kind+".discreteBandSize", "beside an offset is not supported")
			}
			size, explicit = func(int) float64 { return f }, true
		}
	}
	if explicit {
		return centred(func(i int) float64 {
			if v := s.Map(read(i)); v != v {
				return v
			}
			return start(i) + width/2
		}, size)
	}
	w := max(u.minBand(), share*width)
	return centred(func(i int) float64 { return start(i) + width/2 }, func(int) float64 { return w })
}

// spacing is the gap between the rectangles of neighbouring bins.
func (u drawing) spacing() float64 {
	other := 0.0
	if u.kind == "bar" {
		other = 1
	}
	return u.propOr("binSpacing", other)
}

// unitSide places a rectangle from the start to the end of its bin or unit,
// by the pixel rule of Vega-Lite.
func (u drawing) unitSide(name string, ch *channel, spacing float64) (from, to placer) {
	start, end := u.ends(ch)
	s := ch.scale
	share, shift := u.bandShare(name), u.bandShift(ch)
	more, second := u.offset(name), u.propOr(name+"2Offset", 0)
	if f, ok := u.explicitSize(name); ok {
		return centred(u.betweenEndsOffset(ch, name), f)
	}
	// place returns both edges; the spacing gives way where the band is narrow.
	place := func(i int) (a, b float64) {
		va, vb := js.Number(start(i)), js.Number(end(i))
		if shift != 0 {
			va, vb = ch.unit.shifted(va, vb, shift)
		}
		if share != 1 {
			w := vb - va
			va, vb = va+w*(1-share)/2, vb-w*(1-share)/2
		}
		a, b = s.Map(va), s.Map(vb)
		gap := spacing
		if w := math.Abs(b - a); w < u.minBand() {
			gap = -(u.minBand() - w)
		}
		if a <= b {
			return a + 0.5 + gap/2 + more(i), b + 0.5 - gap/2 + more(i)
		}
		return a + 0.5 - gap/2 + more(i), b + 0.5 + gap/2 + more(i)
	}
	if second != 0 { // the second edge is the start
		inner := place
		place = func(i int) (a, b float64) {
			a, b = inner(i)
			return a - more(i) + second, b
		}
	}
	return func(i int) float64 { a, _ := place(i); return a }, func(i int) float64 { _, b := place(i); return b }
}

func (u drawing) betweenEndsOffset(ch *channel, name string) placer {
	p, more := u.betweenEnds(ch, 0.5), u.offset(name)
	return func(i int) float64 { return p(i) + more(i) }
}

// timeSide places a rectangle on its unit of time.
func (u drawing) timeSide(name string, ch *channel) (from, to placer) {
	if offset := u.channels[name+"Offset"]; offset != nil && offset.scale != nil && offset.scale.Type == "band" {
		start, _ := u.ends(ch)
		read := offset.category(u.main)
		place := func(i int) float64 { return ch.scale.Map(start(i)) + offset.scale.Map(read(i)) }
		return place, func(i int) float64 { return place(i) + max(u.minBand(), offset.scale.Bandwidth) }
	}
	return u.unitSide(name, ch, u.spacing())
}

// tickLength is how long a tick is across its measure.
func (u drawing) tickLength(name string, ch *channel, other float64) float64 {
	if f, ok := u.ownProp("size").(float64); ok {
		return f
	}
	if f, ok := u.propNumber(sizeName(name)); ok {
		return f
	}
	if f, ok := u.propNumber("bandSize"); ok {
		return f
	}
	return other
}

// tickSide places a tick: thin along its measure, long across it.
func (u drawing) tickSide(name string) (from, to placer) {
	ch := u.channels[name]
	thin := u.propOr("thickness", 1)
	if u.measureName() == name {
		return centred(u.middle(name), func(int) float64 { return thin })
	}
	if u.channels["size"] != nil {
		return centred(u.middle(name), u.numberOf("size", 5))
	}
	if ch.scale != nil && !ch.scale.discrete() {
		switch {
		case ch.binned || ch.isBinned:
			return u.unitSide(name, ch, 0)
		case ch.unit != nil:
			return u.timeSide(name, ch)
		}
	}
	length := 5.0
	if ch.scale != nil && ch.scale.discrete() {
		if ch.scale.Type == "band" {
			length = ch.scale.Bandwidth * u.bandShare(name)
			if _, w, ok := u.offsetBand(name); ok {
				length = w
			}
		} else {
			length = ch.scale.Step * 0.75
		}
	}
	length = u.tickLength(name, ch, length)
	return centred(u.middle(name), func(int) float64 { return length })
}
