package vega

import (
	"math"
	"sort"

	"github.com/authtabs/tabgate/data/vega/js"
)

// sortField is a field that rows are sorted by.
type sortField struct {
	field      string
	descending bool
}

// sortFields reads a list of {field, order}, or one of them.
func sortFields(n node, name string) (all []sortField) {
	if !n.has(name) || n.o.Get(name) == nil {
		return nil
	}
	var list []node
	if o, ok := n.o.Get(name).(*js.Object); ok {
		n.get(name)
		list = []node{n.of(o, name)}
	} else {
		list = n.items(name)
	}
	for _, s := range list {
		all = append(all, sortField{s.text("field"), s.text("order") == "descending"})
	}
	return all
}

// comparer returns how two rows compare by fields.
func (t *table) comparer(fields []sortField) func(a, b int) int {
	cols := make([][]any, len(fields))
	for i, f := range fields {
		cols[i] = t.column(f.field)
	}
	return func(a, b int) int {
		for i, f := range fields {
			c := js.Compare(cols[i][a], cols[i][b])
			if f.descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	}
}

// sorted sorts rows by fields; ties keep their order.
func (t *table) sorted(rows []int, fields []sortField) []int {
	out := append([]int(nil), rows...)
	if len(fields) > 0 {
		compare := t.comparer(fields)
		sort.SliceStable(out, func(i, j int) bool { return compare(out[i], out[j]) < 0 })
	}
	return out
}

// window is one operation over the sorted rows of a group: out receives the
// value of the row at place i.
type windowOp struct {
	op, field, as string
	param         float64
}

func (c *transformer) window(n node, t *table) *table {
	fields := sortFields(n, "sort")
	frame := [2]float64{math.Inf(-1), 0}
	if list, ok := n.get("frame").([]any); ok && len(list) == 2 {
		for i, v := range list {
			switch {
			case v != nil:
				frame[i] = js.Number(v)
			case i == 0:
				frame[i] = math.Inf(-1)
			default:
				frame[i] = math.Inf(1)
			}
		}
	}
	ignorePeers := n.flag("ignorePeers", false)
	var ops []windowOp
	for _, m := range n.items("window") {
		w := windowOp{m.text("op"), m.text("field"), m.text("as"), m.or("param", 0)}
		if w.as == "" {
			w.as = w.op
			if w.field != "" {
				w.as += "_" + flatName(w.field)
			}
		}
		ops = append(ops, w)
	}
	groups := t.groupsBy(n.texts("groupby"))
	for i := range groups {
		groups[i].rows = t.sorted(groups[i].rows, fields)
	}
	same := func(int, int) bool { return false }
	if len(fields) > 0 {
		compare := t.comparer(fields)
		same = func(a, b int) bool { return compare(a, b) == 0 }
	}
	source := t
	for _, w := range ops {
		col := make([]any, t.n)
		for _, g := range groups {
			c.windowOver(source, w, g.rows, same, frame, ignorePeers, n, col)
		}
		t = t.with(w.as, col)
	}
	return t
}

// windowOver computes one operation over one group.
func (c *transformer) windowOver(t *table, w windowOp, rows []int, same func(a, b int) bool, frame [2]float64, ignorePeers bool, n node, col []any) {
	count := float64(len(rows))
	read := t.reader(w.field)
	first := 0 // of the row's peers
	dense := 0.0
	for i, r := range rows {
		if i > 0 && !same(rows[i-1], r) {
			first = i
		}
		if i == 0 || !same(rows[i-1], r) {
			dense++
		}
		last := i
		for last+1 < len(rows) && same(r, rows[last+1]) {
			last++
		}
		from, to := i, i // inclusive
		if f := float64(i) + frame[0]; f > 0 {
			from = int(min(f, count))
		} else {
			from = 0
		}
		to = int(max(-1, min(float64(i)+frame[1], count-1)))
		if !ignorePeers {
			for from > 0 && from < len(rows) && same(rows[from-1], rows[from]) {
				from--
			}
			for to >= 0 && to+1 < len(rows) && same(rows[to], rows[to+1]) {
				to++
			}
		}
		inFrame := rows[min(from, len(rows)):max(min(from, len(rows)), to+1)]
		switch w.op {
		case "row_number":
			col[r] = float64(i + 1)
		case "rank":
			col[r] = float64(first + 1)
		case "dense_rank":
			col[r] = dense
		case "percent_rank":
			col[r] = float64(first) / (count - 1)
		case "cume_dist":
			if i == 0 {
				last = 0 // Vega begins to look for ties behind the first row
			}
			col[r] = float64(last+1) / count
		case "ntile":
			if w.param < 1 {
				refuse(n.path, "needs a param of 1 or more for ntile")
			}
			col[r] = math.Ceil(w.param * float64(last+1) / count)
		case "lag", "lead":
			by := int(w.param)
			if by == 0 {
				by = 1
			}
			if w.op == "lag" {
				by = -by
			}
			col[r] = nil
			if j := i + by; j >= 0 && j < len(rows) {
				col[r] = read(rows[j])
			}
		case "first_value", "last_value", "nth_value":
			j := map[string]int{"first_value": 0, "last_value": len(inFrame) - 1, "nth_value": int(w.param) - 1}[w.op]
			col[r] = nil
			if j >= 0 && j < len(inFrame) {
				col[r] = read(inFrame[j])
			}
		case "prev_value", "next_value":
			refuse(n.path, "%q is not supported", w.op)
		default:
			if !isAggregate(w.op) {
				refuse(n.path, "%q is not supported", w.op)
			}
			col[r] = measure{w.op, w.field, w.as}.compute(t, inFrame)
		}
	}
}

// stacked adds the start and the end of each row's value piled on those
// before it in its group.
func (t *table) stacked(field string, groupby []string, order []sortField, offset, start, end string) *table {
	groups := t.groupsBy(groupby)
	value := t.reader(field)
	most := 0.0
	sums := make([]float64, len(groups))
	for g := range groups {
		groups[g].rows = t.sorted(groups[g].rows, order)
		for _, r := range groups[g].rows {
			sums[g] += math.Abs(orZero(js.Number(value(r))))
		}
		most = max(most, sums[g])
	}
	starts, ends := make([]any, t.n), make([]any, t.n)
	for g, group := range groups {
		positive, negative := 0.0, 0.0
		scale := 1.0
		switch offset {
		case "center":
			positive = (most - sums[g]) / 2
		case "normalize":
			scale = 1 / sums[g] // a pile of nothing has no place
		}
		total := 0.0
		for _, r := range group.rows {
			v := orZero(js.Number(value(r)))
			switch {
			case offset == "center":
				starts[r] = positive
				positive += math.Abs(v)
				ends[r] = positive
			case offset == "normalize":
				starts[r] = total * scale
				total += math.Abs(v)
				ends[r] = total * scale
			case v < 0:
				starts[r] = negative
				negative += v
				ends[r] = negative
			default:
				starts[r] = positive
				positive += v
				ends[r] = positive
			}
		}
	}
	return t.with(start, starts).with(end, ends)
}

func orZero(f float64) float64 {
	if f != f {
		return 0
	}
	return f
}

func (c *transformer) stackTransform(n node, t *table) *table {
	as := n.texts("as")
	if len(as) == 0 {
		refuse(n.at("as"), "is missing")
	}
	end := as[0] + "_end"
	if len(as) > 1 {
		end = as[1]
	}
	offset := n.text("offset")
	return t.stacked(n.text("stack"), n.texts("groupby"), sortFields(n, "sort"), offset, as[0], end)
}
