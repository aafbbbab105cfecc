package vega

import (
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

var utc = time.UTC

// transformer applies transforms. Inside a facet, aggregates are of one cell:
// splitting has the columns by which its rows are told apart.
type transformer struct {
	*context
	splitting []string
}

func lower(s string) string { return strings.ToLower(s) }

// transformation is what one kind of transform does, named by its property.
type transformation struct {
	name string
	do   func(*transformer, node, *table) *table
}

// transforms are all of them. Where a transform has several of the properties
// the first decides: timeUnit and bin are also of others.
func transforms() []transformation {
	return []transformation{
		{"filter", (*transformer).filter}, {"calculate", (*transformer).calculate}, {"lookup", (*transformer).lookup},
		{"bin", (*transformer).binTransform}, {"timeUnit", (*transformer).timeUnitTransform},
		{"joinaggregate", (*transformer).joinAggregate}, {"window", (*transformer).window},
		{"aggregate", (*transformer).aggregateTransform}, {"fold", (*transformer).fold}, {"flatten", (*transformer).flatten},
		{"stack", (*transformer).stackTransform}, {"pivot", (*transformer).pivot}, {"impute", (*transformer).imputeTransform},
		{"density", (*transformer).density}, {"regression", (*transformer).regression}, {"loess", (*transformer).loess},
		{"quantile", (*transformer).quantileTransform},
	}
}

// transform applies a view's list of transforms.
func (c *transformer) transform(list []node, t *table) *table {
	for _, n := range list {
		c.alive()
		done := false
		for _, kind := range transforms() {
			if n.has(kind.name) {
				t, done = kind.do(c, n, t), true
				break
			}
		}
		if !done {
			what := "transform"
			if len(n.o.Keys) > 0 {
				what = n.o.Keys[0]
			}
			refuse(n.at(what), "is not supported")
		}
		if t.n > maxRows {
			refuse(n.path, "makes more than %d rows", maxRows)
		}
	}
	return t
}

// made returns the names of the fields that transforms make.
func made(list []node) map[string]bool {
	all := map[string]bool{}
	for _, n := range list {
		for _, name := range n.texts2("as") {
			all[name] = true
		}
		for _, group := range []string{"aggregate", "joinaggregate", "window"} {
			if n.has(group) {
				for _, m := range n.items(group) {
					all[m.text("as")] = true
				}
			}
		}
		if n.has("fold") && !n.has("as") {
			all["key"], all["value"] = true, true
		}
	}
	return all
}

// texts2 returns text or a list of text, without refusing other values.
func (n node) texts2(name string) []string {
	switch v := n.o.Get(name).(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

func (c *transformer) filter(n node, t *table) *table {
	holds := c.predicate(n.get("filter"), n.at("filter"))(t)
	rows := make([]int, 0, t.n)
	for i := range t.n {
		if holds(i) {
			rows = append(rows, i)
		}
	}
	if len(rows) == t.n {
		return t
	}
	return t.gather(rows)
}

func (c *transformer) calculate(n node, t *table) *table {
	eval := c.eval(c.expression(n.text("calculate"), n.at("calculate")), t)
	col := make([]any, t.n)
	for i := range col {
		col[i] = eval(i)
	}
	return t.with(n.text("as"), col)
}

func (c *transformer) binTransform(n node, t *table) *table {
	field := n.text("field")
	as := n.texts("as")
	if len(as) == 0 {
		refuse(n.at("as"), "is missing")
	}
	end := as[0] + "_end"
	if len(as) > 1 {
		end = as[1]
	}
	col := t.vector(field)
	p := n.child("bin")
	if !p.ok() {
		p = node{js.NewObject(), n.at("bin"), c.used}
	}
	starts, ends := binOf(p, col, 10).cut(col)
	return t.withVector(as[0], starts).withVector(end, ends)
}

func (c *transformer) timeUnitTransform(n node, t *table) *table {
	u := timeUnitOf(n, "timeUnit", c.zone)
	return c.withTimeUnit(t, u, n.text("field"), n.text("as"))
}

// withTimeUnit adds the start and the end of the unit of a field.
func (c *context) withTimeUnit(t *table, u *timeUnit, field, as string) *table {
	if col := t.vector(field); col.typed() && !u.binned {
		starts, ends := u.cut(col)
		return t.withVector(as, starts).withVector(as+"_end", ends)
	}
	read := t.reader(field)
	starts, ends := make([]any, t.n), make([]any, t.n)
	for i := range starts {
		v := read(i)
		if v == nil || v == js.Undefined || v == "" {
			continue
		}
		ms := float64(js.ToDate(v, c.zone))
		if !u.binned {
			ms = u.floor(ms)
		}
		starts[i], ends[i] = js.Date(ms), js.Date(u.next(ms))
		if ms != ms {
			starts[i], ends[i] = nil, nil
		}
	}
	return t.with(as, starts).with(as+"_end", ends)
}

// measures reads the figures of an aggregation.
func (c *transformer) measures(n node, name string) (all []measure) {
	for _, m := range n.items(name) {
		op, field, as := m.text("op"), m.text("field"), m.text("as")
		if !isAggregate(op) {
			refuse(m.at("op"), "%q is not supported", op)
		}
		if as == "" {
			as = op
			if field != "" {
				as += "_" + flatName(field)
			}
		}
		all = append(all, measure{op, field, as})
	}
	return all
}

func (c *transformer) aggregateTransform(n node, t *table) *table {
	return t.aggregate(append(n.texts("groupby"), c.splitting...), c.measures(n, "aggregate"))
}

func (t *table) groupsBy(fields []string) []group {
	columns := make([]*vector, len(fields))
	for i, f := range fields {
		columns[i] = t.vector(f)
	}
	return t.groups(columns)
}

func (c *transformer) joinAggregate(n node, t *table) *table {
	groups := t.groupsBy(n.texts("groupby"))
	for _, m := range c.measures(n, "joinaggregate") {
		col := make([]any, t.n)
		for _, g := range groups {
			v := m.compute(t, g.rows)
			for _, r := range g.rows {
				col[r] = v
			}
		}
		t = t.with(m.as, col)
	}
	return t
}
