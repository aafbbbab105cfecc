package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// keyboard is every key that Bubble Tea can name, but those that type.
func keyboard() []string {
	out := strings.Fields("up down left right shift+up shift+down shift+left shift+right ctrl+up ctrl+down alt+up alt+left home end " +
		"ctrl+home ctrl+end shift+home shift+end pgup pgdown ctrl+pgup ctrl+pgdown insert delete backspace enter esc " +
		"f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f20 alt+enter alt+backspace ctrl+@ ctrl+\\ ctrl+] ctrl+^ ctrl+_")
	for c := 'a'; c <= 'z'; c++ {
		if !strings.ContainsRune("chijmr", c) { // quit, backspace, tab, enter twice, refresh
			out = append(out, "ctrl+"+string(c))
		}
	}
	for c := '!'; c <= '~'; c++ {
		out = append(out, "alt+"+string(c))
	}
	return out
}

// signs are the keys that type.
func signs() []string {
	out := []string{" ", "é", "漢"}
	for c := '!'; c <= '~'; c++ {
		out = append(out, string(c))
	}
	return out
}

// paired are keys that another one's line in the help speaks for ("arrows",
// "< >"), and those that are answered in words where there is nothing for them
// to do: a step of a walk that is over, steps of a table back and forth.
var paired = strings.Fields("right down left shift+up shift+down shift+left shift+right a s d , < ctrl+n pgup pgdown . u U")

// TestKeysThatActAreListedAndListedOnesAct presses every key in every mode of
// every page. A listed key need not act at the end of its way: there "room"
// brings it to where it can.
func TestKeysThatActAreListedAndListedOnesAct(t *testing.T) {
	both := person("both", "Underwriters", "CreditAnalysts")
	states := map[string][]string{
		"home":      {""},
		"plotting":  {"", "+", "right", "s 1", "e", "f"},
		"mapping":   {"", "/ e", "w", "+ / e enter", "o", "e", "f"},
		"dataframe": {"", "c u", "/ 1", "/ 1 enter", "s", "shift+right", "f", "f f", "x", ">"},
	}
	room := map[string][]string{"home": {"", "down"}, "plotting": {"", "right right"}, "mapping": {"", "right"}, "dataframe": {"", "down", "right right right", "down right right right"}}
	for id, befores := range states {
		for _, before := range befores {
			t.Run(id+" "+before, func(t *testing.T) {
				open := func(more string) page.Page {
					p := openedPage(t, id, both)
					pagetest.Press(t, p, strings.Fields(before+" "+more)...)
					return p
				}
				acts := func(name, more string) bool {
					p := open(more)
					shown := watched(p)
					frame := shown()
					_, msgs := pagetest.Press(t, p, name)
					return shown() != frame || len(msgs) > 0
				}
				global := newKeyMap(4)
				var listed []string
				typing := open("").Capturing()
				for _, b := range open("").Keys() {
					if !b.Enabled() {
						continue
					}
					listed = append(listed, b.Keys()...)
					if b.Help().Key == "R" || b.Help().Key == "ctrl+w" { // the same walk, at once; it waits for a second key
						continue
					}
					acted := slices.ContainsFunc(b.Keys(), func(name string) bool {
						return slices.ContainsFunc(room[id], func(more string) bool { return acts(name, more) })
					})
					if !acted && b.Help().Key != "" {
						t.Errorf("%q (%s) is listed and does nothing", b.Help().Key, b.Help().Desc)
					}
				}
				pressed := keyboard()
				if !typing {
					pressed = append(pressed, signs()...)
				}
				p := open("")
				shown := watched(p)
				for _, name := range pressed {
					isGlobal := key.Matches(page.Key(name), global.tabs, global.next, global.prev, global.login, global.refresh, global.help, global.quit)
					if slices.Contains(listed, name) || slices.Contains(paired, name) || isGlobal {
						continue
					}
					frame := shown()
					if _, msgs := pagetest.Press(t, p, name); shown() != frame || len(msgs) > 0 {
						t.Errorf("%q acts and is not listed", name)
						p = open("")
						shown = watched(p)
					}
				}
			})
		}
	}
}

// watched returns a function that draws a page and returns all that is seen of
// it: its cells and where the cursor stands.
func watched(p page.Page) func() string {
	g := cell.NewGrid(100, 28)
	return func() string {
		p.Draw(g)
		at, ok := g.Cursor()
		return g.ANSI() + fmt.Sprint(at, ok)
	}
}

// openedPage is one of the real pages, in colour, at 100 by 28 cells.
func openedPage(t *testing.T, id string, s session.Session) page.Page {
	t.Helper()
	env := pagetest.Env(t, termenv.TrueColor)
	env.Still = true
	for _, entry := range Pages(figures()) {
		if spec := entry(env); spec.ID == id {
			p := spec.New()
			p.SetSize(100, 28)
			p.Update(page.Session{Session: s})
			pagetest.Settle(t, p.Update, p.Init(), p.Update(page.Shown{}))
			return p
		}
	}
	t.Fatalf("there is no page %q", id)
	return nil
}
