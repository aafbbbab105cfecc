package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// TestAPageDrawsOnlyWhatChanged counts how often a page draws into the grid
// of the terminal, and looks at what is left there.
func TestAPageDrawsOnlyWhatChanged(t *testing.T) {
	drive(t, attemptsAuth(guest), func(o *Options) { o.Initial = underwriter }, func(d *driver) {
		g := cell.NewGrid(80, 24)
		home := d.pages["home"]
		draws := func(name string, want int, does func(), says string) {
			d.t.Helper()
			before := home.drawn
			does()
			d.root.Draw(g)
			if got := home.drawn - before; got != want {
				d.t.Errorf("%s: it drew %d times, want %d", name, got, want)
			}
			if !strings.Contains(g.String(), says) {
				d.t.Errorf("%s: the grid does not hold %q:\n%s", name, says, g)
			}
		}
		draws("the first frame", 1, func() {}, "Home page")
		draws("nothing happens", 0, func() {}, "Home page")
		draws("a box opens", 0, func() { d.press("?") }, "Everywhere")
		draws("it stays open", 0, func() {}, "Everywhere")
		draws("the page changes below it", 1, func() { home.changed = true }, "Everywhere")
		draws("the box goes", 0, func() { d.press("esc") }, "Home page")
		if strings.Contains(g.String(), "Everywhere") {
			d.t.Errorf("the box is still there:\n%s", g)
		}
		draws("a notice of many lines", 0, func() { d.send(page.Notice{Text: strings.Repeat("words ", 40)}) }, "words")
		draws("a key clears it", 0, func() { d.press("r") }, "Home page")
		draws("another tab", 0, func() { d.press("2") }, "Plotting Demo page")
		draws("and back", 0, func() { d.press("1") }, "Home page")
		draws("a locked tab", 0, func() { d.press("3") }, "contact the administrator")
		draws("back from there", 0, func() { d.press("1") }, "Home page")
		draws("a small window", 0, func() { d.send(tea.WindowSizeMsg{Width: 20, Height: 5}); g.Resize(20, 5) }, "tabgate needs")
		draws("a large one", 0, func() { d.send(tea.WindowSizeMsg{Width: 80, Height: 24}); g.Resize(80, 24) }, "Home page")
		draws("another size", 1, func() { d.send(tea.WindowSizeMsg{Width: 90, Height: 24}); g.Resize(90, 24) }, "Home page")
		draws("another grid", 0, func() { g = cell.NewGrid(90, 24) }, "Home page")
	})
}

// TestReducedPagesStayReduced draws a page in few colours under boxes.
func TestReducedPagesStayReduced(t *testing.T) {
	for _, p := range []termenv.Profile{termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
		drive(t, attemptsAuth(guest), realHome, func(d *driver) {
			coloured(d.root, p)
			d.root.env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
			g := cell.NewGrid(80, 24)
			d.root.Draw(g)
			before := g.ANSI()
			for _, keys := range [][]string{{"?"}, {"esc"}} {
				d.press(keys...)
				d.root.Draw(g)
				d.root.Draw(g)
				if whole := d.root.View(); whole != g.ANSI() {
					d.t.Errorf("after %v the grid holds\n%q\nwant\n%q", keys, g.ANSI(), whole)
				}
			}
			if g.ANSI() != before {
				d.t.Error("a box left something behind")
			}
		})
	}
}
