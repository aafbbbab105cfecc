package vega

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

func (z *normalizer) repeat(n node, encoding *js.Object) *js.Object {
	spec := object(n.o.Get("spec"))
	if spec == nil {
		refuse(n.at("spec"), "must be an object")
	}
	out := copied(n.o, "repeat", "spec", "columns")
	var list []any
	add := func(values map[string]string) {
		o, _ := replaced(spec, values).(*js.Object)
		list = append(list, o)
		if len(list) > maxViews {
			refuse(n.at("repeat"), "makes more than %d views", maxViews)
		}
	}
	if fields, ok := n.o.Get("repeat").([]any); ok {
		for _, f := range fields {
			add(map[string]string{"repeat": js.String(f)})
		}
		columns := len(fields)
		if v, ok := n.o.Get("columns").(float64); ok {
			columns = int(v)
		}
		out.Set("columns", float64(columns))
		out.Set("concat", list)
		return z.view(node{out, n.path, n.used}, encoding)
	}
	r := n.child("repeat")
	if !r.ok() {
		refuse(n.at("repeat"), "must be a list or an object")
	}
	if layers := r.texts("layer"); layers != nil {
		if r.has("row") || r.has("column") {
			refuse(r.at("layer"), "beside row or column is not supported")
		}
		for _, f := range layers {
			add(map[string]string{"layer": f})
		}
		out.Set("layer", list)
		return z.view(node{out, n.path, n.used}, encoding)
	}
	rows, columns := r.texts("row"), r.texts("column")
	for _, row := range orOneText(rows) {
		for _, column := range orOneText(columns) {
			add(map[string]string{"row": row, "column": column})
		}
	}
	out.Set("columns", float64(max(1, len(columns))))
	out.Set("concat", list)
	return z.view(node{out, n.path, n.used}, encoding)
}

func orOneText(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

// replaced returns a copy of a value in which {"repeat": name} is the field
// that the name stands for.
func replaced(v any, values map[string]string) any {
	switch v := v.(type) {
	case *js.Object:
		if len(v.Keys) == 1 && v.Keys[0] == "repeat" {
			if name, ok := v.Values["repeat"].(string); ok {
				if f, ok := values[name]; ok {
					return f
				}
			}
		}
		out := js.NewObject()
		for _, k := range v.Keys {
			if k == "values" || k == "datasets" {
				out.Set(k, v.Values[k])
				continue
			}
			out.Set(k, replaced(v.Values[k], values))
		}
		if d := object(out.Get("datum")); d != nil && len(d.Keys) == 1 {
			if name, ok := d.Values["repeat"].(string); ok && strings.TrimSpace(name) != "" {
				out.Set("datum", values[name])
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = replaced(e, values)
		}
		return out
	}
	return v
}
