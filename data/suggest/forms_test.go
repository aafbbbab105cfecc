package suggest_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
)

// forms are a file for each form of chart, with the title of the chart.
func forms() map[string][2]string {
	return map[string][2]string{
		"lines that share an axis": {weather(), "temp_max, temp_min by date"},
		"a line":                   {weather(), "wind by date"},
		"points":                   {weather(), "temp_min against temp_max by weather"},
		"bars":                     {weather(), "mean of wind by weather"},
		"a histogram":              {weather(), "rows by temp_max"},
		"lines of rows by year": {table("Region,1961,1962,1963", 49, func(i int) string {
			return fmt.Sprintf("r%d,%d,%d,%d", i, i*3, i*4, i*5)
		}), "5 of 49 Region by year"},
		"lines by many categories": {table("day,symbol,price", 300, func(i int) string {
			return fmt.Sprintf("%s,s%d,%d.5", day(i/15), i%15, i*7%31)
		}), "price by day and symbol, 10 of 15"},
		"sums over time": {table("day,sales", 900, func(i int) string {
			return fmt.Sprintf("%s,%d.5", day(i*7%900/2), i%77)
		}), "sum of sales by month"},
		"rows over time": {table("day,kind", 300, func(i int) string {
			return fmt.Sprintf("%s,%s", day(i*7%90), []string{"A", "B", "C"}[i*i%3])
		}), "rows by day"},
		"a line over years": {table("year,solar,output", 20, func(i int) string {
			return fmt.Sprintf("%d,%d.5,%d.1", 1990+i, i*i%7, i*3%11)
		}), "solar by year"},
		"the longest bars": {table("state,weight", 400, func(i int) string {
			return fmt.Sprintf("s%d,%d.5", i%30, i*7%83)
		}), "mean of weight by state, top 12 of 30"},
		"the most rows": {table("state,weight", 400, func(i int) string {
			return fmt.Sprintf("s%d,%d.5", i*i%61, i*7%83)
		}), "rows by state, top 12 of 31"},
		"bars of rows that each have a name": {table("town,rent", 15, func(i int) string {
			return fmt.Sprintf("t%d,%d.5", i, i*7%31)
		}), "rent by town, top 12 of 15"},
		"cells of many points": {table("a,b", 10_001, func(i int) string {
			return fmt.Sprintf("%d.5,%d.25", i*7%83, i*11%57)
		}), "rows by a, b"},
		"a heat map": {table("size,time", 50, func(i int) string {
			return []string{"L", "M", "S"}[i%3] + "," + []string{"day", "night"}[i*i%2]
		}), "rows by size, time"},
	}
}

// form is one of testdata/forms.json: the specification that is suggested, and
// what Vega computes of it.
type form struct{ Spec, Facts json.RawMessage }

// What Vega computes was asked for once, with vega 6.4.0 and vega-lite 6.4.3:
// TABGATE_FORMS=DIR go test ./data/suggest -run Forms writes the specifications
// with their rows.
func TestCharts_FormsAreVegas(t *testing.T) {
	text, err := os.ReadFile("testdata/forms.json")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]form{}
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	for name, c := range forms() {
		t.Run(name, func(t *testing.T) {
			f := read(t, c[0])
			for _, s := range chartsOf(t, f, suggest.Options{Source: "figures"}) {
				if s.Title == c[1] {
					spec := s.Panel.Spec.(*dashboard.VegaLite).Text
					if dir := os.Getenv("TABGATE_FORMS"); dir != "" {
						withRows(t, filepath.Join(dir, strings.ReplaceAll(name, " ", "_")+".vl.json"), spec, f)
						return
					}
					asVega(t, f, spec, known[name])
					return
				}
			}
			t.Errorf("there is no chart %q", c[1])
		})
	}
}

// withRows writes a specification with the rows of a frame in it.
func withRows(t *testing.T, file string, spec []byte, f frame.Frame) {
	t.Helper()
	var rows []string
	err := f.Scan(t.Context(), frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			var cells []string
			for k, c := range f.Columns() {
				cells = append(cells, string(frame.AppendQuoted(nil, []byte(c.Name)))+":"+string(b.Columns[k].AppendJSON(nil, i)))
			}
			rows = append(rows, "{"+strings.Join(cells, ",")+"}")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var o map[string]json.RawMessage
	if err := json.Unmarshal(spec, &o); err != nil {
		t.Fatal(err)
	}
	o["data"] = json.RawMessage(`{"values":[` + strings.Join(rows, ",") + `]}`)
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func asVega(t *testing.T, f frame.Frame, spec []byte, want form) {
	t.Helper()
	var ours, theirs any
	if json.Unmarshal(spec, &ours) != nil || json.Unmarshal(want.Spec, &theirs) != nil {
		t.Fatal("no JSON")
	}
	if a, b := compact(ours), compact(theirs); a != b {
		t.Fatalf("another specification than Vega was asked about:\n%s\n%s", a, b)
	}
	scene, err := vega.Compile(spec, vega.Options{Zone: time.UTC, Columns: func(_ string, use *vega.Use) ([]vega.Column, int, error) {
		return vegaframe.Columns(t.Context(), f, use, time.UTC)
	}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := scene.Facts("")
	if err != nil {
		t.Fatal(err)
	}
	if json.Unmarshal(text, &ours) != nil || json.Unmarshal(want.Facts, &theirs) != nil {
		t.Fatal("no JSON")
	}
	if found := unlike("", ours, theirs); found != "" {
		t.Error(found)
	}
}

func compact(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// unlike says where our facts differ from theirs in what they have in common.
func unlike(where string, ours, theirs any) string {
	switch b := theirs.(type) {
	case map[string]any:
		a, ok := ours.(map[string]any)
		if !ok {
			return where + " is missing"
		}
		for name := range b {
			switch name {
			case "spec", "range", "warnings", "labelAngle", "shape", "strokeWidth":
				continue
			}
			if _, given := a[name]; !given {
				continue
			}
			if found := unlike(where+"."+name, a[name], b[name]); found != "" {
				return found
			}
		}
	case []any:
		a, ok := ours.([]any)
		if !ok || len(a) != len(b) {
			return fmt.Sprintf("%s: %.200v, not %.200v", where, ours, theirs)
		}
		for i := range b {
			if found := unlike(fmt.Sprintf("%s[%d]", where, i), a[i], b[i]); found != "" {
				return found
			}
		}
	case float64:
		if a, ok := ours.(float64); !ok || math.Abs(a-b) > 0.01+0.001*math.Abs(b) {
			return fmt.Sprintf("%s: %v, not %v", where, ours, theirs)
		}
	case string:
		if ours != theirs && !strings.HasPrefix(b, "#") {
			return fmt.Sprintf("%s: %v, not %v", where, ours, theirs)
		}
	default:
		if ours != theirs {
			return fmt.Sprintf("%s: %v, not %v", where, ours, theirs)
		}
	}
	return ""
}
