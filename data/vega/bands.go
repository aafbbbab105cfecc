package vega

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

func checkBands(u *unit) {
	at, set := u.propNumber("timeUnitBandPosition")
	for _, name := range []string{"x", "y"} {
		ch := u.channels[name]
		if !ch.isField() || ch.unit == nil {
			continue
		}
		if ch.n.has("bandPosition") && u.has(name+"Offset") {
			refuse(ch.n.at("bandPosition"), "beside an offset is not supported")
		}
		if u.kind == "tick" && set && at != 0.5 {
			refuse("config.tick.timeUnitBandPosition", "is not supported")
		}
	}
	for _, name := range []string{"color", "fill", "stroke"} {
		if ch := u.channels[name]; ch.isField() && ch.typ == temporal && ch.unit != nil && set {
			refuse(ch.n.at("timeUnit"), "with timeUnitBandPosition is not supported")
		}
	}
}

func boxedPair(a, b float64) (any, any) { return a, b }

func (u *timeUnit) shifted(start, end, by float64) (float64, float64) {
	if by < 0 {
		before := u.before(start)
		return start + (start-before)*by, end + (end-start)*by
	}
	return start + (end-start)*by, end + (u.next(end)-end)*by
}

func (u *unit) spans(ch *channel) bool {
	if ch.name != "x" && ch.name != "y" {
		return false
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
