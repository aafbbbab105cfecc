package board

import (
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vegalite"
	"github.com/authtabs/tabgate/tui/panels"
)

// countedPanel is the chart that shows what is counted of a column, nil where a
// page has none that says the same: numbers and dates stand in bins, which a
// reader's screen chose.
func countedPanel(f frame.Frame, s panels.Steps) *dashboard.Panel {
	if f == nil || !nominal(f, s.Values) || s.By != "" && !nominal(f, s.By) {
		return nil
	}
	name := func(column string) vegalite.Object {
		return vegalite.Object{{Name: "field", Value: vegalite.Field(column)}, {Name: "type", Value: "nominal"}, {Name: "title", Value: nil}}
	}
	figure, title, adds := vegalite.Object{{Name: "aggregate", Value: "count"}, {Name: "title", Value: rowsName}}, rowsName, true
	if fn, of, ok := strings.Cut(s.Figure, ":"); ok {
		figure = vegalite.Object{{Name: "aggregate", Value: fn}, {Name: "field", Value: vegalite.Field(of)}, {Name: "type", Value: "quantitative"}}
		title, adds = fn+" of "+of, fn == "sum"
	}
	mark, encoding := "bar", vegalite.Object{{Name: "y", Value: name(s.Values).Set("sort", "-x")}, {Name: "x", Value: figure}}
	title += " by " + s.Values
	if s.By != "" {
		title += ", " + s.By
		encoding = encoding.Set("color", name(s.By))
		if !adds {
			mark, encoding = "rect", vegalite.Object{{Name: "y", Value: name(s.Values)}, {Name: "x", Value: name(s.By)}, {Name: "color", Value: figure}}
		}
	}
	text, err := vegalite.Object{
		{Name: "$schema", Value: "https://vega.github.io/schema/vega-lite/v6.json"},
		{Name: "data", Value: vegalite.Object{{Name: "name", Value: s.Source}}},
		{Name: "mark", Value: mark}, {Name: "encoding", Value: encoding},
	}.Text()
	if err != nil {
		return nil
	}
	return &dashboard.Panel{Kind: "vega_lite", Title: title, Width: 1, Where: s.Where, Spec: &dashboard.VegaLite{Text: text, Source: s.Source}}
}

// nominal reports whether a column is of names.
func nominal(f frame.Frame, column string) bool {
	at := frame.Find(f, column)
	return at >= 0 && (f.Columns()[at].Type == frame.Text || f.Columns()[at].Type == frame.Boolean)
}
