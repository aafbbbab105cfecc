package vega

import (
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// guider makes axes and legends.
type guider struct {
	*context
	groups []*scaleGroup
}

// axes makes the axes of a plot.
func (c guider) axes(p *instance) (all []*Axis) {
	for _, name := range []string{"x", "y"} {
		all = append(all, c.axesOf(p, name)...)
	}
	slices.SortStableFunc(all, func(a, b *Axis) int {
		return strings.Compare(a.Channel+"\x00"+a.Orient+"\x00"+a.Title, b.Channel+"\x00"+b.Orient+"\x00"+b.Title)
	})
	return all
}

// axesOf makes the axes of one channel: one for each of its scales.
func (c guider) axesOf(p *instance, name string) (all []*Axis) {
	var scales []*Scale
	by := map[*Scale][]*unit{}
	for _, u := range p.leaves() {
		ch := u.channels[name]
		if ch == nil || ch.scale == nil || !ch.scaled() {
			continue
		}
		if by[ch.scale] == nil {
			scales = append(scales, ch.scale)
		}
		by[ch.scale] = append(by[ch.scale], u)
	}
	for k, s := range scales {
		if a := c.axis(s, name, by[s], k); a != nil {
			all = append(all, a)
		}
	}
	return all
}

// axisNode returns the axis property of a channel; off is true for null.
func axisNode(ch *channel, name string) (n node, off bool) {
	if !ch.own.has(name) {
		return ch.n.child(name), false
	}
	v := ch.own.get(name)
	return ch.own.child(name), v == nil || v == false
}

// axisSetting looks a property up: the channel's axis, its style, the
// configuration for this kind of axis.
func (c guider) axisSetting(nodes []node, name string, groups []string) any {
	for _, n := range nodes {
		if n.has(name) {
			for _, other := range nodes {
				other.mark(name)
			}
			return c.resolved(n.get(name))
		}
	}
	for _, n := range nodes {
		for _, style := range n.styles() {
			if s := c.config.child("style").child(style); s.has(name) {
				return c.resolved(s.get(name))
			}
		}
	}
	for _, g := range groups {
		if s := c.config.child(g); s.has(name) {
			return c.resolved(s.get(name))
		}
	}
	return js.Undefined
}

func (n node) styles() []string {
	if !n.ok() {
		return nil
	}
	n.mark("style")
	return n.texts2("style")
}

func axisGroups(s *Scale, ch *channel, name, orient string) []string {
	groups := []string{}
	switch {
	case s.Type == "band":
		groups = append(groups, "axis"+strings.ToUpper(name)+"Band", "axisBand", "axis"+strings.ToUpper(name)+"Discrete", "axisDiscrete")
	case s.Type == "point":
		groups = append(groups, "axis"+strings.ToUpper(name)+"Point", "axisPoint", "axis"+strings.ToUpper(name)+"Discrete", "axisDiscrete")
	case s.timed():
		groups = append(groups, "axis"+strings.ToUpper(name)+"Temporal", "axisTemporal")
	default:
		groups = append(groups, "axis"+strings.ToUpper(name)+"Quantitative", "axisQuantitative")
	}
	return append(groups, "axis"+strings.ToUpper(name), "axis"+strings.ToUpper(orient[:1])+orient[1:], "axis")
}

func (c guider) axis(s *Scale, name string, units []*unit, place int) *Axis {
	orient := map[string][]string{"x": {"bottom", "top"}, "y": {"left", "right"}}[name][min(place, 1)]
	var nodes []node
	offs := 0
	for _, u := range units {
		n, off := axisNode(u.channels[name], "axis")
		if off {
			offs++
			continue
		}
		if n.ok() {
			nodes = append(nodes, n)
		}
	}
	if offs > 0 && (offs == len(units) || len(nodes) == 0 && offs > 0) {
		return nil
	}
	lead := units[0]
	for _, u := range units {
		if u.channels[name].isField() {
			lead = u
			break
		}
	}
	ch := lead.channels[name]
	groups := axisGroups(s, ch, name, orient)
	setting := func(key string) any { return c.axisSetting(nodes, key, groups) }
	if setting("disable") == true {
		return nil
	}
	if o, ok := setting("orient").(string); ok {
		orient = o
	}
	a := &Axis{Channel: name, Orient: orient, Scale: s}
	a.Title = c.axisTitle(name, units, setting)
	a.Titled = a.Title != "" && c.titled(name, units, setting)
	labels, ticks := setting("labels") != false, setting("ticks") != false
	for _, place := range []string{"domain", "bandPosition", "tickBand", "position"} { // where ticks stand in a band
		setting(place)
	}
	switch g := setting("grid").(type) {
	case bool:
		a.Grid = g
	default:
		a.Grid = !s.discrete() && !ch.binned && !ch.isBinned && ch.isField() && place == 0
	}
	a.LabelAngle = c.labelAngle(s, ch, name, setting("labelAngle"))
	if !labels && !ticks && !a.Grid {
		if a.Title == "" && setting("domain") == false {
			return nil // nothing of it is drawn
		}
		return a
	}
	a.within = func(part *Scale) ([]any, []string) {
		values, format := c.ticks(part, ch, name, lead, setting)
		if !labels {
			return values, nil
		}
		return values, c.labels(s, ch, values, format, setting)
	}
	a.Ticks, a.Labels = a.within(s)
	return a
}

// titled reports whether the specification wrote the title of an axis.
func (c guider) titled(name string, units []*unit, setting func(string) any) bool {
	if setting("title") != js.Undefined {
		return true
	}
	for _, u := range units {
		if ch := u.channels[name]; ch.n.has("title") || ch.own.has("title") {
			return true
		}
	}
	return false
}

func (c guider) labelAngle(s *Scale, ch *channel, name string, given any) float64 {
	if f, ok := given.(float64); ok {
		return math.Mod(math.Mod(f, 360)+360, 360)
	}
	if name == "x" && (ch.typ == nominal || ch.typ == ordinal) && ch.unit == nil {
		return 270
	}
	return 0
}

// axisTitle is the title of the axis that some layers share.
func (c guider) axisTitle(name string, units []*unit, setting func(string) any) string {
	if v := setting("title"); v != js.Undefined {
		switch v := v.(type) {
		case string:
			return v
		case []any:
			return lines(v)
		}
		return ""
	}
	var titles []string
	add := func(t string) {
		if t != "" && !slices.Contains(titles, t) {
			titles = append(titles, t)
		}
	}
	for _, u := range units {
		if ch := u.channels[name]; ch.n.has("title") || ch.own.has("title") {
			if t, given := c.titleOf(ch, node{}); given {
				for _, v := range units { // an explicit title drops the defaults
					if w := v.channels[name]; w.n.has("title") {
						t2, _ := c.titleOf(w, node{})
						add(t2)
					}
				}
				add(t)
				return strings.Join(titles, ", ")
			}
		}
	}
	for _, u := range units {
		ch := u.channels[name]
		if !ch.isField() {
			continue
		}
		t := c.fieldTitle(ch)
		if second := u.channels[name+"2"]; second.isField() {
			if t2 := c.fieldTitle(second); t2 != t {
				if s2, given := c.titleOf(second, node{}); given {
					t2 = s2
				}
				if t2 != "" {
					t += ", " + t2
				}
			}
		}
		add(t)
	}
	return strings.Join(titles, ", ")
}
