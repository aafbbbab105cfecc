package vega

import (
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

const (
	defaultColor = "#4c78a8"
	black        = "#000000"
)

// stylist says how a unit's mark is painted.
type stylist struct{ *unit }

// filled reports whether the mark is painted inside, not along its edge.
func (u stylist) filled() bool {
	if v, ok := u.prop("filled").(bool); ok {
		return v
	}
	switch u.kind {
	case "point", "line", "rule":
		return false
	}
	return true
}

// painter returns the style of each row.
func (u stylist) painter() func(i int) Style {
	fill, stroke := u.colorOf("fill"), u.colorOf("stroke")
	opacity := u.numberOf("opacity", u.defaultOpacity())
	fillOpacity, strokeOpacity := u.numberOf("fillOpacity", 1), u.numberOf("strokeOpacity", 1)
	width := u.numberOf("strokeWidth", u.defaultStrokeWidth())
	dash := u.dashOf()
	return func(i int) Style {
		return Style{
			Fill: fill(i), Stroke: stroke(i), Opacity: opacity(i), FillOpacity: fillOpacity(i), StrokeOpacity: strokeOpacity(i),
			StrokeWidth: width(i), Dash: dash(i),
		}
	}
}

func (u stylist) defaultStrokeWidth() float64 {
	switch u.kind {
	case "line":
		if f, ok := u.ownProp("size").(float64); ok {
			return f
		}
		return 2
	case "rule":
		if f, ok := u.ownProp("size").(float64); ok {
			return f
		}
	case "point":
		return 2
	case "area":
		if !u.filled() {
			return 2
		}
	}
	return 1
}

func (u stylist) defaultOpacity() float64 {
	switch u.kind {
	case "point", "tick", "circle", "square":
		if !u.aggregates() {
			return 0.7
		}
	}
	return 1
}

// paint is a colour as it is written: "" for none.
func paint(v any, where string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if v == "none" || v == "transparent" || v == "" {
			return ""
		}
		if c, ok := parseColor(v); ok {
			return c.String()
		}
		refuse(where, "%q is no colour", v)
	case *js.Object:
		refuse(where, "is not supported: a gradient")
	}
	return ""
}

// colorOf returns the fill or the stroke of each row.
func (u stylist) colorOf(part string) func(i int) string {
	fixed := u.fixedColor(part)
	main := u.filled() == (part == "fill")
	if ch := u.channels[part]; ch != nil {
		return u.painted(ch, fixed)
	}
	if ch := u.channels["color"]; ch != nil && main && !overpainted(u.unit) {
		return u.painted(ch, fixed)
	}
	return func(int) string { return fixed }
}

// overpainted reports whether the mark's own fill or stroke takes the place of
// the colours of its channel.
func overpainted(u *unit) bool {
	part := "stroke"
	if (stylist{u}).filled() {
		part = "fill"
	}
	return u.mark.has(part) && u.channels[part] == nil
}

// fixedColor is the colour where no channel gives one.
func (u stylist) fixedColor(part string) string {
	main := u.filled() == (part == "fill")
	where := u.mark.at(part)
	if u.mark.has(part) {
		return paint(u.c.resolved(u.mark.get(part)), where)
	}
	if main && u.mark.has("color") {
		return paint(u.c.resolved(u.mark.get("color")), u.mark.at("color"))
	}
	for _, group := range []func(string) any{u.ownProp, u.prop} {
		if v := group(part); v != js.Undefined && (v != nil || !main) {
			return paint(v, where)
		}
		if !main {
			continue
		}
		if v := group("color"); v != js.Undefined && v != nil {
			return paint(v, u.mark.at("color"))
		}
		if u.kind == "rule" || u.kind == "text" {
			return black // before what all marks have
		}
	}
	if !main {
		return ""
	}
	return defaultColor
}

// choose returns a value for each row by the channel's conditions, then its
// field or value; ok is false where none gives one.
func (u stylist) choose(ch *channel, own func(i int) (any, bool)) func(i int) (any, bool) {
	tests := make([]func(int) bool, len(ch.conditions))
	for k, cond := range ch.conditions {
		tests[k] = cond.test(u.main)
	}
	return func(i int) (any, bool) {
		for k, cond := range ch.conditions {
			if !tests[k](i) {
				continue
			}
			if cond.field {
				return own(i)
			}
			return cond.value, true
		}
		if ch.fieldWhen < 0 && ch.scaled() {
			return own(i)
		}
		if ch.hasValue {
			return ch.value, true
		}
		return nil, false
	}
}

func (u stylist) painted(ch *channel, fixed string) func(i int) string {
	read := u.readFor(ch)
	scaled := func(i int) (any, bool) {
		if ch.scale == nil {
			return read(i), true
		}
		if t := ch.scale.Text(read(i)); t != "" {
			return t, true
		}
		return nil, true
	}
	choose := u.choose(ch, scaled)
	where := ch.own.at("value")
	if col := ch.vectorIn(u.main); col != nil && col.codes != nil && len(ch.conditions) == 0 && ch.scaled() && ch.scale != nil && !ch.binned {
		return u.paintedByName(ch, col)
	}
	return func(i int) string {
		v, ok := choose(i)
		if !ok {
			return fixed
		}
		if o := object(v); o != nil {
			refuse(where, "is not supported: a gradient")
		}
		if v == js.Undefined {
			return ""
		}
		return paint(v, where)
	}
}

// paintedByName is painted where few names come again and again.
func (u stylist) paintedByName(ch *channel, col *vector) func(i int) string {
	where := ch.own.at("value")
	colors := make([]string, len(col.dict)+1)
	known := make([]bool, len(colors))
	return func(i int) string {
		k := col.codes[i] + 1
		if !known[k] {
			known[k] = true
			if t := ch.scale.Text(col.at(i)); t != "" {
				colors[k] = paint(t, where)
			}
		}
		return colors[k]
	}
}

// midUnit reports whether a channel but x and y shows the middle of a unit of
// time: rectangles take up the whole of it.
func midUnit(u *unit, ch *channel) bool {
	switch u.kind {
	case "bar", "rect", "tick":
	default:
		return false
	}
	return ch.isField() && ch.unit != nil && ch.typ == temporal && ch.name != "x" && ch.name != "y" && ch.scale != nil && ch.scale.timed()
}

// readFor reads what the channel's scale takes: a category or a value.
func (u stylist) readFor(ch *channel) func(int) any {
	t := u.main
	if midUnit(u.unit, ch) {
		start, end := t.cols[ch.col].at, t.cols[ch.end].at
		return func(i int) any {
			a, b := start(i), end(i)
			if !js.IsValid(a) || !js.IsValid(b) {
				return nil
			}
			return js.Date((js.Number(a) + js.Number(b)) / 2)
		}
	}
	if ch.scaled() && ch.scale != nil && ch.scale.discrete() {
		return ch.category(t)
	}
	return ch.read(t)
}

// numberOf returns a number for each row: by the channel, the mark, or other.
func (u stylist) numberOf(name string, other float64) func(i int) float64 {
	fixed := u.propOr(name, other)
	ch := u.channels[name]
	if ch == nil {
		return func(int) float64 { return fixed }
	}
	read := u.readFor(ch)
	if ch.binned && ch.scale != nil && !ch.scale.discrete() {
		read = func(i int) any { // the middle of the bin
			if start, ok := ch.read(u.main)(i).(float64); ok {
				return start + ch.bins.step/2
			}
			return nil
		}
	}
	choose := u.choose(ch, func(i int) (any, bool) {
		if ch.scale == nil {
			return read(i), true
		}
		return ch.scale.Map(read(i)), true
	})
	return func(i int) float64 {
		v, ok := choose(i)
		if !ok {
			return fixed
		}
		return js.Number(v)
	}
}

func (u stylist) dashOf() func(i int) []float64 {
	var fixed []float64
	if list, ok := u.prop("strokeDash").([]any); ok {
		fixed = floats(list)
	}
	ch := u.channels["strokeDash"]
	if ch == nil {
		return func(int) []float64 { return fixed }
	}
	read := u.readFor(ch)
	choose := u.choose(ch, func(i int) (any, bool) {
		if ch.scale == nil {
			return read(i), true
		}
		return dashes(ch.scale.Text(read(i))), true
	})
	return func(i int) []float64 {
		v, ok := choose(i)
		if list, isList := v.([]any); isList {
			return floats(list)
		}
		if d, isDash := v.([]float64); ok && isDash {
			return d
		}
		return fixed
	}
}

func dashes(text string) []float64 {
	var out []float64
	for part := range strings.SplitSeq(text, ",") {
		f, err := strconv.ParseFloat(strings.Trim(part, " []"), 64)
		if err == nil {
			out = append(out, f)
		}
	}
	return out
}
