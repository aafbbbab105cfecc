package board_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/panels"
)

// openFile is the page of a file alone.
func openFile(t *testing.T, w, h int) *desk {
	t.Helper()
	s := complete(loans())
	s.Report = textfile.Report{Format: "csv", Dialect: &textfile.Dialect{Delimiter: ",", Encoding: "UTF-8"}}
	d := &desk{t: t, env: pagetest.Env(t), shared: board.NewInputs(), feeds: map[string]*feed{"loans": newFeed(s)}, own: true}
	d.env.Still = true
	d.p = dashboard.Page{ID: "loans", Title: "loans", Content: &dashboard.Content{Sources: []dashboard.Source{{Name: "loans", Path: "my loans.csv"}}}}
	d.reopen(w, h)
	return d
}

func TestAFileAlone(t *testing.T) {
	t.Run("is a table with the chart that fits, and how it was read", func(t *testing.T) {
		d := openFile(t, 80, 22)
		d.shows(80, 22, "5 rows", "Mining", "── ", "m next chart 1/", "● csv, comma, UTF-8 · nothing skipped")
	})
	t.Run("has as many charts as there is room for", func(t *testing.T) {
		count := func(w int) int {
			n := 0
			for _, p := range board.Panels(openFile(t, w, 40).page) {
				if p.Kind != "table" {
					n++
				}
			}
			return n
		}
		if one, two := count(100), count(130); one != 1 || two != 2 {
			t.Errorf("%d and %d charts, want 1 and 2", one, two)
		}
	})
	t.Run("shows the next chart that fits", func(t *testing.T) {
		d := openFile(t, 80, 22)
		before := board.Panels(d.page)
		pagetest.Press(t, d.page, "m")
		d.shows(80, 22, "m next chart 2/")
		if after := board.Panels(d.page); after[1].Title == before[1].Title {
			t.Errorf("it is %q again", after[1].Title)
		}
	})
	t.Run("is read from 40x12 on", func(t *testing.T) {
		openFile(t, 40, 10).shows(40, 10, "5 rows", "Energy", "● csv")
	})
}

func TestWhatWasDoneInAFile(t *testing.T) {
	steps := panels.Steps{
		Source: "loans", Sort: []string{"-amount"}, Columns: []string{"sector", "amount"},
		Where: query.Where{{Field: "sector", Op: query.Eq, Values: []string{"Energy"}}},
	}
	t.Run("becomes a page", func(t *testing.T) {
		d := openFile(t, 80, 22)
		saved := ""
		d.env.Save = func(name string, b []byte) (string, error) { saved = name + "\n" + string(b); return "/x/" + name, nil }
		d.reopen(80, 22)
		d.tell(steps, func(s panels.Steps) tea.Msg { return panels.WritePage{Steps: s} })
		for _, want := range []string{"loans.yaml\n# yaml-language-server", "groups: []", "my loans.csv", "sort: -amount", "vega_lite", "sector"} {
			if !strings.Contains(saved, want) {
				t.Errorf("%q is not in\n%s", want, saved)
			}
		}
	})
	t.Run("becomes a command line", func(t *testing.T) {
		d := openFile(t, 80, 22)
		msgs := d.tell(steps, func(s panels.Steps) tea.Msg { return panels.CommandLine{Steps: s} })
		want := page.Copy{Text: "tabgate run 'my loans.csv' --where 'sector = Energy' --sort -amount --columns sector,amount", What: "The command line"}
		if len(msgs) == 0 || msgs[len(msgs)-1] != tea.Msg(want) {
			t.Errorf("got %v, want %v", msgs, want)
		}
	})
}

// The command line of a page says what is chosen in its inputs, and is read
// back as the same.
func TestTheCommandLineOfAPage(t *testing.T) {
	content := dashboard.Content{
		Inputs: []dashboard.Input{
			{Kind: "multiselect", Name: "sectors", Source: "loans", Field: "sector", All: true},
			{Kind: "range", Name: "amounts", Source: "loans", Field: "amount"},
			{Kind: "text", Name: "words", Source: "loans", Field: "sector"},
			{Kind: "toggle", Name: "only", Source: "loans", Field: "sector", Default: []string{"true"}},
		},
		Rows: []dashboard.Row{row(metric("Names", "", "count"))},
	}
	line := func(d *desk) string {
		for _, m := range d.tell(panels.Steps{}, func(panels.Steps) tea.Msg { return panels.CommandLine{} }) {
			if c, ok := m.(page.Copy); ok {
				return c.Text
			}
		}
		return ""
	}
	for name, tt := range map[string]struct{ set, want string }{
		"nothing":          {"", ""},
		"values":           {"sectors=Energy,Mining", " --set sectors=Energy,Mining"},
		"no value":         {"sectors=", " --set sectors="},
		"all, as at first": {"sectors=all", ""},
		"a range":          {"amounts=10..", " --set amounts=10.."},
		"odd words":        {`words="a, ""b"" c"`, ` --set 'words="a, ""b"" c"'`},
		"off":              {"only=false", " --set only=false"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 80, 22)
			d.line = []string{"tabgate", "run", "my desk"}
			if tt.set != "" {
				input, values, ok := board.ParseSet(tt.set)
				if err := d.shared.Set(d.p, input, values); err != nil || !ok {
					t.Fatal(err, ok)
				}
			}
			d.reopen(80, 22)
			if got, want := line(d), "tabgate run 'my desk' --page desk"+tt.want; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			pagetest.Press(t, d.page, "e")
			d.shows(80, 22, "Names")
		})
	}
	t.Run("a text that is no list is refused", func(t *testing.T) {
		for _, text := range []string{"", "a", "=b", `a="b`, "a=b\nc"} {
			if _, _, ok := board.ParseSet(text); ok {
				t.Errorf("%q is taken", text)
			}
		}
	})
}

func TestChoosingAChart(t *testing.T) {
	d := openFile(t, 80, 22)
	pagetest.Press(t, d.page, "M")
	d.shows(80, 22, "What the chart shows", "figure")
	pagetest.Press(t, d.page, "left", "left", "left", "down", "left", "left", "left", "right", "down", "right", "right", "down", "right", "right", "enter")
	d.shows(80, 22, "mean of amount by day, sector")
	t.Run("esc keeps the one that is shown", func(t *testing.T) {
		pagetest.Press(t, d.page, "M", "right", "esc")
		d.shows(80, 22, "mean of amount by day, sector")
	})
}
