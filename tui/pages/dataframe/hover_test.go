package dataframe

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func hoverAt(f *Page, x, y int) {
	f.Update(tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonNone, Action: tea.MouseActionMotion})
}

// The pointer on the chart reads out each year's values, and lights the year's
// column and the nearest region's row in the table.
func TestThePointerOnTheChartLinksTheTable(t *testing.T) {
	f := openWorld(t, all...)
	if f.layOut(); !f.Hovering() {
		t.Fatal("the page does not ask for motion")
	}
	p, a := f.plot, f.areas()
	for i, year := range a.X {
		for _, s := range a.Series {
			if s.Values[i] != s.Values[i] {
				continue
			}
			hoverAt(f, p.Column(year), p.Row(s.Values[i]))
			f.layOut()
			if f.lit().Col != i+1 {
				t.Fatalf("%v is pointed at, column %d is lit", year, f.lit().Col)
			}
			if row := f.lit().Row; p.Row(a.Series[row].Values[i]) != p.Row(s.Values[i]) {
				t.Fatalf("%s in %v is pointed at, %s is lit", s.Name, year, a.Series[row].Name)
			}
			wantText(t, f, f.regions.cols[i+1].Title+": min ")
			for _, row := range f.regions.rows {
				wantText(t, f, row.texts[i+1])
			}
		}
	}
	if f.table.Row != 0 || f.table.Col != 0 {
		t.Errorf("pointing moved the cursor to %d, %d", f.table.Row, f.table.Col)
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
	x, y := headingAt(t, f, "1963")
	hoverAt(f, x, y+3)
	a := f.areas()
	if i := f.nearest(a.X); i != 2 {
		t.Errorf("the chart's cursor is at %d", i)
	}
	if e, ok := f.emphasis(); !ok || a.Series[e].Name != f.regions.rows[2].name {
		t.Errorf("series %d is emphasised", e)
	}
	wantText(t, f, "1963: min ")
	press(t, f, "right")
	if f.hover.on || f.table.Col != 1 {
		t.Errorf("a key does not take over: column %d, %v", f.table.Col, f.hover)
	}
	for name, msg := range map[string]tea.Msg{"hidden": page.Hidden{}, "left": page.Left{}} {
		hoverAt(f, x, y+3)
		f.layOut()
		if f.Update(msg); f.hover.on || f.drawn {
			t.Errorf("a page that is %s still has a pointer", name)
		}
	}
}

// A year that is not in view is scrolled to while the chart's pointer is on
// it, and back afterwards.
func TestTheTableFollowsThePointerOnTheChart(t *testing.T) {
	f := newPage(pagetest.Env(t), offline(), Options{})
	pagetest.Open(t, f, 100, 30)
	f.layOut()
	p := f.plot
	hoverAt(f, p.Column(2010), p.Y+3)
	f.layOut()
	headingAt(t, f, "2010")
	hoverAt(f, 0, 0)
	f.layOut()
	headingAt(t, f, "1961")
}

func TestMotionThatChangesNothingDrawsNothing(t *testing.T) {
	f := openWorld(t)
	f.layOut()
	p := f.plot
	hoverAt(f, p.X+20, p.Y+2)
	view(f)
	hoverAt(f, p.X+20, p.Y+2)
	if !f.drawn {
		t.Error("the frame is drawn again")
	}
}

func TestThePointerLightsOptions(t *testing.T) {
	f := openWorld(t)
	press(t, f, "c")
	f.layOut()
	m := f.menu
	hoverAt(f, m.X+5, m.Y+4)
	if f.regions.picks.at != 2 {
		t.Errorf("option %d is lit", f.regions.picks.at)
	}
	hoverAt(f, m.X+5, m.Y+m.H+3)
	if f.regions.picks.at != 2 || f.hover.on {
		t.Errorf("outside the menu the pointer lights %d, %v", f.regions.picks.at, f.hover)
	}
}
