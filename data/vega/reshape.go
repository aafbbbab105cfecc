package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

func (c *transformer) fold(n node, t *table) *table {
	fields, as := n.texts("fold"), n.texts("as")
	for i, other := range []string{"key", "value"} {
		if len(as) <= i {
			as = append(as, other)
		}
	}
	k := len(fields)
	if t.n*k > maxRows {
		refuse(n.at("fold"), "makes more than %d rows", maxRows)
	}
	cols := make([]*vector, k)
	typed := true
	for j, f := range fields {
		cols[j] = t.vector(f)
		typed = typed && cols[j].typed() && cols[j].dates == cols[0].dates
	}
	keys := &vector{codes: make([]int32, 0, t.n*k)}
	at := make([]int32, k)
	for j, f := range fields {
		place := slices.Index(keys.dict, any(flatName(f)))
		if place < 0 {
			place = len(keys.dict)
			keys.dict = append(keys.dict, flatName(f))
		}
		at[j] = int32(place)
	}
	for range t.n {
		keys.codes = append(keys.codes, at...)
	}
	out := newTable(t.n * k)
	for _, name := range t.names {
		out = out.withVector(name, t.cols[name].repeated(k))
	}
	values := interleaved
	if !typed || k == 0 {
		values = interleavedBoxed
	}
	return out.withVector(as[0], keys).withVector(as[1], values(cols, t.n))
}

// interleaved is the values of typed columns, row by row.
func interleaved(cols []*vector, n int) *vector {
	out := &vector{nums: make([]float64, 0, n*len(cols)), dates: cols[0].dates}
	for i := range n {
		for _, c := range cols {
			out.nums = append(out.nums, c.nums[i])
		}
	}
	for j, c := range cols {
		if c.null == nil {
			continue
		}
		if out.null == nil {
			out.null = make([]bool, n*len(cols))
		}
		for i, null := range c.null {
			out.null[i*len(cols)+j] = null
		}
	}
	return out
}

func interleavedBoxed(cols []*vector, n int) *vector {
	list := make([]any, 0, n*len(cols))
	for i := range n {
		for _, c := range cols {
			list = append(list, c.at(i))
		}
	}
	return boxedVector(list)
}

func (c *transformer) flatten(n node, t *table) *table {
	fields, as := n.texts("flatten"), n.texts("as")
	var rows []int
	cols := make([][]any, len(fields))
	for i := range t.n {
		most := 0
		lists := make([][]any, len(fields))
		for j, f := range fields {
			lists[j], _ = t.reader(f)(i).([]any)
			most = max(most, len(lists[j]))
		}
		for k := range most {
			rows = append(rows, i)
			for j := range fields {
				var v any
				if k < len(lists[j]) {
					v = lists[j][k]
				}
				cols[j] = append(cols[j], v)
			}
		}
		if len(rows) > maxRows {
			refuse(n.path, "makes more than %d rows", maxRows)
		}
	}
	t = t.gather(rows)
	for j, f := range fields {
		name := flatName(f)
		if j < len(as) {
			name = as[j]
		}
		t = t.with(name, cols[j])
	}
	return t
}

func (c *transformer) pivot(n node, t *table) *table {
	op := n.text("op")
	if op == "" {
		op = "sum"
	}
	if !isAggregate(op) {
		refuse(n.at("op"), "%q is not supported", op)
	}
	groupby, names := n.texts("groupby"), t.column(n.text("pivot"))
	limit := int(n.or("limit", 0))
	m := measure{op: op, field: n.text("value")}
	out := t.aggregate(groupby, nil)
	groups := t.groupsBy(groupby)
	if len(groupby) == 0 {
		out = newTable(len(groups))
	}
	var columns []string
	seen := map[string]bool{}
	for _, v := range names {
		if s := js.String(v); !seen[s] {
			seen[s] = true
			columns = append(columns, s)
		}
	}
	slices.Sort(columns)
	if limit > 0 {
		columns = columns[:min(limit, len(columns))]
	}
	for _, name := range columns {
		col := make([]any, len(groups))
		for g, group := range groups {
			var rows []int
			for _, r := range group.rows {
				if js.String(names[r]) == name {
					rows = append(rows, r)
				}
			}
			col[g] = js.Undefined
			if len(rows) > 0 {
				col[g] = m.compute(t, rows)
			}
		}
		out = out.with(name, col)
	}
	return out
}

func (c *transformer) quantileTransform(n node, t *table) *table {
	groupby, as := n.texts("groupby"), n.texts("as")
	if len(as) == 0 {
		as = []string{"prob", "value"}
	}
	var probs []float64
	if list, ok := n.get("probs").([]any); ok {
		for _, v := range list {
			probs = append(probs, js.Number(v))
		}
	} else {
		step := n.or("step", 0.01)
		for p := step / 2; p < 1-1e-14; p += step {
			probs = append(probs, p)
			if len(probs) > 100_000 {
				refuse(n.at("step"), "is too small")
			}
		}
	}
	read := t.column(n.text("quantile"))
	var parts []*table
	for _, g := range t.groupsBy(groupby) {
		values := make([]any, len(g.rows))
		for i, r := range g.rows {
			values[i] = read[r]
		}
		v := numbers(values)
		part := newTable(len(probs))
		ps, qs := make([]any, len(probs)), make([]any, len(probs))
		for i, p := range probs {
			ps[i], qs[i] = p, math.NaN()
			if len(v) > 0 {
				qs[i] = quantile(v, p)
			}
		}
		part = t.constants(part, groupby, g.rows[0])
		parts = append(parts, part.with(as[0], ps).with(as[1], qs))
	}
	return concat(parts...)
}

// constants adds the fields of one of t's rows to every row of another table.
func (t *table) constants(to *table, fields []string, row int) *table {
	for _, f := range fields {
		v := t.reader(f)(row)
		col := make([]any, to.n)
		for i := range col {
			col[i] = v
		}
		to = to.with(flatName(f), col)
	}
	return to
}
