package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// textMark makes texts.
func (u drawing) textMark() *Mark {
	m := &Mark{Type: "text"}
	x, y := u.middle("x"), u.middle("y")
	if u.has("theta") || u.has("radius") {
		x, y = u.polar()
	}
	text, paint := u.textOf(), u.painter()
	size, angle := u.numberOf("size", u.propOr("fontSize", 11)), u.numberOf("angle", 0)
	dx, dy := u.propOr("dx", 0), u.propOr("dy", 0)
	align, _ := u.prop("align").(string)
	baseline, _ := u.prop("baseline").(string)
	for i := range u.main.n {
		m.Items = append(m.Items, Item{
			X: x(i), Y: y(i), Text: text(i), FontPx: size(i), Angle: angle(i), Dx: dx, Dy: dy,
			Align: align, Baseline: baseline, Style: paint(i), Row: i,
		})
	}
	return m
}

func (u drawing) textOf() func(i int) string {
	fixed := "Abc"
	if v := u.prop("text"); v != js.Undefined {
		fixed = lines(v)
	}
	ch := u.channels["text"]
	if ch == nil {
		return func(int) string { return fixed }
	}
	format := ch.n.text("format")
	if t := ch.n.text("formatType"); t != "" && t != "number" && t != "time" {
		refuse(ch.n.at("formatType"), "is not supported")
	}
	read := ch.read(u.main)
	choose := u.choose(ch, func(i int) (any, bool) { return u.c.textValue(ch, read(i), format), true })
	return func(i int) string {
		v, ok := choose(i)
		if !ok {
			return fixed
		}
		return lines(v)
	}
}

// lines is text of one or several lines.
func lines(v any) string {
	if list, ok := v.([]any); ok {
		out := ""
		for i, e := range list {
			if i > 0 {
				out += "\n"
			}
			out += js.String(e)
		}
		return out
	}
	if v == nil || v == js.Undefined {
		return ""
	}
	return js.String(v)
}
