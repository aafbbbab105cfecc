package vega

import (
	"math"
	"sort"

	"github.com/authtabs/tabgate/data/vega/js"
)

// imputation adds rows for the pairs of group and key that are not there.
type imputation struct {
	field, key string
	groupby    []string
	keyvals    []any
	method     string // value, mean, median, min, max
	value      any
	frame      *[2]float64 // for the methods but value: neighbours in data order
}

func (c *transformer) imputeTransform(n node, t *table) *table {
	im := c.imputation(n)
	im.field, im.key, im.groupby = n.text("impute"), n.text("key"), n.texts("groupby")
	return im.apply(t)
}

// imputation reads the parameters that transform and encoding share.
func (c *context) imputation(n node) imputation {
	im := imputation{method: n.text("method"), value: n.get("value")}
	if im.method == "" {
		im.method = "value"
	}
	switch im.method {
	case "value", "mean", "median", "min", "max":
	default:
		refuse(n.at("method"), "%q is not supported", im.method)
	}
	if im.value == js.Undefined {
		im.value = nil
	}
	switch v := n.get("keyvals").(type) {
	case []any:
		im.keyvals = v
	case *js.Object:
		s := n.child("keyvals")
		start, stop, step := s.or("start", 0), s.or("stop", 0), s.or("step", 1)
		for k := start; k < stop && len(im.keyvals) < 1e6; k += step {
			im.keyvals = append(im.keyvals, k)
		}
	}
	if list, ok := n.get("frame").([]any); ok && len(list) == 2 {
		f := [2]float64{math.Inf(-1), math.Inf(1)}
		for i, v := range list {
			if v != nil {
				f[i] = js.Number(v)
			}
		}
		if list[0] != nil || list[1] != nil {
			im.frame = &f
		}
	}
	return im
}

func (im imputation) apply(t *table) *table {
	keys := t.column(im.key)
	var all []any
	seen := map[string]bool{}
	for _, list := range [][]any{im.keyvals, keys} {
		for _, v := range list {
			if k := key(v); !seen[k] {
				seen[k] = true
				all = append(all, v)
			}
		}
	}
	groups := t.groupsBy(im.groupby)
	base := t
	var added []*table
	out := t
	for _, g := range groups {
		have := map[string]bool{}
		for _, r := range g.rows {
			have[key(keys[r])] = true
		}
		var missing []any
		for _, k := range all {
			if !have[key(k)] {
				missing = append(missing, k)
			}
		}
		if len(missing) > 0 {
			part := newTable(len(missing)).with(flatName(im.key), missing)
			part = t.constants(part, im.groupby, g.rows[0])
			nulls := make([]any, len(missing))
			added = append(added, part.with(flatName(im.field), nulls))
		}
	}
	if len(groups) == 0 {
		return t
	}
	if len(added) > 0 {
		out = concat(append([]*table{base}, added...)...)
	}
	values := append([]any(nil), out.column(im.field)...)
	for _, g := range out.groupsBy(im.groupby) {
		im.fill(values, g.rows, t.n)
	}
	return out.with(flatName(im.field), values)
}

// fill puts a value where a row of the group has none: a plain value only into
// rows that were added, from place added on.
func (im imputation) fill(values []any, rows []int, added int) {
	source := append([]any(nil), values...)
	figure := func(from, to int) any {
		some := make([]any, 0, to-from)
		for _, r := range rows[from:to] {
			some = append(some, source[r])
		}
		v := figureOf(im.method, some)
		if v == js.Undefined {
			return nil
		}
		return v
	}
	for i, r := range rows {
		if js.IsValid(values[r]) {
			continue
		}
		switch {
		case im.method == "value":
			if r >= added {
				values[r] = im.value
			}
		case im.frame == nil:
			values[r] = figure(0, len(rows))
		default:
			from := int(max(0, float64(i)+im.frame[0]))
			to := int(min(float64(len(rows)), float64(i)+im.frame[1]+1))
			values[r] = figure(min(from, to), to)
		}
	}
}

// pathData are the points of the rows of a group, sorted by x.
func points(t *table, rows []int, x, y string) (xs, ys []float64) {
	rx, ry := t.reader(x), t.reader(y)
	type point struct{ x, y float64 }
	var all []point
	for _, r := range rows {
		vx, vy := rx(r), ry(r)
		if vx == nil || vx == js.Undefined || vy == nil || vy == js.Undefined {
			continue
		}
		p := point{js.Number(vx), js.Number(vy)}
		if p.x == p.x && p.y == p.y {
			all = append(all, p)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].x < all[j].x })
	for _, p := range all {
		xs, ys = append(xs, p.x), append(ys, p.y)
	}
	return xs, ys
}
