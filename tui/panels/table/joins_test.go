package table_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	datasource "github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/panels"
)

const cities = "branch,city,country\nLyon,Lyon-Part-Dieu,France\nOslo,Sentrum,Norway\nParis,La Défense,France\nBern,Altstadt,Switzerland\n"

// beside gives the sources beside the table's own, as its page does when asked.
func (d *driven) beside(csv string) {
	d.t.Helper()
	d.send(panels.Beside{Sources: []datasource.Named{{Name: "branches", Frame: held(d.t, csv)}}})
}

// asks reports whether the panel asked for the other sources.
func (d *driven) asks() bool {
	for _, m := range d.msgs {
		if _, ok := m.(panels.AskBeside); ok {
			return true
		}
	}
	return false
}

// written are the steps that the page was asked to write.
func (d *driven) written() (out panels.Steps) {
	for _, m := range d.msgs {
		if w, ok := m.(panels.WritePage); ok {
			out = w.Steps
		}
	}
	return out
}

// many is a file of numbered things.
func many(n int) string {
	out := "id,name\n"
	for i := range n {
		out += fmt.Sprintf("%d,thing %d\n", i+1, i+1)
	}
	return out
}

func TestTheOfferOfColumnsIsDrawn(t *testing.T) {
	for name, o := range map[string]options{"wide": {own: true, w: 100, h: 14}, "small": {own: true, w: 40, h: 12}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, held(t, sales), o)
			d.press("o")
			d.beside(cities)
			d.press("up", "down", "down", "down", "down", "down", "down")
			golden.RequireEqual(t, []byte(d.frame()))
		})
	}
}

func TestColumnsOfAnotherSource(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		start := func(t *testing.T, o options) *driven {
			d := open(t, f, o)
			if d.press("o"); !d.asks() {
				t.Fatal("it does not ask for the other sources")
			}
			d.beside(cities)
			return d
		}
		t.Run("are offered, and added as a step that is undone", func(t *testing.T) {
			d := start(t, options{own: true, w: 140, h: 16})
			d.shows("+ city, country from branches by branch: all 4 found")
			d.press("+")
			d.shows("+ 2 columns of branches by branch ×", "city", "country", "La Défense", "8 columns")
			d.press("s")
			d.column("Altstadt", "La Défense", "Lyon-Part-Dieu", "Lyon-Part-Dieu", "Sentrum")
			d.press("u", "u")
			d.hides("city", "Altstadt", "of branches")
			d.press("U")
			d.shows("city")
			x, y := d.find("+ 2 columns of branches")
			d.click(x, y, false)
			d.hides("city")
		})
		t.Run("are columns as the others: filtered, counted, retyped and told", func(t *testing.T) {
			d := start(t, options{own: true, w: 110, h: 16})
			d.press("+", "w")
			d.write("country = France")
			d.press("enter")
			d.shows("3 of 5 rows", "country = France ×")
			d.hides("Sentrum", "Altstadt")
			if got := d.shapes(); len(got) != 1 || frame.Find(got[0].Rows, "country") < 0 || got[0].Rows.Len() != 3 || got[0].Given != f {
				t.Errorf("the page was told %v", got)
			}
			d.press("e", "p")
			want := []dashboard.Lookup{{From: "branches", On: "branch", Take: []string{"city", "country"}}}
			if got := d.written(); !reflect.DeepEqual(got.Lookup, want) || len(got.Where) != 1 {
				t.Errorf("the steps are %+v", got)
			}
		})
		t.Run("are not offered where few are found, nor twice", func(t *testing.T) {
			d := open(t, f, options{w: 110, h: 16})
			d.press("o")
			d.beside("branch,city\nLyon,a\nOslo,b\n")
			d.hides("+ city")
			d.beside(cities)
			d.press("+", "o")
			d.shows("[x] country")
		})
	})
	t.Run("follow the other source, and what is missing there is said", func(t *testing.T) {
		d := open(t, held(t, sales), options{own: true, w: 120, h: 16})
		d.press("o")
		d.beside(cities)
		d.press("+")
		d.beside("branch,city,country\nLyon,Gare,France\nOslo,Sentrum,Norway\nParis,La Défense,France\n")
		d.shows("Gare")
		d.hides("Altstadt")
		d.beside("branch,city,country\nLyon,Gare,France\nLyon,Port,France\n")
		d.shows("+ 2 columns of branches", "5 rows", "Lyon")
		d.hides("Gare", "Port")
		if want := `Columns of branches are left out: lookup in branches: branch "Lyon" is in rows 1 and 2 there, so rows would multiply: keep one of each`; d.told() != want {
			t.Errorf("told %q", d.told())
		}
	})
	t.Run("are none where a row there has no key", func(t *testing.T) {
		d := open(t, held(t, sales+"2024-03-06,Rome,1,1,true,\n2024-03-07,Rome,1,1,true,\n"), options{own: true, w: 120, h: 16})
		d.press("o")
		d.beside(cities + "A,,\nB,,\nC,,\nD,,\nE,,\n")
		d.hides("+ city")
	})
	t.Run("say how many rows have no match", func(t *testing.T) {
		d := open(t, held(t, many(20)), options{own: true, w: 120, h: 16})
		d.press("o")
		d.beside(many(19))
		d.shows("19 of 20 found")
		d.press("+")
		if want := `lookup branches: renamed, since the source has such columns: name_2; lookup branches: 1 of 20 rows has no match by id and null there, first "20"`; d.told() != want {
			t.Errorf("told %q", d.told())
		}
	})
}
