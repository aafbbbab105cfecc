package board_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// openSeveral is a page of a folder that names two sources and no rows.
func openSeveral(t *testing.T, w, h int) *desk {
	t.Helper()
	d := &desk{t: t, env: pagetest.Env(t), shared: board.NewInputs(), feeds: map[string]*feed{
		"loans":  newFeed(complete(loans())),
		"stores": newFeed(complete(table("town,#staff,#area", "Lyon,3,120", "Oslo,5,90", "Bern,4,200", "Rome,9,310"))),
	}}
	d.env.Still = true
	d.p = dashboard.Page{ID: "two", Title: "Two", Content: &dashboard.Content{Sources: []dashboard.Source{{Name: "loans", Path: "loans.csv"}, {Name: "stores", Path: "stores.csv"}}}}
	d.reopen(w, h)
	return d
}

func TestAPageOfSeveralSourcesWithoutRows(t *testing.T) {
	t.Run("has a table and charts for each", func(t *testing.T) {
		d := openSeveral(t, 80, 60)
		var kinds []string
		for _, p := range board.Panels(d.page) {
			kinds = append(kinds, p.Kind)
		}
		if got := strings.Join(kinds, " "); got != "table vega_lite table vega_lite" {
			t.Errorf("it has %s", got)
		}
		golden.RequireEqual(t, []byte(d.view(80, 60)))
	})
	t.Run("charts what is done in the table of the same source alone", func(t *testing.T) {
		d := openSeveral(t, 80, 60)
		chart := func(n int) int {
			var out strings.Builder
			if err := board.ExportPanel(d.page, n, "csv", &out); err != nil {
				t.Fatal(err)
			}
			return strings.Count(out.String(), "\n") - 1
		}
		pagetest.Press(t, d.page, "ctrl+w", "down", "ctrl+w", "down", "home", "w", "enter")
		if one, two := chart(2), chart(4); one != 5 || two != 1 {
			t.Errorf("the charts have %d and %d rows, want 5 and 1", one, two)
		}
	})
	t.Run("goes on to the next chart of the source that has the focus", func(t *testing.T) {
		d := openSeveral(t, 80, 60)
		before := board.Panels(d.page)
		pagetest.Press(t, d.page, "ctrl+w", "down", "ctrl+w", "down", "m")
		after := board.Panels(d.page)
		if after[1].Title != before[1].Title || after[3].Title == before[3].Title {
			t.Errorf("got %q and %q", after[1].Title, after[3].Title)
		}
	})
	t.Run("is read to its end in a small window", func(t *testing.T) {
		d := openSeveral(t, 40, 12)
		d.shows(40, 12, "Energy")
		pagetest.Press(t, d.page, "ctrl+w", "down", "ctrl+w", "down")
		d.shows(40, 12, "Lyon", "Oslo")
	})
}

func TestTheKindOfMarkIsChosen(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string // from x on
		want []string
	}{
		"an area":          {[]string{"left", "left", "left", "down", "down", "down", "down", "right", "right", "right", "enter"}, []string{"── amount by day", "█"}},
		"cells":            {[]string{"left", "left", "left", "right", "down", "left", "down", "right", "down", "down", "right", "right", "right", "right", "right", "enter"}, []string{"── rows by sector and day"}},
		"cells of nothing": {[]string{"left", "left", "left", "down", "left", "left", "down", "down", "down", "right", "right", "right", "right", "right", "enter"}, []string{"cells need a second column"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := openFile(t, 80, 26)
			pagetest.Press(t, d.page, "M")
			pagetest.Press(t, d.page, c.keys...)
			d.shows(80, 26, c.want...)
		})
	}
}

func TestTheColumnsOfDetailsAreChosen(t *testing.T) {
	content := deskPage()
	content.Rows[0].Panels[0].Detail = []string{"sector", "amount"}
	d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 24)
	pagetest.Press(t, d.page, "enter")
	d.shows(100, 24, "2 columns hidden ×")
	d.lacks(100, 24, "2024-01-02")
	pagetest.Press(t, d.page, "o", "d", "a", "y", " ", "enter")
	d.shows(100, 24, "1 column hidden ×", "2024-01-02")
}
