package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// implied returns the types that the views below n, as far as they share its
// data, imply for fields of the source.
func (c builder) implied(n node, made0 map[string]bool) parses {
	all := parses{}
	c.implyInto(all, n, made0, true)
	return all
}

func (c builder) implyInto(all parses, n node, before map[string]bool, top bool) {
	if n.has("data") && !top {
		return
	}
	fields := map[string]bool{}
	for k := range before {
		fields[k] = true
	}
	if n.has("transform") {
		for _, t := range n.items("transform") {
			if t.has("filter") {
				implyFilter(all, t.o.Values["filter"], fields)
			}
			for k := range made([]node{t}) {
				fields[k] = true
			}
		}
	}
	set := func(field, kind string) {
		if _, ok := all[field]; !ok && field != "" && !fields[flatName(field)] && !fields["*"] {
			all[field] = kind
		}
	}
	if enc := object(n.o.Get("encoding")); enc != nil {
		for _, name := range enc.Keys {
			list, _ := enc.Values[name].([]any)
			if o := object(enc.Values[name]); o != nil {
				list = []any{o}
				list = append(list, listOrOne(o.Get("condition"))...)
			}
			for _, v := range list {
				if o := object(v); o != nil {
					implyChannel(o, name, n, set)
				}
			}
		}
	}
	for _, name := range []string{"row", "column"} {
		if f := object(object(n.o.Get("facet")).GetOr(name)); f != nil {
			implyChannel(f, name, n, set)
		}
	}
	if f := object(n.o.Get("facet")); f != nil {
		implyChannel(f, "facet", n, set)
	}
	for _, name := range []string{"layer", "concat", "hconcat", "vconcat"} {
		if n.has(name) {
			for _, child := range n.items(name) {
				c.implyInto(all, child, fields, false)
			}
		}
	}
	if n.has("spec") {
		c.implyInto(all, n.child("spec"), fields, false)
	}
}

func listOrOne(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	if object(v) == nil {
		return nil
	}
	return []any{v}
}

// implyChannel says what a channel's definition implies for its field.
func implyChannel(o *js.Object, name string, n node, set func(field, kind string)) {
	field, _ := o.Get("field").(string)
	typ, _ := o.Get("type").(string)
	op, _ := o.Get("aggregate").(string)
	_, unit := o.Values["timeUnit"]
	mark := object(n.o.Get("mark"))
	kind, _ := mark.GetOr("type").(string)
	switch {
	case field == "":
	case typ == temporal || unit || typ == "" && unit:
		if op == "" || op == "min" || op == "max" || unit {
			set(field, "date")
		}
	case typ == quantitative && (op == "min" || op == "max"):
		set(field, "number")
	case typ == quantitative && op == "" && (kind == "line" || kind == "area" || kind == "trail") && (name == "x" || name == "y"):
		if _, binned := o.Values["bin"]; !binned {
			set(field, "number")
		}
	}
	if s := object(o.Get("sort")); s != nil {
		return
	}
}

// implyFilter says what the field predicates of a filter imply.
func implyFilter(all parses, v any, made map[string]bool) {
	o := object(v)
	if o == nil {
		return
	}
	for _, op := range []string{"and", "or"} {
		if list, ok := o.Get(op).([]any); ok {
			for _, e := range list {
				implyFilter(all, e, made)
			}
		}
	}
	implyFilter(all, o.Get("not"), made)
	field, _ := o.Get("field").(string)
	if field == "" || made[flatName(field)] || made["*"] {
		return
	}
	kind := ""
	if _, ok := o.Values["timeUnit"]; ok {
		kind = "date"
	}
	for _, op := range []string{"equal", "lt", "lte", "gt", "gte", "range", "oneOf"} {
		v := o.Get(op)
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		if kind != "" {
			break
		}
		switch v := v.(type) {
		case float64:
			kind = "number"
		case string:
			kind = "string"
		case *js.Object:
			if _, isExpr := v.Values["expr"]; !isExpr {
				kind = "date"
			}
		}
	}
	if _, ok := all[field]; !ok && kind != "" {
		all[field] = kind
	}
}
