package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// placing says where a unit's rows stand.
type placing struct{ stylist }

// placer returns the pixel of each row along a channel.
type placer func(i int) float64

// pixelProp is a mark's property in pixels ("width" and "height" are the
// plot's sides); ok is false if it has none.
func (u placing) pixelProp(name string) (float64, bool) {
	switch v := u.prop(name).(type) {
	case float64:
		return v, true
	case string:
		if v == "width" || v == "height" {
			return pixels(v, u.in), true
		}
	}
	return 0, false
}

// valuePixel is a channel's value in pixels.
func (u placing) valuePixel(ch *channel) float64 { return pixels(ch.value, u.in) }

// middle places point-like marks: at the value, in the middle of a band, a
// bin or a pile, or in the middle of the plot where there is no channel.
func (u placing) middle(name string) placer {
	base := u.middleOf(name)
	if u.channels[name+"Offset"] == nil && u.propOr(name+"Offset", 0) == 0 {
		return base
	}
	more := u.offset(name)
	return func(i int) float64 { return base(i) + more(i) }
}

func (u placing) middleOf(name string) placer {
	ch := u.channels[name]
	fixed := func(v float64) placer { return func(int) float64 { return v } }
	if ch == nil || !ch.scaled() {
		if ch != nil && ch.hasValue {
			return fixed(u.valuePixel(ch))
		}
		if v, ok := u.pixelProp(name); ok {
			return fixed(v)
		}
		if name == "y" {
			return fixed(u.in.height / 2)
		}
		return fixed(u.in.width / 2)
	}
	if ch.scale == nil { // scale: null: the values are pixels
		read := ch.read(u.main)
		return func(i int) float64 { return js.Number(read(i)) }
	}
	s := ch.scale
	bandPosition, given := u.bandPosition(ch)
	if u.stack != nil && u.stack.channel == name {
		start, end := u.main.cols[u.stack.start].at, u.main.cols[u.stack.end].at
		if given {
			return func(i int) float64 {
				a, b := s.Map(start(i)), s.Map(end(i))
				return a + (b-a)*bandPosition
			}
		}
		return func(i int) float64 { return s.Map(end(i)) }
	}
	if s.discrete() {
		read := ch.category(u.main)
		inner := s.Bandwidth * bandPosition
		if off := u.channels[name+"Offset"]; off != nil && off.scale != nil && s.Type == "band" {
			inner = 0
		}
		return func(i int) float64 {
			v := s.Map(read(i))
			if v != v && s.Type != "band" { // outside an explicit domain
				return inner
			}
			return v + inner
		}
	}
	if ch.binned || ch.isBinned && u.secondBin(ch) != nil {
		return u.betweenEnds(ch, bandPosition)
	}
	if ch.unit != nil && (given || u.spans(ch)) {
		return u.betweenEnds(ch, bandPosition)
	}
	read := ch.read(u.main)
	return u.mapped(ch, read)
}

// mapped places values on a continuous scale; what has no place is drawn at
// zero where invalid values are shown.
func (u placing) mapped(ch *channel, read func(int) any) placer {
	s := ch.scale
	show := u.invalidMode() == "show"
	if col := ch.typedIn(u.main); col != nil && !show && !s.discrete() {
		at, none := s.mapper(), math.NaN()
		if !u.isPath() {
			none = s.Map(0.0)
		}
		return func(i int) float64 {
			if col.null != nil && col.null[i] {
				return none
			}
			return at(col.nums[i])
		}
	}
	return func(i int) float64 {
		v := read(i)
		if show && !js.IsValid(v) {
			return s.Map(u.zeroOrMin(s))
		}
		if v == nil { // null is zero for a scale of Vega, but a gap for a path
			if u.isPath() {
				return math.NaN()
			}
			return s.Map(0.0)
		}
		return s.Map(v)
	}
}

func (u placing) zeroOrMin(s *Scale) float64 {
	if len(s.Domain) < 2 {
		return 0
	}
	if s.low() <= 0 && s.high() >= 0 && !s.timed() {
		return 0
	}
	return s.low()
}

func (u placing) isPath() bool { return u.kind == "line" || u.kind == "area" || u.kind == "trail" }

// secondBin is the channel that has the ends of data that are binned already.
func (u placing) secondBin(ch *channel) *channel {
	if second := u.channels[ch.name+"2"]; second.scaled() {
		return second
	}
	return nil
}

// bandPosition is where in a band, bin or unit a mark stands, 0 to 1.
func (u placing) bandPosition(ch *channel) (float64, bool) {
	if f, ok := ch.n.number("bandPosition"); ok {
		return f, true
	}
	if ch.unit != nil && !ch.scale.discrete() {
		if f, ok := u.propNumber("timeUnitBandPosition"); ok {
			return f, false
		}
	}
	return 0.5, false
}

// ends returns the values at which a bin or a unit begins and ends.
func (u placing) ends(ch *channel) (start, end func(int) any) {
	if second := u.secondBin(ch); second != nil && (ch.isBinned || !ch.binned && ch.unit == nil) {
		return ch.read(u.main), second.read(u.main)
	}
	if ch.isBinned {
		read := ch.read(u.main)
		step := ch.bin.or("step", 0)
		return read, func(i int) any { return js.Number(read(i)) + step }
	}
	return u.main.cols[ch.col].at, u.main.cols[ch.end].at
}

func (u placing) betweenEnds(ch *channel, at float64) placer {
	start, end := u.ends(ch)
	s := ch.scale
	return func(i int) float64 {
		a, b := start(i), end(i)
		if a == nil || b == nil {
			if u.isPath() {
				return math.NaN()
			}
			return s.Map(0.0)
		}
		return s.Map(js.Number(a)*(1-at) + js.Number(b)*at)
	}
}

// offset is what the offset channel and the mark's offset add.
func (u placing) offset(name string) placer {
	fixed := u.propOr(name+"Offset", 0)
	ch := u.channels[name+"Offset"]
	switch {
	case ch == nil:
		return func(int) float64 { return fixed }
	case ch.hasValue && !ch.scaled():
		v := js.Number(ch.value)
		return func(int) float64 { return fixed + v }
	case ch.scale == nil:
		read := ch.read(u.main)
		return func(i int) float64 { return fixed + js.Number(read(i)) }
	}
	s := ch.scale
	half := s.Bandwidth / 2
	read := ch.category(u.main)
	return func(i int) float64 { return fixed + s.Map(read(i)) + half }
}

// offsetStart is the start of the band that the offset channel names, and its
// width; ok is false where there is none.
func (u placing) offsetBand(name string) (start placer, width float64, ok bool) {
	ch := u.channels[name+"Offset"]
	if ch == nil || ch.scale == nil || ch.scale.Type != "band" {
		return nil, 0, false
	}
	read := ch.category(u.main)
	return func(i int) float64 { return ch.scale.Map(read(i)) }, ch.scale.Bandwidth, true
}

// zeroPlace is where bars and areas begin: at zero if the domain has it, else
// at the domain's first value.
func (u placing) zeroPlace(name string) float64 {
	ch := u.channels[name]
	s := ch.scale
	if s == nil || len(s.Domain) == 0 {
		return 0
	}
	if s.discrete() {
		if name == "y" {
			return u.in.height
		}
		return 0
	}
	if s.timed() || s.Type == "log" {
		if len(s.rng) > 0 {
			return s.rng[0]
		}
		return 0
	}
	inside := s.low() <= 0 && s.high() >= 0 || s.low() >= 0 && s.high() <= 0
	if s.zero > 0 || s.zero == 0 && inside {
		return s.Map(0.0)
	}
	return s.rng[0]
}

// span places the two ends of a ranged mark or a measure.
func (u placing) span(name string) (from, to placer) {
	ch := u.channels[name]
	second := u.channels[name+"2"]
	more := u.offset(name)
	shift := func(p placer) placer { return func(i int) float64 { return p(i) + more(i) } }
	if ch == nil && second == nil {
		return nil, nil
	}
	if second != nil {
		a := u.middle(name)
		if ch.scaled() && ch.scale != nil && !ch.scale.discrete() && !ch.binned {
			a = shift(u.mapped(ch, ch.read(u.main)))
		}
		return a, u.secondPlace(name, ch, second)
	}
	if u.stack != nil && u.stack.channel == name && ch.scale != nil {
		start, end := u.main.cols[u.stack.start].at, u.main.cols[u.stack.end].at
		read, path := ch.read(u.main), u.isPath()
		place := func(col func(int) any) placer {
			return shift(func(i int) float64 {
				if path && !js.IsValid(read(i)) {
					return math.NaN() // a gap
				}
				return ch.scale.Map(col(i))
			})
		}
		return place(end), place(start)
	}
	base := 0.0
	if v, ok := u.pixelProp(name + "2"); ok {
		base = v
	} else if ch.scaled() && ch.scale != nil {
		base = u.zeroPlace(name)
	} else if name == "y" {
		base = u.in.height
	}
	return u.middle(name), func(int) float64 { return base }
}

func (u placing) secondPlace(name string, ch, second *channel) placer {
	off := u.propOr(name+"2Offset", 0)
	if second.hasValue && !second.scaled() {
		v := u.valuePixel(second) + off
		return func(int) float64 { return v }
	}
	if ch == nil || ch.scale == nil {
		read := second.read(u.main)
		return func(i int) float64 { return js.Number(read(i)) + off }
	}
	read := second.read(u.main)
	s := ch.scale
	if s.discrete() {
		return func(i int) float64 { return s.Map(read(i)) + s.Bandwidth/2 + off }
	}
	if ch.binned || second.binned {
		if end, ok := u.main.cols[ch.end]; ok && second.col == ch.col {
			return func(i int) float64 { return s.Map(end.at(i)) + off }
		}
	}
	return func(i int) float64 {
		v := read(i)
		if v == nil && !u.isPath() {
			return s.Map(0.0) + off
		}
		return s.Map(v) + off
	}
}
