package table_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/panels"
)

func TestATableBeginsWithWhatWasAskedFor(t *testing.T) {
	t.Run("rows, their order and columns, which are undone and changed as others", func(t *testing.T) {
		d := open(t, nil, options{own: true, begin: panels.Steps{
			Where: query.Where{{Field: "amount", Op: query.Gt, Values: []string{"1"}}}, Sort: []string{"-amount"}, Columns: []string{"amount", "branch", "units"}, Index: []string{"amount"},
		}})
		d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
		d.shows("3 of 5 rows", "amount > 1 ×", "3 columns hidden ×", "▼amount")
		d.hides("note", "paid")
		d.column("1000.00", "120.50", "42.25")
		if got := d.shapes(); len(got) != 1 || got[0].Rows.Len() != 3 || got[0].Base.Len() != 5 {
			t.Errorf("the page was told %v", got)
		}
		d.press("x", "o")
		d.write("paid")
		d.press(" ", "enter")
		d.shows("5 rows", "paid", "2 columns hidden ×")
	})
	t.Run("types", func(t *testing.T) {
		d := open(t, nil, options{begin: panels.Steps{Types: []panels.ColumnType{{Column: "units", Type: "text"}}}})
		d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
		d.shows("units is text ×")
	})
	t.Run("values", func(t *testing.T) {
		for name, complete := range map[string]bool{"at once": true, "when all is read": false} {
			t.Run(name, func(t *testing.T) {
				d := open(t, nil, options{w: 110, h: 14, begin: panels.Steps{Values: "branch", Figure: "sum:amount", By: "paid"}})
				if !complete {
					d.give(source.Snapshot{Frame: held(t, sales)})
					d.hides("values of")
				}
				d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
				d.shows("values of branch, sum of amount, by paid")
				d.press("esc")
				d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
				d.hides("values of")
			})
		}
	})
	t.Run("columns that are not there hide none of the others", func(t *testing.T) {
		d := open(t, nil, options{begin: panels.Steps{Columns: []string{"nothing"}}})
		d.give(source.Snapshot{Frame: held(t, sales), Complete: true})
		d.shows("branch", "note")
	})
}
