package vega

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// checker refuses what changes a picture and is not supported.
type checker struct{ *context }

// sized reports whether whoever shows the scene decides its size, not the
// specification.
func (c *context) sized() bool { return c.opts.Width > 0 }

// sizes refuses sizes that follow what is around a plot: its texts, or the
// page that it stands in.
func (c checker) sizes(root node) {
	if c.sized() {
		return
	}
	for _, n := range []node{root, c.context.config} {
		v := n.o.GetOr("autosize")
		if o := object(v); o != nil {
			if o.Get("contains") == "padding" {
				refuse(n.at("autosize.contains"), "%q is not supported", "padding")
			}
			v = o.Get("type")
		}
		if s, ok := v.(string); ok && strings.HasPrefix(s, "fit") {
			refuse(n.at("autosize"), "%q is not supported", s)
		}
	}
	for _, side := range []string{"width", "height"} {
		if root.o.Get(side) == "container" {
			refuse(root.at(side), "%q is not supported: nothing contains it here", "container")
		}
	}
}

// refusedConfig are the settings that change a picture and are not supported,
// wherever they stand in the configuration.
var refusedConfig = map[string][]string{
	"":      {"locale", "params"},
	"axis":  {"tickExtra"},
	"mark":  {"tension", "padAngle", "aspect", "strokeOffset", "theta", "theta2", "time", "order", "lineBreak", "startAngle", "endAngle", "width", "height", "x", "y", "x2", "y2"},
	"scale": {"useUnaggregatedDomain", "xReverse", "round", "clamp", "quantileCount", "quantizeCount", "animationDuration", "framesPerSecond"},
}

// config refuses settings of the configuration that are not supported.
func (c checker) config() {
	conf := c.context.config
	if !conf.ok() {
		return
	}
	if object(conf.child("scale").o.GetOr("invalid")) != nil {
		refuse("config.scale.invalid", "is not supported")
	}
	c.refuseOf(conf, refusedConfig[""])
	if v, ok := conf.o.Values["lineBreak"]; ok && v != "\n" {
		refuse("config.lineBreak", "is not supported")
	}
	for _, name := range []string{"numberFormatType", "normalizedNumberFormatType", "timeFormatType"} {
		if t := conf.text(name); t != "" && t != "number" && t != "time" {
			refuse(conf.at(name), "%q is not supported", t)
		}
	}
	for _, name := range conf.o.Keys {
		group := conf.o.Values[name]
		o := object(group)
		switch {
		case o == nil:
		case strings.HasPrefix(name, "axis"):
			n := node{o, conf.at(name), c.used}
			c.refuseOf(n, refusedConfig["axis"])
			if name != "axis" {
				c.refuseOf(n, []string{"values"})
			}
			if v := o.Get("title"); v != js.Undefined && v != nil && v != "" {
				refuse(n.at("title"), "is not supported")
			}
			if v := o.Get("translate"); v != js.Undefined && v != 0.5 {
				refuse(n.at("translate"), "is not supported")
			}
		case strings.HasPrefix(name, "header"):
			c.refuseOf(node{o, conf.at(name), c.used}, []string{"labelExpr", "titleOrient"})
		case name == "scale":
			c.refuseOf(node{o, conf.at(name), c.used}, refusedConfig["scale"])
		case name == "mark" || overlaid(name) || isMark(name):
			n := node{o, conf.at(name), c.used}
			c.refuseOf(n, refusedConfig["mark"])
			if name == "mark" || name == "text" {
				c.refuseOf(n, []string{"innerRadius", "outerRadius", "radius", "radius2"})
			}
		case name == "legend":
			c.refuseOf(node{o, conf.at(name), c.used}, []string{
				"gradientVerticalMaxLength", "gradientVerticalMinLength", "gradientHorizontalMaxLength", "gradientHorizontalMinLength", "title",
			})
		case name == "style":
			for _, style := range o.Keys {
				if s := object(o.Values[style]); s != nil {
					c.refuseOf(node{s, conf.at("style." + style), c.used}, refusedConfig["mark"])
				}
			}
		}
	}
}

// refuseOf refuses the names of a list that an object has, unless they are
// switched off.
func (c checker) refuseOf(n node, names []string) {
	for _, name := range names {
		if v, ok := n.o.Values[name]; ok && v != nil && v != false {
			refuse(n.at(name), "is not supported")
		}
	}
}

func isMark(name string) bool {
	for _, kind := range markKinds {
		if kind == name {
			return true
		}
	}
	return false
}

// checkDomain refuses values that have no place on a continuous scale.
func (c *scaler) checkDomain(s *Scale, list []any, where string) {
	if len(list) < 2 {
		refuse(where, "must have two values or more")
	}
	for _, v := range list {
		switch v := v.(type) {
		case float64, js.Date:
			continue
		case string:
			if s.timed() && float64(js.ToDate(v, c.zone)) == float64(js.ToDate(v, c.zone)) {
				continue
			}
		case bool:
		}
		refuse(where, "must be numbers or dates, not %q", js.String(v))
	}
}
