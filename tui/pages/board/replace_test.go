package board_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// save makes the page its next version, as a saved file does.
func (d *desk) save(change func(*dashboard.Content)) {
	d.t.Helper()
	content := *d.p.Content
	change(&content)
	d.p.Content = &content
	cmd, ok := d.page.(page.Replacer).Replace(board.New(d.env, d.p, d.options()))
	if !ok {
		d.t.Fatal("it is no version of the page")
	}
	pagetest.Settle(d.t, d.page.Update, cmd)
}

func TestReload(t *testing.T) {
	start := func(t *testing.T) *desk {
		d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 80, 22)
		pagetest.Press(t, d.page, "c", "ctrl+x", "M", "i", "n", "enter", "esc", "ctrl+w", "right")
		d.shows(80, 22, "Sectors Mining", "▌Names", "▌1")
		return d
	}
	t.Run("keeps what was chosen, and the focus", func(t *testing.T) {
		d := start(t)
		d.save(func(c *dashboard.Content) {
			c.Rows = append([]dashboard.Row{row(markdown("New", "A new text."))}, c.Rows...)
		})
		d.shows(80, 22, "A new text.", "Sectors Mining", "┬▸ ───")
	})
	t.Run("shows a panel that changed as it is now", func(t *testing.T) {
		d := start(t)
		d.save(func(c *dashboard.Content) {
			c.Rows = []dashboard.Row{row(metric("Least", "amount", "min"))}
		})
		d.shows(80, 22, "Least", "7")
		d.lacks(80, 22, "Names")
	})
	t.Run("reads a source that changed", func(t *testing.T) {
		d := start(t)
		d.feeds["loans"] = newFeed(complete(table("day,sector,#amount,#limit", "2024-01-01,Mining,99,1")))
		d.save(func(c *dashboard.Content) { c.Sources = []dashboard.Source{{Name: "loans", Path: "other.csv"}} })
		d.shows(80, 22, "Largest", "99")
	})
	t.Run("is none for another page", func(t *testing.T) {
		d := start(t)
		other := d.p
		other.ID = "other"
		if _, ok := d.page.(page.Replacer).Replace(board.New(d.env, other, d.options())); ok {
			t.Error("another page took its place")
		}
	})
}
