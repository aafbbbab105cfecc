package dataframe

import (
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func hoverAt(f *frame, x, y int) {
	f.Update(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonNone, Action: tea.MouseActionMotion})
}

// The pointer on the chart reads out each year's values, and lights the year's
// column and the nearest region's row in the table.
func TestThePointerOnTheChartLinksTheTable(t *testing.T) {
	f := openWorld(t, all...)
	if f.layOut(); !f.Hovering() {
		t.Fatal("the page does not ask for motion")
	}
	p, a := f.seen.plot, f.areas()
	for i, year := range a.X {
		for series, s := range a.Series {
			if f.mem.rows[series].place != series || s.Values[i] != s.Values[i] {
				continue
			}
			hoverAt(f, p.Column(year), p.Row(s.Values[i]))
			f.layOut()
			if f.litCol() != i+1 {
				t.Fatalf("%v is pointed at, column %d is lit", year, f.litCol())
			}
			if row := f.litRow(); p.Row(a.Series[row].Values[i]) != p.Row(s.Values[i]) {
				t.Fatalf("%s in %v is pointed at, %s is lit", s.Name, year, a.Series[row].Name)
			}
			wantText(t, f, f.mem.cols[i+1]+": min ")
			for _, row := range f.mem.rows {
				wantText(t, f, row.texts[i+1])
			}
		}
	}
	if f.grid.row != 0 || f.grid.col != 0 {
		t.Errorf("pointing moved the cursor to %d, %d", f.grid.row, f.grid.col)
	}
	before := view(f)
	hoverAt(f, 0, f.height-1)
	if view(f) == before || f.hover.on {
		t.Error("the pointer left and is still read")
	}
	wantNoText(t, f, "1964: min ")
}

func TestThePointerOnTheTableLinksTheChart(t *testing.T) {
	f := openWorld(t, all...)
	f.layOut()
	area := f.seen.table
	at := slices.IndexFunc(area.columns, func(c colPlace) bool { return c.col == 3 })
	hoverAt(f, area.columns[at].x+1, area.Y+2)
	a := f.areas()
	if i := f.nearest(a.X); i != 2 {
		t.Errorf("the chart's cursor is at %d", i)
	}
	if e, ok := f.emphasis(); !ok || a.Series[e].Name != f.mem.rows[2].name {
		t.Errorf("series %d is emphasised", e)
	}
	wantText(t, f, "1963: min ")
	press(t, f, "right")
	if f.hover.on || f.grid.col != 1 {
		t.Errorf("a key does not take over: column %d, %v", f.grid.col, f.hover)
	}
	for name, msg := range map[string]tea.Msg{"hidden": page.Hidden{}, "left": page.Left{}} {
		hoverAt(f, area.columns[at].x+1, area.Y+2)
		f.layOut()
		if f.Update(msg); f.hover.on || f.seen.drawn {
			t.Errorf("a page that is %s still has a pointer", name)
		}
	}
}

// A year that is not in view is scrolled to while the chart's pointer is on
// it, and back afterwards.
func TestTheTableFollowsThePointerOnTheChart(t *testing.T) {
	f := newFrame(pagetest.Env(t), offline(), Options{})
	pagetest.Open(t, f, 100, 30)
	f.layOut()
	p := f.seen.plot
	hoverAt(f, p.Column(2010), p.Y+3)
	f.layOut()
	if !slices.ContainsFunc(f.seen.table.columns, func(c colPlace) bool { return f.mem.cols[c.col] == "2010" }) {
		t.Errorf("2010 is not in the table\n%s", view(f))
	}
	hoverAt(f, 0, 0)
	f.layOut()
	if f.mem.cols[f.seen.table.columns[1].col] != "1961" {
		t.Errorf("the table stays at %s", f.mem.cols[f.seen.table.columns[1].col])
	}
}

func TestMotionThatChangesNothingDrawsNothing(t *testing.T) {
	f := openWorld(t)
	f.layOut()
	p := f.seen.plot
	hoverAt(f, p.X+20, p.Y+2)
	view(f)
	hoverAt(f, p.X+20, p.Y+2)
	if !f.seen.drawn {
		t.Error("the frame is drawn again")
	}
}

func TestThePointerLightsOptions(t *testing.T) {
	f := openWorld(t)
	press(t, f, "c")
	f.layOut()
	m := f.seen.menu
	hoverAt(f, m.X+5, m.Y+4)
	if f.picks.at != 2 {
		t.Errorf("option %d is lit", f.picks.at)
	}
	hoverAt(f, m.X+5, m.Y+m.H+3)
	if f.picks.at != 2 || f.hover.on {
		t.Errorf("outside the menu the pointer lights %d, %v", f.picks.at, f.hover)
	}
}
