package board_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// A table with a column for each year and one with a row for each have one
// cursor.
func TestPanelsOfFiguresOnTheirSideShareACursor(t *testing.T) {
	open := func(t *testing.T) *desk {
		shown := func(name string) dashboard.Panel {
			return dashboard.Panel{Kind: "table", Title: name, Width: 1, Spec: &dashboard.Table{Source: name}}
		}
		feeds := map[string]*feed{
			"wide": newFeed(complete(table("Region,#1961,#1962", "China,98,103", "Peru,4,5"))),
			"long": newFeed(complete(table("year,Region,#value", "1961,China,98", "1961,Peru,4", "1962,China,103", "1962,Peru,5"))),
		}
		d := open(t, dashboard.Content{Rows: []dashboard.Row{row(shown("wide")), row(shown("long"))}}, feeds, 100, 30)
		d.save(func(c *dashboard.Content) {
			c.Sources = []dashboard.Source{
				{Name: "wide", Path: "agri.csv"},
				{Name: "long", Path: "agri.csv", Transform: []byte(`[{"fold":["19*"],"as":["year","value"]},{"calculate":"1","as":"one"}]`)},
			}
		})
		d.reopen(100, 30)
		return d
	}
	place := func(d *desk, title string) string {
		for line := range strings.Lines(d.view(100, 30)) {
			if _, after, ok := strings.Cut(line, title); ok {
				return strings.Fields(after)[len(strings.Fields(after))-1]
			}
		}
		return ""
	}
	t.Run("a column is where its name is a value", func(t *testing.T) {
		d := open(t)
		pagetest.Press(t, d.page, "right", "right")
		if got := place(d, "long  "); got != "3/4" {
			t.Errorf("the other cursor is at %s\n%s", got, d.view(100, 30))
		}
	})
	t.Run("a value is where the column of its name is", func(t *testing.T) {
		d := open(t)
		pagetest.Press(t, d.page, "ctrl+w", "down", "down", "down", "ctrl+w", "up")
		_, msgs := pagetest.Press(t, d.page, "y")
		for _, msg := range msgs {
			if c, ok := msg.(page.Copy); ok && c.Text != "103" {
				t.Errorf("the other cursor is at a cell that says %q", c.Text)
			}
		}
	})
	t.Run("a row is at the value of its region", func(t *testing.T) {
		d := open(t)
		pagetest.Press(t, d.page, "down")
		if got := place(d, "long  "); got != "2/4" {
			t.Errorf("the other cursor is at %s", got)
		}
	})
}
