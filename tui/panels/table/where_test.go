package table_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/panels"
)

// shapes are what the page was told that was made of the rows.
func (d *driven) shapes() (out []panels.Shaped) {
	for _, m := range d.msgs {
		if s, ok := m.(panels.Shaped); ok {
			out = append(out, s)
		}
	}
	return out
}

func TestTheWhereLine(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		t.Run("holds the cursor's cell, which is taken as it is", func(t *testing.T) {
			d := open(t, f, options{own: true})
			d.press("right", "w")
			d.shows("where branch = Lyon", "2 of 5 rows")
			d.press("enter")
			d.shows("2 of 5 rows", "branch = Lyon ×")
			d.hides("Oslo")
			if got := d.shapes(); len(got) != 1 || got[0].Given != f || got[0].Rows.Len() != 2 {
				t.Errorf("the page was told %v", got)
			}
		})
		t.Run("is replaced by what is typed, and counts the rows left", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("w")
			d.write("units > 3")
			d.shows("where units > 3", "2 of 5 rows")
			d.hides("branch =")
			d.press("enter", "w")
			d.write("amount > 5")
			d.shows("1 of 5 rows")
			d.press("enter")
			d.shows("units > 3 ×", "amount > 5 ×", "Paris")
			d.press("u")
			d.shows("units > 3 ×", "Bern")
			x, y := d.find("units > 3 ×")
			d.click(x, y, false)
			d.shows("Oslo", "5 rows")
		})
		t.Run("compares with the cursor's column where none is named", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("right", "right", "w")
			d.write("> 42")
			d.shows("where > 42", "3 of 5 rows")
			d.press("enter")
			d.shows("amount > 42 ×")
		})
		t.Run("says what is wrong and stays", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("w")
			d.write("units > x")
			d.press("enter")
			if !d.Capturing() {
				t.Fatal("it was taken")
			}
			d.shows("units", `x`)
			d.press("esc")
			d.shows("5 rows")
		})
		t.Run("leaves no rows, and says how to get them back", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("w")
			d.write("units > 300")
			d.press("enter")
			d.shows("0 of 5 rows", "x clears the filters")
			d.press("x")
			d.shows("Lyon", "5 rows")
		})
		t.Run("W leaves the cell out", func(t *testing.T) {
			d := open(t, f, options{})
			d.press("right", "W", "enter")
			d.hides("Lyon  ")
			d.shows("3 of 5 rows", "branch != Lyon ×")
		})
	})
}

func TestTabCompletesNamesAndValues(t *testing.T) {
	d := open(t, held(t, sales), options{own: true})
	d.press("w")
	d.write("un")
	d.press("tab")
	d.shows("where units")
	d.write(" > 3")
	d.shows("2 of 5 rows")
	d.press("esc", "w")
	d.write("branch = ")
	d.press("tab")
	d.shows("where branch = Lyon", "2 of 5 rows")
	d.press("tab")
	d.shows("where branch = Oslo")
	d.press("enter")
	d.shows("1 of 5 rows")
}

func TestTheProfileIsOfWhatIsLeft(t *testing.T) {
	d := open(t, held(t, sales), options{own: true, w: 130, h: 16})
	d.shows("Lyon 40%")
	d.press("w")
	d.write("units > 3")
	d.press("enter")
	d.shows("each its own", "3 days")
	d.hides("Lyon")
}

func TestStepsHoldForWhatComes(t *testing.T) {
	d := open(t, nil, options{})
	d.give(source.Snapshot{Frame: read(t, log(50)), Complete: true})
	d.press("w")
	d.write("level = warn")
	d.press("enter")
	d.shows("25 of 50 rows")
	d.give(source.Snapshot{Frame: read(t, log(60)), Complete: true, Grown: true})
	d.shows("30 of 60 rows", "+5 ↓ G")
}

func TestWhatWasDoneIsHandedToThePage(t *testing.T) {
	d := open(t, held(t, sales), options{own: true})
	d.press("right", "s", "s", "right", "d", "w")
	d.write("units > 3")
	d.press("enter", "e", "l")
	want := panels.Steps{
		Source: "sales", Where: query.Where{{Field: "units", Op: query.Gt, Values: []string{"3"}}},
		Sort: []string{"-branch"}, Columns: []string{"day", "branch", "units", "paid", "note"},
	}
	var got panels.Steps
	for _, m := range d.msgs {
		if c, ok := m.(panels.CommandLine); ok {
			got = c.Steps
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	d.press("e", "p")
	if len(d.msgs) == 0 {
		t.Error("no page is written")
	}
}

func TestTheTableIsTurned(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		d := open(t, f, options{w: 100, h: 20})
		d.shows("T turns the table")
		d.press("right", "s", "T")
		d.shows("5 rows › turned", "row 1", "row 5")
		d.column("2024-03-05", "Bern", "0.50", "7", "true", "end")
		d.press("down", "right", "right", "y")
		if d.told() != "1 cell: Lyon" {
			t.Errorf("told %q", d.told())
		}
		d.press("enter")
		d.shows("2/5", "branch")
		d.press("T", "esc")
		d.hides("turned")
	})
}

func TestStepsThatTheTitleHasNoRoomForAreListed(t *testing.T) {
	d := open(t, held(t, sales), options{w: 60, h: 14})
	for _, text := range []string{"amount > -100", "units > 0", "branch != Rome"} {
		d.press("w")
		d.write(text)
		d.press("enter")
	}
	x, y := d.find(" +2 ")
	d.click(x+1, y, false)
	d.shows("Take back", "1  units > 0", "2  branch != Rome")
	d.press("1")
	d.shows(" +1 ", "5 rows")
}

func TestTheWholeStaysBesideWhatIsLeft(t *testing.T) {
	d := open(t, read(t, weather()), options{own: true, w: 190, h: 16})
	d.press("w")
	d.write("temp > 10")
	d.press("enter")
	d.shows("all █▄▆█ ▆▆▃▃▃")
	d.press("x")
	d.hides("all █▄▆█")
}

func TestTheWholeIsADimOutlineBehindWhatIsLeft(t *testing.T) {
	heading := func(profile termenv.Profile) (plain, styled string) {
		d := open(t, read(t, weather()), options{own: true, w: 100, h: 12, profile: profile})
		before := ansi.Strip(d.lines()[2])
		d.press("w")
		d.write("temp > 14.5")
		d.press("enter")
		styled = d.lines()[2]
		if plain = ansi.Strip(styled); profile == termenv.Ascii {
			return plain, styled
		}
		at := strings.Index(before, "█▄▆█ ▆▆▃▃▃")
		if at < 0 || !strings.Contains(plain, "█▄▆█ ") {
			t.Fatalf("it was\n%s\nand is\n%s", before, plain)
		}
		return plain, styled
	}
	if plain, styled := heading(termenv.ANSI256); strings.Count(styled, "\x1b[") < 6 {
		t.Errorf("nothing is dim in %q", plain)
	}
	if plain, _ := heading(termenv.Ascii); strings.Contains(plain, "█▄▆█ ") {
		t.Errorf("without colours the whole is taken for what is left: %q", plain)
	}
}
