package vega

import (
	"slices"
)

// scaleChannels are the channels that have scales, in the order of facts.
var scaleChannels = []string{
	"x", "y", "xOffset", "yOffset", "theta", "radius", "color", "fill", "stroke", "opacity", "fillOpacity", "strokeOpacity",
	"size", "shape", "angle", "strokeDash", "strokeWidth",
}

// scaleType returns the type of a channel's scale; "" if it has none.
func (u *unit) scaleType(ch *channel) string {
	if !ch.scaled() {
		return ""
	}
	n := ch.n
	if n.has("scale") {
		switch n.get("scale").(type) {
		case nil, bool:
			return ""
		}
	}
	s := n.child("scale")
	if t := s.text("type"); t != "" && u.allows(ch, t) {
		return t
	}
	position := ch.name == "x" || ch.name == "y"
	discrete := !ch.continuous() || ch.unit != nil && (ch.typ == ordinal || ch.typ == nominal)
	switch ch.name {
	case "x", "y", "xOffset", "yOffset", "theta", "radius":
		if discrete {
			return u.bandOrPoint(ch, position)
		}
	case "color", "fill", "stroke":
		if discrete {
			return "ordinal"
		}
		if ch.binned && ch.typ == quantitative {
			return "bin-ordinal"
		}
	case "shape", "strokeDash":
		return "ordinal"
	default:
		if discrete {
			return "point"
		}
	}
	if ch.typ == temporal {
		if ch.unit != nil && ch.unit.utc {
			return "utc"
		}
		return "time"
	}
	return "linear"
}

func (u *unit) bandOrPoint(ch *channel, position bool) string {
	switch u.kind {
	case "bar", "rect", "rule", "tick":
		return "band"
	case "arc":
		return "band"
	}
	if position && u.channels[ch.name+"Offset"].scaled() && u.discreteScale(u.channels[ch.name+"Offset"]) {
		return "band"
	}
	if _, ok := object(u.mark.o.Get(sizeName(ch.name))).GetOr("band").(float64); ok && position {
		return "band"
	}
	if axis := ch.n.child("axis"); axis.flag("tickBand", false) || axis.text("tickBand") == "extent" {
		return "band"
	}
	return "point"
}

// allows reports whether a channel can have a scale of a type; others are
// ignored, as Vega-Lite does.
func (u *unit) allows(ch *channel, t string) bool {
	continuous := slices.Contains([]string{"linear", "log", "pow", "sqrt", "symlog", "time", "utc"}, t)
	steps := slices.Contains([]string{"quantile", "quantize", "threshold", "bin-ordinal"}, t)
	if !continuous && !steps && t != "band" && t != "point" && t != "ordinal" && t != "identity" {
		refuse(ch.n.at("scale.type"), "%q is not supported", t)
	}
	if t == "identity" {
		refuse(ch.n.at("scale.type"), "%q is not supported", t)
	}
	switch ch.name {
	case "x", "y", "xOffset", "yOffset", "theta", "radius":
		if steps || t == "ordinal" {
			return false
		}
	case "shape", "strokeDash":
		return t == "ordinal"
	case "color", "fill", "stroke":
		if t == "band" || t == "point" {
			return false
		}
	default:
		if t == "ordinal" && ch.continuous() {
			return false
		}
	}
	switch ch.typ {
	case nominal, ordinal:
		return t == "band" || t == "point" || t == "ordinal"
	case temporal:
		return t == "time" || t == "utc"
	}
	return continuous && t != "time" && t != "utc" || steps
}

func scaleCategory(t string) string {
	switch t {
	case "linear", "log", "pow", "sqrt", "symlog":
		return "numeric"
	case "time", "utc":
		return "time"
	case "band", "point":
		return "position"
	}
	return t
}
