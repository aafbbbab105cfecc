package dashboard_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// folder writes files and opens the folder that they make.
func folder(t *testing.T, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return opened(t, dir)
}

func opened(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	})
	return root
}

func lines(problems []dashboard.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		if p.Warning {
			b.WriteString("warning: ")
		}
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

// desk is the folder of the manual.
var desk = map[string]string{
	"tabgate.yaml": `title: Credit desk
refresh: 5m
connections:
  book: {driver: sqlite, path: data/book.db}
  warehouse: {driver: postgres, dsn: "${env:WAREHOUSE_DSN}"}
  lake: {driver: trino, url: "https://trino.example.com:8443", catalog: hive, schema: risk}
inputs:
  - multiselect: {name: sectors, label: Sectors, source: exposure, field: sector, default: [Energy, Retail]}
`,
	"home.md": "# Desk\n",
	"pages/1_📈_Exposure.yaml": `groups: [CreditAnalysts]
about: Exposure by sector, day by day.
sources:
  exposure: {path: data/exposure.csv}
inputs:
  - use: sectors
rows:
  - - metric: {label: Exposure, source: exposure, field: amount, aggregate: sum, format: "$.3s", delta: previous, over: day}
    - metric: {label: Names, source: exposure, aggregate: count}
  - height: 3
    panels:
      - area_chart: {source: exposure, x: day, y: amount, color: sector, stack: true}
        width: 2
        where: {sector: {in: $sectors}, amount: {gt: 0}}
      - vega_lite: charts/by_rating.vl.json
  - - table: {source: exposure, sort: [-amount], index: [sector]}
`,
	"pages/2_Branches.yaml":    "groups: []\nsources:\n  book: {connection: book, query: 'select * from branches where sector = :sector'}\ninputs:\n  - selectbox: {name: sector, options: [Energy, Retail]}\n",
	"pages/3_Figures.json":     `{"$schema": "x", "groups": ["*"], "title": "Figures \ud83d\ude00", "sources": {"v": {"values": [{"a": 1}]}}}`,
	"pages/_draft.yaml":        "no page",
	"pages/notes.txt":          "no page",
	"charts/by_rating.vl.json": `{"data": {"name": "exposure"}, "mark": "bar", "encoding": {"x": {"field": "amount"}}}`,
	"data/exposure.csv":        "day,sector,amount\n2024-01-01,Energy,3\n",
	"data/book.db":             "",
}

func TestRead(t *testing.T) {
	d, problems := dashboard.Read(folder(t, desk))
	if len(problems) > 0 {
		t.Fatalf("the manual's folder has problems:\n%s", lines(problems))
	}
	if got := strings.Join(d.Pages.IDs(), " "); got != "home exposure branches figures" {
		t.Errorf("the pages are %s", got)
	}
	exposure := d.Pages[1]
	if exposure.Title != "Exposure" || exposure.Icon != "📈" || !slices.Equal(exposure.Groups, []string{"CreditAnalysts"}) {
		t.Errorf("the first page is %+v", exposure)
	}
	if in := exposure.Content.Inputs[0]; !in.Shared || in.Kind != "multiselect" || in.Field != "sector" {
		t.Errorf("its input is %+v", in)
	}
	if n := len(exposure.Content.Rows); n != 3 {
		t.Fatalf("it has %d rows", n)
	}
	area := exposure.Content.Rows[1].Panels[0]
	if chart := area.Spec.(*dashboard.Chart); area.Kind != "area_chart" || area.Width != 2 || chart.Stack != "true" || chart.X != "day" {
		t.Errorf("the chart is %+v with %+v", area, chart)
	}
	if w := area.Where; len(w) != 2 || w[0].Input != "sectors" || w[1].Op != "gt" || w[1].Values[0] != "0" {
		t.Errorf("it is filtered by %+v", w)
	}
	if d.Home.Path != "home.md" || d.Title != "Credit desk" || len(d.Connections) != 3 {
		t.Errorf("the dashboard is %+v", d)
	}
	if d.Pages[3].Title != "Figures 😀" {
		t.Errorf("the page in JSON is called %q", d.Pages[3].Title)
	}
}
