package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// states are the keys that bring each page into the states that look unlike
// each other.
var states = map[string]map[string][]string{
	"home":      {"": nil},
	"plotting":  {"": nil, "zoomed in": {"+", "+", "right"}, "a seed typed": {"s", "1", "2"}, "with a cursor": {"left", "left"}},
	"mapping":   {"": nil, "no layer": {"b", "e", "n", "f"}, "finding": {"/", "e", "m"}, "a stop found": {"/", "e", "m", "enter"}, "turned, with a cursor": {">", "]", "+", "w", "d"}},
	"dataframe": {"": nil, "choosing": {"c", "u"}, "searching": {"/", "9"}, "a selection": {"right", "s", "shift+right"}, "no country": {"x"}, "the chart alone": {"f", "f", "right"}},
}

// eachState opens every page in every state.
func eachState(t *testing.T, env page.Env, test func(t *testing.T, p page.Page)) {
	for _, entry := range Pages(figures()) {
		id := entry(env).ID
		these := states[id]
		if these == nil {
			these = map[string][]string{"": nil}
		}
		for name, keys := range these {
			t.Run(id+" "+name, func(t *testing.T) {
				p := entry(env).New()
				p.SetSize(100, 30)
				p.Update(page.Session{Session: person("both", "Underwriters", "CreditAnalysts")})
				var tabs []page.Tab
				for _, listed := range demo.Pages() {
					tabs = append(tabs, page.Tab{ID: listed.ID, Title: listed.Title})
				}
				p.Update(page.Tabs{Tabs: tabs})
				pagetest.Settle(t, p.Update, p.Init(), p.Update(page.Shown{}))
				for _, k := range keys {
					pagetest.View(env, p, 100, 30)
					pagetest.Settle(t, p.Update, p.Update(page.Key(k)))
				}
				test(t, p)
			})
		}
	}
}

// TestPagesFitEverySize draws every page as it opens at every small size, in
// its other states at a third of them, and at some of the large ones, without
// colours and with all.
func TestPagesFitEverySize(t *testing.T) {
	step := 3
	if testing.Short() {
		step = 6
	}
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.TrueColor} {
		env := pagetest.Env(t, profile)
		env.Still = true
		eachState(t, env, func(t *testing.T, p page.Page) {
			rng := rand.New(rand.NewPCG(7, uint64(profile)))
			draw := func(w, h int) {
				p.SetSize(w, h)
				if pagetest.Fits(t, pagetest.View(env, p, w, h), w, h); t.Failed() {
					t.Fatalf("at %dx%d", w, h)
				}
			}
			if profile == termenv.Ascii {
				each := step
				if strings.HasSuffix(t.Name(), "_") { // As it opens.
					each = step / 3
				}
				for w := 1; w <= 60; w++ {
					for h := 1 + w%each; h <= 20; h += each {
						draw(w, h)
					}
				}
			}
			for range 150 / step {
				w, h := 1+rng.IntN(250), 1+rng.IntN(80)
				draw(w, h)
				p.Update(tea.MouseMsg{X: rng.IntN(w), Y: rng.IntN(h), Action: tea.MouseActionMotion})
				draw(w, h)
			}
		})
	}
}

// TestWordsOnPagesCanBeRead looks at the words of real frames, whatever they
// are written on: WCAG asks 4.5:1 of them.
func TestWordsOnPagesCanBeRead(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		for _, dark := range []bool{true, false} {
			env := pagetest.Env(t, profile)
			env.Still = true
			env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
			faint := cell.NewGrid(1, 1)
			faint.Text(0, 0, "x", env.Theme.Faint, 0)
			inactive := cell.Parse(pagetest.Render(faint, profile)).At(0, 0).FG.RGB()
			eachState(t, env, func(t *testing.T, p page.Page) {
				for _, size := range [][2]int{{120, 38}, {80, 22}, {40, 10}} {
					p.SetSize(size[0], size[1])
					for _, word := range unreadable(cell.Parse(pagetest.View(env, p, size[0], size[1])), inactive) {
						t.Errorf("profile %v, dark %v, %v: %s", profile, dark, size, word)
					}
				}
			})
		}
	}
}

// unreadable lists the letters of words with too little contrast. Capitals
// alone are marks of a chart; WCAG leaves out what cannot be used at the
// moment, which is faint.
func unreadable(g *cell.Grid, inactive theme.RGB) (out []string) {
	letter := func(x, y int) bool {
		c := g.At(x, y)
		return c != nil && (unicode.IsLetter(c.Rune()) || unicode.IsDigit(c.Rune())) && c.FG != 0 && c.BG != 0 && c.FG.RGB() != inactive
	}
	for y := range g.H {
		for x, start := 0, 0; x <= g.W; x++ {
			if letter(x, y) {
				continue
			}
			run := g.Row(y)[start:min(x, g.W)]
			start = x + 1
			if len(run) < 2 || !slices.ContainsFunc(run, func(c cell.Cell) bool { return !unicode.IsUpper(c.Rune()) }) {
				continue
			}
			for _, c := range run {
				fg, bg := c.FG.RGB(), c.BG.RGB()
				if c.Attr&cell.Reverse != 0 {
					fg, bg = bg, fg
				}
				if v := cell.Contrast(fg, bg); v < 4.5 {
					out = append(out, fmt.Sprintf("%c before %d,%d: %.2f", c.Rune(), x, y, v))
				}
			}
		}
	}
	return out
}

// TestIdlePagesDrawAndAskNothing: a page at rest wants no clock, and a message
// that is not its own leads to no other frame.
func TestIdlePagesDrawAndAskNothing(t *testing.T) {
	env := pagetest.Env(t, termenv.TrueColor)
	for _, entry := range Pages(figures()) {
		env := env
		env.Still = demo.IsBoard(entry(env).ID) && entry(env).ID != "plotting" // nothing waits for newer figures
		spec := entry(env)
		t.Run(spec.ID, func(t *testing.T) {
			p := spec.New()
			ticks := pagetest.Open(t, p, 100, 30)
			for steps := 0; len(ticks) > 0; steps++ { // The walk has an end.
				if spec.ID != "plotting" || steps > 2*data.WalkSteps {
					t.Fatalf("it asks for a tick after %v", ticks[0].After)
				}
				ticks, _ = pagetest.Settle(t, p.Update, p.Update(ticks[0].Fire()))
			}
			g := cell.NewGrid(100, 30)
			p.Draw(g)
			msgs := []tea.Msg{struct{}{}, tea.FocusMsg{}, page.Shown{}}
			if env.Still { // It looks after its figures when it is shown.
				msgs = msgs[:2]
			}
			for _, msg := range msgs {
				if more, _ := pagetest.Settle(t, p.Update, p.Update(msg)); len(more) > 0 {
					t.Errorf("%T makes it ask for a tick", msg)
				}
				p.SetSize(100, 30)
				if p.Draw(g) {
					t.Errorf("%T makes it draw again", msg)
				}
			}
		})
	}
}
