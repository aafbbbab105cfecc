package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// withParts adds the columns of bins and units of time; the bins are those of
// all rows.
func (u *unit) withParts(t, all *table) *table {
	for _, ch := range u.fields() {
		switch {
		case ch.binned:
			most := 6.0
			switch ch.name {
			case "x", "y", "theta", "radius", "detail", "order", "text", "tooltip", "xOffset", "yOffset", "angle", "x2", "y2":
				most = 10
			case "strokeDash":
				most = 4
			}
			if t == all || ch.bins.step == 0 {
				ch.bins = u.binsOf(ch, all, most)
			}
			if t == all && all.n > 0 && noNumbers(all.vector(ch.field)) {
				refuse(ch.n.at("bin"), "cuts values that are no numbers")
			}
			starts, ends := ch.bins.cut(t.vector(ch.field))
			t = t.withVector(ch.col, starts).withVector(ch.end, ends)
		case ch.unit != nil:
			t = u.c.withTimeUnit(t, ch.unit, ch.field, ch.col)
			if u.discreteScale(ch) && undated(t, ch) {
				refuse(ch.n.at("timeUnit"), "cuts values that are no dates")
			}
		}
	}
	return t
}

// noNumbers reports whether none of the values is a number.
func noNumbers(v *vector) bool {
	low, high := extentOf(v)
	return low > high
}

// undated reports whether a unit of time cuts values that are there but are no
// dates.
func undated(t *table, ch *channel) bool {
	read, cut := t.reader(ch.field), t.cols[ch.col].at
	for i := range t.n {
		if v := read(i); v != nil && v != js.Undefined && v != "" && !js.IsValid(cut(i)) {
			return true
		}
	}
	return false
}

// binsOf decides the bins of a channel. Layers that bin a field alike share the
// bins of the first.
func (u *unit) binsOf(ch *channel, all *table, most float64) bins {
	first := u.in.plot().leaves()[0]
	other := first.channels[ch.name]
	b := binOf(ch.bin, all.vector(ch.field), most)
	if first != u && other != nil && other.binned && other.field == ch.field && other.bins.step > 0 && js.String(describe(other.bin.o)) == js.String(describe(ch.bin.o)) {
		return other.bins
	}
	return b
}

// describe is a text of an object.
func describe(o *js.Object) string {
	text := ""
	for _, k := range o.Keys {
		text += k + ":" + js.String(o.Values[k]) + ";"
	}
	return text
}

// aggregated puts the rows of each group together, if a channel asks for it.
func (u *unit) aggregated(t *table) *table {
	if !u.aggregates() {
		return t
	}
	var groupby []string
	var measures []measure
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			groupby = append(groupby, name)
		}
	}
	renamed := map[string]string{}
	for _, ch := range u.fields() {
		if ch.op == "" {
			add(ch.col)
			add(ch.end)
			renamed[flatName(ch.col)] = ch.col
			continue
		}
		if seen[ch.col] {
			continue
		}
		seen[ch.col] = true
		if ch.argField != "" {
			measures = append(measures, measure{ch.op, ch.argField, ch.col})
			continue
		}
		measures = append(measures, measure{ch.op, ch.field, ch.col})
	}
	out := t.aggregateBy(groupby, measures)
	for _, ch := range u.fields() {
		if ch.argField == "" || out.cols[ch.col] == nil {
			continue
		}
		col := make([]any, out.n)
		for i, v := range out.cols[ch.col].list() {
			if col[i] = js.Undefined; object(v) != nil {
				col[i] = readPath(object(v), ch.field)
			}
		}
		out = out.with(ch.col, col)
	}
	return out
}

// readPath reads a field of an object.
func readPath(o *js.Object, field string) any {
	var v any = o
	for _, k := range fieldPath(field) {
		inner := object(v)
		if inner == nil {
			return js.Undefined
		}
		v = inner.Get(k)
	}
	return v
}

// aggregateBy is aggregate with the fields named as they are written.
// groupNames are the columns of the fields that split marks into series.
func (t *table) aggregateBy(groupby []string, measures []measure) *table {
	for _, f := range groupby {
		if _, ok := t.cols[f]; !ok {
			t = t.withVector(f, t.vector(f))
		}
	}
	columns := make([]*vector, len(groupby))
	for i, f := range groupby {
		columns[i] = t.cols[f]
	}
	groups := t.groups(columns)
	out := newTable(len(groups))
	firsts := firstRows(groups)
	for i, f := range groupby {
		out = out.withVector(f, columns[i].pick(firsts))
	}
	for _, m := range measures {
		col := make([]any, len(groups))
		for g, group := range groups {
			col[g] = m.compute(t, group.rows)
		}
		out = out.with(m.as, col)
	}
	return out
}

func (u *unit) series() []*channel {
	var all []*channel
	for _, name := range []string{"color", "fill", "stroke", "opacity", "fillOpacity", "strokeOpacity", "strokeDash", "strokeWidth", "size", "shape", "angle"} {
		if name == "size" && u.kind == "trail" {
			continue
		}
		if ch := u.channels[name]; ch != nil && ch.isField() && ch.op == "" {
			all = append(all, ch)
		}
	}
	for _, ch := range u.detail {
		if ch.isField() && ch.op == "" && ch.name == "detail" {
			all = append(all, ch)
		}
	}
	return all
}

// imputed adds the rows that a channel's impute asks for.
func (u *unit) imputed(t *table) *table {
	for _, pair := range [][2]string{{"x", "y"}, {"y", "x"}} {
		ch, other := u.channels[pair[0]], u.channels[pair[1]]
		if !ch.isField() || !ch.n.has("impute") {
			continue
		}
		def := ch.n.child("impute")
		if !def.ok() {
			continue
		}
		if !other.isField() {
			refuse(def.path, "needs a field on %s", pair[1])
		}
		for _, side := range []*channel{ch, other} {
			if side.op != "" || side.binned || side.unit != nil {
				refuse(def.path, "is not supported beside aggregate, bin and timeUnit")
			}
		}
		im := u.c.imputation(def)
		im.field, im.key = ch.col, other.col
		for _, s := range u.series() {
			im.groupby = append(im.groupby, s.col)
		}
		t = im.apply(flat(t, im))
	}
	return t
}

// flat gives the columns of an imputation the names that they have.
func flat(t *table, im imputation) *table {
	for _, f := range append([]string{im.field, im.key}, im.groupby...) {
		if _, ok := t.cols[f]; !ok {
			t = t.withVector(f, t.vector(f))
		}
	}
	return t
}

// valid leaves out rows that have no place on a continuous scale.
func (u *unit) valid(t *table) *table {
	isPath := u.kind == "line" || u.kind == "area" || u.kind == "trail"
	mode := u.invalidMode()
	if mode == "show" {
		for _, name := range []string{"x", "y"} {
			if ch := u.channels[name]; ch.isField() && (ch.binned || ch.unit != nil || isPath && u.stack != nil) {
				refuse(u.mark.at("invalid"), "is not supported for bins and areas")
			}
		}
		return t
	}
	var reads []func(int) any
	var typed []*vector
	for _, name := range channelNames {
		ch := u.channels[name]
		if isPath && mode != "filter" && (name == "x" || name == "y") {
			continue // a gap
		}
		if name == "text" || !ch.isField() || !ch.continuous() || u.discreteScale(ch) || u.scaleType(ch) == "" {
			continue
		}
		if col := ch.typedIn(t); col != nil {
			typed = append(typed, col)
			continue
		}
		reads = append(reads, ch.read(t))
	}
	if len(reads) == 0 && allFinite(typed) {
		return t
	}
	rows := make([]int, 0, t.n)
	for i := range t.n {
		ok := true
		for _, col := range typed {
			f, filled := col.number(i)
			ok = ok && filled && !math.IsInf(f, 0)
		}
		for _, read := range reads {
			v := read(i)
			f := js.Number(v)
			ok = ok && js.IsValid(v) && f == f && !math.IsInf(f, 0)
		}
		if ok {
			rows = append(rows, i)
		}
	}
	if len(rows) == t.n {
		return t
	}
	if isPath && mode != "filter" {
		refuse(u.n.at("encoding"), "of a %s has values of colours or sizes that are none: not supported", u.kind)
	}
	return t.gather(rows)
}

// allFinite reports whether all values are numbers.
func allFinite(columns []*vector) bool {
	for _, col := range columns {
		for i := range col.nums {
			if f, ok := col.number(i); !ok || math.IsInf(f, 0) {
				return false
			}
		}
	}
	return true
}

// invalidMode is what becomes of rows without a place: filter, show, or "" for
// the mark's own way.
func (u *unit) invalidMode() string {
	v := u.prop("invalid")
	switch v {
	case "filter":
		return "filter"
	case nil, "show":
		return "show"
	case js.Undefined, "break-paths-show-path-domains":
		return ""
	case "break-paths-filter-domains", "break-paths-show-domains":
		refuse(u.mark.at("invalid"), "%q is not supported", v)
	}
	refuse(u.mark.at("invalid"), "is not supported")
	return ""
}
