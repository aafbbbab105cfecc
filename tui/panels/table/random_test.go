package table_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func TestRandomKeysAndClicksLeaveItWhole(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	keys := append(strings.Split("abcdeghijlnoqrstuvwxyzABFGINSTUWY/#<>=,{}^$0123 ~", ""),
		"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "enter", "enter", "esc", "esc", "tab", "backspace",
		"shift+up", "shift+down", "shift+left", "shift+right")
	d := open(t, read(t, weather()), options{own: true, w: 90, h: 24})
	g := held(t, sales)
	for i := range 700 {
		switch n := rnd.IntN(40); {
		case n == 0:
			d.w, d.h = 1+rnd.IntN(180), 1+rnd.IntN(50)
			d.SetSize(d.w, d.h)
		case n == 1:
			f := g
			if rnd.IntN(2) == 0 {
				f = read(t, weather())
			}
			d.give(source.Snapshot{Frame: f, Complete: rnd.IntN(4) > 0, Grown: rnd.IntN(3) == 0})
		case n < 8:
			d.click(rnd.IntN(d.w), rnd.IntN(d.h), rnd.IntN(3) == 0)
		case n == 8:
			d.send(tea.MouseMsg{X: rnd.IntN(d.w), Y: rnd.IntN(d.h), Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
		default:
			d.press(keys[rnd.IntN(len(keys))])
		}
		if i%7 == 0 {
			pagetest.Fits(t, d.frame(), d.w, d.h)
			_ = d.Keys()
		}
		if t.Failed() {
			t.Fatalf("after %d of them", i)
		}
	}
}
