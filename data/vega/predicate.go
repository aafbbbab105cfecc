package vega

import (
	"math"
	"time"

	"github.com/authtabs/tabgate/data/vega/expr"
	"github.com/authtabs/tabgate/data/vega/js"
)

// env makes what an expression sees of a table's row; the row is set through
// the pointer.
func (c *context) env(t *table, row *int) *expr.Env {
	return &expr.Env{
		Zone:  c.zone,
		Field: func(name string) any { return t.value(name, *row) },
		Lookup: func(name string) (any, bool) {
			if name == "datum" {
				return t.row(*row), true
			}
			v, ok := c.params[name]
			return v, ok
		},
	}
}

// expression parses an expression of the specification, and refuses what it
// names that is not there.
func (c *context) expression(text, where string) *expr.Expr {
	x, err := expr.Parse(text)
	if err != nil {
		refuse(where, "is no expression that is supported: %v", err)
	}
	for _, name := range x.Names() {
		if _, ok := c.params[name]; !ok && name != "datum" {
			refuse(where, "uses the name %s, which is not supported", name)
		}
	}
	return x
}

// eval returns a function that evaluates an expression over a table's rows.
func (c *context) eval(x *expr.Expr, t *table) func(i int) any {
	row := 0
	e := c.env(t, &row)
	return func(i int) any {
		row = i
		return x.Eval(e)
	}
}

// predicate reads a filter or a test: an expression, a field predicate, a
// selection, or and, or, not of such.
func (c *context) predicate(v any, where string) func(t *table) func(i int) bool {
	if text, ok := v.(string); ok {
		x := c.expression(text, where)
		return func(t *table) func(int) bool {
			eval := c.eval(x, t)
			return func(i int) bool { return js.Bool(eval(i)) }
		}
	}
	o, ok := v.(*js.Object)
	if !ok {
		refuse(where, "is no test")
	}
	n := node{o, where, c.used}
	switch {
	case n.has("and"):
		return both(c.predicates(n, "and"), true)
	case n.has("or"):
		return both(c.predicates(n, "or"), false)
	case n.has("not"):
		inner := c.predicate(n.get("not"), n.at("not"))
		return func(t *table) func(int) bool {
			test := inner(t)
			return func(i int) bool { return !test(i) }
		}
	case n.has("param"):
		return selector{c}.picks(n.text("param"), n.flag("empty", true))
	case n.has("field"):
		return c.fieldPredicate(n)
	}
	refuse(where, "is no test that is supported")
	return nil
}

func (c *context) predicates(n node, name string) (all []func(*table) func(int) bool) {
	list, _ := n.get(name).([]any)
	for _, v := range list {
		all = append(all, c.predicate(v, n.at(name)))
	}
	return all
}

// both joins tests: all of them have to hold, or one.
func both(all []func(*table) func(int) bool, and bool) func(*table) func(int) bool {
	return func(t *table) func(int) bool {
		tests := make([]func(int) bool, len(all))
		for i, p := range all {
			tests[i] = p(t)
		}
		return func(i int) bool {
			for _, test := range tests {
				if test(i) != and {
					return !and
				}
			}
			return and
		}
	}
}

func (c *context) fieldPredicate(n node) func(*table) func(int) bool {
	field := n.text("field")
	unit := timeUnitOf(n, "timeUnit", c.zone)
	left := func(t *table) func(int) any {
		read := t.reader(field)
		if unit == nil {
			return read
		}
		return func(i int) any { return unit.floor(float64(js.ToDate(read(i), c.zone))) }
	}
	value := func(v any) any { return c.literal(v, unit) }
	var holds func(v any) bool
	for _, op := range []string{"equal", "lt", "lte", "gt", "gte", "range", "oneOf", "valid"} {
		if !n.has(op) {
			continue
		}
		arg := n.get(op)
		switch op {
		case "equal":
			want := value(arg)
			holds = func(v any) bool { return js.StrictEqual(v, want) }
		case "range":
			holds = inRange(arg, value, n)
		case "oneOf":
			list, _ := arg.([]any)
			wanted := make([]any, len(list))
			for i, w := range list {
				wanted[i] = value(w)
			}
			holds = func(v any) bool {
				for _, w := range wanted {
					if js.StrictEqual(v, w) {
						return true
					}
				}
				return false
			}
		case "valid":
			want := arg == true
			holds = func(v any) bool {
				f := js.Number(v)
				return (js.IsValid(v) && f == f && !math.IsInf(f, 0)) == want
			}
		default:
			want := value(arg)
			holds = func(v any) bool { return compared(op, v, want) }
		}
	}
	if holds == nil {
		refuse(n.path, "is no test that is supported")
	}
	return func(t *table) func(int) bool {
		read := left(t)
		return func(i int) bool { return holds(read(i)) }
	}
}

func compared(op string, a, b any) bool {
	switch op {
	case "lt":
		less, ok := js.Less(a, b)
		return ok && less
	case "lte":
		more, ok := js.Less(b, a)
		return ok && !more
	case "gt":
		more, ok := js.Less(b, a)
		return ok && more
	}
	less, ok := js.Less(a, b)
	return ok && !less
}

func inRange(arg any, value func(any) any, n node) func(any) bool {
	list, ok := arg.([]any)
	if !ok || len(list) != 2 {
		refuse(n.at("range"), "must be a list of two")
	}
	low, high := value(list[0]), value(list[1])
	return func(v any) bool {
		if low != nil && high != nil {
			return expr.InRange(js.Number(v), []any{low, high})
		}
		return (low == nil || compared("gte", v, low)) && (high == nil || compared("lte", v, high))
	}
}

// literal is a value that stands in the specification: a DateTime becomes its
// milliseconds, cut to the unit.
func (c *context) literal(v any, unit *timeUnit) any {
	o, ok := v.(*js.Object)
	if ok {
		n := node{o, "", c.used}
		if x := n.text("expr"); x != "" {
			return c.constant(x, "expr")
		}
		if n.has("signal") {
			refuse("signal", "is not supported")
		}
		v = js.Date(c.dateTime(n))
	}
	if unit == nil {
		if d, ok := v.(js.Date); ok {
			return float64(d)
		}
		return v
	}
	switch f := v.(type) {
	case string:
		return unit.floor(float64(js.ToDate(f, c.zone)))
	case js.Date:
		return unit.floor(float64(f))
	case float64:
		// A number is the part itself, as it is for year.
		parts := js.NewObject()
		parts.Set(unit.smallest(), f)
		return unit.floor(c.dateTime(node{parts, "", c.used}))
	}
	return v
}

// constant evaluates an expression that has no datum.
func (c *context) constant(text, where string) any {
	x := c.expression(text, where)
	empty := newTable(1)
	return c.eval(x, empty)(0)
}

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// dateTime returns the milliseconds of a DateTime definition.
func (c *context) dateTime(n node) float64 {
	zone := c.zone
	if n.flag("utc", false) {
		zone = utc
	}
	year, month, day := int(n.or("year", 2012)), 0, 1
	named := func(v any, names []string) (int, bool) {
		s, ok := v.(string)
		if ok && len(s) >= 3 {
			for i, name := range names {
				if js.String(s[:3]) == name || lower(s[:3]) == name {
					return i, true
				}
			}
		}
		return 0, false
	}
	if n.has("quarter") {
		month = (int(n.or("quarter", 1)) - 1) * 3
	}
	if n.has("month") {
		v := n.get("month")
		if i, ok := named(v, monthNames); ok {
			month = i
		} else {
			month = int(js.Number(v)) - 1
		}
	}
	if n.has("date") {
		day = int(n.or("date", 1))
	}
	if n.has("day") {
		v := n.get("day")
		i, ok := named(v, dayNames)
		if !ok {
			i = int(js.Number(v)) % 7
		}
		if !n.has("year") && !n.has("month") {
			day = i + 1
		} else {
			first := int(time.Date(year, time.Month(month+1), 1, 0, 0, 0, 0, zone).Weekday())
			day = 1 + (i-first+7)%7
		}
	}
	return js.Millis(time.Date(year, time.Month(month+1), day, int(n.or("hours", 0)), int(n.or("minutes", 0)),
		int(n.or("seconds", 0)), int(n.or("milliseconds", 0))*1e6, zone))
}
