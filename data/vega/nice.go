package vega

import (
	"time"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

// zeroed stretches the domain to zero where the scale includes it.
func (c *scaler) zeroed(g *scaleGroup, given bool) {
	s := g.scale
	if s.timed() || s.Type == "log" {
		g.setting("zero")
		return
	}
	zero := false
	switch v, _ := g.setting("zero"); v {
	case true:
		zero = true
	case false:
		zero = false
	default:
		zero = !given && g.members[0].u.zeroByDefault(g.members[0].ch)
	}
	// A bar or area whose measure begins at zero keeps it.
	for _, m := range g.members {
		if !given && m.u.mustZero(m.ch) {
			zero = true
		}
	}
	switch written := given && len(s.Domain) >= 2; {
	case zero || written && min(s.low(), s.high()) <= 0 && max(s.low(), s.high()) >= 0:
		s.zero = 1
	case written:
		s.zero = -1
	}
	if zero && len(s.Domain) >= 2 {
		s.Domain[0] = min(0, s.low())
		s.Domain[len(s.Domain)-1] = max(0, s.high())
	}
}

// mustZero reports whether a stacked measure keeps zero whatever is written.
func (u *unit) mustZero(ch *channel) bool {
	return (u.kind == "bar" || u.kind == "area") && u.stack != nil && u.stack.channel == ch.name && u.stack.offset == "zero"
}

func (u *unit) zeroByDefault(ch *channel) bool {
	if ch.typ != quantitative {
		return false
	}
	switch ch.name {
	case "size":
		return true
	case "x", "y", "theta", "radius":
	default:
		return false
	}
	if ch.binned || ch.isBinned {
		return false
	}
	flat := ch.name == "x" || ch.name == "y"
	switch u.kind {
	case "bar", "area", "line", "trail":
		if flat && u.measureName() != ch.name {
			return false
		}
	}
	if (u.kind == "bar" || u.kind == "area") && !u.has(ch.name+"2") {
		return true
	}
	return u.c.config.child("scale").flag("zero", true)
}

// measureName is x or y, whichever the mark's figures lie along.
func (u *unit) measureName() string {
	if u.vertical != (u.kind == "tick") { // a tick stands across its measure
		return "y"
	}
	return "x"
}

// padded widens the domain by pixels.
func (c *scaler) padded(g *scaleGroup) {
	s := g.scale
	px, explicit := 0.0, false
	if v, _ := g.setting("padding"); v != js.Undefined {
		px, explicit = js.Number(v), true
	}
	if !explicit {
		for _, m := range g.members {
			px = max(px, c.paddingOf(m, g.channel))
		}
	}
	if px == 0 || len(s.Domain) < 2 {
		return
	}
	size := c.sideOf(g)
	a, b := s.bend(s.low()), s.bend(s.high())
	factor := size / (size - 2*px)
	middle := (a + b) / 2
	a, b = middle+(a-middle)*factor, middle+(b-middle)*factor
	s.Domain[0], s.Domain[len(s.Domain)-1] = s.unbend(a), s.unbend(b)
}

// paddingOf is by how many pixels a member widens its domain unasked.
func (c *scaler) paddingOf(m member, channel string) float64 {
	if channel != "x" && channel != "y" {
		return 0
	}
	if conf := c.config.child("scale"); conf.has("continuousPadding") {
		return conf.or("continuousPadding", 0)
	}
	cut := m.ch.isField() && (m.ch.binned || m.ch.isBinned || m.ch.unit != nil)
	if m.u.kind != "bar" || cut || m.u.measureName() == channel || m.u.has(channel+"2") {
		return 0
	}
	return c.config.child("bar").or("continuousBandSize", 5)
}

// sideOf is the length of a position scale's range.
func (c *scaler) sideOf(g *scaleGroup) float64 {
	return c.continuousSide(g.members[0].u.in.plot(), g.channel)
}

// niced widens the domain to round numbers.
func (c *scaler) niced(g *scaleGroup, given bool) {
	s := g.scale
	v, n := g.setting("nice")
	count := 10.0
	var interval *d3.Interval
	switch v := v.(type) {
	case bool:
		if !v {
			return
		}
	case float64:
		count = v
	case string:
		if !s.timed() {
			refuse(n.at("nice"), "must be a number or a flag: the scale has no dates")
		}
		interval = c.interval(v, 1, s.zone, n.at("nice"))
	case *js.Object:
		if !s.timed() {
			refuse(n.at("nice"), "must be a number or a flag: the scale has no dates")
		}
		o := n.child("nice")
		interval = c.interval(o.text("interval"), int(o.or("step", 1)), s.zone, n.at("nice"))
	default:
		// Two lists of a domain, bins and dates are left as they are.
		if given || s.timed() || (g.channel != "x" && g.channel != "y") || g.allBinned() {
			return
		}
	}
	s.nice(count, interval)
}

// allBinned reports whether every member has bins.
func (g *scaleGroup) allBinned() bool {
	for _, m := range g.members {
		if !m.ch.binned && !m.ch.isBinned {
			return false
		}
	}
	return true
}

func (c *context) interval(name string, step int, zone *time.Location, where string) *d3.Interval {
	units := map[string]d3.Unit{
		"millisecond": d3.Millisecond, "second": d3.Second, "minute": d3.Minute, "hour": d3.Hour, "day": d3.Day,
		"week": d3.Week, "month": d3.Month, "year": d3.Year,
	}
	u, ok := units[name]
	if !ok {
		refuse(where, "%q is not supported", name)
	}
	return &d3.Interval{Unit: u, Every: max(1, step), Zone: zone}
}
