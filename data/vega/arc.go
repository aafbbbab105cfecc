package vega

import "math"

// arcs makes slices of a pie or a ring.
func (u drawing) arcs() *Mark {
	m := &Mark{Type: "arc"}
	start, end := u.angles()
	inner, outer := u.radii()
	x, y := u.middle("x"), u.middle("y")
	paint := u.painter()
	for i := range u.main.n {
		a, b, r1, r2 := start(i), end(i), inner(i), outer(i)
		m.Items = append(m.Items, Item{
			X: x(i), Y: y(i), StartAngle: min(a, b), EndAngle: max(a, b), Inner: min(r1, r2), Outer: max(r1, r2),
			Style: paint(i), Row: i,
		})
	}
	return m
}

// angles returns the two ends of each arc.
func (u drawing) angles() (start, end placer) {
	ch := u.channels["theta"]
	fixed := func(v float64) placer { return func(int) float64 { return v } }
	switch {
	case !ch.scaled():
		a, b := u.propOr("theta", 0), u.propOr("theta2", 2*math.Pi)
		if ch.valued() {
			a = u.valuePixel(ch)
		}
		if second := u.channels["theta2"]; second.valued() {
			b = u.valuePixel(second)
		}
		return fixed(a), fixed(b)
	case u.stack != nil && u.stack.channel == "theta":
		s, e := u.main.cols[u.stack.start].at, u.main.cols[u.stack.end].at
		return func(i int) float64 { return ch.scale.Map(s(i)) }, func(i int) float64 { return ch.scale.Map(e(i)) }
	case ch.scale != nil && ch.scale.discrete():
		read := ch.category(u.main)
		return func(i int) float64 { return ch.scale.Map(read(i)) }, func(i int) float64 { return ch.scale.Map(read(i)) + ch.scale.Bandwidth }
	case u.has("theta2"):
		return u.polarValue(ch), u.secondPlace("theta", ch, u.channels["theta2"])
	}
	return fixed(u.zeroPlace("theta")), u.polarValue(ch)
}

func (u drawing) polarValue(ch *channel) placer {
	read := ch.read(u.main)
	if ch.scale == nil {
		return func(i int) float64 { return number(read(i)) }
	}
	return u.mapped(ch, read)
}

// radii returns the inner and outer radius of each arc.
func (u drawing) radii() (inner, outer placer) {
	fixed := func(v float64) placer { return func(int) float64 { return v } }
	most := min(u.in.width, u.in.height) / 2
	in, out := u.propOr("innerRadius", u.propOr("radius2", 0)), u.propOr("outerRadius", u.propOr("radius", most))
	ch := u.channels["radius"]
	second := u.channels["radius2"]
	if second.valued() && !second.scaled() {
		in = u.valuePixel(second)
	}
	inner = fixed(in + u.propOr("radius2Offset", 0))
	switch {
	case !ch.scaled():
		if ch.valued() {
			out = u.valuePixel(ch)
		}
		outer = fixed(out + u.propOr("radiusOffset", 0))
	case u.stack != nil && u.stack.channel == "radius":
		s, e := u.main.cols[u.stack.start].at, u.main.cols[u.stack.end].at
		return func(i int) float64 { return ch.scale.Map(s(i)) }, func(i int) float64 { return ch.scale.Map(e(i)) }
	case ch.scale != nil && ch.scale.discrete():
		read := ch.category(u.main)
		return func(i int) float64 { return ch.scale.Map(read(i)) }, func(i int) float64 { return ch.scale.Map(read(i)) + ch.scale.Bandwidth }
	default:
		outer = u.polarValue(ch)
		switch {
		case second.scaled():
			inner = u.secondPlace("radius", ch, second)
		case !second.valued() && !hasNumber(u.unit, "innerRadius", "radius2"):
			inner = fixed(u.zeroPlace("radius"))
		}
	}
	return inner, outer
}

// hasNumber reports whether the mark has any of some properties.
func hasNumber(u *unit, names ...string) bool {
	for _, name := range names {
		if _, ok := u.propNumber(name); ok {
			return true
		}
	}
	return false
}

// polar places texts by angle and radius.
func (u drawing) polar() (x, y placer) {
	angle := u.polarMiddle("theta")
	_, outer := u.radii()
	if ch := u.channels["radius"]; !ch.scaled() {
		r := u.propOr("radius", u.propOr("outerRadius", min(u.in.width, u.in.height)/2)) + u.propOr("radiusOffset", 0)
		if ch.valued() {
			r = u.valuePixel(ch)
		}
		outer = func(int) float64 { return r }
	} else if u.stack != nil && u.stack.channel == "radius" {
		outer = u.polarMiddle("radius")
	}
	cx, cy := u.in.width/2, u.in.height/2
	return func(i int) float64 { return cx + outer(i)*math.Sin(angle(i)) },
		func(i int) float64 { return cy - outer(i)*math.Cos(angle(i)) }
}

func (u drawing) polarMiddle(name string) placer {
	ch := u.channels[name]
	if u.stack != nil && u.stack.channel == name {
		s, e := u.main.cols[u.stack.start].at, u.main.cols[u.stack.end].at
		return func(i int) float64 { return (ch.scale.Map(s(i)) + ch.scale.Map(e(i))) / 2 }
	}
	if !ch.scaled() {
		v := u.propOr(name, 0)
		if ch.valued() {
			v = u.valuePixel(ch)
		}
		return func(int) float64 { return v }
	}
	if ch.scale.discrete() {
		read := ch.category(u.main)
		return func(i int) float64 { return ch.scale.Map(read(i)) + ch.scale.Bandwidth/2 }
	}
	return u.polarValue(ch)
}
