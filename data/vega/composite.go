package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// composite is a box plot, an error bar or an error band, which becomes
// layers of simple marks with transforms of their own.
type composite struct {
	z    *normalizer
	n    node
	kind string
	mark *js.Object
	enc  *js.Object
	conf *js.Object // config.boxplot and its kin

	axis, other string // the channel of the figures, and the dimension's
	def         *js.Object
	field       string
	groupby     []any
	before      []any // transforms that come first
}

// pairs makes an object of names and values.
func pairs(list ...any) *js.Object {
	o := js.NewObject()
	for i := 0; i+1 < len(list); i += 2 {
		o.Set(list[i].(string), list[i+1])
	}
	return o
}

// composite makes the layers of a composite mark.
func (z *normalizer) composite(n node, kind string) *js.Object {
	c := &composite{z: z, n: n, kind: kind, mark: object(n.o.Get("mark")), enc: object(n.o.Get("encoding"))}
	if z.c.config.ok() {
		c.conf = object(z.c.config.get(kind))
	}
	c.orient()
	c.groups()
	var layers []any
	switch kind {
	case "boxplot":
		layers = c.boxplot()
	default:
		layers = c.errors()
	}
	out := copied(n.o, "mark", "encoding")
	out.Set("layer", layers)
	if c.before != nil {
		own, _ := n.o.Get("transform").([]any)
		out.Set("transform", append(append([]any{}, own...), c.before...))
	}
	return z.view(node{out, n.path, n.used}, nil)
}

func measured(def *js.Object) bool {
	if def == nil {
		return false
	}
	typ, _ := def.Get("type").(string)
	_, field := def.Values["field"]
	_, datum := def.Values["datum"]
	if _, bin := def.Values["bin"]; bin {
		return false
	}
	_, op := def.Values["aggregate"]
	return typ == quantitative && (field || datum) || typ == "" && op && field
}

// orient finds the channel of the figures.
func (c *composite) orient() {
	x, y := measured(object(c.enc.Get("x"))), measured(object(c.enc.Get("y")))
	c.axis, c.other = "y", "x"
	given, _ := c.mark.Get("orient").(string)
	switch {
	case x && y && given == "horizontal", x && !y:
		c.axis, c.other = "x", "y"
	case !x && !y:
		refuse(c.n.at("mark"), "%s needs a quantity on x or y", c.kind)
	}
	c.def = object(c.enc.Get(c.axis))
	c.checkSides()
	c.field, _ = c.def.Get("field").(string)
}

// checkSides refuses what the parts of the mark do not take over from x and y.
func (c *composite) checkSides() {
	for _, name := range []string{c.axis, c.other} {
		def := object(c.enc.Get(name))
		if def == nil {
			continue
		}
		for _, key := range []string{"sort", "bandPosition", "stack", "impute"} {
			v, ok := def.Values[key]
			_, named := v.(string)
			named = named && v != "ascending" && v != "descending"
			if ok && v != nil && v != false && (key != "sort" || name == c.axis || named || object(v) != nil) {
				refuse(c.n.at("encoding."+name+"."+key), "is not supported in a %s", c.kind)
			}
		}
	}
}

// groups collects the fields by which rows are put together.
func (c *composite) groups() {
	seen := map[string]bool{}
	for _, name := range c.enc.Keys {
		if name == c.axis || name == c.axis+"2" || name == c.axis+"Error" || name == c.axis+"Error2" {
			continue
		}
		for _, v := range listOrOne(c.enc.Get(name)) {
			def := object(v)
			if v, ok := def.Values["bin"]; ok && v != nil && v != false {
				refuse(c.n.at("encoding."+name+".bin"), "is not supported in a %s", c.kind)
			}
			def = c.unitOf(name, def)
			if _, op := def.Values["aggregate"]; op {
				refuse(c.n.at("encoding."+name+".aggregate"), "is not supported in a %s", c.kind)
			}
			if f, ok := def.Get("field").(string); ok && !seen[f] {
				seen[f] = true
				c.groupby = append(c.groupby, f)
			}
		}
	}
}

// unitOf cuts the dates of a channel before rows are put together.
func (c *composite) unitOf(name string, def *js.Object) *js.Object {
	unit, ok := def.Values["timeUnit"].(string)
	field, _ := def.Get("field").(string)
	if !ok {
		if v, given := def.Values["timeUnit"]; given && v != nil {
			refuse(c.n.at("encoding."+name+".timeUnit"), "is not supported in a %s", c.kind)
		}
		return def
	}
	as := unit + "_" + flatName(field)
	c.before = append(c.before, pairs("timeUnit", unit, "field", field, "as", as))
	cut := copied(def, "timeUnit")
	cut.Set("field", as)
	cut.Set("\x00cut", unit) // its ticks are no finer, but its labels are any date's
	if _, titled := cut.Values["title"]; !titled {
		u := timeUnitOf(node{def, c.n.at("encoding." + name), c.n.used}, "timeUnit", c.z.c.zone)
		cut.Set("title", flatName(field)+" ("+u.title()+")")
	}
	if _, typed := cut.Values["type"]; !typed {
		cut.Set("type", temporal)
	}
	c.enc = copied(c.enc)
	c.enc.Set(name, cut)
	c.n.o.Set("encoding", c.enc)
	return cut
}

// part is the setting of a part: nil and false leave it out.
func (c *composite) part(name string, shown bool) (more *js.Object, ok bool) {
	v, given := c.mark.Values[name]
	if !given && c.conf != nil {
		if w, set := c.conf.Values[name]; set {
			v, given = w, true
		}
	}
	if !given {
		return nil, shown
	}
	if o := object(v); o != nil {
		return o, true
	}
	return nil, v == true
}

// layer makes the view of a part.
func (c *composite) layer(part string, shown bool, mark, encoding *js.Object) []any {
	more, ok := c.part(part, shown)
	if !ok {
		return nil
	}
	m := js.NewObject()
	for _, name := range []string{"clip", "color", "opacity"} {
		if v, ok := c.mark.Values[name]; ok {
			m.Set(name, v)
		}
	}
	over(m, mark)
	m.Set("style", c.kind+"-"+part)
	over(m, more)
	return []any{pairs("mark", m, "encoding", encoding)}
}

// without returns the encoding without the figures and some other channels.
func (c *composite) without(names ...string) *js.Object {
	return copied(c.enc, append([]string{c.axis, c.axis + "2", c.axis + "Error", c.axis + "Error2", "tooltip"}, names...)...)
}

// figure is the definition of a figure that was computed.
func (c *composite) figure(field string) *js.Object {
	def := pairs("field", field, "type", quantitative)
	for _, name := range []string{"scale", "axis", "title", "bandPosition"} {
		if v, ok := c.def.Values[name]; ok {
			def.Set(name, v)
		}
	}
	if _, ok := def.Values["title"]; !ok {
		def.Set("title", flatName(c.field))
	}
	return def
}

// from places a part from one figure to another.
func (c *composite) from(base *js.Object, one, two string) *js.Object {
	out := copied(base)
	out.Set(c.axis, c.figure(one))
	if two != "" {
		out.Set(c.axis+"2", pairs("field", two))
	}
	return out
}

// simple returns a mark that lies along or across the figures.
func (c *composite) simple(kind string, more ...any) *js.Object {
	m := pairs("type", kind, "aria", false)
	over(m, pairs(more...))
	return m
}

func (c *composite) tickOrient() string {
	if c.axis == "y" {
		return "horizontal"
	}
	return "vertical"
}

func (c *composite) barOrient() string {
	if c.axis == "y" {
		return "vertical"
	}
	return "horizontal"
}

func (c *composite) op(op, field, as string) *js.Object {
	return pairs("op", op, "field", field, "as", as)
}

// setting is a property of the mark or its configuration.
func (c *composite) setting(name string, other any) any {
	if v, ok := c.mark.Values[name]; ok {
		return v
	}
	if c.conf != nil {
		if v, ok := c.conf.Values[name]; ok {
			return v
		}
	}
	return other
}

func (c *composite) boxplot() []any {
	f := flatName(c.field)
	low, high, mid := "lower_box_"+f, "upper_box_"+f, "mid_box_"+f
	lowWhisker, highWhisker := "lower_whisker_"+f, "upper_whisker_"+f
	size := c.setting("size", 14.0)
	plain := c.without("size", "color", "fill", "stroke")
	box := []any{c.op("q1", c.field, low), c.op("q3", c.field, high), c.op("median", c.field, mid)}
	median := c.simple("tick", "invalid", nil, "size", size, "orient", c.tickOrient())
	boxes := append(c.layer("box", true, c.simple("bar", "size", size, "orient", c.barOrient(), "ariaRoleDescription", "box"), c.from(c.without("size"), low, high)),
		c.layer("median", true, median, c.from(c.medianColor(plain, low, high), mid, ""))...)
	whiskers := func() []any {
		ticks := c.simple("tick", "size", size, "orient", c.tickOrient())
		list := c.layer("rule", true, c.simple("rule"), c.from(plain, lowWhisker, low))
		list = append(list, c.layer("rule", true, c.simple("rule"), c.from(plain, high, highWhisker))...)
		list = append(list, c.layer("ticks", false, ticks, c.from(plain, lowWhisker, ""))...)
		return append(list, c.layer("ticks", false, ticks, c.from(plain, highWhisker, ""))...)
	}
	extent := c.setting("extent", 1.5)
	if extent == "min-max" {
		figures := append(box, c.op("min", c.field, lowWhisker), c.op("max", c.field, highWhisker))
		return []any{pairs("transform", []any{pairs("aggregate", figures, "groupby", c.groupby)}, "layer", append(whiskers(), boxes...))}
	}
	k, ok := extent.(float64)
	if !ok {
		refuse(c.n.at("mark.extent"), "must be a number or \"min-max\"")
	}
	value := "datum[" + quoteJS(f) + "]"
	q1, q3 := "datum["+quoteJS(low)+"]", "datum["+quoteJS(high)+"]"
	fence := js.FormatNumber(k) + " * (" + q3 + " - " + q1 + ")"
	quartiles := pairs("joinaggregate", []any{c.op("q1", c.field, low), c.op("q3", c.field, high)}, "groupby", c.groupby)
	outliers := copied(c.enc, "size", c.axis+"2", "tooltip")
	raw := copied(c.def)
	if _, titled := raw.Values["title"]; !titled {
		raw.Set("title", f)
	}
	outliers.Set(c.axis, raw)
	outside := pairs("filter", "("+value+" < "+q1+" - "+fence+") || ("+value+" > "+q3+" + "+fence+")")
	inside := pairs("filter", "("+q1+" - "+fence+" <= "+value+") && ("+value+" <= "+q3+" + "+fence+")")
	var layers []any
	for _, l := range c.layer("outliers", true, c.simple("point"), outliers) {
		object(l).Set("transform", []any{quartiles, outside})
		layers = append(layers, l)
	}
	ends := pairs("aggregate", []any{
		c.op("min", c.field, lowWhisker), c.op("max", c.field, highWhisker), c.op("min", low, low), c.op("max", high, high),
	}, "groupby", c.groupby)
	return append(layers,
		pairs("transform", []any{quartiles, inside, ends}, "layer", whiskers()),
		pairs("transform", []any{pairs("aggregate", box, "groupby", c.groupby)}, "layer", boxes))
}

// medianColor makes the median white where there is a box, else the box's
// colour.
func (c *composite) medianColor(plain *js.Object, low, high string) *js.Object {
	if part, _ := c.part("median", true); part != nil && part.Get("color") != js.Undefined {
		return plain
	}
	test := "datum[" + quoteJS(low) + "] >= datum[" + quoteJS(high) + "]"
	cond := pairs("test", test, "value", defaultColor)
	if def := object(c.enc.Get("color")); def != nil && def.Get("field") != js.Undefined {
		cond = copied(def)
		cond.Set("test", test)
	} else if v, ok := c.mark.Get("color").(string); ok {
		cond.Set("value", v)
	}
	out := copied(plain)
	out.Set("color", pairs("condition", cond, "value", "white"))
	return out
}

func quoteJS(s string) string {
	out := []byte{'\''}
	for i := 0; i < len(s); i++ {
		if s[i] == '\'' || s[i] == '\\' {
			out = append(out, '\\')
		}
		out = append(out, s[i])
	}
	return string(append(out, '\''))
}

// errors makes an error bar or an error band.
func (c *composite) errors() []any {
	f := flatName(c.field)
	low, high := "lower_"+f, "upper_"+f
	transform := c.errorEnds(f, low, high)
	plain := c.without("size")
	one, two := c.from(plain, low, high), c.from(plain, low, "")
	upper := c.from(plain, high, "")
	var layers []any
	if c.kind == "errorbar" {
		thickness, size := c.setting("thickness", nil), c.setting("size", nil)
		tick := c.simple("tick", "orient", c.tickOrient())
		if thickness != nil {
			tick.Set("thickness", thickness)
		}
		if size != nil {
			tick.Set("size", size)
		}
		layers = append(layers, c.layer("ticks", false, tick, two)...)
		layers = append(layers, c.layer("ticks", false, tick, upper)...)
		rule := c.simple("rule")
		if thickness != nil {
			rule.Set("size", thickness)
		}
		layers = append(layers, c.layer("rule", true, rule, one)...)
	} else {
		band, border := "rect", "rule"
		if _, ok := c.enc.Values[c.other]; ok {
			band, border = "area", "line"
		}
		shape := func(m *js.Object) *js.Object {
			for _, name := range []string{"interpolate", "tension"} {
				if v, ok := c.mark.Values[name]; ok && band == "area" {
					m.Set(name, v)
				}
			}
			return m
		}
		bandMark := shape(c.simple(band))
		bandMark.Set("opacity", c.setting("opacity", 0.3))
		layers = append(layers, c.layer("band", true, bandMark, one)...)
		layers = append(layers, c.layer("borders", false, shape(c.simple(border)), two)...)
		layers = append(layers, c.layer("borders", false, shape(c.simple(border)), upper)...)
	}
	return []any{pairs("transform", transform, "layer", layers)}
}

// errorEnds are the transforms that give the two ends.
func (c *composite) errorEnds(f, low, high string) []any {
	value := "datum[" + quoteJS(f) + "]"
	second := object(c.enc.Get(c.axis + "2"))
	if second != nil {
		other, _ := second.Get("field").(string)
		return []any{pairs("calculate", value, "as", low), pairs("calculate", "datum["+quoteJS(flatName(other))+"]", "as", high)}
	}
	if e := object(c.enc.Get(c.axis + "Error")); e != nil {
		field, _ := e.Get("field").(string)
		by := "datum[" + quoteJS(flatName(field)) + "]"
		lowText := value + " - " + by
		if e2 := object(c.enc.Get(c.axis + "Error2")); e2 != nil {
			field2, _ := e2.Get("field").(string)
			lowText = value + " + datum[" + quoteJS(flatName(field2)) + "]"
		}
		return []any{pairs("calculate", value+" + "+by, "as", high), pairs("calculate", lowText, "as", low)}
	}
	center := js.String(c.setting("center", "mean"))
	extent, _ := c.setting("extent", "").(string)
	if extent == "" {
		extent = "stderr"
		if center == "median" {
			extent = "iqr"
		}
	}
	switch extent {
	case "iqr":
		return []any{pairs("aggregate", []any{c.op("q1", c.field, low), c.op("q3", c.field, high), c.op("median", c.field, "center_"+f)}, "groupby", c.groupby)}
	case "stderr", "stdev":
	default:
		refuse(c.n.at("mark.extent"), "%q is not supported: it is a matter of chance", extent)
	}
	middle, off := "datum["+quoteJS("center_"+f)+"]", "datum["+quoteJS("extent_"+f)+"]"
	return []any{
		pairs("aggregate", []any{c.op(extent, c.field, "extent_"+f), c.op("mean", c.field, "center_"+f)}, "groupby", c.groupby),
		pairs("calculate", middle+" + "+off, "as", high),
		pairs("calculate", middle+" - "+off, "as", low),
	}
}
