package vega

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// colorRange is the range of colours: a scheme, or a list.
func (c *scaler) colorRange(g *scaleGroup, reverse bool) {
	if v, n := g.setting("range"); v != js.Undefined {
		if list, ok := v.([]any); ok {
			c.colorList(g, list, reverse)
			return
		}
		if name, ok := v.(string); ok {
			c.schemeRange(g, c.configRange(name), reverse, nil)
			return
		}
		refuse(n.at("range"), "is not supported")
	}
	if v, n := g.setting("scheme"); v != js.Undefined {
		switch v := v.(type) {
		case string:
			c.schemeRange(g, v, reverse, nil)
		case []any:
			c.colorList(g, v, reverse)
		case *js.Object:
			o := n.child("scheme")
			c.schemeRange(g, o.text("name"), reverse, o.o)
			o.mark("extent")
			o.mark("count")
		}
		return
	}
	c.schemeRange(g, c.configRange(g.rangeName()), reverse, nil)
}

// rangeName is the configured range that a scale takes.
func (g *scaleGroup) rangeName() string {
	m := g.members[0]
	mid, _ := g.setting("domainMid")
	switch {
	case g.scale.Type == "ordinal" && m.ch.typ == nominal:
		return "category"
	case g.scale.Type == "ordinal":
		return "ordinal"
	case mid != js.Undefined:
		return "diverging"
	case m.u.kind == "rect":
		return "heatmap"
	}
	return "ramp"
}

// configRange returns the scheme of a named range, or the list that the
// configuration gives it.
func (c *scaler) configRange(name string) any {
	if r := c.config.child("range"); r.has(name) {
		switch v := r.get(name).(type) {
		case *js.Object:
			return js.String(r.child(name).get("scheme"))
		default:
			return v
		}
	}
	return map[string]string{
		"category": "tableau10", "ordinal": "blues", "ramp": "blues", "heatmap": "yellowgreenblue", "diverging": divergingScheme,
	}[name]
}

// divergingScheme is blueorange from its end to its beginning, which is
// Vega's diverging range.
const divergingScheme = "blueorange-reversed"

func (c *scaler) colors(list []any, where string) []rgb {
	out := make([]rgb, len(list))
	for i, v := range list {
		col, ok := parseColor(js.String(c.literal(v, nil)))
		if !ok {
			refuse(where, "%q is no colour", js.String(v))
		}
		out[i] = col
	}
	return out
}

func (c *scaler) colorList(g *scaleGroup, list []any, reverse bool) {
	s := g.scale
	where := g.members[0].ch.n.at("scale.range")
	if reverse {
		list = append([]any(nil), list...)
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	if s.discrete() || s.steps() {
		if s.steps() && s.Type == "bin-ordinal" && len(list) == 2 {
			space, _ := rampIn("hcl", c.colors(list, where))
			n := len(s.Domain) - 1
			for i := range n {
				s.texts = append(s.texts, space(float64(i)/float64(max(1, n-1))).String())
			}
			return
		}
		for _, v := range list {
			text := js.String(c.literal(v, nil))
			if col, ok := parseColor(text); ok {
				text = col.String()
			}
			s.texts = append(s.texts, text)
		}
		return
	}
	if most := max(2, len(s.Domain)); s.timed() && len(list) > most {
		list = list[:most] // each is the colour of a place of the domain
	}
	space := "hcl"
	if v, n := g.setting("interpolate"); v != js.Undefined {
		if o := object(v); o != nil {
			i := n.child("interpolate")
			space = i.text("type")
			if i.has("gamma") {
				refuse(i.at("gamma"), "is not supported")
			}
		} else {
			space = js.String(v)
		}
	}
	ramp, ok := rampIn(space, c.colors(list, where))
	if !ok {
		refuse(g.members[0].ch.n.at("scale.interpolate"), "%q is not supported", space)
	}
	s.ramp = ramp
}

// schemeRange takes the colours of a named scheme, or of a list.
func (c *scaler) schemeRange(g *scaleGroup, scheme any, reverse bool, params *js.Object) {
	s := g.scale
	g.setting("interpolate")
	if list, ok := scheme.([]any); ok {
		c.colorList(g, list, reverse)
		return
	}
	name, _ := scheme.(string)
	name = strings.ToLower(name)
	if list, ok := schemes().Discrete[name]; ok {
		s.texts = append([]string(nil), list...)
		if s.steps() {
			s.texts = s.texts[:min(len(s.texts), s.stepCount())]
		}
		if !s.discrete() && !s.steps() {
			values := make([]any, len(list))
			for i, v := range list {
				values[i] = v
			}
			c.colorList(g, values, reverse)
			return
		}
		if reverse {
			for i, j := 0, len(s.texts)-1; i < j; i, j = i+1, j-1 {
				s.texts[i], s.texts[j] = s.texts[j], s.texts[i]
			}
		}
		return
	}
	if name == divergingScheme {
		name, reverse = "blueorange", !reverse
	}
	count := 0
	list, ok := schemes().Continuous[name]
	if !ok {
		refuse(g.members[0].ch.n.at("scale.scheme"), "%q is no scheme that is known", name)
	}
	colors := make([]rgb, len(list))
	for i, v := range list {
		colors[i], _ = parseColor(v)
	}
	plain := rampRGB(colors)
	ramp := func(t float64) rgb {
		out, _ := parseColor(plain(t).String())
		return out
	}
	if params != nil {
		if e, ok := params.Get("extent").([]any); ok && len(e) == 2 {
			from, to := js.Number(e[0]), js.Number(e[1])
			inner := ramp
			ramp = func(t float64) rgb { return inner(from + (to-from)*t) }
		}
		if f, ok := params.Get("count").(float64); ok && (s.discrete() || s.Type == "quantile" || s.Type == "quantize") {
			count = int(f)
		}
	}
	if reverse {
		inner := ramp
		ramp = func(t float64) rgb { return inner(1 - t) }
	}
	switch {
	case s.discrete(), s.steps():
		n := s.stepCount()
		if count > 0 {
			n = count
		}
		for i := range n {
			s.texts = append(s.texts, ramp(float64(i+1)/float64(n+1)).String())
		}
	case s.timed():
		// As many colours as there are ends of the domain, straight between them.
		n := max(2, len(s.Domain))
		if count > 0 {
			n = count
		}
		few := make([]rgb, 0, n)
		for i := range n {
			few = append(few, ramp(float64(i+1)/float64(n+1)))
		}
		s.ramp, _ = rampIn("hcl", few[:min(n, max(2, len(s.Domain)))])
	default:
		s.ramp = ramp
	}
}

// stepCount is how many colours a discrete or stepped scale needs.
func (s *Scale) stepCount() int {
	switch s.Type {
	case "quantile", "quantize":
		return 5
	case "threshold":
		return len(s.Domain) + 1
	case "bin-ordinal":
		return max(1, len(s.Domain)-1)
	}
	return max(1, len(s.Domain))
}
