package dashboard

import (
	"go.yaml.in/yaml/v3"
)

// sourceKey is the source of a panel.
func sourceKey[T any](at func(*T) *string) key[T] {
	return must(bind("source", "The source of its figures, by its name on this page.", reference("the name of a source"), at))
}

func metricKeys() object[Metric] {
	return object[Metric]{what: "a metric", keys: []key[Metric]{
		bind("label", "The words above the number.", line(), func(m *Metric) *string { return &m.Label }),
		sourceKey(func(m *Metric) *string { return &m.Source }),
		bind("field", "The column of the number. Not needed to count rows.", fieldName(), func(m *Metric) *string { return &m.Field }),
		bind("aggregate", "How the rows become one number. last if it is not said.",
			word("last", "first", "sum", "mean", "median", "min", "max", "count", "distinct"), func(m *Metric) *string { return &m.Aggregate }),
		bind("over", "The column that orders the rows, such as a date: the number is that of the greatest.", fieldName(), func(m *Metric) *string { return &m.Over }),
		bind("delta", "What the number is compared with: previous, or a column.", fieldName(), func(m *Metric) *string { return &m.Delta }),
		bind("delta_color", "normal: more is good; inverse: less is good; off: neither.", word("normal", "inverse", "off"), func(m *Metric) *string { return &m.DeltaColor }),
		bind("format", `How the number is written, as d3-format says it: "$.3s".`, format(false), func(m *Metric) *string { return &m.Format }),
		bind("trend", "A small line of all values.", yes(), func(m *Metric) *bool { return &m.Trend }),
		bind("rules", "Colours: the first rule that holds gives its own.", rules(), func(m *Metric) *[]Rule { return &m.Rules }),
	}, check: checkMetric}
}

func checkMetric(r *reader, n *yaml.Node, m *Metric) {
	if m.Field == "" && m.Aggregate != "count" && value(n, "field") == nil {
		r.wrong(n, "a metric has no field: name the column of the number, or write aggregate: count")
	}
	if m.Over != "" {
		return
	}
	if m.Delta == "previous" {
		r.wrong(at(n, "delta"), "delta: previous needs over: the column that says what comes before what")
	}
	if m.Trend {
		r.wrong(at(n, "trend"), "trend needs over: the column that orders the line")
	}
}

func tableKeys() object[Table] {
	return object[Table]{what: "a table", keys: []key[Table]{
		sourceKey(func(t *Table) *string { return &t.Source }),
		bind("columns", "The columns that are shown, in this order: names, or {name, label, format, width, help, scale, unit, rules}. All if it is not said.",
			listOf(tableColumn(), "a list of columns", false), func(t *Table) *[]TableColumn { return &t.Columns }),
		bind("index", "The columns that stay at the left.", fieldNames(), func(t *Table) *[]string { return &t.Index }),
		bind("sort", "The columns it is sorted by; -amount is descending.", listOf(signedField(), "a list of columns", true), func(t *Table) *[]string { return &t.Sort }),
		bind("trend", `Number columns that make a small line in each row: a list, or a pattern such as "19*".`, fieldNames(), func(t *Table) *[]string { return &t.Trend }),
		bind("scale", "What all numbers but those of index are multiplied by.", factor(), func(t *Table) *float64 { return &t.Scale }),
		bind("unit", "What is written beside the numbers: $B.", line(), func(t *Table) *string { return &t.Unit }),
	}}
}

func tableColumn() codec[TableColumn] {
	keys := object[TableColumn]{what: "a column", keys: []key[TableColumn]{
		must(bind("name", "The column's name in the source.", fieldName(), func(c *TableColumn) *string { return &c.Name })),
		bind("label", "The heading, in the place of the name.", line(), func(c *TableColumn) *string { return &c.Label }),
		bind("format", "How numbers are written, as d3-format says it, or dates, as d3-time-format does.", format(true), func(c *TableColumn) *string { return &c.Format }),
		bind("width", "How wide it is, in cells.", count(1, 500), func(c *TableColumn) *int { return &c.Width }),
		bind("help", "A sentence that explains it.", line(), func(c *TableColumn) *string { return &c.Help }),
		bind("scale", "What its numbers are multiplied by.", factor(), func(c *TableColumn) *float64 { return &c.Scale }),
		bind("unit", "What is written beside its numbers.", line(), func(c *TableColumn) *string { return &c.Unit }),
		bind("rules", "Colours: the first rule that holds gives its own.", rules(), func(c *TableColumn) *[]Rule { return &c.Rules }),
	}}
	return codec[TableColumn]{
		read: func(r *reader, n *yaml.Node, v *TableColumn) {
			if n.Kind == yaml.MappingNode {
				keys.read(r, n, v)
				return
			}
			fieldName().read(r, n, &v.Name)
		},
		write: func(v TableColumn) *yaml.Node {
			if n := keys.write(v); len(n.Content) > 2 {
				return n
			}
			return textNode(v.Name)
		},
		schema: func() schema { return schema{"anyOf": []any{fieldName().schema(), keys.describe()}} },
	}
}

// chartKinds are the charts of Streamlit's names.
func chartKinds() []panelKind {
	kinds := []struct {
		name, doc string
		keys      []string
	}{
		{"line_chart", "Lines.", nil},
		{"area_chart", "Areas below lines.", []string{"stack"}},
		{"bar_chart", "Bars.", []string{"stack", "horizontal", "sort"}},
		{"scatter_chart", "Points.", []string{"size"}},
	}
	var out []panelKind
	for _, k := range kinds {
		snippet := schema{"source": "$1", "x": "$2", "y": "$3"}
		out = append(out, kindOf(k.name, k.doc, snippet, chartKeys(k.name, k.keys).codec()))
	}
	return out
}

// chartKeys are the keys that all charts have, and those of some.
func chartKeys(kind string, own []string) object[Chart] {
	stacks := word("true", "false", "normalize", "center", "layered")
	o := object[Chart]{what: "a " + kind, keys: []key[Chart]{
		sourceKey(func(c *Chart) *string { return &c.Source }),
		bind("x", "The column along the horizontal axis.", fieldName(), func(c *Chart) *string { return &c.X }),
		bind("y", "The column or columns of the values. All number columns but x if it is not said.", fieldNames(), func(c *Chart) *[]string { return &c.Y }),
		bind("color", "The column that colours tell apart, or a colour; several colours, one for each y.", listOf(fieldName(), "a column, or a list of colours", true), func(c *Chart) *[]string { return &c.Color }),
		bind("x_label", "The words on the horizontal axis.", line(), func(c *Chart) *string { return &c.XLabel }),
		bind("y_label", "The words on the vertical axis.", line(), func(c *Chart) *string { return &c.YLabel }),
	}}
	some := []key[Chart]{
		bind("size", "The column of the points' sizes, or a size.", fieldName(), func(c *Chart) *string { return &c.Size }),
		bind("stack", "Whether areas or bars stand on each other: true, false, normalize, center, layered.", stacks, func(c *Chart) *string { return &c.Stack }),
		bind("horizontal", "Bars that lie.", yes(), func(c *Chart) *bool { return &c.Horizontal }),
		bind("sort", "The order of the bars: a column, -column for descending, or false for that of the rows.", signedField(), func(c *Chart) *string { return &c.Sort }),
	}
	for _, k := range some {
		if contains(own, k.name) {
			o.keys = append(o.keys, k)
		}
	}
	return o
}

func mapKeys() object[Map] {
	zoom := number("a number from 0 to 24", func(f float64) bool { return f >= 0 && f <= 24 }, schema{"minimum": 0, "maximum": 24})
	return object[Map]{what: "a map", keys: []key[Map]{
		sourceKey(func(m *Map) *string { return &m.Source }),
		bind("latitude", "The column of degrees north. Found by its name if it is not said.", fieldName(), func(m *Map) *string { return &m.Latitude }),
		bind("longitude", "The column of degrees east. Found by its name if it is not said.", fieldName(), func(m *Map) *string { return &m.Longitude }),
		bind("color", "The column that colours tell apart, or a colour.", fieldName(), func(m *Map) *string { return &m.Color }),
		bind("size", "The column of the radius, or metres.", fieldName(), func(m *Map) *string { return &m.Size }),
		{
			name: "zoom", doc: "How near the map begins, from 0 (the world) to 24. All places if it is not said.", schema: zoom.schema,
			read: func(r *reader, n *yaml.Node, m *Map) {
				m.Zoomed = true
				zoom.read(r, n, &m.Zoom)
			},
			write: func(m *Map) *yaml.Node {
				if m.Zoomed && m.Zoom == 0 {
					return plainNode("0")
				}
				return zoom.write(m.Zoom)
			},
		},
		bind("ground", groundDoc, ground(), func(m *Map) *string { return &m.Ground }),
	}}
}

func walkKeys() object[Walk] {
	seed := unsigned()
	return object[Walk]{what: "a walk", keys: []key[Walk]{
		{
			name: "seed", doc: "The walk's number: the same one is the same walk. Drawn anew if it is not said.", schema: seed.schema,
			read: func(r *reader, n *yaml.Node, w *Walk) {
				w.Seeded = true
				seed.read(r, n, &w.Seed)
			},
			write: func(w *Walk) *yaml.Node {
				if !w.Seeded {
					return nil
				}
				return seed.write(w.Seed)
			},
		},
		bind("steps", "How many steps it has. 100 if it is not said.", count(1, 10_000), func(w *Walk) *int { return &w.Steps }),
	}}
}
