package vega

func (u *unit) orient() {
	switch u.kind {
	case "bar", "area", "line", "rule", "tick", "trail", "rect":
	default:
		return
	}
	u.oriented = u.kind != "rect"
	u.vertical = u.isVertical()
}

func (u *unit) isVertical() bool {
	x, y := u.channels["x"], u.channels["y"]
	if vertical, ok := u.orientByRange(x, y); ok {
		return vertical
	}
	given := u.mark.text("orient")
	if given == "" {
		if v, ok := u.prop("orient").(string); ok {
			given = v
		}
	}
	if given != "" {
		return given == "vertical"
	}
	measure := func(ch *channel) bool {
		return ch.scaled() && ch.typ == quantitative && !ch.binned && !ch.isBinned
	}
	tick := u.kind == "tick"
	switch mx, my := measure(x), measure(y); {
	case mx && !my:
		return tick
	case my && !mx:
		return !tick
	case mx && my && x.op != "" && y.op == "":
		return tick
	case mx && my && x.op == "" && y.op != "":
		return !tick
	}
	if y.scaled() && y.typ == temporal && !(x.scaled() && x.typ == temporal) {
		return false
	}
	return u.kind != "bar" || x.scaled() || !y.scaled()
}

func (u *unit) orientByRange(x, y *channel) (vertical, ok bool) {
	x2, y2 := u.has("x2"), u.has("y2")
	given := u.mark.text("orient")
	binned := func(ch *channel) bool { return ch.isBin() }
	quantity := func(ch *channel) bool { return ch.scaled() && ch.typ == quantitative && !ch.binned }
	if u.kind == "bar" {
		switch {
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
	case "bar", "rule", "area":
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

func (ch *channel) isBin() bool { return ch != nil && ch.isBinned }

func (u *unit) discreteScale(ch *channel) bool {
	switch u.scaleType(ch) {
	case "band", "point", "ordinal", "bin-ordinal":
		return true
	}
	return false
}
