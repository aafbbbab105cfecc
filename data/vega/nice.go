package vega

import (
	"time"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

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
	if zero && len(s.Domain) >= 2 {
		s.Domain[0] = min(0, s.low())
		s.Domain[len(s.Domain)-1] = max(0, s.high())
	}
}

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
	if v := u.c.config.child("scale"); v.has("zero") {
		if z, ok := v.get("zero").(bool); ok {
			return z
		}
	}
	switch u.kind {
	case "bar", "area":
		second := ch.name + "2"
		if u.measureName() != ch.name && (ch.name == "x" || ch.name == "y") && !u.has(second) {
			return false
		}
		return true
	case "line", "trail":
		return u.measureName() == ch.name
	}
	return true
}

func (u *unit) measureName() string {
	if u.vertical != (u.kind == "tick") { // a tick stands across its measure
		return "y"
	}
	return "x"
}

func (c *scaler) padded(g *scaleGroup, given bool) {
	s := g.scale
	px, explicit := 0.0, false
	if v, _ := g.setting("padding"); v != js.Undefined {
		px, explicit = js.Number(v), true
	}
	if !explicit && !given {
		for _, m := range g.members {
			if m.u.kind == "bar" && (g.channel == "x" || g.channel == "y") && m.u.measureName() != g.channel && !m.ch.binned && !m.ch.isBinned &&
				m.ch.unit == nil && !m.u.has(g.channel+"2") && m.ch.isField() {
				px = 5
				if conf := c.config.child("scale"); conf.has("continuousPadding") {
					px = conf.or("continuousPadding", px)
				}
			}
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

func (c *scaler) sideOf(g *scaleGroup) float64 {
	return c.continuousSide(g.members[0].u.in.plot(), g.channel)
}

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
		interval = c.interval(v, 1, s.zone, n.at("nice"))
	case *js.Object:
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
