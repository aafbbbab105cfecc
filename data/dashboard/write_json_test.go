package dashboard_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

func TestRowsJSON(t *testing.T) {
	const text = `
groups: [A]
sources: {s: {values: [{x: 1, "007": b}]}}
inputs:
  - multiselect: {name: sectors, source: s, field: x, default: ["007", a]}
  - range: {name: days, source: s, field: x, default: {last: 30d}}
rows:
  - - metric: {label: "true", source: s, aggregate: count, rules: [{lt: 0, color: bad}]}
    - markdown: "# 1\n\n- two\n"
  - height: 2
    panels:
      - vega_lite: {mark: bar, data: {name: s}, encoding: {x: {field: x, scale: {domain: [0, 1e3]}}}}
        where: {x: {in: [1, "007"], is: filled}, "null": {eq: $sectors}}
      - table: {source: s, columns: ["007", {name: x, format: ".1f"}], scale: 1e-6}
`
	p, problems := dashboard.ReadPage("pages/a.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	rows, ok1 := dashboard.RowsJSON(p.Content.Rows)
	inputs, ok2 := dashboard.InputsJSON(p.Content.Inputs)
	if !ok1 || !ok2 {
		t.Fatal("a page that was read cannot be written")
	}
	again := `{"groups": ["A"], "sources": {"s": {"values": [{"x": 1}]}}, "inputs": ` + string(inputs) + `, "rows": ` + string(rows) + `}`
	q, problems := dashboard.ReadPage("pages/a.json", []byte(again))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", again, problems)
	}
	forget(p.Content)
	forget(q.Content)
	for i := range p.Content.Rows {
		if !reflect.DeepEqual(p.Content.Rows[i], q.Content.Rows[i]) {
			t.Errorf("row %d came as\n%+v, not\n%+v", i, q.Content.Rows[i], p.Content.Rows[i])
		}
	}
	if a, b := strings.Join(p.Content.Inputs[0].Default, ","), strings.Join(q.Content.Inputs[0].Default, ","); a != b || q.Content.Inputs[1].Last != "30d" {
		t.Errorf("the inputs came as %+v", q.Content.Inputs)
	}
}

// forget takes away where a page stands in its file.
func forget(c *dashboard.Content) {
	for i := range c.Rows {
		for k := range c.Rows[i].Panels {
			p := &c.Rows[i].Panels[k]
			*p = dashboard.Panel{
				Kind: p.Kind, Name: p.Name, Title: p.Title, Width: p.Width, Where: p.Where, Ignore: p.Ignore, Detail: p.Detail, Open: p.Open, Spec: p.Spec,
			}
		}
	}
}
