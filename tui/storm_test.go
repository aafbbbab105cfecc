package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// stormSizes are windows that nobody asks for and everybody gets, with the
// largest and the smallest among them.
var stormSizes = [][2]int{{1, 1}, {500, 200}, {2, 1}, {1, 50}, {300, 3}, {500, 12}, {40, 200}, {40, 12}, {39, 12}, {80, 24}, {120, 40}}

// stormKeys are the keys of every page and box, and some of no one.
var stormKeys = strings.Fields("1 2 3 4 tab shift+tab up down left right shift+right pgup pgdown home end enter esc backspace " +
	"space b c d e f h l m n o p r s u w x y z + - 0 [ ] < > / ? . , ctrl+r ctrl+u ctrl+d f5 alt+x é 漢 G N")

// TestAStormOfInputNeverLeavesTheWindow plays random keys, mouse, pastes and
// resizes on the real pages: every frame is exactly the window's size.
func TestAStormOfInputNeverLeavesTheWindow(t *testing.T) {
	seeds := 4
	if testing.Short() {
		seeds = 1
	}
	opened := map[string]bool{}
	for seed := range uint64(seeds) {
		change := func(o *Options) {
			o.Pages = Pages(figures())
			if o.QR = func(string) []string { return []string{"██", "▀▀"} }; seed > 0 {
				o.Initial = person("both", "Underwriters", "CreditAnalysts")
			}
		}
		drive(t, attemptsAuth(guest), change, func(d *driver) {
			rng := rand.New(rand.NewPCG(seed, 41))
			var log []string
			for range 120 {
				if seed > 0 && !d.root.account.live { // who logged out is back at once
					d.root.account.session, d.root.account.live = person("both", "Underwriters", "CreditAnalysts"), true
				}
				log = append(log, d.torment(rng))
				if d.root.tabs.current() != nil {
					opened[d.root.tabs.all[d.root.tabs.shown].spec.ID] = true
				}
				w, h := d.root.width, d.root.height
				if pagetest.Fits(t, d.root.View(), w, h); t.Failed() {
					t.Fatalf("seed %d, at %dx%d, after %v", seed, w, h, log[max(0, len(log)-12):])
				}
			}
		})
	}
	if len(opened) < 4 && !testing.Short() {
		t.Errorf("the storm saw only %v", opened)
	}
}

// torment does one thing at random and says what.
func (d *driver) torment(rng *rand.Rand) string {
	switch p := rng.IntN(20); {
	case p < 11:
		k := stormKeys[rng.IntN(len(stormKeys))]
		d.press(k)
		return k
	case p < 14:
		m := tea.MouseMsg{
			X: rng.IntN(d.root.width + 1), Y: rng.IntN(d.root.height + 1), Action: tea.MouseAction(rng.IntN(3)),
			Button: []tea.MouseButton{tea.MouseButtonNone, tea.MouseButtonLeft, tea.MouseButtonRight, tea.MouseButtonWheelUp, tea.MouseButtonWheelDown}[rng.IntN(5)],
		}
		d.settleDown()
		d.send(m)
		return m.String()
	case p < 15:
		d.paste(strings.Repeat("pasté 漢\n", rng.IntN(300)))
		return "a paste"
	case p < 16:
		d.send(page.Failed{Err: errText(strings.Repeat("trouble 世界 ", rng.IntN(90)))})
		return "an error"
	}
	size := stormSizes[rng.IntN(len(stormSizes))]
	d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
	return fmt.Sprintf("%dx%d", size[0], size[1])
}
