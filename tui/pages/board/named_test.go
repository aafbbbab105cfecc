package board_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// choosing is a page with a choice of sectors, and figures whose sectors are those.
func choosing(t *testing.T, in dashboard.Input, sectors ...string) *desk {
	in.Kind, in.Name, in.Label, in.Source, in.Field = "multiselect", "sectors", "Sectors", "loans", "sector"
	lines := []string{"sector,#amount"}
	for _, s := range sectors {
		lines = append(lines, s+",1")
	}
	content := dashboard.Content{Inputs: []dashboard.Input{in}, Rows: []dashboard.Row{row(metric("Names", "", "count"))}}
	return open(t, content, map[string]*feed{"loans": newFeed(complete(table(lines...)))}, 100, 12)
}

// asked opens a page in whose input values were asked for, and returns what it
// complains of.
func (d *desk) asked(t *testing.T, same func(string) []string, values ...string) (failed error) {
	t.Helper()
	if err := d.shared.Set(d.p, "sectors", values); err != nil {
		t.Fatal(err)
	}
	o := d.options()
	o.Same = same
	d.page = board.New(d.env, d.p, o)
	d.page.SetSize(100, 12)
	_, msgs := pagetest.Settle(t, d.page.Update, d.page.Init(), d.page.Update(page.Shown{}))
	for _, msg := range msgs {
		if f, ok := msg.(page.Failed); ok {
			failed = f.Err
		}
	}
	return failed
}

func TestNamesOfWhatIsChosen(t *testing.T) {
	t.Run("defaults are those that the figures have", func(t *testing.T) {
		d := choosing(t, dashboard.Input{Default: []string{"Energy", "Coal", "Power"}}, "Energy", "Retail")
		d.shows(100, 12, "Sectors Energy ")
		d.lacks(100, 12, "Coal", "×")
	})
	t.Run("where the figures have none of the defaults, the first stand in if the input says how many", func(t *testing.T) {
		choosing(t, dashboard.Input{Default: []string{"Coal"}, First: 2}, "Energy", "Mining", "Retail").shows(100, 12, "Sectors Energy, Mining ")
		choosing(t, dashboard.Input{Default: []string{"Coal"}}, "Energy", "Mining").shows(100, 12, "Sectors any ")
	})
	t.Run("what was asked for is found whatever its case, and where it was split at a comma", func(t *testing.T) {
		d := choosing(t, dashboard.Input{}, "Energy", "Iran; Islamic Republic of", "Retail")
		if err := d.asked(t, nil, "ENERGY", "retail"); err != nil {
			t.Error(err)
		}
		d.shows(100, 12, "Sectors Energy, Retail")
	})
	t.Run("what was asked for and is no option is named, with the one that may be meant", func(t *testing.T) {
		d := choosing(t, dashboard.Input{}, "Energy", "Retail")
		for value, want := range map[string]string{"Retal": "the input sectors has no value Retal: did you mean Retail?", "Xyz": "the input sectors has no value Xyz: Energy, Retail"} {
			if err := d.asked(t, nil, "Energy", value); err == nil || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
			d.shows(100, 12, "Sectors Energy ")
		}
	})
	t.Run("what is chosen is found by another name that it has", func(t *testing.T) {
		d := choosing(t, dashboard.Input{}, "Energy", "Power")
		same := func(v string) []string { return []string{v, "Power"} }
		if err := d.asked(t, same, "Electricity"); err != nil {
			t.Error(err)
		}
		d.shows(100, 12, "Sectors Power ")
	})
}

func TestAPanelTakesNoMoreLinesThanItFills(t *testing.T) {
	rows := func(n int) *desk {
		lines := []string{"sector,#amount"}
		for range n {
			lines = append(lines, "Energy,1")
		}
		content := dashboard.Content{Rows: []dashboard.Row{
			row(dashboard.Panel{Kind: "table", Title: "Loans", Width: 1, Spec: &dashboard.Table{Source: "loans"}}),
			row(dashboard.Panel{Kind: "walk", Title: "Walk", Width: 1, Spec: &dashboard.Walk{}}),
		}}
		return open(t, content, map[string]*feed{"loans": newFeed(complete(table(lines...)))}, 100, 40)
	}
	tableLines := func(d *desk) (n int) {
		d.view(100, 40)
		return board.PlaceOf(d.page, 1).Y - board.PlaceOf(d.page, 0).Y
	}
	if few, many := tableLines(rows(2)), tableLines(rows(100)); few > 10 || many < 18 {
		t.Errorf("two rows have %d lines, a hundred have %d", few, many)
	}
}
