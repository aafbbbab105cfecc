package gate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

const figuresCSV = "day,name,amount,lat,lon,secret,extra\n2024-01-01,alpha,10,37.7,-122.4,hush,1\n2024-01-02,beta,20,37.8,-122.5,hush,2\n"

// shown serves a page of these rows, whose source s has the columns day, name,
// amount, lat, lon, secret and extra.
func shown(t *testing.T, rows string, more files) *desk {
	t.Helper()
	f := files{"data/s.csv": figuresCSV, "pages/1_Page.yaml": "groups: []\nsources:\n  s: {path: data/s.csv}\n" + rows}
	for name, text := range more {
		f[name] = text
	}
	return serve(t, f)
}

// read checks that a page can be read as a reader reads it, and returns it.
func (d *desk) read(t *testing.T) (dashboard.Page, wire.Page) {
	t.Helper()
	told := d.page("page", "")
	sources := map[string]any{}
	for _, f := range told.Frames {
		if f.Error != "" {
			t.Errorf("frame %s cannot be had: %s", f.Name, f.Error)
		}
		row := map[string]any{}
		for _, c := range f.Columns {
			row[c.Name] = 1
		}
		sources[f.Name] = map[string]any{"values": []any{row}}
	}
	named, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	text := `{"groups":[],"sources":` + string(named) + `,"inputs":` + string(told.Inputs)
	if string(told.Rows) != "null" {
		text += `,"rows":` + string(told.Rows)
	}
	p, problems := dashboard.ReadPage("pages/page.json", []byte(text+"}"))
	for _, q := range problems {
		if !q.Warning {
			t.Errorf("%v: %s", q, text)
		}
	}
	return p, told
}

func (d *desk) columns(t *testing.T, frame string) []string {
	t.Helper()
	_, told := d.read(t)
	for _, f := range told.Frames {
		if f.Name == frame {
			var out []string
			for _, c := range f.Columns {
				out = append(out, c.Name)
			}
			return out
		}
	}
	t.Fatalf("there is no frame %s: %+v", frame, told.Frames)
	return nil
}

func TestG46WhatPanelsName(t *testing.T) {
	all := []string{"day", "name", "amount", "lat", "lon", "secret", "extra"}
	for name, test := range map[string]struct {
		rows string
		want []string
	}{
		"a metric":                   {"rows:\n  - - metric: {label: A, source: s, field: amount, over: day, delta: previous, aggregate: sum, rules: [{gt: extra, color: good}]}", []string{"day", "amount", "extra"}},
		"a metric that counts":       {"rows:\n  - - metric: {label: A, source: s, aggregate: count}", []string{"#"}},
		"a table of all":             {"rows:\n  - - table: {source: s}", all},
		"a table of some":            {"rows:\n  - - table: {source: s, columns: [name], index: [day], sort: [-amount]}", []string{"day", "name", "amount"}},
		"a table with a trend":       {"rows:\n  - - table: {source: s, columns: [name], trend: [\"a*\"]}", []string{"name", "amount"}},
		"a chart":                    {"rows:\n  - - line_chart: {source: s, x: day, y: amount, color: name}", []string{"day", "name", "amount"}},
		"a chart of all numbers":     {"rows:\n  - - line_chart: {source: s, x: day}", []string{"day", "amount", "lat", "lon", "extra"}},
		"a map":                      {"rows:\n  - - map: {source: s, size: amount, color: \"#f00\"}", []string{"amount", "lat", "lon"}},
		"a map that names its own":   {"rows:\n  - - map: {source: s, latitude: extra, longitude: lon}", []string{"lon", "extra"}},
		"a condition without input":  {"rows:\n  - - bar_chart: {source: s, x: name, y: amount}\n      where: {secret: {eq: hush}}", []string{"name", "amount"}},
		"a condition with an input":  {"inputs:\n  - text: {name: find}\nrows:\n  - - bar_chart: {source: s, x: name, y: amount}\n      where: {extra: {eq: $find}}", []string{"name", "amount", "extra"}},
		"an input that filters":      {"inputs:\n  - range: {name: days, source: s, field: day}\nrows:\n  - - bar_chart: {source: s, x: name, y: amount}", []string{"day", "name", "amount"}},
		"details and a link":         {"rows:\n  - - bar_chart: {source: s, x: name, y: amount}\n      detail: [extra]\n      open: {page: page, set: {x: lat}}", []string{"name", "amount", "lat", "extra"}},
		"no rows":                    {"", all},
		"a specification":            {"rows:\n  - - vega_lite: {mark: bar, data: {name: s}, encoding: {x: {field: name}, y: {aggregate: sum, field: amount}}}", []string{"name", "amount"}},
		"a source beside it":         {"rows:\n  - - vega_lite: {spec: {mark: bar, encoding: {x: {field: name}}}, source: s}", []string{"name"}},
		"an expression":              {"rows:\n  - - vega_lite: {mark: bar, data: {name: s}, transform: [{calculate: \"datum.amount * datum['extra']\", as: z}], encoding: {x: {field: z}}}", []string{"amount", "extra"}},
		"a name that is computed":    {"rows:\n  - - vega_lite: {mark: bar, data: {name: s}, params: [{name: p, value: secret}], transform: [{calculate: \"datum[p]\", as: z}], encoding: {x: {field: z}}}", all},
		"a tooltip of all":           {"rows:\n  - - vega_lite: {mark: {type: bar, tooltip: {content: data}}, data: {name: s}, encoding: {x: {field: name}}}", all},
		"words that are no names":    {"rows:\n  - - vega_lite: {title: \"lat, lon and extra\", description: secret, mark: bar, data: {name: s}, encoding: {x: {field: name}}}", []string{"name"}},
		"a word that holds a name":   {"rows:\n  - - vega_lite: {mark: bar, data: {name: s}, encoding: {x: {field: name, axis: {labelExpr: \"'secretary extras'\"}}}}", []string{"name"}},
		"a layer of a map":           {"rows:\n  - - pydeck: {initialViewState: {latitude: 1, longitude: 1, zoom: 1}, layers: [{\"@@type\": ScatterplotLayer, id: a, data: s, getPosition: \"@@=[lon, lat]\", getRadius: \"@@=amount * 2\"}]}", []string{"amount", "lat", "lon"}},
		"a tooltip of a map":         {"rows:\n  - - pydeck: {initialViewState: {latitude: 1, longitude: 1, zoom: 1}, tooltip: {text: \"{name}!\"}, layers: [{\"@@type\": ScatterplotLayer, id: a, data: s, getPosition: \"@@=[lon, lat]\"}]}", []string{"name", "lat", "lon"}},
		"two panels of one source":   {"rows:\n  - - metric: {label: A, source: s, field: amount}\n    - table: {source: s, columns: [name]}", []string{"name", "amount"}},
		"a specification with words": {"rows:\n  - - vega_lite: {mark: point, data: {name: s}, encoding: {x: {field: lat, type: quantitative}, tooltip: [{field: name, title: extra}]}}", []string{"name", "lat"}},
	} {
		t.Run("G-46 "+name, func(t *testing.T) {
			d := shown(t, test.rows, nil)
			if got := d.columns(t, "s"); !slices.Equal(got, test.want) {
				t.Errorf("it names %q, not %q", got, test.want)
			}
			a := d.get(wire.FramePath("page", "s", nil), "").complete(t, "2")
			if f, err := wire.ReadCSV(t.Context(), strings.NewReader(a.body), d.page("page", "").Frames[0].Columns, frame.Origin{}); err != nil || f.Len() != 2 {
				t.Errorf("%q is read as %v", a.body, err)
			}
		})
	}
}

func TestG46OneFrameForEachCondition(t *testing.T) {
	d := shown(t, `
inputs:
  - multiselect: {name: names, source: s, field: name}
rows:
  - - bar_chart: {source: s, x: day, y: amount}
      where: {amount: {lt: 15}}
    - vega_lite: {mark: bar, data: {name: s}, encoding: {x: {field: day}}}
      where: {amount: {gt: 15}}
    - metric: {label: A, source: s, field: amount}
      where: {amount: {gt: 15}}
      ignore: [names]
`, nil)
	p, told := d.read(t)
	if len(told.Frames) != 2 || told.Frames[0].Name != "s" || told.Frames[1].Name != "s 2" {
		t.Fatalf("the frames are %+v", told.Frames)
	}
	t.Run("G-46 each has its own rows", func(t *testing.T) {
		one, two := d.get(wire.FramePath("page", "s", nil), "").complete(t, "1").body, d.get(wire.FramePath("page", "s 2", nil), "").complete(t, "1").body
		if !strings.Contains(one, "alpha") || strings.Contains(one, "beta") || !strings.Contains(two, "beta") || strings.Contains(two, "alpha") {
			t.Errorf("they are %q and %q", one, two)
		}
	})
	t.Run("panels name theirs, and inputs filter them as before", func(t *testing.T) {
		panels := p.Content.Rows[0].Panels
		var sources []string
		for _, panel := range panels {
			sources = append(sources, panel.Sources()...)
		}
		if !slices.Equal(sources, []string{"s", "s 2", "s 2"}) || len(panels[0].Where) != 0 || panels[1].Where.String() != "name in $names" || len(panels[2].Where) != 0 {
			t.Errorf("%q with %v, %v and %v", sources, panels[0].Where, panels[1].Where, panels[2].Where)
		}
	})
	t.Run("options are those of the rows that are sent", func(t *testing.T) {
		if got := p.Content.Inputs[0].Options; !slices.Equal(got, []string{"alpha", "beta"}) {
			t.Errorf("they are %q", got)
		}
	})
}

func TestG46DataOfSpecifications(t *testing.T) {
	const rows = `[{"name":"alpha","amount":1,"secret":"hush"},{"name":"beta","amount":2,"secret":"hush"}]`
	encoding := `"encoding":{"x":{"field":"name"},"y":{"field":"amount"}}`
	for name, spec := range map[string]string{
		"that stand in it":      `{"data":{"values":` + rows + `},"mark":"bar",` + encoding + `}`,
		"of a file":             `{"data":{"url":"charts/figures.json"},"mark":"bar",` + encoding + `}`,
		"of a csv file":         `{"data":{"url":"charts/figures.csv"},"mark":"bar",` + encoding + `}`,
		"as text":               `{"data":{"values":"name,amount,secret\nalpha,1,hush\n","format":{"type":"csv"}},"mark":"bar",` + encoding + `}`,
		"as Altair writes them": `{"datasets":{"data-1":` + rows + `},"data":{"name":"data-1"},"mark":"bar",` + encoding + `}`,
		"below a property":      `{"data":{"values":{"rows":` + rows + `},"format":{"property":"rows"}},"mark":"bar",` + encoding + `}`,
		"of a layer":            `{"layer":[{"data":{"values":` + rows + `},"mark":"bar",` + encoding + `}]}`,
	} {
		t.Run("G-46 data "+name+" are sent without columns that it does not name", func(t *testing.T) {
			d := serve(t, files{
				"pages/1_Page.yaml": "groups: []\nrows:\n  - - vega_lite: charts/a.vl.json\n", "charts/a.vl.json": spec,
				"charts/figures.json": rows, "charts/figures.csv": "name,amount,secret\nalpha,1,hush\n",
			})
			body := d.get(wire.PagePath("page"), "").ok(t).body
			d.read(t)
			if !strings.Contains(body, "alpha") || strings.Contains(body, "hush") || strings.Contains(body, "secret") || strings.Contains(body, "charts/") || strings.Contains(body, ".json") {
				t.Errorf("it is %s", body)
			}
		})
	}
	t.Run("G-46 of a map's layers too", func(t *testing.T) {
		d := serve(t, files{
			"pages/1_Page.yaml": "groups: []\nrows:\n  - - pydeck: {spec: a.json, layers: {heading: Layers, keys: {a: a}}}\n",
			"a.json":            `{"initialViewState":{"latitude":1,"longitude":1,"zoom":1},"layers":[{"@@type":"ScatterplotLayer","id":"a","data":"rows.json","getPosition":"@@=[lon, lat]"},{"@@type":"ScatterplotLayer","id":"b","data":[{"position":[1,2],"secret":"hush"}]}]}`,
			"rows.json":         `[{"lon":1,"lat":2,"secret":"hush"}]`,
		})
		body := d.get(wire.PagePath("page"), "").ok(t).body
		d.read(t)
		if strings.Contains(body, "hush") || strings.Contains(body, "rows.json") || !strings.Contains(body, `"lon":1`) || !strings.Contains(body, `"position":[1,2]`) {
			t.Errorf("it is %s", body)
		}
	})
	t.Run("texts of files stand in the page, and its grounds do not", func(t *testing.T) {
		d := shown(t, "rows:\n  - - markdown: {path: notes.md}\n    - map: {source: s, ground: none}\n", files{"notes.md": "# Notes\n\nof *ours*\n"})
		body := d.get(wire.PagePath("page"), "").ok(t).body
		d.read(t)
		if !strings.Contains(body, "# Notes") || strings.Contains(body, "notes.md") || strings.Contains(body, "ground") {
			t.Errorf("it is %s", body)
		}
	})
}
