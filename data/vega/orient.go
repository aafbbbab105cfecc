package vega

// orient decides whether a mark stands (x is its dimension) or lies.
// orient decides whether a mark stands (x is its dimension) or lies.
func (u *unit) orient() {
	u.mark.mark(fromArea)
	u.ofArea = u.mark.has(fromArea)
	if u.ofArea {
		area := *u
		area.kind = "area"
		u.vertical = area.isVertical()
	}
	switch u.kind {
	case "bar", "area", "line", "rule", "tick", "trail", "rect":
	default:
		return
	}
	u.oriented = u.kind != "rect"
	u.vertical = u.kind == "trail" || u.isVertical()
}

// isVertical follows Vega-Lite: what is ranged or binned decides first, then
// what was written, then which of x and y is a quantity. Ticks lie across it.
func (u *unit) isVertical() bool {
	x, y := u.channels["x"], u.channels["y"]
	if vertical, ok := u.orientByRange(x, y); ok {
		return vertical
	}
	if given := givenOrient(u); given != "" {
		return given == "vertical"
	}
	measure := func(ch *channel) bool {
		return ch.scaled() && ch.typ == quantitative && !ch.binned && !ch.isBinned
	}
	tick := u.kind == "tick"
	switch mx, my := measure(x), measure(y); {
	case mx && my:
		return true
	case mx:
		return tick
	case my:
		return !tick
	}
	if y.isField() && y.typ == temporal && !(x.isField() && x.typ == temporal) {
		return false
	}
	return u.kind != "bar" || x.scaled() || !y.scaled()
}

// givenOrient is the orientation that the mark or its configuration asks for.
func givenOrient(u *unit) string {
	given, _ := u.prop("orient").(string)
	return given
}

// orientByRange decides by x2, y2 and by which of x and y is there at all.
// orientByRange decides by x2, y2 and by which of x and y is there at all.
func (u *unit) orientByRange(x, y *channel) (vertical, ok bool) {
	x2, y2 := u.has("x2"), u.has("y2")
	binned := func(ch *channel) bool { return ch.isBin() }
	quantity := func(ch *channel) bool { return ch.scaled() && ch.typ == quantitative && !ch.binned }
	if u.kind == "bar" || u.kind == "text" {
		switch given := givenOrient(u); {
		case x.isField() && (binned(x) || y.isField() && y.op != "" && x.op == ""):
			return true, true
		case y.isField() && (binned(y) || x.isField() && x.op != "" && y.op == ""):
			return false, true
		case (x2 || y2) && given != "":
			return given == "vertical", true
		case y2 && !x2:
			return !(quantity(x) && binned(y)), true
		case x2 && !y2:
			return quantity(y) && binned(x), true
		}
	}
	switch u.kind {
	case "bar", "rule", "area", "text":
	default:
		return false, false
	}
	if u.kind != "area" && x2 && y2 && !binned(x) && !binned(y) {
		return true, true
	}
	switch {
	case y2:
		return !binned(y), true
	case x2:
		return binned(x), true
	case u.kind == "rule" && x != nil && y == nil:
		return true, true
	case u.kind == "rule" && y != nil && x == nil:
		return false, true
	}
	return false, false
}

// isBin reports whether the field has been cut into bins before.
func (ch *channel) isBin() bool { return ch != nil && ch.isBinned }

// discreteScale reports whether the channel's scale counts values off.
// discreteScale reports whether the channel's scale counts values off.
func (u *unit) discreteScale(ch *channel) bool {
	switch u.scaleType(ch) {
	case "band", "point", "ordinal", "bin-ordinal":
		return true
	}
	return false
}
