package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// explicit returns the domain that is written, nil if none is.
func (c *scaler) explicit(g *scaleGroup) (list []any, union []any) {
	v, n := g.setting("domain")
	if raw, _ := g.setting("domainRaw"); raw != js.Undefined && raw != nil {
		v = raw
	}
	switch v := v.(type) {
	case []any:
		list = make([]any, len(v))
		for i, e := range v {
			list[i] = c.literal(e, nil)
		}
	case *js.Object:
		if u, ok := v.Values["unionWith"].([]any); ok {
			n.child("domain").get("unionWith")
			for _, e := range u {
				union = append(union, c.literal(e, nil))
			}
		} else {
			for _, k := range v.Keys {
				if k != "param" && k != "selection" && k != "encoding" && k != "field" {
					refuse(n.at("domain"), "is not supported")
				}
				n.child("domain").mark(k)
			}
		}
	case string:
		if v != "unaggregated" {
			refuse(n.at("domain"), "is not supported")
		}
		refuse(n.at("domain"), "%q is not supported", v)
	}
	return list, union
}

func (c *scaler) discreteDomain(g *scaleGroup) {
	s := g.scale
	list, union := c.explicit(g)
	if list != nil {
		if m := g.members[0]; m.ch.unit != nil || m.ch.typ == temporal {
			for i, v := range list {
				list[i] = c.sortValue(v, m.ch)
			}
		}
		s.setDomain(list)
		return
	}
	var values []any
	seen := map[string]bool{}
	sorts := map[string]bool{}
	first := g.members[0]
	var mains, raws []*table
	same := true
	for _, m := range g.members {
		sorts[js.String(sortText(m.ch))] = true
		same = same && m.ch.n.o == first.ch.n.o
		mains, raws = append(mains, ofAll(m.u, g.channel)), append(raws, m.u.wide)
	}
	if same && len(g.members) > 1 {
		// The cells of a facet: one view, whose rows are all cells'.
		values = c.sortedValues(first.ch, concat(mains...), raws[0], raws[0], first.u)
		s.setDomain(append(values, missing(union, values)...))
		return
	}
	for _, m := range g.members {
		own := m.u.raw
		if m.u.kept != nil && ofAll(m.u, g.channel) == m.u.main {
			own = m.u.kept
		}
		for _, v := range c.sortedValues(m.ch, ofAll(m.u, g.channel), m.u.wide, own, m.u) {
			if k := key(v); !seen[k] {
				seen[k] = true
				values = append(values, v)
			}
		}
	}
	if order := object(first.ch.n.o.Get("sort")); union != nil && order != nil {
		refuse(first.ch.n.at("scale.domain"), "with unionWith is not supported beside such a sort")
	}
	if union != nil { // before the data's where those are in their own order
		values = append(union, missing(values, union)...)
	}
	for _, m := range g.members { // the second ends of ranges
		second := m.u.channels[g.channel+"2"]
		if !second.isField() {
			continue
		}
		read := second.category(m.u.main)
		for i := range m.u.main.n {
			if v := read(i); !seen[key(v)] {
				seen[key(v)] = true
				values = append(values, v)
			}
		}
		if sorts["undefined"] {
			values = ascending(values, m.u.main, first.ch, false)
		}
	}
	if g.allDatum() {
		s.setDomain(values)
		return
	}
	if len(sorts) > 1 || (len(g.members) > 1 || union != nil) && sorts["undefined"] {
		values = ascending(values, concat(mains...), first.ch, false)
	}
	s.setDomain(values)
}

// allDatum reports whether no member has a field: the values stand in the order
// of the layers then.
func (g *scaleGroup) allDatum() bool {
	for _, m := range g.members {
		if !m.ch.hasDatum || m.u.channels[g.channel+"2"].isField() {
			return false
		}
	}
	return true
}

func missing(some, in []any) (out []any) {
	have := keysOf(in)
	for _, v := range some {
		if !have[key(v)] {
			out = append(out, v)
		}
	}
	return out
}

// sortText is a text of a channel's sort, to compare it with another's.
func sortText(ch *channel) any {
	switch v := ch.n.o.Get("sort").(type) {
	case *js.Object:
		text := ""
		for _, k := range v.Keys {
			text += k + ":" + js.String(v.Values[k]) + ";"
		}
		return text
	case nil:
		return "null"
	default:
		return v
	}
}

func (c *scaler) stepDomain(g *scaleGroup) {
	s := g.scale
	list, _ := c.explicit(g)
	switch {
	case s.Type == "bin-ordinal":
		if list == nil {
			b := g.members[0].ch.bins
			for _, m := range g.members {
				if m.ch.bins.step > 0 {
					b = m.ch.bins
				}
			}
			for _, e := range b.edges() {
				list = append(list, e)
			}
		}
		s.Domain = list
	case list != nil:
		_, where := g.setting("domain")
		for _, v := range list {
			if f, ok := v.(float64); !ok || f != f {
				refuse(where.at("domain"), "must be numbers, not %q", js.String(v))
			}
		}
		s.Domain = list
	case s.Type == "quantile":
		for _, m := range g.members {
			read := m.ch.read(m.u.main)
			for i := range m.u.main.n {
				if v := read(i); js.IsValid(v) {
					s.Domain = append(s.Domain, js.Number(v))
				}
			}
		}
	default:
		low, high := c.extentOf(g)
		if s.Domain = []any{low, high}; low > high {
			s.Domain = nil
		}
	}
	if s.Type == "quantile" {
		s.samples = floats(s.Domain)
		slices.Sort(s.samples)
		if len(s.Domain) > 0 {
			low, high := extent(s.Domain)
			s.Domain = []any{low, high}
		}
	}
}

// extentOf returns the least and greatest value of the members' main data.
func (c *scaler) extentOf(g *scaleGroup) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	take := func(v any) {
		if !js.IsValid(v) {
			return
		}
		if f := js.Number(v); f == f && !math.IsInf(f, 0) {
			low, high = min(low, f), max(high, f)
		}
	}
	for _, m := range g.members {
		if col := m.ch.typedIn(m.u.main); col != nil && isPlain(m.u, m.ch) {
			a, b := col.extent()
			low, high = min(low, a), max(high, b)
		} else {
			for _, v := range m.u.domainValues(m.ch) {
				take(v)
			}
		}
		if second := m.u.channels[g.channel+"2"]; second.scaled() {
			read := second.read(m.u.main)
			for i := range m.u.main.n {
				take(read(i))
			}
		}
	}
	return low, high
}

// isPlain reports whether the domain of a channel is that of its values.
func isPlain(u *unit, ch *channel) bool {
	return !ch.hasDatum && !ch.binned && ch.unit == nil && (u.stack == nil || u.stack.channel != ch.name)
}

// domainValues returns the values of a channel that its continuous domain is
// made of.
func (u *unit) domainValues(ch *channel) []any {
	t := u.main
	switch {
	case ch.hasDatum:
		if t.n == 0 {
			return nil
		}
		return []any{ch.datum}
	case u.stack != nil && u.stack.channel == ch.name:
		switch u.stack.offset {
		case "normalize":
			return []any{0.0, 1.0}
		}
		return append(slices.Clone(t.cols[u.stack.start].list()), t.cols[u.stack.end].list()...)
	case ch.binned:
		return []any{ch.bins.start, ch.bins.stop}
	}
	values := make([]any, t.n)
	read := ch.read(t)
	for i := range values {
		values[i] = read(i)
	}
	if ch.unit != nil && u.spans(ch) {
		values = append(values, t.cols[ch.end].list()...)
		if by := u.bandShift(ch); by != 0 {
			starts, ends := t.cols[ch.col].list(), t.cols[ch.end].list()
			for i := range starts {
				values[i], values[i+t.n] = boxedPair(ch.unit.shifted(js.Number(starts[i]), js.Number(ends[i]), by))
			}
		}
	}
	return values
}

func (c *scaler) continuousDomain(g *scaleGroup) {
	s := g.scale
	list, union := c.explicit(g)
	given := list != nil
	if given {
		_, where := g.setting("domain")
		c.checkDomain(s, list, where.at("domain"))
		if _, number := list[0].(float64); number && s.timed() {
			if written, _ := g.setting("domain"); object(written.([]any)[0]) == nil && g.members[0].ch.unit != nil {
				refuse(where.at("domain"), "of numbers is not supported for a unit of time")
			}
		}
		if len(list) > 2 && g.channel != "color" && g.channel != "fill" && g.channel != "stroke" {
			refuse(where.at("domain"), "of more than two values is not supported but for colours")
		}
		if s.timed() {
			for i, v := range list {
				if text, ok := v.(string); ok {
					list[i] = float64(js.ToDate(text, c.zone))
				}
			}
		}
		s.Domain = list
	} else {
		low, high := c.extentOf(g)
		for _, v := range union {
			if s.timed() {
				if text, ok := v.(string); ok {
					v = float64(js.ToDate(text, c.zone))
				}
			}
			low, high = min(low, js.Number(v)), max(high, js.Number(v))
		}
		if low > high {
			s.Domain = nil
			return
		}
		s.Domain = []any{low, high}
	}
	custom := given || union != nil
	c.zeroed(g, custom)
	bounded := c.bounded(g)
	c.padded(g)
	c.niced(g, given || bounded)
}

// bounded sets the ends and the middle of a domain that are written by
// themselves; it reports whether an end is.
func (c *scaler) bounded(g *scaleGroup) (ends bool) {
	s := g.scale
	for _, name := range []string{"domainMin", "domainMax", "domainMid"} {
		v, n := g.setting(name)
		if v == js.Undefined || v == nil {
			continue
		}
		v = c.literal(v, nil)
		c.checkDomain(s, []any{v, v}, n.at(name))
		if m := g.members[0].ch; m.unit != nil || m.binned && g.channel != "x" && g.channel != "y" {
			refuse(n.at(name), "is not supported for bins and units of time")
		}
		if text, ok := v.(string); ok && s.timed() {
			v = float64(js.ToDate(text, c.zone))
		}
		last := len(s.Domain) - 1
		switch name {
		case "domainMin":
			s.Domain[0], ends = v, true
		case "domainMax":
			s.Domain[last], ends = v, true
		default:
			if g.channel != "color" && g.channel != "fill" && g.channel != "stroke" {
				refuse(n.at(name), "is not supported but for colours")
			}
			f := js.Number(v)
			at := last
			if f > s.high() {
				at = last + 1
			} else if f < s.low() {
				at = 0
			}
			s.Domain = slices.Insert(slices.Clone(s.Domain), at, v)
		}
	}
	return ends
}
