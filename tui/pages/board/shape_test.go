package board_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// chartCSV is what the first chart of a page of a file shows, as csv.
func (d *desk) chartCSV() string {
	d.t.Helper()
	var out strings.Builder
	if err := board.ExportPanel(d.page, 2, "csv", &out); err != nil {
		d.t.Fatal(err)
	}
	return out.String()
}

func TestWhatIsMadeInTheTableOfAFile(t *testing.T) {
	t.Run("is what its charts show: which rows", func(t *testing.T) {
		d := openFile(t, 80, 24)
		pagetest.Press(t, d.page, "home", "right", "w", "enter")
		if got := d.chartCSV(); strings.Count(got, "\n") != 3 || strings.Contains(got, "Retail") {
			t.Errorf("the chart is of\n%s", got)
		}
		pagetest.Press(t, d.page, "u")
		if got := d.chartCSV(); strings.Count(got, "\n") != 6 {
			t.Errorf("the chart is of\n%s", got)
		}
	})
	t.Run("types, and conditions on columns that got another", func(t *testing.T) {
		d := openFile(t, 80, 24)
		pagetest.Press(t, d.page, "home", "right", "right", "t", "a", "w")
		for _, r := range "amount ~ 0" {
			pagetest.Press(t, d.page, string(r))
		}
		pagetest.Press(t, d.page, "enter")
		if got := d.chartCSV(); strings.Count(got, "\n") != 5 || strings.Contains(got, "Mining") {
			t.Errorf("the chart is of\n%s", got)
		}
	})
	t.Run("and rows that come after it", func(t *testing.T) {
		d := openFile(t, 80, 24)
		pagetest.Press(t, d.page, "home", "right", "w", "enter")
		d.next("loans", complete(table("day,sector,#amount,#limit", "2024-01-01,Energy,1,1", "2024-01-02,Retail,2,2", "2024-01-03,Energy,3,3", "2024-01-04,Energy,4,4")))
		if got := d.chartCSV(); strings.Count(got, "\n") != 4 || strings.Contains(got, "Retail") {
			t.Errorf("the chart is of\n%s", got)
		}
	})
}

// openFiles is the page of a file that stands beside another.
func openFiles(t *testing.T, w, h int) *desk {
	t.Helper()
	d := openFile(t, w, h)
	d.feeds["sectors"] = newFeed(complete(table("sector,chief", "Energy,Ada", "Retail,Bo", "Mining,Cy")))
	d.beside = []dashboard.Source{{Name: "loans", Path: "my loans.csv"}, {Name: "sectors", Path: "sectors.csv"}}
	d.reopen(w, h)
	return d
}

func TestColumnsOfAnotherFile(t *testing.T) {
	d := openFiles(t, 120, 30)
	saved := ""
	d.env.Save = func(name string, b []byte) (string, error) { saved = string(b); return name, nil }
	d.reopen(120, 30)
	pagetest.Press(t, d.page, "o")
	d.shows(120, 30, "+ chief from sectors by sector: all 3 found")
	pagetest.Press(t, d.page, "+")
	d.shows(120, 30, "+ 1 column of sectors by sector", "chief", "Ada")
	t.Run("are known to the charts", func(t *testing.T) {
		if got := d.chartCSV(); !strings.Contains(got, "chief") {
			t.Errorf("the chart is of\n%s", got)
		}
	})
	t.Run("are written into the page", func(t *testing.T) {
		pagetest.Press(t, d.page, "e", "p")
		for _, want := range []string{"lookup:", "from: sectors", "on: sector", "take: chief", "path: sectors.csv"} {
			if !strings.Contains(saved, want) {
				t.Errorf("%q is not in\n%s", want, saved)
			}
		}
	})
	t.Run("are nothing that a command line says", func(t *testing.T) {
		pagetest.Press(t, d.page, "e")
		_, msgs := pagetest.Press(t, d.page, "l")
		if got := notices(msgs); got != "A command line cannot add columns of sectors: page.yaml can." {
			t.Errorf("told %q", got)
		}
	})
}

func TestTheChartOfValuesStandsOverThePage(t *testing.T) {
	d := openFile(t, 80, 24)
	pagetest.Press(t, d.page, "home", "right", "v", "m")
	d.shows(80, 24, "── values of sector", "Energy", "Mining", "rows")
	d.lacks(80, 24, "share")
	t.Run("where enter keeps the rows of a mark", func(t *testing.T) {
		pagetest.Press(t, d.page, "home", "enter")
		d.shows(80, 24, "sector = Energy ×", "2 of 5 rows")
	})
	t.Run("until it is left", func(t *testing.T) {
		pagetest.Press(t, d.page, "u", "v", "m", "esc")
		d.shows(80, 24, "› values of sector", "share")
	})
}

func TestWhatIsCountedIsWrittenAsAChart(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want []string
	}{
		"rows":   {[]string{"home", "right", "v"}, []string{"title: rows by sector", "{aggregate: count, title: rows}"}},
		"a sum":  {[]string{"home", "right", "v", "a", "s", "a", "m", "enter", "b", "d", "a", "y", "enter"}, []string{"title: sum of amount by sector, day", "{aggregate: sum, field: amount, type: quantitative}", "color: {field: day"}},
		"a mean": {[]string{"home", "right", "v", "a", "m", "a", "m", "enter", "b", "d", "a", "y", "enter"}, []string{"title: mean of amount by sector, day", "mark: rect"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := openFile(t, 100, 30)
			saved := ""
			d.env.Save = func(name string, b []byte) (string, error) { saved = string(b); return name, nil }
			d.reopen(100, 30)
			pagetest.Press(t, d.page, append(c.keys, "e", "p")...)
			for _, want := range c.want {
				if !strings.Contains(saved, want) {
					t.Errorf("%q is not in\n%s", want, saved)
				}
			}
		})
	}
}
