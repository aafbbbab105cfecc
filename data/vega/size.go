package vega

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// sizes decides width and height of every plot.
func (c *scaler) sizes(root *instance) {
	for _, u := range root.leaves() {
		p := u.in.plot()
		p.width, p.height = c.side(p, "x"), c.side(p, "y")
	}
	for _, u := range root.leaves() {
		p := u.in.plot()
		u.in.width, u.in.height = p.width, p.height
	}
}

// sizeName is the property of a plot's side.
func sizeName(channel string) string {
	if channel == "y" || channel == "yOffset" {
		return "height"
	}
	return "width"
}

// written returns the side of a plot as the specification has it: the plot's
// own, else that of the first layer that has one.
func (in *instance) written(name string) (any, node) {
	if v := in.n.get(name); in.n.has(name) && !(in.kind == "layer" && v == 0.0) {
		return v, in.n
	}
	for _, child := range in.children {
		if v, n := child.written(name); v != js.Undefined {
			return v, n
		}
	}
	return js.Undefined, node{}
}

// side returns the length of a plot along a channel.
func (c *scaler) side(p *instance, channel string) float64 {
	name := sizeName(channel)
	v, n := p.written(name)
	p.markAll(name)
	if v := map[string]float64{"width": c.opts.Width, "height": c.opts.Height}[name]; v > 0 && p.parent == nil {
		return v
	}
	g := p.position(channel)
	switch v := v.(type) {
	case float64:
		return v
	case string:
		if !c.sized() {
			refuse(p.n.at(name), "%q is not supported: nothing contains it here", v)
		}
	case *js.Object:
		o := n.child(name)
		step := o.or("step", 20)
		if g == nil || !g.scale.discrete() {
			refuse(n.at(name), "must be a number: the scale has no steps")
		}
		return c.stepped(p, g, channel, step, o.text("for") == "position")
	}
	if g != nil && g.scale.discrete() {
		view, key := c.config.child("view"), "discrete"+strings.ToUpper(name[:1])+name[1:]
		if f, ok := view.o.GetOr(key).(float64); ok {
			view.mark(key)
			return f
		}
		if v, at := g.setting("range"); v != js.Undefined {
			refuse(at.at("range"), "needs a %s that is a number", name)
		}
		return c.stepped(p, g, channel, c.step(p, name), false)
	}
	return c.continuousSide(p, channel)
}

// markAll remembers that a property of a view and those below was read.
func (in *instance) markAll(name string) {
	in.n.mark(name)
	for _, child := range in.children {
		child.markAll(name)
	}
}

// step is the configured step of discrete scales.
func (c *scaler) step(p *instance, name string) float64 {
	view := c.config.child("view")
	title := strings.ToUpper(name[:1]) + name[1:]
	if o := object(view.o.GetOr("discrete" + title)); o != nil {
		if f, ok := o.Get("step").(float64); ok {
			return f
		}
	}
	return view.or("step", 20)
}

// stepped is the length of a discrete scale by the step of its bands.
func (c *scaler) stepped(p *instance, g *scaleGroup, channel string, step float64, forPosition bool) float64 {
	if g == nil || !g.scale.discrete() {
		return c.continuousSide(p, channel)
	}
	s := g.scale
	c.bandPadding(g)
	if offset := p.position(channel + "Offset"); offset != nil && offset.scale.discrete() && !forPosition {
		o := offset.scale
		c.bandPadding(offset)
		band := step * bandspace(len(o.Domain), o.inner, o.outer)
		return band / (1 - s.inner) * bandspace(len(s.Domain), s.inner, s.outer)
	}
	return step * bandspace(len(s.Domain), s.inner, s.outer)
}

// position returns the group of a position channel of a plot; nil if none of
// its layers has it.
func (in *instance) position(channel string) *scaleGroup {
	for p := in; p != nil; p = p.parent {
		if g := p.groups[channel]; g != nil {
			return g
		}
	}
	var found *scaleGroup
	for _, u := range in.leaves() {
		if ch := u.channels[channel]; ch != nil && ch.group != nil && found == nil {
			found = ch.group
		}
	}
	return found
}

// continuousSide is the length where nothing is written and the scale is
// continuous, or there is none.
func (c *scaler) continuousSide(p *instance, channel string) float64 {
	name := sizeName(channel)
	if v := map[string]float64{"width": c.opts.Width, "height": c.opts.Height}[name]; v > 0 && p.parent == nil {
		return v
	}
	if v, _ := p.written(name); v != js.Undefined {
		if f, ok := v.(float64); ok {
			return f
		}
	}
	title := strings.ToUpper(name[:1]) + name[1:]
	view := c.config.child("view")
	continuous, arc := false, false
	for _, u := range p.leaves() {
		if ch := u.channels[strings.TrimSuffix(channel, "Offset")]; ch.scaled() && u.scaleType(ch) != "" && !u.discreteScale(ch) {
			continuous = true
		}
		arc = arc || u.kind == "arc" || u.has("theta") || u.has("radius")
	}
	if continuous || arc {
		return view.or("continuous"+title, 300)
	}
	if f, ok := view.o.GetOr("discrete" + title).(float64); ok {
		view.mark("discrete" + title)
		return f
	}
	return c.step(p, name)
}
