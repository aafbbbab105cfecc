package table_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/panels"
)

func TestValues(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		t.Run("are counted, the most frequent first", func(t *testing.T) {
			d := open(t, f, options{own: true})
			d.press("right", "v")
			d.shows("5 rows › values of branch", "branch", "rows", "share", "40%", "████████████████████")
			d.column("Lyon", "Oslo", "Paris", "Bern")
			d.press("esc")
			d.hides("values of branch")
			d.press("F")
			d.shows("values of branch")
		})
		t.Run("keep their rows", func(t *testing.T) {
			d := open(t, f, options{own: true})
			d.press("right", "v", "enter")
			d.shows("2 of 5 rows", "branch = Lyon ×")
			d.hides("›")
			if got := d.shapes(); len(got) != 1 {
				t.Errorf("the page was told %v", got)
			}
			d.press("u", "v", "down", " ", "down", " ")
			d.shows("● Oslo", "2 marked")
			d.press("enter")
			d.shows("2 of 5 rows", "branch in Oslo, Paris ×")
		})
		t.Run("have a figure beside them", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("right", "v", "a")
			d.shows("sum of …", "mean of …", "distinct …")
			d.press("s")
			d.write("am")
			d.press("enter")
			d.shows("values of branch, sum of amount")
			d.column("Paris", "Lyon", "Bern", "Oslo")
			d.shows("1,000", "162.75")
			d.press("a", "r")
			d.hides("sum of")
		})
		t.Run("stand across a second column, of which a cell keeps its rows", func(t *testing.T) {
			d := open(t, f, options{w: 110, h: 14})
			d.press("right", "v", "b")
			d.write("paid")
			d.press("enter")
			d.shows("values of branch, by paid", "true", "false")
			d.press("end", "enter")
			d.shows("1 of 5 rows", "branch = Lyon ×")
		})
		t.Run("of numbers and dates stand in bins", func(t *testing.T) {
			g := read(t, weather())
			d := open(t, g, options{w: 90, h: 20})
			d.press("right", "right", "v")
			d.shows("values of temp", "…")
			d.press("enter")
			d.shows("temp", "of 500 rows")
			d.press("u", "home", "v")
			d.shows("values of date", "2012")
		})
		t.Run("are sorted by any of their columns", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("right", "v", "s")
			d.column("Bern", "Lyon", "Oslo", "Paris")
			d.press("right", "s")
			d.column("Lyon", "Oslo")
			d.click(3, 1, false)
			d.column("Bern", "Lyon", "Oslo", "Paris")
		})
		t.Run("are exported and copied", func(t *testing.T) {
			d := open(t, f, options{own: true})
			d.press("right", "v", "e", "c")
			if got := d.saved["sales-export-values.csv"]; !strings.HasPrefix(got, "branch,rows,share\nLyon,2,0.4\n") {
				t.Errorf("saved %q", got)
			}
			d.press("Y", "m")
			if !strings.Contains(d.told(), "| Lyon | 2 | 0.4 |") {
				t.Errorf("told %q", d.told())
			}
			d.press("b")
			d.write("paid")
			d.press("enter", "a", "m")
			d.write("amount")
			d.press("enter", "e", "l")
			var got panels.Steps
			for _, m := range d.msgs {
				if c, ok := m.(panels.CommandLine); ok {
					got = c.Steps
				}
			}
			if want := (panels.Steps{Source: "sales", Values: "branch", Figure: "mean:amount", By: "paid"}); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	})
}

func TestMarkedBinsAreKeptTogether(t *testing.T) {
	for name, c := range map[string]struct {
		column int
		keys   []string
		want   string
		rows   string
	}{
		"numbers that are apart": {2, []string{" ", "down", "down", " "}, `temp in "-6..<-4", "-2..<0" ×`, "80 of 500"},
		"numbers that meet":      {2, []string{" ", "down", " ", "down", " "}, "temp >= -6 ×   temp < 0 ×", "115 of 500"},
		"weeks or months":        {0, []string{" ", "down", "down", " "}, "date in", "of 500 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, read(t, weather()), options{w: 130, h: 20})
			for range c.column {
				d.press("right")
			}
			d.press("v")
			d.press(append(c.keys, "enter")...)
			d.shows(c.want, c.rows)
		})
	}
	t.Run("but not with the rows that have no value", func(t *testing.T) {
		d := open(t, read(t, weather()), options{w: 130, h: 20})
		d.press("right", "right", "right", "v", " ", "G", " ", "enter")
		if !strings.Contains(d.told(), "not kept together") {
			t.Errorf("told %q", d.told())
		}
	})
}

func TestValuesAreOfTheRowsThatAreShown(t *testing.T) {
	d := open(t, held(t, sales), options{})
	d.press("w")
	d.write("amount > 1")
	d.press("enter", "right", "v")
	d.hides("Oslo", "Bern")
	d.shows("3 rows › values of branch", "67%")
}
