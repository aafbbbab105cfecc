package vega

import (
	"math"
	"strings"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

// ticks returns the values of an axis and the format of their labels ("" is
// the scale's own).
func (c guider) ticks(s *Scale, ch *channel, name string, u *unit, setting func(string) any) (values []any, format d3.Format) {
	side := u.in.width
	if name == "y" {
		side = u.in.height
	}
	text, _ := setting("format").(string)
	checkFormat(ch, setting, "axis")
	if v := setting("translate"); v != js.Undefined && v != 0.5 {
		refuse(ch.n.at("axis.translate"), "is not supported")
	}
	count, interval := c.tickCount(s, ch, side, setting)
	if step, ok := setting("tickMinStep").(float64); ok && step > 0 {
		if ch.binned || ch.isBinned {
			refuse(ch.n.at("axis.tickMinStep"), "is not supported for bins")
		}
		count = minStep(s, count, step)
	} else if text == "d" && !s.discrete() && !s.timed() {
		count = minStep(s, count, 1)
	}
	if list, ok := setting("values").([]any); ok {
		values = c.tickValues(s, ch, list)
	} else {
		values = c.tickPlaces(s, ch, count, interval)
		if s.Type == "band" && setting("tickBand") == "extent" {
			values = append(values[:len(values):len(values)], js.Undefined) // the end of the last band
		}
	}
	if on := setting("tickBand") == "extent" && s.Type != "band" || setting("tickExtra") == true; on {
		refuse(ch.n.at("axis.tickExtra"), "is not supported")
	}
	if s.discrete() || s.timed() {
		return values, nil
	}
	return values, c.tickFormat(s, count, text, ch)
}

// checkFormat refuses formats of another kind than the values.
func checkFormat(ch *channel, setting func(string) any, guide string) {
	t, ok := setting("formatType").(string)
	dated := ch.typ == temporal || ch.unit != nil
	if ok && t != "" && (t != "number" && t != "time" || dated != (t == "time")) {
		refuse(ch.n.at(guide+".formatType"), "%q is not supported for what is shown", t)
	}
}

// tickCount is about how many ticks an axis has.
func (c guider) tickCount(s *Scale, ch *channel, side float64, setting func(string) any) (count float64, interval *d3.Interval) {
	count = math.Ceil(side / 40)
	switch {
	case ch.binned:
		count = math.Ceil(side / 10)
	case s.Type == "log":
		count = 10
	case ch.unit != nil && s.timed():
		switch ch.unit.name() {
		case "month", "hours", "day", "quarter":
			count = 10
		}
	}
	v := setting("tickCount")
	if _, plain := v.(float64); !plain && v != nil && v != js.Undefined && !s.timed() {
		refuse(ch.n.at("axis.tickCount"), "must be a number: the scale has no dates")
	}
	switch v := v.(type) {
	case float64:
		count = v
	case string:
		interval = c.interval(v, 1, s.zone, ch.n.at("axis.tickCount"))
	case *js.Object:
		c.used[v] = map[string]bool{"interval": true, "step": true}
		step, _ := v.Get("step").(float64)
		interval = c.interval(js.String(v.Get("interval")), int(max(1, step)), s.zone, ch.n.at("axis.tickCount"))
	default:
		unit := ch.unit
		if unit == nil {
			unit = ch.cut
		}
		if unit != nil && s.timed() && len(s.Domain) == 2 && !unit.has("day") {
			start := unit.floor(978307200000)
			if span := (s.high() - s.low()) / (unit.next(start) - start); span > 0 {
				count = min(count, span+1)
			}
		}
	}
	return count, interval
}

// minStep lowers a count until the ticks are a step apart.
func minStep(s *Scale, count, step float64) float64 {
	if len(s.Domain) < 2 {
		return count
	}
	low, high := min(s.low(), s.high()), max(s.low(), s.high())
	count = min(count, math.Floor((high-low)/step)+1)
	for count > 0 && math.Abs(d3.TickStep(low, high, count)) < step {
		count--
	}
	return max(1, count)
}

// tickPlaces are the ticks of a scale.
func (c guider) tickPlaces(s *Scale, ch *channel, count float64, interval *d3.Interval) []any {
	switch {
	case s.discrete():
		return s.Domain
	case len(s.Domain) == 0:
		return nil
	case s.timed():
		if interval == nil {
			return dates(d3.TimeTicks(s.low(), s.high(), count, s.zone))
		}
		return dates(interval.Ticks(s.low(), s.high()))
	case ch.isBinned && ch.bin.or("step", 0) > 0:
		return boxed(bins{start: s.low(), stop: s.high(), step: ch.bin.or("step", 1)}.edges())
	case ch.binned:
		edges := ch.bins.edges()
		low, high := min(s.low(), s.high()), max(s.low(), s.high())
		var inside []float64
		for _, e := range edges {
			if e >= low-1e-9*s.span() && e <= high+1e-9*s.span() {
				inside = append(inside, e)
			}
		}
		return boxed(inside)
	case s.Type == "log":
		return boxed(s.logTicks(count))
	}
	return boxed(d3.Ticks(s.low(), s.high(), count))
}

// holds reports whether a value is one of a discrete domain.
func (s *Scale) holds(v any) bool { _, ok := s.places[key(v)]; return ok }

func (s *Scale) span() float64 { return math.Abs(s.high() - s.low()) }

func dates(ms []float64) []any {
	out := make([]any, len(ms))
	for i, f := range ms {
		out[i] = js.Date(f)
	}
	return out
}

// logTicks are those of d3's log scale.
func (s *Scale) logTicks(n float64) []float64 {
	u, v := s.low(), s.high()
	reverse := v < u
	if reverse {
		u, v = v, u
	}
	if u <= 0 && v >= 0 {
		return nil
	}
	logs := func(x float64) float64 {
		if s.base == 10 {
			return math.Log10(math.Abs(x))
		}
		return math.Log(math.Abs(x)) / math.Log(s.base)
	}
	negative := u < 0
	power := func(e float64) float64 { return math.Pow(s.base, e) }
	var all []float64
	add := func(t float64) bool {
		if negative {
			t = -t
		}
		if t < u {
			return true
		}
		if t > v {
			return !negative
		}
		all = append(all, t)
		return true
	}
	i, j := logs(u), logs(v)
	if negative {
		i, j = logs(v), logs(u)
	}
	if math.Mod(s.base, 1) == 0 && j-i < n {
		for e := math.Floor(i); e <= math.Ceil(j); e++ {
			for k := 1.0; k < s.base; k++ {
				t := k * power(e)
				if e < 0 {
					t = k / power(-e)
				}
				if negative && t == 0 {
					continue
				}
				add(t)
			}
		}
		if float64(len(all))*2 < n {
			all = d3.Ticks(u, v, n)
		}
	} else {
		for _, e := range d3.Ticks(i, j, min(j-i, n)) {
			add(power(e))
		}
	}
	sortFloats(all)
	if reverse {
		reversed(all)
	}
	return all
}

// tickValues are ticks as they are written, without those outside.
func (c guider) tickValues(s *Scale, ch *channel, list []any) (out []any) {
	for _, v := range list {
		v = c.literal(v, ch.unit0())
		if s.timed() {
			if text, ok := v.(string); ok {
				v = js.ToDate(text, c.zone)
			}
			v = js.Date(js.Number(v))
		}
		if s.discrete() {
			if _, ok := s.places[key(v)]; ok {
				out = append(out, v)
			}
			continue
		}
		p := s.Map(v)
		low, high := math.Inf(1), math.Inf(-1)
		for _, r := range s.rng {
			low, high = min(low, r), max(high, r)
		}
		if p >= low-0.5 && p <= high+0.5 || len(s.rng) == 0 {
			out = append(out, v)
		}
	}
	return out
}

// unit0 is the unit of a discrete channel, to which written values are cut.
func (ch *channel) unit0() *timeUnit {
	if ch.unit != nil && ch.continuous() {
		return nil
	}
	return ch.unit
}

// tickFormat is the format of a numeric scale's labels.
func (c guider) tickFormat(s *Scale, count float64, text string, ch *channel) d3.Format {
	where := ch.n.at("axis.format")
	if s.Type == "log" {
		return s.logFormat(count, text, where)
	}
	if text == "" {
		if text = c.numberFormat(); text == "" {
			text = ",f"
		}
	}
	spec, err := d3.ParseSpec(text)
	if err != nil {
		refuse(where, "%v", err)
	}
	if len(s.Domain) < 2 {
		return spec.Format()
	}
	return d3.TickFormat(s.low(), s.high(), count, spec)
}

// logFormat writes the labels of a log scale: only those of small multiples
// of a power, where there are many.
func (s *Scale) logFormat(count float64, text, where string) d3.Format {
	given := text != ""
	if !given {
		text = ",.12"
	}
	spec, err := d3.ParseSpec(text)
	if err != nil {
		refuse(where, "%v", err)
	}
	if !given {
		spec.Trim = true
		if spec.Type == 0 {
			spec.Type = 'g'
			spec.Type = 0
		}
	}
	write := spec.Format()
	k := max(1, s.base*count/float64(max(1, len(s.logTicks(count)))))
	return func(v float64) string {
		i := v / math.Pow(s.base, math.Round(math.Log(math.Abs(v))/math.Log(s.base)))
		if i*s.base < s.base-0.5 {
			i *= s.base
		}
		if math.Abs(i) <= k {
			return write(v)
		}
		return ""
	}
}

// labels are the texts of ticks.
func (c guider) labels(s *Scale, ch *channel, values []any, format d3.Format, setting func(string) any) []string {
	out := make([]string, len(values))
	text, _ := setting("format").(string)
	var by map[string]string
	if o := object(setting("format")); o != nil {
		by = map[string]string{}
		for _, k := range o.Keys {
			by[k] = js.String(node{o, "format", c.used}.get(k))
		}
	}
	for i, v := range values {
		if by != nil && s.timed() {
			out[i] = d3.TickLabelBy(by, js.Number(v), s.zone)
			continue
		}
		out[i] = c.label(s, ch, v, format, text)
	}
	if x, ok := setting("labelExpr").(string); ok {
		t := newTable(len(values)).with("value", values)
		labels, places := make([]any, len(values)), make([]any, len(values))
		for i := range values {
			labels[i], places[i] = out[i], 0.0
			if len(values) > 1 {
				places[i] = float64(i) / float64(len(values)-1)
			}
		}
		t = t.with("label", labels).with("index", places)
		eval := c.eval(c.expression(x, ch.n.at("axis.labelExpr")), t)
		for i := range values {
			out[i] = lines(eval(i))
		}
	}
	return out
}

func (c guider) label(s *Scale, ch *channel, v any, format d3.Format, text string) string {
	switch {
	case v == js.Undefined && s.Type == "band" && !s.holds(v):
		return ""
	case s.discrete() && ch.binned:
		if text != "" {
			return js.String(v)
		}
		return js.String(v)
	case s.discrete() && ch.unit != nil, s.discrete() && ch.typ == temporal:
		if !js.IsValid(v) {
			return js.String(v)
		}
		return c.dateText(ch, js.Number(v), text)
	case s.discrete():
		if text != "" {
			return formatNumber(text, js.Number(v), ch.n.at("axis.format"))
		}
		if f, ok := v.(float64); ok && ch.typ == quantitative {
			return formatNumber(c.numberFormat(), f, "config.numberFormat")
		}
		return js.String(v)
	case s.timed():
		if ch.unit == nil && text == "" {
			return d3.TickLabel(js.Number(v), s.zone)
		}
		return c.dateText(ch, js.Number(v), text)
	}
	if format == nil {
		return js.String(v)
	}
	if normalized := ch.scale == s && text == "" && c.isNormalized(ch); normalized {
		return formatNumber(".0%", js.Number(v), "")
	}
	return format(js.Number(v))
}

// isNormalized reports whether the channel's pile is of shares.
func (c guider) isNormalized(ch *channel) bool {
	return strings.EqualFold(js.String(ch.n.o.Get("stack")), "normalize")
}
