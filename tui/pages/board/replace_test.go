package board_test

import (
	"strings"
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

// tablePage is a table of the loans, and a chart of them.
func tablePage() dashboard.Content {
	return dashboard.Content{Rows: []dashboard.Row{
		row(markdown("What this is", words)), row(tableOf("Loans")), row(chartOf("Amounts")),
	}}
}

func tableOf(title string) dashboard.Panel {
	return dashboard.Panel{Kind: "table", Width: 1, Title: title, Spec: &dashboard.Table{Source: "loans"}}
}

func chartOf(title string) dashboard.Panel {
	return dashboard.Panel{Kind: "bar_chart", Width: 1, Title: title, Spec: &dashboard.Chart{Source: "loans", X: "sector", Y: []string{"amount"}, Color: []string{"day"}}}
}

func TestReloadKeepsWhatWasDone(t *testing.T) {
	start := func(t *testing.T, h int) *desk {
		rows := []string{"day,sector,#amount,#limit"}
		for i := range 40 {
			rows = append(rows, "2024-01-01,"+[]string{"Energy", "Retail"}[i%2]+","+strings.Repeat("1", 1+i%3)+",500")
		}
		d := open(t, tablePage(), map[string]*feed{"loans": newFeed(complete(table(rows...)))}, 100, h)
		pagetest.Press(t, d.page, "home", "right", "W", "enter", "right", "s", "pgdown", "down")
		return d
	}
	same := func(t *testing.T, d *desk, h int, change func(*dashboard.Content)) {
		t.Helper()
		before := d.view(100, h)
		d.save(change)
		if now := d.view(100, h); now != before {
			t.Errorf("it was\n%s\nand is\n%s", before, now)
		}
	}
	nothing := func(*dashboard.Content) {}
	t.Run("in a page of which nothing changed: steps, cursor and what is scrolled to", func(t *testing.T) {
		d := start(t, 40)
		d.shows(100, 40, "20 of 40 rows", "sector != Energy ×", "▲amount")
		same(t, d, 40, nothing)
		d = start(t, 16) // The page is scrolled, too.
		pagetest.Press(t, d.page, "alt+down")
		same(t, d, 16, nothing)
	})
	t.Run("in a table beside one that changed", func(t *testing.T) {
		d := start(t, 40)
		same(t, d, 40, func(c *dashboard.Content) { c.Rows = []dashboard.Row{c.Rows[0], c.Rows[1], row(chartOf("Amounts"))} })
	})
	t.Run("in a table that is told another order and other columns, by their names", func(t *testing.T) {
		d := start(t, 40)
		d.save(func(c *dashboard.Content) {
			changed := tableOf("Loans of today")
			changed.Spec.(*dashboard.Table).Columns = []dashboard.TableColumn{{Name: "limit"}, {Name: "amount"}, {Name: "sector"}}
			c.Rows = []dashboard.Row{c.Rows[0], row(changed), c.Rows[2]}
		})
		d.shows(100, 40, "Loans of today", "20 of 40 rows · 3 columns", "sector != Energy ×", "▲amount")
		_, msgs := pagetest.Press(t, d.page, "y")
		if got, ok := msgs[len(msgs)-1].(page.Copy); !ok || !strings.HasPrefix(got.Text, "1") {
			t.Errorf("the cursor is at %v", msgs)
		}
	})
	t.Run("in a table whose source lacks a column now, as far as it can be", func(t *testing.T) {
		d := start(t, 40)
		d.feeds["loans"] = newFeed(complete(table("day,#amount", "2024-01-01,7", "2024-01-02,5")))
		d.save(func(c *dashboard.Content) { c.Sources = []dashboard.Source{{Name: "loans", Path: "other.csv"}} })
		d.shows(100, 40, "sector != Energy (set aside) ×", "▲amount", "2 rows")
	})
	t.Run("in a chart that changed: the series that are shown", func(t *testing.T) {
		d := open(t, tablePage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 40)
		pagetest.Press(t, d.page, "ctrl+w", "down", "o", " ", "esc")
		d.shows(100, 40, "- 2024-01-01")
		d.save(func(c *dashboard.Content) {
			c.Rows = []dashboard.Row{c.Rows[0], c.Rows[1], row(chartOf("Amounts of today"))}
		})
		d.shows(100, 40, "Amounts of today", "- 2024-01-01")
	})
	t.Run("in the rows behind a mark", func(t *testing.T) {
		d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 24)
		pagetest.Press(t, d.page, "enter")
		same(t, d, 24, nothing)
	})
}

func TestReloadKeepsTheChartsOfAPageWithoutRows(t *testing.T) {
	d := openSeveral(t, 80, 60)
	pagetest.Press(t, d.page, "m", "home", "right", "w", "enter")
	before := d.view(80, 60)
	d.save(func(*dashboard.Content) {})
	if now := d.view(80, 60); now != before {
		t.Errorf("it was\n%s\nand is\n%s", before, now)
	}
}
