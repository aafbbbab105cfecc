package vega

import (
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// sortedValues are the values of a discrete channel, in its order. raw is what
// sorting looks at; own is the part of it whose values count.
func (c *context) sortedValues(ch *channel, main, raw, own *table, u *unit) []any {
	read := ch.category(main)
	var values []any
	seen := map[string]bool{}
	add := func(v any) {
		if k := key(v); !seen[k] {
			seen[k] = true
			values = append(values, v)
		}
	}
	for i := range main.n {
		add(read(i))
	}
	var order any = js.Undefined
	if ch.n.has("sort") {
		order = ch.n.get("sort")
	} else if u != nil && strings.HasSuffix(ch.name, "Offset") {
		order = u.colorOrder(ch)
	}
	if sortsRaw(order) && !ch.hasDatum && ch.op == "" {
		read = ch.category(own)
		for i := range own.n {
			add(read(i))
		}
	}
	switch s := order.(type) {
	case nil:
		return inDataOrder(values, ch, raw, seen)
	case []any:
		return listedFirst(c, s, inDataOrder(values, ch, raw, seen), ch)
	case string:
		descending := strings.HasPrefix(s, "-")
		name := strings.TrimPrefix(s, "-")
		if s != "ascending" && s != "descending" && !slices.Contains(sortedBy, name) {
			refuse(ch.n.at("sort"), "%q is no order and no channel to sort by", s)
		}
		if u != nil && u.channels[name].scaled() {
			return u.byEncoding(ch, values, raw, name, descending)
		}
		if u != nil && slices.Contains(channelNames, name) {
			refuse(ch.n.at("sort"), "%q is no channel that is there", s)
		}
		return ascending(values, main, ch, s == "descending")
	case *js.Object:
		n := ch.n.child("sort")
		descending := n.text("order") == "descending"
		if n.has("order") && n.o.Values["order"] == nil {
			return inDataOrder(values, ch, raw, seen)
		}
		if name := n.text("encoding"); name != "" && u != nil {
			if !u.channels[name].scaled() {
				refuse(n.at("encoding"), "%q is no channel that is there", name)
			}
			return u.byEncoding(ch, values, raw, name, descending)
		}
		field, op := n.text("field"), n.text("op")
		if op == "" {
			op = "min"
			if u.piles(field) {
				op = "sum"
			}
		}
		if field == "" && op != "count" {
			return ascending(values, main, ch, descending)
		}
		return byFigure(ch, values, raw, measure{op: op, field: field}, descending)
	}
	return ascending(values, main, ch, false)
}

// sortedBy are the channels that a sort can name by themselves.
var sortedBy = []string{
	"x", "y", "color", "fill", "stroke", "strokeWidth", "size", "shape", "fillOpacity", "strokeOpacity", "opacity", "text",
}

// sortsRaw reports whether the values are those of the rows as they came, also
// of rows without a place: Vega-Lite takes them so where it sorts by more than
// the values themselves.
func sortsRaw(order any) bool {
	switch s := order.(type) {
	case []any:
		return true
	case string:
		return s != "ascending"
	case *js.Object:
		by, ok := s.Values["order"]
		return !ok || by != nil
	}
	return false
}

// colorOrder is the domain that is written for the colours of the same field,
// which orders offsets too.
func (u *unit) colorOrder(ch *channel) any {
	for _, name := range []string{"color", "fill", "stroke"} {
		if other := u.channels[name]; other.isField() && other.field == ch.field {
			if list, ok := u.scaleNode(other).get("domain").([]any); ok {
				return list
			}
		}
	}
	return js.Undefined
}

// category returns a function that reads the value of a discrete channel: the
// text of its bin, if it is binned.
func (ch *channel) category(t *table) func(int) any {
	read := ch.read(t)
	if !ch.binned {
		return read
	}
	return func(i int) any { return ch.bins.text(read(i)) }
}

func inDataOrder(values []any, ch *channel, raw *table, in map[string]bool) []any {
	read := ch.category(raw)
	if ch.hasDatum || ch.op != "" {
		return values
	}
	var out []any
	seen := map[string]bool{}
	for i := range raw.n {
		v := read(i)
		if k := key(v); in[k] && !seen[k] {
			seen[k] = true
			out = append(out, v)
		}
	}
	for _, v := range values {
		if !seen[key(v)] {
			out = append(out, v)
		}
	}
	return out
}

func listedFirst(c *context, list, values []any, ch *channel) []any {
	var out []any
	seen := map[string]bool{}
	have := map[string]bool{}
	for _, v := range values {
		have[key(v)] = true
	}
	for _, v := range list {
		v = c.sortValue(v, ch)
		if have[key(v)] && !seen[key(v)] {
			seen[key(v)] = true
			out = append(out, v)
		}
	}
	for _, v := range values {
		if !seen[key(v)] {
			out = append(out, v)
		}
	}
	return out
}

// sortValue is a value of a sort list: for units of time it may be the name
// of a month or a day, or a part of a date.
func (c *context) sortValue(v any, ch *channel) any {
	if ch.unit == nil {
		return c.literal(v, nil)
	}
	switch s := v.(type) {
	case string:
		part := js.NewObject()
		if len(s) >= 3 && slices.Contains(monthNames, lower(s[:3])) {
			part.Set("month", s)
		} else if len(s) >= 3 && slices.Contains(dayNames, lower(s[:3])) {
			part.Set("day", s)
		} else {
			return c.literal(v, ch.unit)
		}
		return js.Date(ch.unit.floor(c.dateTime(node{part, "", c.used})))
	}
	return c.literal(v, ch.unit)
}

func ascending(values []any, main *table, ch *channel, descending bool) []any {
	by := map[string]any{}
	if ch.binned { // by the start of the bin, not by its text
		read, text := ch.read(main), ch.category(main)
		for i := range main.n {
			by[key(text(i))] = read(i)
		}
	}
	value := func(v any) any {
		if start, ok := by[key(v)]; ok {
			return start
		}
		return v
	}
	sort.SliceStable(values, func(i, j int) bool {
		order := js.Compare(value(values[i]), value(values[j]))
		if descending {
			return order > 0
		}
		return order < 0
	})
	return values
}

func byFigure(ch *channel, values []any, raw *table, m measure, descending bool) []any {
	read := ch.category(raw)
	rows := map[string][]int{}
	for i := range raw.n {
		k := key(read(i))
		rows[k] = append(rows[k], i)
	}
	figure := map[string]any{}
	for k, r := range rows {
		figure[k] = m.compute(raw, r)
	}
	// Vega sorts the values themselves where figures tie.
	sort.SliceStable(values, func(i, j int) bool { return js.Compare(values[i], values[j]) < 0 })
	values = inDataOrder(values, ch, raw, keysOf(values))
	sort.SliceStable(values, func(i, j int) bool {
		order := js.Compare(figure[key(values[i])], figure[key(values[j])])
		if descending {
			return order > 0
		}
		return order < 0
	})
	return values
}

func keysOf(values []any) map[string]bool {
	all := map[string]bool{}
	for _, v := range values {
		all[key(v)] = true
	}
	return all
}

// byEncoding sorts values by the figure of another channel.
// piles reports whether a field is the measure of piles, not what splits them:
// what is sorted by it takes the whole of a pile.
func (u *unit) piles(field string) bool {
	if u == nil || u.stack == nil {
		return false
	}
	for _, ch := range u.stack.by {
		if ch.field == field {
			return false
		}
	}
	d := stacker{u}.dimensionOf(u.stack.channel)
	for _, name := range []string{d, d + "Offset"} {
		if ch := u.channels[name]; ch.isField() && ch.field == field {
			return false
		}
	}
	return true
}

func (u *unit) byEncoding(ch *channel, values []any, raw *table, name string, descending bool) []any {
	other := u.channels[name]
	if other == nil {
		refuse(ch.n.at("sort"), "names the channel %s, which the view has not", name)
	}
	m := measure{op: other.op, field: other.field}
	if other.op == "" {
		m.op = "min"
		if u.piles(other.field) {
			m.op = "sum"
		}
		m.field = other.col
	}
	if other.argField != "" {
		refuse(ch.n.at("sort"), "by argmin or argmax is not supported")
	}
	return byFigure(ch, values, raw, m, descending)
}
