package table_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/panels"
)

func TestTheCursorIsSharedWithOtherPanels(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		d := open(t, f, options{})
		d.press("down", "down")
		var told []panels.Cursor
		for _, m := range d.msgs {
			if c, ok := m.(panels.Cursor); ok {
				told = append(told, c)
			}
		}
		if want := (panels.Cursor{Source: "sales", Field: "day", Value: "2024-03-03"}); len(told) == 0 || told[len(told)-1] != want {
			t.Errorf("told %v", told)
		}
		d.send(panels.Cursor{Source: "sales", Field: "day", Value: "2024-03-05"})
		d.shows("5/5")
		for _, m := range d.msgs {
			if _, ok := m.(panels.Cursor); ok {
				t.Errorf("what was told is told back: %v", m)
			}
		}
		d.press("right", "right", "s")
		d.send(panels.Cursor{Source: "sales", Field: "branch", Value: "Paris"})
		d.shows("5/5")
		d.send(panels.Cursor{Source: "other", Field: "day", Value: "2024-03-01"})
		d.send(panels.Cursor{Source: "sales", Field: "nothing", Value: "2024-03-01"})
		d.send(panels.Cursor{Source: "sales", Field: "day", Value: "never"})
		d.shows("5/5")
	})
}
