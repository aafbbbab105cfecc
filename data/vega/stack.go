package vega

import (
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// stacker piles a unit's measure.
type stacker struct{ *unit }

// stackChannel returns the measure that is piled, "" if none.
func (u stacker) stackChannel() string {
	if u.wasArea {
		return ""
	}
	switch u.kind {
	case "rect", "trail":
		return ""
	}
	for _, pair := range [][2]string{{"x", "y"}, {"theta", "radius"}} {
		if name := u.potential(pair[0], pair[1]); name != "" {
			if u.has(name + "2") {
				return ""
			}
			return name
		}
	}
	return ""
}

// potential is the one of two channels across each other that Vega-Lite would
// pile: the quantity, and of two the one that is asked for or aggregated.
func (u stacker) potential(first, second string) string {
	x, y := u.channels[first], u.channels[second]
	measure := func(ch *channel) bool {
		return ch.isField() && ch.typ == quantitative && !ch.binned && !ch.isBinned
	}
	explicit := func(ch *channel) bool {
		v, ok := ch.n.o.Values["stack"]
		return ok && v != nil && v != false
	}
	barOrArea := first == "x" && (u.kind == "bar" || u.kind == "area" || u.ofArea)
	switch mx, my := measure(x), measure(y); {
	case mx && my:
		switch {
		case explicit(x):
			return first
		case explicit(y):
			return second
		case x.op != "" && y.op == "":
			return first
		case y.op != "" && x.op == "":
			return second
		case !barOrArea:
			return ""
		case u.vertical:
			return second
		}
		return first
	case mx && (y.isField() || !barOrArea || !u.vertical):
		return first
	case my && (x.isField() || !barOrArea || u.vertical):
		return second
	}
	return ""
}

// piled adds the columns of a stack where the mark piles its measure.
func (u stacker) piled(t *table) *table {
	name := u.stackChannel()
	if name == "" {
		return t
	}
	ch := u.channels[name]
	offset := ""
	switch v := ch.n.get("stack").(type) {
	case nil:
		return t
	case bool:
		if !v {
			return t
		}
		offset = "zero"
	case string:
		offset = v
	default:
		if u.kind != "bar" && u.kind != "area" && u.kind != "arc" && !u.ofArea {
			return t
		}
	}
	by := u.stackBy(name)
	if u.aggregates() && len(by) == 0 {
		return t // bars of one figure each have nothing to be piled on
	}
	if offset == "" {
		if v := u.c.config.get("stack"); v == nil || v == false {
			return t
		} else if s, ok := v.(string); ok {
			offset = s
		}
		if s := u.scaleNode(ch).text("type"); s != "" && s != "linear" && s != "sqrt" && s != "pow" {
			if s == "log" || s == "symlog" {
				return t
			}
		}
		if offset == "" {
			offset = "zero"
		}
	}
	if offset != "zero" && offset != "normalize" && offset != "center" {
		refuse(ch.n.at("stack"), "%q is not supported", offset)
	}
	if d := u.dimensionOf(name); (u.kind == "bar" || u.kind == "area" || u.kind == "line") && u.measureName() == d && u.channels[d].isField() {
		refuse(ch.n.at("stack"), "across the mark is not supported")
	}
	if t := u.scaleNode(ch).text("type"); ch.n.has("stack") && t != "" && t != "linear" {
		refuse(ch.n.at("stack"), "on a %s scale is not supported", t)
	}
	u.stack = &stacking{channel: name, offset: offset, start: "\x00start_" + ch.col, end: "\x00stop_" + ch.col, by: by}
	groupby := u.stackGroups(name)
	t = u.withNamed(t, append(names(by), append(groupby, ch.col)...))
	if (u.kind == "line" || u.kind == "area" || u.kind == "trail") && !ch.n.has("impute") {
		t = u.zeroFilled(t, ch, groupby, by)
	}
	t = u.ranked(t, by)
	return t.stacked(ch.col, groupby, u.stackOrder(t, name, by), offset, u.stack.start, u.stack.end)
}

func names(list []*channel) (all []string) {
	for _, ch := range list {
		all = append(all, ch.col)
	}
	return all
}

// withNamed adds columns under the names as they are written.
func (u stacker) withNamed(t *table, fields []string) *table {
	for _, f := range fields {
		if _, ok := t.cols[f]; !ok {
			t = t.withVector(f, t.vector(f))
		}
	}
	return t
}

func (u *unit) aggregates() bool {
	for _, ch := range u.fields() {
		if ch.op != "" {
			return true
		}
	}
	return false
}

// stackBy returns the fields that split a pile.
func (u stacker) stackBy(measure string) []*channel {
	var all []*channel
	seen := map[string]bool{}
	dimension := u.dimensionOf(measure)
	for _, name := range []string{"color", "fill", "stroke", "opacity", "fillOpacity", "strokeOpacity", "strokeDash", "strokeWidth", "size", "shape", "angle", "text"} {
		ch := u.channels[name]
		if ch.isField() && ch.op == "" && !seen[ch.col] && !u.stands(dimension, ch) {
			seen[ch.col] = true
			all = append(all, ch)
		}
	}
	for _, ch := range append(append([]*channel{}, u.detail...), u.order...) {
		if ch.isField() && ch.op == "" && ch.name != "tooltip" && !seen[ch.col] {
			seen[ch.col] = true
			all = append(all, ch)
		}
	}
	return all
}

// stands reports whether the piles stand by a channel's field.
func (u stacker) stands(dimension string, ch *channel) bool {
	for _, name := range []string{dimension, dimension + "Offset"} {
		if other := u.channels[name]; other.isField() && other.col == ch.col {
			return true
		}
	}
	return false
}

// dimensionOf is the channel along which piles stand.
func (u stacker) dimensionOf(measure string) string {
	return map[string]string{"x": "y", "y": "x", "theta": "radius", "radius": "theta"}[measure]
}

// stackGroups returns the columns that say which pile a row is in.
func (u stacker) stackGroups(measure string) (groups []string) {
	d := u.dimensionOf(measure)
	for _, name := range []string{d, d + "Offset"} {
		ch := u.channels[name]
		if ch.isField() && ch.col != u.channels[measure].col {
			groups = append(groups, ch.col)
			if ch.end != "" {
				groups = append(groups, ch.end)
			}
		}
	}
	return groups
}

// stackOrder is the order of a pile: the order channel's, or by the fields
// that split it, the first on top for y.
func (u stacker) stackOrder(t *table, name string, by []*channel) (order []sortField) {
	for _, ch := range u.order {
		if ch.isField() {
			order = append(order, sortField{ch.col, ch.n.text("sort") == "descending"})
		}
	}
	if len(order) > 0 {
		return order
	}
	descending := name == "y"
	for _, ch := range u.order {
		if !ch.isField() && ch.n.has("sort") {
			descending = ch.n.text("sort") == "descending"
		}
	}
	for _, ch := range by {
		col := ch.col
		if rank := rankName(ch); t.cols[rank] != nil {
			col = rank
		}
		order = append(order, sortField{col, descending})
	}
	return order
}

func rankName(ch *channel) string { return "\x00rank_" + ch.col }

// ranked adds the places that values have in the domain that is written for
// their colours: piles are ordered by it.
func (u stacker) ranked(t *table, by []*channel) *table {
	for _, ch := range by {
		if ch.name != "color" && ch.name != "fill" && ch.name != "stroke" {
			continue
		}
		list, ok := u.scaleNode(ch).get("domain").([]any)
		if !ok {
			continue
		}
		place := map[string]float64{}
		for i, v := range list {
			place[key(u.c.literal(v, nil))] = float64(i)
		}
		read := ch.category(t)
		col := make([]any, t.n)
		for i := range col {
			col[i] = -1.0
			if p, ok := place[key(read(i))]; ok {
				col[i] = p
			}
		}
		t = t.with(rankName(ch), col)
	}
	return t
}

// zeroFilled adds zeros for the pairs of dimension and series that lines and
// areas lack.
func (u stacker) zeroFilled(t *table, ch *channel, groupby []string, by []*channel) *table {
	d := u.channels[u.dimensionOf(ch.name)]
	if !d.isField() || len(by) == 0 {
		return t
	}
	im := imputation{field: ch.col, key: d.col, groupby: names(by), method: "value", value: 0.0}
	t = im.apply(t)
	if d.end != "" && slices.Contains(groupby, d.end) {
		col := slices.Clone(t.cols[d.end].list())
		for i := range col {
			if col[i] != js.Undefined {
				continue
			}
			if d.unit != nil {
				col[i] = js.Date(d.unit.next(js.Number(t.cols[d.col].at(i))))
			} else {
				col[i] = d.bins.end(t.cols[d.col].at(i))
			}
		}
		t = t.with(d.end, col)
	}
	return t
}

// scaleNode returns the scale property of a channel.
func (u *unit) scaleNode(ch *channel) node { return ch.n.child("scale") }
