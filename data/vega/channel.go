package vega

import (
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The types of fields.
const (
	quantitative = "quantitative"
	temporal     = "temporal"
	ordinal      = "ordinal"
	nominal      = "nominal"
)

// channel is one encoding channel of a unit.
type channel struct {
	name string
	n    node // the definition that has the field: the channel's own, or its condition's
	own  node // the channel's definition

	field    string // as written; "" for count
	typ      string
	op       string // aggregate operation
	argField string // of argmin and argmax: the field that decides
	bin      node   // parameters of the binning
	binned   bool   // bin is true or has parameters
	isBinned bool   // bin: "binned"
	unit     *timeUnit
	cut      *timeUnit // dates that were cut before, by a composite mark
	datum    any
	hasDatum bool
	value    any
	hasValue bool

	// conditions in order; a row's value is that of the first that holds.
	conditions []condition
	fieldWhen  int // which condition has the field; -1: the definition itself

	col, end string // columns of the main table; end: of a bin or a unit
	bins     bins
	scale    *Scale
	group    *scaleGroup // that the scale is of
}

// condition is one alternative of a channel.
type condition struct {
	test  func(*table) func(int) bool
	value any
	field bool // it is the condition that has the field
	pick  bool // a selection: true where nothing is selected
}

// isField reports whether the channel has a field or a count.
func (ch *channel) isField() bool { return ch != nil && (ch.field != "" || ch.op == "count") }

// scaled reports whether the channel can have a scale.
func (ch *channel) scaled() bool { return ch != nil && (ch.isField() || ch.hasDatum) }

// continuous reports whether the field is measured, not counted off.
func (ch *channel) continuous() bool { return ch.typ == quantitative || ch.typ == temporal }

// channelOf reads a channel's definition.
func (c *context) channelOf(name string, own node, markType string) *channel {
	ch := &channel{name: name, own: own, n: own, fieldWhen: -1}
	if own.has("condition") {
		c.conditions(ch)
	}
	n := ch.n
	if v := n.get("field"); v != js.Undefined {
		f, ok := v.(string)
		if !ok {
			refuse(n.at("field"), "must be text")
		}
		ch.field = f
	}
	switch v := n.get("aggregate").(type) {
	case string:
		ch.op = v
		if !isAggregate(v) || v == "values" || v == "argmin" || v == "argmax" {
			refuse(n.at("aggregate"), "%q is not supported", v)
		}
	case *js.Object:
		a := n.child("aggregate")
		for _, op := range []string{"argmin", "argmax"} {
			if a.has(op) {
				ch.op, ch.argField = op, a.text(op)
			}
		}
	}
	if ch.op == "average" {
		ch.op = "mean"
	}
	switch v := n.get("bin").(type) {
	case bool:
		ch.binned = v
		ch.bin = node{js.NewObject(), n.at("bin"), c.used}
	case *js.Object:
		ch.bin = n.child("bin")
		if ch.bin.flag("binned", false) {
			ch.isBinned = true
			ch.bin.mark("step")
		} else {
			ch.binned = true
		}
	case string:
		ch.isBinned = v == "binned"
	}
	ch.unit = timeUnitOf(n, "timeUnit", c.zone)
	ch.cut = timeUnitOf(n, "\x00cut", c.zone)
	if n.has("datum") {
		ch.hasDatum = true
		ch.datum = c.literal(n.get("datum"), nil)
		if ch.unit != nil {
			ch.datum = ch.unit.floor(js.Number(ch.datum))
		}
	}
	if own.has("value") {
		ch.hasValue = true
		ch.value = c.literal(own.get("value"), nil)
	}
	for _, later := range []string{"bandPosition", "title"} { // read where they matter
		n.mark(later)
	}
	ch.typ = typeOf(ch, n)
	ch.col, ch.end = ch.columns()
	ch.check()
	return ch
}

// check refuses what a field cannot be at once.
func (ch *channel) check() {
	if second := ch.name == "x2" || ch.name == "y2"; second && ch.n.has("title") {
		refuse(ch.n.at("title"), "is not supported")
	}
	cut := ch.binned || ch.isBinned || ch.unit != nil
	if ch.name == "theta" || ch.name == "radius" {
		if ch.n.has("bandPosition") {
			refuse(ch.n.at("bandPosition"), "is not supported")
		}
		if v, ok := ch.n.o.Values["scale"]; ok && (v == nil || v == false) {
			refuse(ch.n.at("scale"), "must be an object")
		}
		if cut {
			refuse(ch.n.path, "with bin or timeUnit is not supported")
		}
		if ch.isField() && ch.typ == temporal {
			refuse(ch.n.at("type"), "%q is not supported", temporal)
		}
		if s := object(ch.n.o.Get("scale")); s.GetOr("padding") != js.Undefined && s.GetOr("padding") != nil {
			refuse(ch.n.at("scale.padding"), "is not supported")
		}
	}
	switch {
	case ch.op != "" && cut:
		refuse(ch.n.at("aggregate"), "is not supported beside bin and timeUnit")
	case ch.unit != nil && (ch.binned || ch.isBinned):
		refuse(ch.n.at("timeUnit"), "is not supported beside bin")
	case ch.unit != nil && ch.typ == quantitative && ch.field != "":
		refuse(ch.n.at("timeUnit"), "is not supported for a quantity")
	case ch.binned && ch.typ == temporal:
		refuse(ch.n.at("bin"), "is not supported for dates")
	}
}

// conditions reads condition: one or a list of {test | param, value | field}.
func (c *context) conditions(ch *channel) {
	var list []node
	if _, ok := ch.own.o.Get("condition").([]any); ok {
		list = ch.own.items("condition")
	} else {
		list = []node{ch.own.child("condition")}
	}
	for i, n := range list {
		var cond condition
		switch {
		case n.has("test"):
			cond.test = c.predicate(n.get("test"), n.at("test"))
		case n.has("param"):
			cond.test = selector{c}.picks(n.text("param"), n.flag("empty", true))
			cond.pick = true
		default:
			refuse(n.path, "has neither test nor param")
		}
		if n.has("value") {
			cond.value = c.literal(n.get("value"), nil)
		} else {
			cond.field = true
			ch.n, ch.fieldWhen = n, i
		}
		ch.conditions = append(ch.conditions, cond)
	}
}

// typeOf returns the type of a channel: as written, or by what stands there.
func typeOf(ch *channel, n node) string {
	t := n.text("type")
	switch ch.op {
	case "count", "valid", "missing", "distinct":
		return quantitative
	}
	switch strings.ToLower(t) {
	case "quantitative", "q":
		return quantitative
	case "temporal", "t":
		return temporal
	case "ordinal", "o":
		return ordinal
	case "nominal", "n":
		return nominal
	case "":
	default:
		refuse(n.at("type"), "%q is not supported", t)
	}
	scaleType := ""
	if s, ok := n.o.Get("scale").(*js.Object); ok {
		scaleType, _ = s.Get("type").(string)
	}
	if ch.hasDatum {
		switch ch.datum.(type) {
		case float64:
			if o, ok := n.o.Get("datum").(*js.Object); ok && !o2expr(o) {
				return temporal
			}
			return quantitative
		case js.Date:
			return temporal
		}
		return nominal
	}
	sorted, _ := n.o.Get("sort").([]any)
	switch {
	case sorted != nil:
		return ordinal
	case ch.unit != nil:
		return temporal
	case ch.binned || ch.isBinned || ch.op != "" && ch.op != "argmin" && ch.op != "argmax":
		return quantitative
	case slices.Contains([]string{"linear", "log", "pow", "sqrt", "symlog", "quantile", "quantize", "threshold", "bin-ordinal"}, scaleType):
		return quantitative
	case scaleType == "time" || scaleType == "utc":
		return temporal
	}
	switch ch.name {
	case "latitude", "longitude":
		return quantitative
	case "order":
		return ordinal
	}
	return nominal
}

// o2expr reports whether a datum is an expression rather than a date.
func o2expr(o *js.Object) bool { _, ok := o.Values["expr"]; return ok }

// columns returns the names of the columns that the channel has in the main
// table.
func (ch *channel) columns() (col, end string) {
	name := flatName(ch.field)
	switch {
	case ch.op == "count":
		return "\x00count", ""
	case ch.op == "argmin" || ch.op == "argmax":
		return "\x00" + ch.op + "_" + ch.argField + "_" + name, ""
	case ch.op != "":
		return "\x00" + ch.op + "_" + name, ""
	case ch.binned:
		return "\x00bin_" + ch.name + "_" + name, "\x00end_" + ch.name + "_" + name
	case ch.unit != nil:
		u := ch.unit.name()
		if ch.unit.utc {
			u = "utc" + u
		}
		return "\x00" + u + "_" + name, "\x00" + u + "_" + name + "_end"
	}
	return ch.field, ""
}

// read returns a function that reads the channel's value in a row of t.
func (ch *channel) read(t *table) func(int) any {
	if ch.hasDatum {
		return func(int) any { return ch.datum }
	}
	if c, ok := t.cols[ch.col]; ok {
		return c.at
	}
	return t.reader(ch.col)
}

// title returns what the guide of the channel is called by default.
func (c *context) fieldTitle(ch *channel) string {
	style := "verbal"
	if s := c.config.text("fieldTitle"); s != "" {
		style = s
	}
	name := ch.field
	count := "Count of Records"
	if v, ok := c.config.get("countTitle").(string); ok {
		count = v
	}
	if style == "plain" {
		if ch.op == "count" {
			return count
		}
		return name
	}
	if style == "functional" {
		f := ch.op
		if f == "" && ch.binned {
			f = "bin"
		}
		if f == "" && ch.unit != nil {
			f = ch.unit.name()
		}
		switch {
		case ch.op == "count" && name == "":
			return "COUNT(undefined)" // as Vega-Lite has it
		case f != "":
			return strings.ToUpper(f) + "(" + name + ")"
		}
		return name
	}
	switch {
	case ch.op == "count":
		return count
	case ch.binned:
		return name + " (binned)"
	case ch.unit != nil && !ch.unit.binned:
		return name + " (" + ch.unit.title() + ")"
	case ch.op == "argmin":
		return name + " for min " + ch.argField
	case ch.op == "argmax":
		return name + " for max " + ch.argField
	case ch.op != "":
		op := ch.op
		if raw, ok := ch.n.o.Get("aggregate").(string); ok {
			op = raw
		}
		return strings.ToUpper(op[:1]) + op[1:] + " of " + name
	}
	return name
}

// title is the title of a channel's guide: the guide's own, the field's, or
// the default. given reports whether it was written.
func (c *context) titleOf(ch *channel, guide node) (title string, given bool) {
	for _, n := range []node{guide, ch.n, ch.own} {
		if !n.ok() || !n.has("title") {
			continue
		}
		switch v := n.get("title").(type) {
		case string:
			return v, true
		case []any:
			parts := make([]string, len(v))
			for i, p := range v {
				parts[i] = js.String(p)
			}
			return strings.Join(parts, "\n"), true
		case *js.Object:
			refuse(n.at("title"), "must be text")
		default:
			return "", true
		}
	}
	if !ch.isField() {
		return "", false
	}
	return c.fieldTitle(ch), false
}
