package vega

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// bandPadding decides the padding of a band or point scale.
func (c *scaler) bandPadding(g *scaleGroup) {
	s := g.scale
	conf := c.config.child("scale")
	offset := strings.HasSuffix(g.channel, "Offset")
	kind := g.members[0].u.kind
	nested := false
	for _, m := range g.members {
		if m.u.channels[g.channel+"Offset"].scaled() && m.u.discreteScale(m.u.channels[g.channel+"Offset"]) {
			nested = true
		}
	}
	switch {
	case s.Type == "point":
		s.inner, s.outer = 1, 0.5
		if offset {
			s.outer = 0.5
		}
		s.outer = conf.or("pointPadding", s.outer)
	case offset:
		s.inner, s.outer = conf.or("offsetBandPaddingInner", 0), conf.or("offsetBandPaddingOuter", 0)
	case nested:
		s.inner, s.outer = conf.or("bandWithNestedOffsetPaddingInner", 0.2), conf.or("bandWithNestedOffsetPaddingOuter", 0.2)
	default:
		switch kind {
		case "bar":
			s.inner = conf.or("barBandPaddingInner", 0.1)
		case "tick":
			s.inner = conf.or("tickBandPaddingInner", 0.25)
		case "rect":
			s.inner = conf.or("rectBandPaddingInner", 0)
		}
		s.inner = conf.or("bandPaddingInner", s.inner)
		s.outer = conf.or("bandPaddingOuter", s.inner/2)
	}
	if v, n := g.setting("padding"); v != js.Undefined {
		f := js.Number(v)
		if !(f >= 0 && f <= 1) {
			refuse(n.at("padding"), "must be a part of a step, 0 to 1")
		}
		if s.Type != "point" {
			s.inner = f
		}
		s.outer = f
	}
	if v, _ := g.setting("paddingInner"); v != js.Undefined && s.Type != "point" {
		s.inner = js.Number(v)
		if p, _ := g.setting("paddingOuter"); p == js.Undefined && !nested && !offset {
			s.outer = s.inner / 2
		}
	}
	if v, _ := g.setting("paddingOuter"); v != js.Undefined && s.Type != "point" {
		s.outer = js.Number(v)
	}
	if v, n := g.setting("align"); v != js.Undefined && v != 0.5 {
		refuse(n.at("align"), "is not supported")
	}
}
