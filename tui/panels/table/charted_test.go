package table_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// chart is the chart that the page was asked for last, with its figures as csv.
func (d *driven) chart() (c panels.Chart, csv string) {
	d.t.Helper()
	for _, m := range d.msgs {
		if m, ok := m.(panels.Chart); ok {
			c = m
		}
	}
	if c.Rows == nil {
		d.t.Fatalf("no chart was asked for: %v", d.msgs)
	}
	var out strings.Builder
	if err := frame.WriteCSV(d.t.Context(), c.Rows, &out); err != nil {
		d.t.Fatal(err)
	}
	return c, out.String()
}

func TestValuesAreCharted(t *testing.T) {
	for name, c := range map[string]struct {
		keys              []string
		title, csv, spoke string
	}{
		"their rows":   {nil, "values of branch", "branch,rows\nLyon,2\nOslo,1\nParis,1\nBern,1\n", `"mark": "bar"`},
		"in the order": {[]string{"s"}, "values of branch", "branch,rows\nBern,1\nLyon,2\nOslo,1\nParis,1\n", `"sort": null`},
		"a figure": {
			[]string{"a", "s", "u", "n", "i", "enter"}, "values of branch, sum of units",
			"branch,sum of units\nParis,12\nBern,7\nLyon,6\nOslo,\n", `"field": "sum of units"`,
		},
		"across a second column, stacked": {
			[]string{"b", "p", "a", "i", "enter"}, "values of branch, by paid",
			"branch,paid,rows\nLyon,true,1\nLyon,false,0\nLyon,(empty),1\n", `"color"`,
		},
		"a mean across, which is no part of a whole": {
			[]string{"b", "p", "a", "i", "enter", "a", "m", "u", "n", "i", "enter"}, "values of branch, mean of units, by paid",
			"branch,paid,mean of units\nParis,true,12\n", `"mark": "rect"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, held(t, sales), options{w: 110, h: 16})
			d.press("right", "v")
			d.press(c.keys...)
			d.press("m")
			got, csv := d.chart()
			if got.Title != c.title || !strings.HasPrefix(csv, c.csv) || !strings.Contains(string(got.Spec), c.spoke) {
				t.Errorf("got %q of\n%s\n%s", got.Title, csv, got.Spec)
			}
		})
	}
	t.Run("and a mark of the chart keeps its rows", func(t *testing.T) {
		d := open(t, held(t, sales), options{w: 110, h: 16})
		d.press("right", "v", "m")
		d.send(panels.Detail{Source: "counts", Where: query.Where{{Field: "branch", Op: query.Eq, Values: []string{"Lyon"}}, {Field: "rows", Op: query.Eq, Values: []string{"2"}}}})
		d.shows("2 of 5 rows", "branch = Lyon ×")
	})
}

func TestTurnedRowsAreCharted(t *testing.T) {
	d := open(t, held(t, sales), options{w: 110, h: 16})
	d.press("T", "m")
	got, csv := d.chart()
	if want := "column,row,value\namount,1 2024-03-01,120.5\n"; got.Title != "5 rows" || !strings.HasPrefix(csv, want) || strings.Count(csv, "\n") != 11 {
		t.Errorf("got %q of\n%s", got.Title, csv)
	}
}

func TestWhatStandsInThePlaceOfRowsIsSavedAsItLooks(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		file string
		has  string
	}{
		"values":      {[]string{"right", "v", "e", "v"}, "sales-export-values.svg", "Lyon"},
		"values, ans": {[]string{"right", "v", "e", "a"}, "sales-export-values.ansi", "Lyon"},
		"turned":      {[]string{"T", "e", "v"}, "sales-export-turned.svg", "row 5"},
		"turned, csv": {[]string{"T", "e", "c"}, "sales-export-turned.csv", "branch,Lyon,Oslo,Paris,Lyon,Bern"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, held(t, sales), options{w: 100, h: 14})
			d.press(c.keys...)
			if got := d.saved[c.file]; !strings.Contains(got, c.has) {
				t.Errorf("%q is not in %q of %v", c.has, got, d.saved)
			}
		})
	}
	t.Run("and copied", func(t *testing.T) {
		d := open(t, held(t, sales), options{w: 100, h: 14})
		d.press("T", "Y", "m")
		if got := d.told(); !strings.Contains(got, "| branch | Lyon | Oslo |") {
			t.Errorf("told %q", got)
		}
	})
}
