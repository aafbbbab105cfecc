package tui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

func motion(x, y int, b tea.MouseButton) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Button: b, Action: tea.MouseActionMotion}
}

func TestMotionIsWantedWhileThePageInViewHovers(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		want := func(when string, hovering bool) {
			d.t.Helper()
			if d.root.Hovering() != hovering {
				d.t.Errorf("%s, hovering is %v", when, !hovering)
			}
		}
		want("on a page that does not", false)
		d.pages["home"].hovering = true
		want("on a page that does", true)
		d.press("?")
		want("with help above it", false)
		d.press("esc")
		want("without", true)
		small(d)
		want("in a window too small", false)
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.press("2")
		want("on a locked tab", false)
		d.press("1")
		want("back again", true)
	})
}

func TestAPageIsToldWhenThePointerLeavesIt(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		p.hovering = true
		d.send(motion(5, 0, tea.MouseButtonNone))
		if n := p.heard(saw[page.Left]); n != 0 {
			t.Error("the page is told that a pointer left which never came")
		}
		d.send(motion(5, 6, tea.MouseButtonNone))
		if got, _ := p.got[len(p.got)-1].(tea.MouseMsg); got.X != 5 || got.Y != 5 {
			t.Errorf("the page was told %v", p.got[len(p.got)-1])
		}
		d.send(motion(5, 0, tea.MouseButtonNone))
		d.send(motion(6, 0, tea.MouseButtonNone))
		d.send(motion(6, 23, tea.MouseButtonNone))
		if n := p.heard(saw[page.Left]); n != 1 {
			t.Errorf("the page was told %d times that the pointer left, want once", n)
		}
	})
}

func TestADragStaysThePagesWhateverComesAbove(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		p := d.pages["home"]
		d.send(tea.MouseMsg{X: 70, Y: 20, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		d.send(page.Notice{Text: "This stands where the pointer is, and is long enough to be there."})
		d.press("?")
		small(d)
		d.send(motion(60, 20, tea.MouseButtonLeft))
		d.send(tea.MouseMsg{X: 60, Y: 20, Action: tea.MouseActionRelease})
		if got, _ := p.got[len(p.got)-1].(tea.MouseMsg); got.Action != tea.MouseActionRelease || got.X < 0 || got.Y < 0 {
			t.Errorf("the last that the page heard is %v", p.got[len(p.got)-1])
		}
	})
}

// A terminal may lose a release, out of its window.
func TestALostReleaseDoesNotKeepTheTabBarFromClicks(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.send(tea.MouseMsg{X: 70, Y: 10, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		d.clickOn("DataFrame")
		if got := d.root.tabs.all[d.root.tabs.shown].spec.ID; got != "dataframe" {
			t.Errorf("shown is %s", got)
		}
	})
}
