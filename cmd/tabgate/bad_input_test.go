package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// badPage is a page of the test's folder with something wrong in it.
const badPage = "pages/9_Bad.yaml"

// onPage is a bad page: groups and a source of the folder, and then the text.
func onPage(text string) map[string]string {
	return map[string]string{badPage: "groups: []\nsources:\n  sales: {path: data/sales.csv}\n" + text}
}

func pageIs(text string) map[string]string { return map[string]string{badPage: text} }

func rowsOf(panel string) map[string]string { return onPage("rows:\n  - - " + panel + "\n") }

// badInput is what can be wrong with a folder, and what check says of it:
// exactly these lines.
type badInput struct {
	files map[string]string
	says  []string
	later bool // it is found once figures are read or panels drawn
}

func badInputs() map[string]badInput {
	panels := "rows:\n" + strings.Repeat("  - - markdown: x\n", 101)
	pages := map[string]string{}
	for i := range 39 {
		pages[fmt.Sprintf("pages/p%02d.yaml", i)] = "groups: []\nrows: [[{markdown: x}]]\n"
	}
	return map[string]badInput{
		"no groups":                       {pageIs("about: x\nrows: [[{markdown: x}]]\n"), []string{"pages/9_Bad.yaml:1:1 a page has no groups: who may open the page: [] is anyone, [\"*\"] anyone who is signed in, else any one of these groups"}, false},
		"groups that are one":             {pageIs("groups: Traders\nrows: [[{markdown: x}]]\n"), []string{"pages/9_Bad.yaml:1:9 groups is a list, and this is text: write [\"Traders\"]"}, false},
		"an unknown key":                  {onPage("abuot: x\n"), []string{"pages/9_Bad.yaml:4:1 unknown key abuot: did you mean about?"}, false},
		"an unknown panel":                {rowsOf("line_chrat: {source: sales}"), []string{"pages/9_Bad.yaml:5:7 unknown panel line_chrat: did you mean line_chart?"}, false},
		"an unknown key of a panel":       {rowsOf("line_chart: {source: sales, x: day, y: amount, colour: region}"), []string{"pages/9_Bad.yaml:5:54 unknown key colour: did you mean color?"}, false},
		"an unknown source":               {rowsOf("metric: {source: sale, aggregate: count}"), []string{"pages/9_Bad.yaml:5:24 unknown source sale: did you mean sales?"}, false},
		"an unknown field":                {rowsOf("line_chart: {source: sales, x: day, y: amuont}"), []string{"pages/9_Bad.yaml:5:46 unknown column amuont: did you mean amount?"}, true},
		"an unknown field of a condition": {rowsOf("{table: {source: sales}, where: {regoin: {eq: North}}}"), []string{"pages/9_Bad.yaml:5:40 there is no column \"regoin\": did you mean \"region\"?"}, true},
		"an unknown kind of input":        {onPage("inputs:\n  - multselect: {name: r, source: sales, field: region}\n"), []string{"pages/9_Bad.yaml:5:5 unknown input multselect: did you mean multiselect?"}, false},
		"an unknown field of an input":    {onPage("inputs:\n  - multiselect: {name: r, source: sales, field: regoin}\n"), []string{"pages/9_Bad.yaml:5:50 unknown column regoin: did you mean region?"}, true},
		"an unknown input":                {onPage("inputs:\n  - multiselect: {name: regions, source: sales, field: region}\nrows:\n  - - table: {source: sales}\n      where: {region: {in: $region}}\n"), []string{"pages/9_Bad.yaml:8:28 unknown input $region: did you mean regions?"}, false},
		"an unknown input to ignore":      {onPage("inputs:\n  - multiselect: {name: regions, source: sales, field: region}\nrows:\n  - - table: {source: sales}\n      ignore: [region]\n"), []string{"pages/9_Bad.yaml:8:16 unknown input region in ignore: did you mean regions?"}, false},
		"an unknown shared input":         {onPage("inputs:\n  - use: regions\n"), []string{"pages/9_Bad.yaml:5:10 unknown shared input regions: tabgate.yaml has no inputs"}, false},
		"text where numbers are drawn":    {rowsOf("bar_chart: {source: sales, x: day, y: region}"), []string{"pages/9_Bad.yaml:5:45 y wants numbers, and the column region is text: such as amount"}, true},
		"text that is summed":             {rowsOf("metric: {source: sales, field: region, aggregate: sum}"), []string{"pages/9_Bad.yaml:5:38 the metric wants numbers, and the column region is text: such as amount"}, true},
		"a range of text":                 {onPage("inputs:\n  - range: {name: r, source: sales, field: region}\n"), []string{"pages/9_Bad.yaml:5:44 a range wants numbers or dates, and the column region is text: such as day, amount"}, true},
		"a path that leads out":           {pageIs("groups: []\nsources:\n  x: {path: ../x.csv}\n"), []string{"pages/9_Bad.yaml:3:13 ../x.csv leaves the folder: put the file into the folder"}, false},
		"a path that is absolute":         {pageIs("groups: []\nsources:\n  x: {path: /etc/passwd}\n"), []string{"pages/9_Bad.yaml:3:13 /etc/passwd is absolute: paths begin at the folder, so put the file there"}, false},
		"a file that is gone":             {pageIs("groups: []\nsources:\n  x: {path: data/sale.csv}\n"), []string{"pages/9_Bad.yaml:3:13 data/sale.csv is not in the folder: did you mean data/sales.csv?"}, false},
		"two pages of one id":             {map[string]string{"pages/9_sales.yaml": "groups: []\nrows: [[{markdown: x}]]\n"}, []string{"pages/9_sales.yaml:1:1 pages/1_Sales.yaml has the id sales too: give one of the two another name, or write id:"}, false},
		"41 pages":                        {pages, []string{"pages/p38.yaml a dashboard has at most 40 pages, and this is number 41: take one out"}, false},
		"101 panels":                      {onPage(panels), []string{"pages/9_Bad.yaml:105:7 a page has at most 100 panels: make two pages of it"}, false},
		"inputs in a circle":              {onPage("inputs:\n  - multiselect: {name: a, source: sales, field: region, from: b}\n  - multiselect: {name: b, source: sales, field: day, from: a}\n"), []string{"pages/9_Bad.yaml:5:64 the options of inputs go round in a circle: a from b from a"}, false},
		"an input that filters itself":    {onPage("inputs:\n  - multiselect: {name: a, source: sales, field: region, from: a}\n"), []string{"pages/9_Bad.yaml:5:64 the options of inputs go round in a circle: a from a"}, false},
		"lookups in a circle":             {pageIs("groups: []\nsources:\n  a: {path: data/sales.csv, lookup: [{from: b, on: region, take: [cost]}]}\n  b: {path: data/costs.csv, lookup: [{from: a, on: region, take: [day]}]}\n"), []string{"pages/9_Bad.yaml:3:3 lookups go round in a circle: a from b from a", "pages/9_Bad.yaml:3:3 source a: there is no source \"b\" to look up in: the page has no other", "pages/9_Bad.yaml:4:3 source b: there is no source \"a\" to look up in: the page has no other"}, false},
		"an anchor":                       {pageIs("groups: &g []\nrows: [[{markdown: x}]]\n"), []string{"pages/9_Bad.yaml:1:9 YAML anchors (&g) are not taken: write it out, or put the text in quotes"}, false},
		"an alias":                        {onPage("about: *g\n"), []string{"pages/9_Bad.yaml:4:8 YAML aliases (*g) are not taken: write it out, or put the text in quotes"}, false},
		"a key twice":                     {onPage("about: x\nabout: y\n"), []string{"pages/9_Bad.yaml:5:1 key about stands here twice: the first is in line 4"}, false},
		"a tab":                           {pageIs("groups: []\nsources:\n\tsales: {path: data/sales.csv}\n"), []string{"pages/9_Bad.yaml:3:1 a tab indents this line: YAML takes spaces alone"}, false},
		"text that is no UTF-8":           {onPage("about: gr\xfc\xdfe\n"), []string{"pages/9_Bad.yaml:4:1 this is no UTF-8 text: save the file as UTF-8"}, false},
		"a literal password":              {map[string]string{"tabgate.yaml": "connections:\n  book: {driver: postgres, dsn: \"postgres://me:hunter2@db.example.com/x\"}\n"}, []string{"tabgate.yaml:2:33 a password stands in the file: write ${env:NAME} in its place, and put it into the environment"}, false},
		"a password in a header":          {pageIs("groups: []\nsources:\n  x: {url: \"https://example.com/x.csv\", headers: {Authorization: Bearer hunter2}}\n"), []string{"pages/9_Bad.yaml:3:66 a secret stands in the file: write Authorization: ${env:NAME}, and put it into the environment"}, false},
		"a specification that is refused": {
			map[string]string{"charts/x.vl.json": `{"mark": "bar", "encoding": {"x": {"field": "region"}}, "projection": {"type": "albersUsa"}, "data": {"name": "sales"}}`, badPage: rowsOf("vega_lite: charts/x.vl.json")[badPage]},
			[]string{"pages/9_Bad.yaml:5:7 charts/x.vl.json: projection is not supported"}, true,
		},
		"several things, those of columns too": {
			onPage("abuot: x\ninputs:\n  - multiselect: {name: r, source: sales, field: regoin}\nrows:\n  - - metric: {source: sales, field: amuont, aggregate: sum}\n    - table: {source: costs}\n    - map: {source: sales, latitute: amount}\n"),
			[]string{"pages/9_Bad.yaml:4:1 unknown key abuot: did you mean about?", "pages/9_Bad.yaml:6:50 unknown column regoin: did you mean region?", "pages/9_Bad.yaml:8:38 unknown column amuont: did you mean amount?", "pages/9_Bad.yaml:9:23 unknown source costs: only sales is known here", "pages/9_Bad.yaml:10:28 unknown key latitute: did you mean latitude?"}, false,
		},
	}
}

// What is wrong with a folder is a line for each thing, with its place and how
// to fix it, and the rest can be shown.
func TestBadInput(t *testing.T) {
	for name, tt := range badInputs() {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			dir := p.desk(tt.files)
			got := p.run("check", dir)
			if want := strings.Join(tt.says, "\n") + "\n"; got.code != exitConfig || got.out != want {
				t.Errorf("check: exit %d, it says\n%sin the place of\n%s%s", got.code, got.out, want, got.err)
			}
			if strings.Contains(got.out+got.err, "hunter2") {
				t.Error("the password is shown")
			}
			if run := p.run("run", dir); !tt.later && (run.code != exitConfig || !firstOf(got.out, run.err)) {
				t.Errorf("run: exit %d, %q", run.code, run.err)
			}
			if shown := p.run("show", "bad", "--dir", dir); !tt.later && tt.files[badPage] != "" && (shown.code != exitConfig || !firstOf(got.out, shown.err)) {
				t.Errorf("show of the page: exit %d, %q", shown.code, shown.err)
			}
			if shown := p.run("show", "sales", "--dir", dir, "--panel", "1", "--format", "json"); shown.code != exitDone || !strings.Contains(shown.out, "70") {
				t.Errorf("show of another page: exit %d, %q", shown.code, shown.err)
			}
			if home := p.run("show", "home", "--dir", dir, "--size", "100x60"); home.code != exitDone || !strings.Contains(home.out, "What was sold.") {
				t.Errorf("show of Home: exit %d, %q", home.code, home.out+home.err)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		p := newPlace(t)
		if got := p.run("check", p.desk(nil)); got.code != exitDone || got.out != "" {
			t.Errorf("exit %d: %q", got.code, got.out+got.err)
		}
	})
	t.Run("a mark of the byte order is nothing", func(t *testing.T) {
		p := newPlace(t)
		files := maps.Clone(deskFiles)
		for _, name := range slices.Collect(maps.Keys(files)) {
			files[name] = "\ufeff" + files[name]
		}
		dir := p.desk(files)
		if got := p.run("check", dir); got.code != exitDone || got.out != "" {
			t.Errorf("exit %d: %q", got.code, got.out+got.err)
		}
		if got := p.run("show", "home", "--dir", dir, "--size", "80x24"); !strings.Contains(got.out, "\n Figures of the desk.") {
			t.Errorf("Home is %q", got.out)
		}
	})
	t.Run("10,000 categories", func(t *testing.T) {
		p := newPlace(t)
		many := "name,n\n"
		for i := range 10_000 {
			many += fmt.Sprintf("n%d,%d\n", i, i%97)
		}
		page := "groups: []\nsources:\n  many: {path: data/many.csv}\ninputs:\n  - multiselect: {name: names, source: many, field: name}\nrows:\n" +
			"  - - bar_chart: {source: many, x: name, y: n}\n  - - scatter_chart: {source: many, x: n, y: n, color: name}\n"
		dir := p.desk(map[string]string{"data/many.csv": many, badPage: page})
		if got := p.run("check", dir); got.code != exitDone || got.out != "" {
			t.Errorf("check: exit %d: %q", got.code, got.out+got.err)
		}
		for _, size := range []string{"40x12", "100x40"} {
			got := p.run("show", "bad", "--dir", dir, "--size", size)
			if got.code != exitDone || !strings.Contains(got.out, "names all 10,000") || !strings.Contains(got.out, " of 10,000") {
				t.Errorf("%s: exit %d: %s", size, got.code, got.out+got.err)
			}
		}
	})
	t.Run("a link that leads out", func(t *testing.T) {
		p := newPlace(t)
		dir := p.desk(pageIs("groups: []\nsources:\n  x: {path: data/x.csv}\n"))
		if err := os.Symlink(p.write("x.csv", "a\n1\n"), filepath.Join(dir, "data", "x.csv")); err != nil {
			t.Skip("there are no symbolic links here: ", err)
		}
		want := "pages/9_Bad.yaml:3:13 data/x.csv: it leads out of the folder: put the file into the folder\n"
		if got := p.run("check", dir); got.code != exitConfig || got.out != want {
			t.Errorf("exit %d: %q", got.code, got.out+got.err)
		}
	})
}

// firstOf reports whether text is one or more of the first lines of all, in
// their order: what is found without figures.
func firstOf(all, text string) bool {
	lines := strings.SplitAfter(all, "\n")
	for line := range strings.Lines(text) {
		i := slices.Index(lines, line)
		if i < 0 {
			return false
		}
		lines = lines[i+1:]
	}
	return text != ""
}
