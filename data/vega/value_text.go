package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

func number(v any) float64 { return js.Number(v) }

// text is a bin in words, "0 – 10".
func (b bins) text(start any) any {
	f, ok := start.(float64)
	if !ok || f != f || math.IsInf(f, 0) {
		return "null"
	}
	return plainNumber(f) + " – " + plainNumber(f+b.step)
}

// plainNumber is format(v, ""): the shortest digits, at most 12, no grouping.
func plainNumber(f float64) string { return formatNumber("", f, "") }

// formatNumber writes a number by a format of d3.
func formatNumber(spec string, f float64, where string) string {
	format, err := d3.NewFormat(spec)
	if err != nil {
		refuse(where, "%v", err)
	}
	return format(f)
}

// numberFormat is the configured format of numbers.
func (c *context) numberFormat() string { return c.config.text("numberFormat") }

// valueText is a value as header, legend and text of one write it.
func (c *context) valueText(ch *channel, v any, format string) string {
	switch {
	case ch.binned:
		if f, ok := v.(float64); ok {
			if format != "" {
				return formatNumber(format, f, ch.n.at("format")) + " – " + formatNumber(format, f+ch.bins.step, ch.n.at("format"))
			}
			return js.String(ch.bins.text(f))
		}
		return "null"
	case ch.unit != nil || ch.typ == temporal:
		f := js.Number(v)
		if !js.IsValid(v) || f != f {
			return js.String(v)
		}
		return c.dateText(ch, f, format)
	case ch.typ == quantitative && format == "":
		if !js.IsValid(v) {
			return js.String(v)
		}
		return formatNumber(c.numberFormat(), js.Number(v), "config.numberFormat")
	case format != "":
		return formatNumber(format, js.Number(v), ch.n.at("format"))
	}
	return js.String(v)
}

func (c *context) dateText(ch *channel, ms float64, format string) string {
	zone := c.zone
	if ch.unit != nil {
		zone = ch.unit.zone
		if format == "" {
			format = ch.unit.format()
		}
	}
	if ch.scale != nil && ch.scale.zone != nil {
		zone = ch.scale.zone
	}
	if format == "" {
		format = "%b %d, %Y"
		if f := c.config.text("timeFormat"); f != "" {
			format = f
		}
	}
	return d3.FormatTime(format, js.Time(ms, zone))
}

// textValue is what a text mark writes.
func (c *context) textValue(ch *channel, v any, format string) any {
	if list, ok := v.([]any); ok {
		return list
	}
	switch {
	case ch.binned && !ch.continuous():
		return ch.bins.text(v)
	case ch.unit != nil, ch.typ == temporal:
		if !js.IsValid(v) {
			return js.String(v)
		}
		return c.dateText(ch, js.Number(js.ToDate(v, c.zone)), format)
	case ch.binned, ch.typ == quantitative, format != "":
		if ch.binned {
			return c.valueText(ch, v, format)
		}
		if format == "" {
			format = c.numberFormat()
		}
		return formatNumber(format, js.Number(v), ch.n.at("format"))
	}
	if !js.IsValid(v) {
		return js.String(v)
	}
	return v
}
