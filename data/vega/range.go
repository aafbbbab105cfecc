package vega

import (
	"math"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// setRange gives a scale its range.
func (c *scaler) setRange(g *scaleGroup) {
	s := g.scale
	reverse := false
	if v, _ := g.setting("reverse"); v == true {
		reverse = true
	}
	if sorted, _ := g.members[0].ch.n.o.Get("sort").(string); !s.discrete() && sorted == "descending" {
		g.members[0].ch.n.mark("sort")
		reverse = !reverse
	}
	if !s.discrete() {
		g.members[0].ch.n.mark("sort")
	}
	switch g.channel {
	case "x", "y", "xOffset", "yOffset":
		c.positionRange(g, reverse)
	case "color", "fill", "stroke":
		c.colorRange(g, reverse)
	case "shape":
		c.textRange(g, []string{"circle", "square", "triangle-up", "cross", "diamond", "triangle-right", "triangle-down", "triangle-left"})
	case "strokeDash":
		c.textRange(g, []string{"1,0", "4,2", "2,1", "1,1", "1,2,4,2"})
	default:
		c.numberRange(g, reverse)
	}
	c.thresholds(s, max(len(s.texts), len(s.rng)))
}

func (c *scaler) positionRange(g *scaleGroup, reverse bool) {
	s := g.scale
	p := g.members[0].u.in
	from, to := 0.0, p.width
	switch g.channel {
	case "y":
		to = p.height
		if !s.discrete() {
			from, to = to, from
		}
	case "xOffset", "yOffset":
		side := map[string]float64{"xOffset": p.width, "yOffset": p.height}[g.channel]
		from, to = c.offsetRange(g, side)
		if g.channel == "yOffset" && !s.discrete() {
			from, to = to, from
		}
	}
	if v, n := g.setting("range"); v != js.Undefined {
		list, ok := v.([]any)
		if !ok || len(list) != 2 {
			refuse(n.at("range"), "is not supported")
		}
		from, to = pixels(list[0], p), pixels(list[1], p)
	}
	for name, end := range map[string]*float64{"rangeMin": &from, "rangeMax": &to} {
		if v, n := g.setting(name); v != js.Undefined {
			if s.discrete() {
				refuse(n.at(name), "is not supported for a scale of values")
			}
			*end = pixels(v, p)
		}
	}
	if reverse {
		from, to = to, from
	}
	if s.discrete() {
		c.bandPadding(g)
		s.band(from, to)
		return
	}
	s.rng = []float64{from, to}
}

// pixels is a number, or the side that a word names.
func pixels(v any, in *instance) float64 {
	switch v {
	case "width":
		return in.width
	case "height":
		return in.height
	}
	return js.Number(v)
}

// offsetRange is the room of an offset scale: the band that it divides.
func (c *scaler) offsetRange(g *scaleGroup, side float64) (from, to float64) {
	m := g.members[0]
	name := strings.TrimSuffix(g.channel, "Offset")
	ch := m.u.channels[name]
	switch {
	case ch == nil || ch.scale == nil:
		return -side / 2, side / 2
	case ch.scale.Type == "band":
		return 0, ch.scale.Bandwidth
	case ch.unit != nil && ch.scale.timed():
		t := m.u.main
		if t.n == 0 {
			return 0, 0
		}
		// The width of the unit at 2001-01-01.
		start := ch.unit.floor(978307200000)
		w := math.Abs(ch.scale.Map(ch.unit.next(start)) - ch.scale.Map(start))
		return 0.1 * w, 0.9 * w
	}
	return -side / 2, side / 2
}

func (c *scaler) textRange(g *scaleGroup, texts []string) {
	g.scale.texts = texts
	v, n := g.setting("range")
	if v == js.Undefined {
		return
	}
	list, ok := v.([]any)
	if !ok {
		refuse(n.at("range"), "is not supported")
	}
	g.scale.texts = nil
	for _, e := range list {
		if e == nil {
			e = ""
		}
		g.scale.texts = append(g.scale.texts, js.String(e))
	}
}

// numberRange is the range of sizes, opacities, angles and radii.
func (c *scaler) numberRange(g *scaleGroup, reverse bool) {
	s := g.scale
	m := g.members[0]
	from, to := 0.0, 1.0
	side := min(m.u.in.width, m.u.in.height)
	conf := c.config.child("scale")
	switch g.channel {
	case "opacity", "fillOpacity", "strokeOpacity":
		from, to = conf.or("minOpacity", 0.3), conf.or("maxOpacity", 0.8)
	case "strokeWidth":
		from, to = conf.or("minStrokeWidth", 1), conf.or("maxStrokeWidth", 4)
	case "angle":
		from, to = 0, 360
	case "theta":
		from, to = 0, 2*math.Pi
	case "radius":
		from, to = 0, side/2
	case "size":
		from, to = c.sizeRange(m.u)
	}
	if v, n := g.setting("padding"); v != js.Undefined {
		refuse(n.at("padding"), "is not supported but for x and y")
	}
	if v, n := g.setting("range"); v != js.Undefined {
		list, ok := v.([]any)
		if !ok {
			refuse(n.at("range"), "is not supported")
		}
		s.rng = nil
		for _, e := range list {
			s.rng = append(s.rng, js.Number(c.literal(e, nil)))
		}
		if reverse {
			reversed(s.rng)
		}
		if s.Type == "point" && len(s.rng) == 2 {
			c.bandPadding(g)
			s.inner, s.outer = 1, 0
			s.band(s.rng[0], s.rng[1])
		}
		return
	}
	from, to = g.number("rangeMin", from), g.number("rangeMax", to)
	if reverse {
		from, to = to, from
	}
	switch s.Type {
	case "point", "band":
		s.inner, s.outer = 1, 0
		if s.Type == "band" {
			s.inner = 0
		}
		s.band(from, to)
	case "quantile", "quantize", "threshold", "bin-ordinal", "ordinal":
		n := 4
		switch s.Type {
		case "threshold":
			n = len(s.Domain) + 1
		case "bin-ordinal":
			n = len(s.Domain) - 1
		case "ordinal":
			n = len(s.Domain)
		}
		for i := range n {
			s.rng = append(s.rng, from+(to-from)*float64(i)/float64(max(1, n-1)))
		}
	default:
		s.rng = []float64{from, to}
	}
}

func reversed(v []float64) {
	for i, j := 0, len(v)-1; i < j; i, j = i+1, j-1 {
		v[i], v[j] = v[j], v[i]
	}
}

// sizeRange is the range of sizes, by the mark.
func (c *scaler) sizeRange(u *unit) (from, to float64) {
	conf := u.c.config.child("scale")
	switch u.kind {
	case "bar", "tick":
		low := 2.0
		if u.kind == "bar" {
			low = conf.or("minBandSize", 2)
		}
		return low, conf.or("maxBandSize", c.pointStep(u)-1)
	case "line", "trail", "rule":
		return conf.or("minStrokeWidth", 1), conf.or("maxStrokeWidth", 4)
	case "text":
		return conf.or("minFontSize", 8), conf.or("maxFontSize", 40)
	}
	step := c.pointStep(u)
	return conf.or("minSize", 4), conf.or("maxSize", math.Pow(0.95*step, 2))
}

// pointStep is the room of a symbol or a band: the least step of x and y, a
// bin's width or what the view has for a discrete scale.
func (c *scaler) pointStep(u *unit) float64 {
	return min(c.stepAlong(u, "x"), c.stepAlong(u, "y"))
}

func (c *scaler) stepAlong(u *unit, name string) float64 {
	side := u.in.width
	if name == "y" {
		side = u.in.height
	}
	if ch := u.channels[name]; ch.isField() && ch.binned {
		return side / ((ch.bins.stop - ch.bins.start) / ch.bins.step)
	}
	p := u.in.plot()
	if v, _ := p.written(sizeName(name)); object(v) != nil {
		if f, ok := object(v).Get("step").(float64); ok {
			return f
		}
	}
	return c.step(p, sizeName(name))
}

// thresholds cuts the domain of quantile and quantize scales into n parts.
func (c *scaler) thresholds(s *Scale, n int) {
	if len(s.Domain) == 0 || len(s.samples) == 0 && s.Type == "quantile" {
		return
	}
	switch s.Type {
	case "quantile":
		for i := 1; i < n; i++ {
			s.Thresholds = append(s.Thresholds, quantile(s.samples, float64(i)/float64(n)))
		}
	case "quantize":
		low, high := s.low(), s.high()
		for i := 1; i < n; i++ {
			s.Thresholds = append(s.Thresholds, (low*float64(n-i)+high*float64(i))/float64(n))
		}
	}
}
