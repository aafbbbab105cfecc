package vega

import (
	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

// scaler makes the scales of all views.
type scaler struct {
	*context
	groups []*scaleGroup
}

// all makes the scales of the views below root, and the sizes of their plots.
func (c *scaler) all(root *instance) {
	c.group(root)
	for _, g := range c.groups {
		c.makeScale(g)
	}
	c.sizes(root)
	for _, offset := range []bool{false, true} { // offsets divide the bands of the others
		for _, g := range c.groups {
			if (g.channel == "xOffset" || g.channel == "yOffset") == offset {
				c.setRange(g)
			}
		}
	}
}

// scaleGroup is one scale and the channels that share it.
type scaleGroup struct {
	owner   *instance
	channel string
	members []member
	scale   *Scale
	kinds   string // the category of types that can be merged
}

type member struct {
	u  *unit
	ch *channel
}

// group assigns a scale to each channel that has one: to the highest view
// that shares it.
func (c *scaler) group(root *instance) {
	for _, u := range root.leaves() {
		for _, name := range scaleChannels {
			ch := u.channels[name]
			if !ch.scaled() || u.scaleType(ch) == "" {
				continue
			}
			if u.in.empty {
				continue
			}
			kind := scaleCategory(u.scaleType(ch))
			owner := u.in.owner(name)
			g := owner.groups[name]
			for low := u.in; g != nil && g.kinds != kind && !mergeable(g.kinds, kind); low = low.parent {
				if owner = low; owner.groups[name] == nil || owner.parent == nil {
					g = owner.groups[name]
					break
				}
			}
			if g == nil || g.kinds != kind && !mergeable(g.kinds, kind) {
				g = &scaleGroup{owner: owner, channel: name, kinds: kind}
				owner.groups[name] = g
				c.groups = append(c.groups, g)
			}
			g.members = append(g.members, member{u, ch})
			ch.group = g
		}
	}
}

func mergeable(a, b string) bool {
	return a == "position" && b == "time" || a == "time" && b == "position"
}

// owner returns the view that owns the scale of a channel.
func (in *instance) owner(channel string) *instance {
	owner := in
	for p := in.parent; p != nil; p = p.parent {
		shared := p.kind != "concat"
		switch channel {
		case "x", "y", "xOffset", "yOffset", "theta", "radius":
			if p.kind == "facet" && channel == "theta" {
				shared = false
			}
		default:
			shared = true
		}
		switch p.n.child("resolve").child("scale").text(channel) {
		case "independent":
			shared = false
		case "shared":
			shared = true
		}
		if !shared {
			return owner
		}
		owner = p
	}
	return owner
}

// setting returns a property of the members' scales: that of the first that
// writes it.
func (g *scaleGroup) setting(name string) (any, node) {
	for _, m := range g.members {
		if s := m.u.scaleNode(m.ch); s.has(name) {
			v := m.u.c.resolved(s.get(name))
			for _, other := range g.members {
				other.u.scaleNode(other.ch).mark(name)
			}
			return v, s
		}
	}
	return js.Undefined, node{}
}

func (g *scaleGroup) number(name string, other float64) float64 {
	if v, _ := g.setting(name); v != js.Undefined {
		if f, ok := v.(float64); ok {
			return f
		}
	}
	return other
}

// makeScale decides type and domain.
func (c *scaler) makeScale(g *scaleGroup) {
	s := &Scale{Channel: g.channel, base: g.number("base", 10), constant: g.number("constant", 1), zone: c.zone}
	g.scale = s
	for _, m := range g.members {
		m.ch.scale = s
		t := m.u.scaleType(m.ch)
		if s.Type == "" || s.Type == "point" && t == "band" || scaleCategory(s.Type) == "position" && scaleCategory(t) == "time" {
			s.Type = t
		}
	}
	if t, _ := g.setting("type"); t != js.Undefined {
		if text, ok := t.(string); ok && scaleCategory(text) == scaleCategory(s.Type) {
			s.Type = text
		}
	}
	if s.Type == "utc" {
		s.zone = d3.UTC
	}
	switch s.exponent = g.number("exponent", 1); s.Type {
	case "sqrt":
		s.exponent = 0.5
	}
	if v, _ := g.setting("clamp"); v == true {
		s.clamp = true
	}
	if v, _ := g.setting("round"); v == true {
		s.round = true
	}
	switch {
	case s.discrete():
		c.discreteDomain(g)
	case s.steps():
		c.stepDomain(g)
	default:
		c.continuousDomain(g)
	}
}
