package main

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// desk is a folder of pages for tests.
var deskFiles = map[string]string{
	"tabgate.yaml":   "title: The desk\nhome: home.md\n",
	"home.md":        "Figures of the **desk**.\n",
	"data/sales.csv": "day,region,amount\n2024-01-01,North,10\n2024-01-01,South,20\n2024-01-02,North,15\n2024-01-02,South,25\n",
	"data/costs.csv": "region,cost\nNorth,1\nSouth,2\n",
	"pages/1_Sales.yaml": `groups: []
about: What was sold.
sources:
  sales: {path: data/sales.csv}
inputs:
  - multiselect: {name: regions, label: Regions, source: sales, field: region}
rows:
  - - metric: {label: Sold, source: sales, field: amount, aggregate: sum, rules: [{lt: 50, color: bad}]}
  - - line_chart: {source: sales, x: day, y: amount, color: region}
      name: lines
`,
	"pages/2_Costs.yaml": `groups: [Controllers]
about: What it costs.
sources:
  costs: {path: data/costs.csv}
rows:
  - - bar_chart: {source: costs, x: region, y: cost}
`,
}

// desk writes a folder of pages, with some files changed or added; an empty one
// is left out.
func (p *place) desk(changed map[string]string) string {
	p.t.Helper()
	files := maps.Clone(deskFiles)
	maps.Copy(files, changed)
	dir := filepath.Join(p.home, "desk")
	for name, text := range files {
		if text == "" {
			continue
		}
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	return dir
}

func TestPagesOfAFolder(t *testing.T) {
	p := newPlace(t)
	dir := p.desk(nil)
	want := "home   Home   anyone       open\nsales  Sales  anyone       open\ncosts  Costs  Controllers  sign in first\n"
	if got := p.run("pages", "--dir", dir); got.code != exitDone || got.out != want || got.err != "" {
		t.Errorf("exit %d, %q, %q", got.code, got.out, got.err)
	}
	p.home = dir
	if got := p.run("pages", "--json"); got.code != exitDone || !strings.Contains(got.out, `{"id":"costs","title":"Costs","groups":["Controllers"],"access":"sign_in"}`) {
		t.Errorf("in the folder: exit %d, %q, %q", got.code, got.out, got.err)
	}
	if got := p.run("__complete", "show", ""); !strings.Contains(got.out, "sales\n") || strings.Contains(got.out, "plotting") {
		t.Errorf("completion gives %q", got.out)
	}
}

func TestShowAPageOfAFolder(t *testing.T) {
	for name, tt := range map[string]struct {
		args []string
		code int
		out  []string
		err  string
	}{
		"a frame":                   {[]string{"sales", "--size", "80x24"}, exitDone, []string{"Sold", "70", "North"}, ""},
		"a panel's data":            {[]string{"sales", "--panel", "lines", "--format", "csv"}, exitDone, []string{"day,region,amount\n2024-01-01,North,10\n"}, ""},
		"a panel by its number":     {[]string{"sales", "--panel", "1", "--format", "json"}, exitDone, []string{`"value": 70`}, ""},
		"with an input":             {[]string{"sales", "--set", "regions=North", "--panel", "1", "--format", "json"}, exitDone, []string{`"value": 25`}, ""},
		"a panel alone":             {[]string{"sales", "--panel", "1", "--size", "60x12"}, exitDone, []string{"Sold"}, ""},
		"several panels with data":  {[]string{"sales", "--format", "csv"}, exitUsage, nil, "name one with --panel"},
		"a panel that is none":      {[]string{"sales", "--panel", "line"}, exitUsage, nil, "1 metric, 2 line_chart (lines); did you mean lines?"},
		"an input that is none":     {[]string{"sales", "--set", "region=North"}, exitUsage, nil, "has no input region: did you mean regions?"},
		"a value that is none":      {[]string{"sales", "--set", "regions=North,Sout"}, exitUsage, nil, "--set: the input regions has no value Sout: did you mean South?"},
		"a value in quotes":         {[]string{"sales", "--set", `regions="North"`, "--panel", "1", "--format", "json"}, exitDone, []string{`"value": 25`}, ""},
		"an input without a value":  {[]string{"sales", "--set", "regions"}, exitUsage, nil, "--set is INPUT=VALUES"},
		"a locked page":             {[]string{"costs"}, exitNotSignedIn, nil, "needs the group Controllers"},
		"a page that is none":       {[]string{"sale"}, exitUsage, nil, "home, sales, costs; did you mean sales?"},
		"a page of the demo":        {[]string{"plotting"}, exitUsage, nil, "home, sales, costs"},
		"a flag of a page it lacks": {[]string{"sales", "--seed", "1"}, exitUsage, nil, "no page here has --seed"},
		"a flag of files":           {[]string{"sales", "--sort", "amount"}, exitUsage, nil, "--sort is for a file"},
		"Home":                      {[]string{"home", "--size", "80x24"}, exitDone, []string{"The desk", "Figures of the desk.", "What it costs."}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			got := p.run(append([]string{"show", "--dir", p.desk(nil)}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.err, tt.err) || tt.err == "" && got.err != "" {
				t.Errorf("exit %d: %q", got.code, got.err)
			}
			for _, want := range tt.out {
				if !strings.Contains(got.out, want) {
					t.Errorf("no %q in\n%s", want, got.out)
				}
			}
		})
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	p := newPlace(t)
	dir := p.desk(nil)
	file := p.write("own.csv", "a\n1\n")
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no such folder":      {[]string{"check", "nowhere"}, exitConfig, "there is no folder nowhere: tabgate init makes one"},
		"a file":              {[]string{"check", file}, exitConfig, "own.csv is a file, not a folder of pages"},
		"without a terminal":  {[]string{"run", dir}, exitUsage, "tabgate show PAGE --dir"},
		"nothing here":        {[]string{"run"}, exitUsage, "tabgate init DIR"},
		"a folder and a file": {[]string{"run", dir, file}, exitUsage, "run takes one folder, or files"},
		"a page that is none": {[]string{"run", dir, "--page", "sale"}, exitUsage, "--page: there is no page sale: the pages are home, sales, costs; did you mean sales?"},
		"an input alone":      {[]string{"run", dir, "--set", "regions=North"}, exitUsage, "name it with --page"},
		"no such input":       {[]string{"run", dir, "--page", "sales", "--set", "region=North"}, exitUsage, "the page sales has no input region: did you mean regions?"},
		"an input of nothing": {[]string{"run", dir, "--page", "sales", "--set", "regions"}, exitUsage, "--set is INPUT=VALUES"},
		"a page of a file":    {[]string{"run", file, "--page", "sales"}, exitUsage, "a file is one page"},
		"a flag for files":    {[]string{"run", dir, "--dates", "dmy"}, exitUsage, "--dates is for a file"},
		"locks of a file":     {[]string{"run", file, "--as", "A"}, exitUsage, "a file has no locks"},
		"no such file":        {[]string{"run", "nowhere.csv"}, exitFailed, "nowhere.csv: there is no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.run(tt.args...); got.code != tt.code || !strings.Contains(got.err, tt.says) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("exit %d: %q", got.code, got.err)
			}
		})
	}
	if os.PathSeparator != '/' {
		return
	}
	t.Run("others may write a page", func(t *testing.T) {
		page := filepath.Join(dir, "pages", "1_Sales.yaml")
		if err := os.Chmod(page, 0o606); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(page, 0o600)
		if got := p.run("check", dir); got.code != exitConfig || !strings.Contains(got.err, "1_Sales.yaml may be written by other users") || !strings.Contains(got.err, "chmod go-w") {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
	})
	t.Run("others may write the text of the first tab", func(t *testing.T) {
		home := filepath.Join(dir, "home.md")
		if err := os.Chmod(home, 0o606); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(home, 0o600)
		if got := p.run("check", dir); got.code != exitConfig || !strings.Contains(got.err, "home.md may be written by other users") {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
	})
	for name, what := range map[string]string{"data/sales.csv": "it may be written by other users", "data": "data may be written by other users"} {
		t.Run("others may write "+name, func(t *testing.T) {
			at := filepath.Join(dir, filepath.FromSlash(name))
			info, err := os.Stat(at)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(at, info.Mode()|0o002); err != nil {
				t.Fatal(err)
			}
			defer os.Chmod(at, info.Mode())
			want := `pages/1_Sales.yaml:4:3 "data/sales.csv" cannot be read: ` + what
			if got := p.run("check", dir); got.code != exitConfig || !strings.Contains(got.out, want) || !strings.Contains(got.out, "chmod go-w") {
				t.Errorf("check: exit %d: %q", got.code, got.out+got.err)
			}
			if got := p.run("show", "sales", "--dir", dir); !strings.Contains(got.out, what) || strings.Contains(got.out, "North") {
				t.Errorf("show: exit %d: %q", got.code, got.out+got.err)
			}
		})
	}
}

func TestInitWritesAFolderThatRuns(t *testing.T) {
	p := newPlace(t)
	dir := filepath.Join(p.home, "new", "desk")
	if got := p.run("init", dir); got.code != exitDone || got.out != dir+"\n" || !strings.Contains(got.err, "tabgate run") {
		t.Fatalf("exit %d: %q, %q", got.code, got.out, got.err)
	}
	if got := p.run("check", dir); got.code != exitDone || got.out != "" {
		t.Errorf("check: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("show", "sales", "--dir", dir); got.code != exitDone || !strings.Contains(got.out, "Sales this month") {
		t.Errorf("show: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("pages", "--dir", dir); !strings.Contains(got.out, "Managers") {
		t.Errorf("no page is locked: %q", got.out)
	}
	before, err := os.ReadFile(filepath.Join(dir, "tabgate.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.run("init", dir); got.code != exitFailed || !strings.Contains(got.err, "already there") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("again: exit %d: %q", got.code, got.err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, "tabgate.yaml")); err != nil || !slices.Equal(before, after) {
		t.Error("it was overwritten")
	}
}

// What lies outside of a folder waits for a yes to exactly that.
func TestWhatAFolderReachesForWaitsForAYes(t *testing.T) {
	asked := new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		io.WriteString(w, "region,rate\nNorth,7\n")
	}))
	defer server.Close()
	p := newPlace(t)
	live := func(address string) map[string]string {
		return map[string]string{"pages/3_Rates.yaml": "groups: []\nsources:\n  rates: {url: \"" + address + "/rates.csv\"}\nrows:\n  - - metric: {label: Rate, source: rates, field: rate}\n"}
	}
	dir := p.desk(live(server.URL))
	rates := []string{"show", "rates", "--dir", dir, "--format", "json"}
	waits := func(of string) {
		t.Helper()
		before := asked.Load()
		got := p.run(rates...)
		if got.code != exitConfig || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "connects to "+of) || !strings.Contains(got.err, "tabgate trust") || !strings.Contains(got.err, "--yes") {
			t.Errorf("exit %d: %q", got.code, got.err)
		}
		if asked.Load() != before {
			t.Error("it was asked all the same")
		}
	}
	waits(server.URL)
	if got := p.run("show", "sales", "--dir", dir, "--panel", "1", "--format", "json"); got.code != exitDone || !strings.Contains(got.out, "70") {
		t.Errorf("another page: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("check", dir); got.code != exitDone || got.out != "" || asked.Load() != 0 {
		t.Errorf("check: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("check", dir, "--live"); got.code != exitConfig || !strings.Contains(got.err, "tabgate trust") || asked.Load() != 0 {
		t.Errorf("check --live: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("trust", dir); got.code != exitDone || !strings.Contains(got.out, "connects to "+server.URL) || !strings.Contains(got.out, "not been asked yet") {
		t.Errorf("trust: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("trust", dir, "--yes"); got.code != exitDone || !strings.Contains(got.err, "Yes: This folder connects to "+server.URL) {
		t.Errorf("trust --yes: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run(rates...); got.code != exitDone || !strings.Contains(got.out, `"value": 7`) || asked.Load() == 0 {
		t.Errorf("exit %d: %q", got.code, got.out+got.err)
	}
	p.desk(map[string]string{"pages/2_Costs.yaml": "groups: []\nabout: Changed.\n"})
	if got := p.run(rates...); got.code != exitDone {
		t.Errorf("after a page was saved: exit %d: %q", got.code, got.err)
	}
	p.desk(live("http://127.0.0.1:1"))
	waits("http://127.0.0.1:1")
	if got := p.run("trust", dir, "--no"); got.code != exitDone || !strings.Contains(got.err, "No: ") {
		t.Errorf("trust --no: exit %d: %q", got.code, got.err)
	}
	waits("http://127.0.0.1:1")
}

func TestAFileInThePlaceOfACommand(t *testing.T) {
	p := newPlace(t)
	p.write("sales.csv", "a\n1\n")
	if got := p.run("sales.csv"); got.code != exitUsage || !strings.Contains(got.err, "did you mean tabgate run sales.csv?") {
		t.Errorf("exit %d: %q", got.code, got.err)
	}
}

func TestShowOfAFileByItsName(t *testing.T) {
	p := newPlace(t)
	file := p.write("own.csv", "name,n\nb,2\na,10\nc,NA\n")
	for name, tt := range map[string]struct {
		args []string
		code int
		out  string
		err  string
	}{
		"text":              {nil, exitDone, "name        n\ntext  integer\nb           2\na          10\nc            \n", "own.csv: column n: "},
		"csv":               {[]string{"--format", "csv"}, exitDone, "name,n\nb,2\na,10\nc,\n", ""},
		"json":              {[]string{"--format", "json"}, exitDone, "[{\"name\":\"b\",\"n\":2},\n{\"name\":\"a\",\"n\":10},\n{\"name\":\"c\",\"n\":null}]\n", ""},
		"sorted":            {[]string{"--format", "csv", "--sort", "-n"}, exitDone, "name,n\na,10\nb,2\nc,\n", ""},
		"columns":           {[]string{"--format", "csv", "--columns", "n"}, exitDone, "n\n2\n10\n\"\"\n", ""},
		"a flag of inspect": {[]string{"--format", "csv", "--header", "no"}, exitDone, "column1,column2\nname,n\nb,2\na,10\nc,NA\n", ""},
		"no such column":    {[]string{"--sort", "nam"}, exitUsage, "", "--sort: there is no column nam: did you mean name?"},
		"a flag of pages":   {[]string{"--panel", "1"}, exitUsage, "", "--panel is for pages"},
		"with --data":       {[]string{"--data", file}, exitUsage, "", "without --data"},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.run(append([]string{"show", file}, tt.args...)...)
			if got.code != tt.code || got.out != tt.out || !strings.Contains(got.err, tt.err) {
				t.Errorf("exit %d: %q, %q", got.code, got.out, got.err)
			}
			if run := p.run(append([]string{"run", file}, tt.args...)...); len(tt.args) == 0 && run != got {
				t.Errorf("run prints %+v", run)
			}
		})
	}
	for format, want := range map[string]string{"ansi": "3 rows · 2 columns", "svg": "</svg>"} {
		if got := p.run("show", file, "--format", format, "--size", "80x24", "--sort=-n"); got.code != exitDone || !strings.Contains(got.out, want) || !strings.Contains(got.err, "own.csv: column n: ") {
			t.Errorf("%s: exit %d: %q, %q", format, got.code, got.out, got.err)
		}
	}
	many := p.write("many.csv", "region,day,n\nN,1,2\nS,1,3\nN,2,5\n")
	if got := p.run("show", many, "--format", "csv", "--values", "region", "--figure", "sum:n"); got.code != exitDone || !strings.HasPrefix(got.out, "region,rows,share,") || !strings.Contains(got.out, "N,2,") || !strings.Contains(got.out, ",7\n") {
		t.Errorf("values: exit %d: %q, %q", got.code, got.out, got.err)
	}
	if got := p.runWith(strings.NewReader("a,b\n1,2\n"), "show", "-", "--format", "json"); got.code != exitDone || got.out != "[{\"a\":1,\"b\":2}]\n" {
		t.Errorf("standard input: exit %d: %q, %q", got.code, got.out, got.err)
	}
}

func TestShowFailsOnAThreshold(t *testing.T) {
	p := newPlace(t)
	dir := p.desk(nil)
	show := func(args ...string) output {
		return p.run(append([]string{"show", "sales", "--dir", dir, "--fail-on", "bad", "--panel", "1"}, args...)...)
	}
	if got := show(); got.code != exitDone || !strings.Contains(got.out, "70") {
		t.Errorf("70 is not below 50: exit %d: %q", got.code, got.out+got.err)
	}
	if got := show("--set", "regions=North"); got.code != exitBad || !strings.Contains(got.out, "25") || got.err != "tabgate: bad: metric 1\n" {
		t.Errorf("25 is below 50: exit %d: %q, %q", got.code, got.out, got.err)
	}
	if err := os.Remove(filepath.Join(dir, "data", "sales.csv")); err != nil {
		t.Fatal(err)
	}
	p.desk(map[string]string{"data/sales.csv": "", "data/late.csv": "region\nNorth\n", "pages/1_Sales.yaml": strings.Replace(deskFiles["pages/1_Sales.yaml"], "data/sales.csv", "data/late.csv", 1)})
	if got := show(); got.code != exitFailed || !strings.Contains(got.err, "pages/1_Sales.yaml:8:7 there is no column amount") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("figures that are not there: exit %d: %q, %q", got.code, got.out, got.err)
	}
	if got := p.run("show", "sales", "--dir", dir, "--fail-on", "good"); got.code != exitUsage {
		t.Errorf("good is no failure: exit %d", got.code)
	}
}

func TestInitMakesPagesForFiles(t *testing.T) {
	p := newPlace(t)
	sales := p.write("sales q1.csv", deskFiles["data/sales.csv"])
	costs := p.write("costs.csv", deskFiles["data/costs.csv"])
	dir := filepath.Join(p.home, "made")
	if got := p.run("init", dir, "--from", sales, costs); got.code != exitDone || got.out != dir+"\n" {
		t.Fatalf("exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("check", dir); got.code != exitDone || got.out != "" {
		t.Errorf("check: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run("pages", "--dir", dir); got.out != "home      Home      anyone  open\nsales-q1  Sales q1  anyone  open\ncosts     Costs     anyone  open\n" {
		t.Errorf("the pages are %q", got.out)
	}
	if got := p.run("show", "sales-q1", "--dir", dir); got.code != exitDone || !strings.Contains(got.out, "by day and region") {
		t.Errorf("show: exit %d: %q", got.code, got.out+got.err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "data", "sales q1.csv")); err != nil || string(text) != deskFiles["data/sales.csv"] {
		t.Errorf("the file is %q, %v", text, err)
	}
	names := p.write("names.csv", "name\nAda\nBob\n")
	if got := p.run("init", dir+"6", "--from", names); got.code != exitDone {
		t.Errorf("of a file that no chart fits: exit %d: %q", got.code, got.err)
	}
	if got := p.run("show", "names", "--dir", dir+"6"); got.code != exitDone || !strings.Contains(got.out, "Ada") || strings.Contains(got.out, "No chart fits") {
		t.Errorf("the page of a file that no chart fits: exit %d: %q", got.code, got.out+got.err)
	}
	for says, args := range map[string][]string{
		"there is no such file": {"init", dir + "2", "--from", "nowhere.csv"},
		"two files are called":  {"init", dir + "3", "--from", sales, filepath.Join(dir, "data", "sales q1.csv")},
		"already there":         {"init", dir, "--from", sales},
		"takes one folder":      {"init", dir + "5", "x"},
	} {
		if got := p.run(args...); got.code == exitDone || !strings.Contains(got.err, says) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%v: exit %d: %q", args[1:], got.code, got.err)
		}
	}
}
