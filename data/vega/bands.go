package vega

import "github.com/authtabs/tabgate/data/vega/js"

// bandShift is how far a rectangle is moved from its unit of time, in units:
// a band position of 0 centres it on the unit's start.
func (u *unit) bandShift(ch *channel) float64 {
	if u.kind != "bar" && u.kind != "rect" || ch.unit == nil {
		return 0
	}
	if f, ok := ch.n.number("bandPosition"); ok {
		return f - 0.5
	}
	if f, ok := u.propNumber("timeUnitBandPosition"); ok {
		return f - 0.5
	}
	return 0
}

// checkBands refuses band positions where they mean what is not drawn here.
func checkBands(u *unit) {
	at, set := u.propNumber("timeUnitBandPosition")
	if u.mark.has("timeUnitBandPosition") {
		refuse(u.mark.at("timeUnitBandPosition"), "is not supported")
	}
	for _, name := range []string{"x", "y"} {
		ch := u.channels[name]
		if !ch.isField() || ch.unit == nil {
			continue
		}
		if ch.n.has("bandPosition") && u.has(name+"Offset") {
			refuse(ch.n.at("bandPosition"), "beside an offset is not supported")
		}
		if u.kind == "bar" && set && at != 0.5 && at != 0 {
			refuse("config.bar.timeUnitBandPosition", "is not supported but for 0 and 0.5")
		}
		if u.kind == "tick" && set && at != 0.5 {
			refuse("config.tick.timeUnitBandPosition", "is not supported")
		}
	}
	rect := u.kind == "bar" || u.kind == "rect" || u.kind == "tick"
	for _, name := range []string{"color", "fill", "stroke", "opacity", "size", "fillOpacity", "strokeOpacity", "strokeWidth"} {
		if ch := u.channels[name]; ch.isField() && ch.typ == temporal && ch.unit != nil && set && !u.discreteScale(ch) {
			refuse(ch.n.at("timeUnit"), "with timeUnitBandPosition is not supported")
		}
	}
	if f, ok := u.prop("size").(float64); ok && f == 0 && u.kind != "point" {
		refuse(u.mark.at("size"), "of 0 is not supported")
	}
	for _, name := range []string{"x", "y", "color", "fill", "stroke"} {
		ch := u.channels[name]
		if !ch.isField() || !ch.n.has("scale") || ch.n.o.Values["scale"] != nil {
			continue
		}
		if place := name == "x" || name == "y"; place && (rect || u.kind == "area") || !place && ch.continuous() {
			refuse(ch.n.at("scale"), "must be an object")
		}
	}
	for _, name := range []string{"align", "baseline"} {
		if rect && u.prop(name) != js.Undefined {
			refuse(u.mark.at(name), "is not supported")
		}
	}
	for _, name := range []string{"x", "y"} {
		if ch := u.channels[name]; u.kind == "bar" && ch.isField() && ch.n.has("bandPosition") && u.measureName() == name {
			refuse(ch.n.at("bandPosition"), "is not supported for the measure of a bar")
		}
		if ch := u.channels[name]; rect && ch.isBin() && !u.has(name+"2") && !(ch.bin.ok() && ch.bin.has("step")) && u.measureName() != name {
			refuse(ch.n.at("bin"), "needs %s2 or a step: the bins have no end", name)
		}
	}
}

func boxedPair(a, b float64) (any, any) { return a, b }

// shifted moves a unit by a part of one: to the past by parts of the unit
// before each end, to the future by parts of the one behind.
func (u *timeUnit) shifted(start, end, by float64) (float64, float64) {
	if by < 0 {
		before := u.before(start)
		return start + (start-before)*by, end + (end-start)*by
	}
	return start + (end-start)*by, end + (u.next(end)-end)*by
}

// spans reports whether the mark takes up the whole unit of time.
func (u *unit) spans(ch *channel) bool {
	if ch.name != "x" && ch.name != "y" {
		return midUnit(u, ch)
	}
	if ch.n.has("bandPosition") {
		return true
	}
	switch u.kind {
	case "bar", "rect":
		return true
	case "tick":
		return u.measureName() != ch.name
	}
	if f, ok := u.propNumber("timeUnitBandPosition"); ok && f != 0 {
		return true
	}
	return false
}
