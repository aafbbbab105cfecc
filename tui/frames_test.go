package tui

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// realHome puts the real Home in the place of the fake one.
func realHome(o *Options) {
	o.Pages[0] = Pages(Sources{Home: home.Options{Setup: o.Auth == nil}})[0]
}

var sizes = []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 12}, {Width: 120, Height: 40}}

func TestFrames(t *testing.T) {
	local := underwriter
	local.LocalPool = true
	both := person("both", "Underwriters", "CreditAnalysts")
	tests := map[string]struct {
		who   session.Session
		local bool
		keys  []string
	}{
		"home of nobody":         {nobody, false, nil},
		"home of an underwriter": {local, true, nil},
		"home of both":           {both, false, []string{"down", "down"}},
		"plotting, login":        {nobody, false, []string{"2"}},
		"plotting, refused":      {analyst, false, []string{"2"}},
		"plotting, open":         {local, true, []string{"2"}},
		"mapping, login":         {nobody, false, []string{"3"}},
		"mapping, refused":       {local, true, []string{"3"}},
		"mapping, open":          {analyst, false, []string{"3"}},
		"dataframe, open":        {nobody, false, []string{"4"}},
		"help on a locked tab":   {nobody, false, []string{"2", "?"}},
		"help on a page":         {both, false, []string{"3", "?"}},
		"signing in":             {nobody, false, []string{"2", "l"}},
		"logging out":            {local, true, []string{"2", "l"}},
		"logged out":             {local, true, []string{"2", "l", "enter"}},
	}
	for name, tt := range tests {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s, %dx%d", name, size.Width, size.Height), func(t *testing.T) {
				change := func(o *Options) { realHome(o); o.Initial, o.LocalPool = tt.who, tt.local }
				drive(t, attemptsAuth(guest), change, func(d *driver) {
					d.send(size)
					d.press(tt.keys...)
					pagetest.Fits(d.t, d.root.View(), size.Width, size.Height)
					golden.RequireEqual(t, []byte(d.frame()))
				})
			})
		}
	}
}

func TestFramesWithoutAUserPool(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Width, size.Height), func(t *testing.T) {
			drive(t, nil, func(o *Options) { realHome(o); o.Setup = "No user pool is configured." }, func(d *driver) {
				d.send(size)
				d.shows("tabgate demo")
				d.shows("tabgate config init")
				d.shows("COGNITO_DOMAIN")
				golden.RequireEqual(t, []byte(d.frame()))
			})
		})
	}
}

func TestAFrameInTrueColorGuardsTheTheme(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, func(o *Options) { realHome(o); o.Initial = underwriter }, func(d *driver) {
				coloured(d.root, termenv.TrueColor)
				d.send(screen.BackgroundMsg{Dark: dark})
				golden.RequireEqual(t, []byte(d.root.View()))
			})
		})
	}
}

func coloured(r *Root, p termenv.Profile) {
	rd := lipgloss.NewRenderer(io.Discard)
	rd.SetColorProfile(p)
	*r.env.Theme = *theme.New(rd, r.env.Theme.Options)
	r.tabs.broadcast(page.Rethemed{})
}

func TestASCIIMeansASCII(t *testing.T) {
	for name, keys := range map[string][]string{"home": nil, "locked": {"2"}, "help": {"?"}, "box": {"l"}, "QR code": {"l", "s"}, "steps": {"l", "esc", "l", "enter"}} {
		t.Run(name, func(t *testing.T) {
			drive(t, attemptsAuth(guest), func(o *Options) {
				realHome(o)
				o.QR = func(string) []string { return []string{"██"} }
			}, func(d *driver) {
				d.root.env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
				d.root.tabs.broadcast(page.Rethemed{})
				d.press(keys...)
				if i := strings.IndexFunc(d.frame(), func(c rune) bool { return c > 0x7e }); i >= 0 {
					d.t.Errorf("not ASCII: %q\n%s", d.frame()[i:i+3], d.frame())
				}
			})
		})
	}
}

func TestEveryFrameFitsItsWindow(t *testing.T) {
	states := map[string]func(d *driver){
		"home":              func(*driver) {},
		"a locked tab":      func(d *driver) { d.press("2") },
		"an open tab":       func(d *driver) { d.press("4") },
		"help":              func(d *driver) { d.press("?") },
		"the sign-in box":   func(d *driver) { d.press("l") },
		"typing an address": func(d *driver) { d.press("l"); d.paste("http://localhost:8501/?code=" + strings.Repeat("x", 300)) },
		"the QR code":       func(d *driver) { d.press("l", "s") },
		"a failed sign-in": func(d *driver) {
			d.root.account.auth.(*fakeAuth).begin = func(context.Context) (signin.Attempt, error) { return nil, errText("no") }
			d.press("l")
		},
		"a question": func(d *driver) {
			d.send(Ask{box.Question{Title: strings.Repeat("T", 90), Text: []string{strings.Repeat("why 世界 ", 40)}, Yes: strings.Repeat("y", 90)}, new(answers).then})
		},
		"a long error": func(d *driver) { d.send(page.Failed{Err: errText(strings.Repeat("trouble 世界 ", 90))}) },
		"the steps": func(d *driver) {
			d.root.box = &box.Steps{Theme: d.root.env.Theme, Steps: []session.Step{{Text: strings.Repeat("word ", 60)}, {Err: errText("no")}}}
		},
	}
	wild := person("someone.with.a.very.long.name.世界", "Group one", strings.Repeat("G", 100), "\x1b[2J")
	for name, into := range states {
		t.Run(name, func(t *testing.T) {
			for _, who := range []session.Session{nobody, wild} {
				change := func(o *Options) {
					realHome(o)
					o.Initial, o.LocalPool = who, true
					o.QR = func(string) []string { return []string{strings.Repeat("█", 60), strings.Repeat("▀", 60)} }
				}
				drive(t, attemptsAuth(guest), change, func(d *driver) {
					if who.SignedIn() && strings.Contains(name, "sign") {
						return
					}
					into(d)
					rng := rand.New(rand.NewPCG(1, uint64(len(name))))
					for i := range 160 {
						w, h := rng.IntN(251), rng.IntN(81)
						if i < 60 {
							w, h = i, i/2
						}
						d.root.Update(tea.WindowSizeMsg{Width: w, Height: h})
						frame := d.root.View()
						if w == 0 || h == 0 {
							if frame != "" {
								d.t.Fatalf("%dx%d: %q", w, h, frame)
							}
							continue
						}
						if pagetest.Fits(d.t, frame, w, h); d.t.Failed() {
							d.t.Fatalf("at %dx%d", w, h)
						}
					}
				})
			}
		})
	}
}

func TestNothingIsLostInASmallWindow(t *testing.T) {
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.press("4")
		before := d.frame()
		for _, size := range []tea.WindowSizeMsg{{Width: 20, Height: 5}, {Width: 1, Height: 1}, {}, {Width: 39, Height: 12}, {Width: -1, Height: -5}} {
			d.send(size)
			d.root.View()
			d.press("1", "r", "l")
			d.click(0, 0)
		}
		d.send(tea.WindowSizeMsg{Width: 39, Height: 12})
		d.shows("tabgate needs 40x12. This window is 39x12: enlarge it, nothing is lost.")
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		if d.frame() != before {
			d.t.Errorf("something was lost:\n%s", d.frame())
		}
	})
}

func TestViewIsPure(t *testing.T) {
	drive(t, attemptsAuth(guest), func(o *Options) { realHome(o); o.Initial = underwriter }, func(d *driver) {
		for _, keys := range [][]string{nil, {"3"}, {"?"}, {"esc"}, {"1"}, {"l"}} {
			d.press(keys...)
			if a, b := d.root.View(), d.root.View(); a != b {
				d.t.Errorf("after %v two frames of one state differ", keys)
			}
		}
	})
}

func BenchmarkTabSwitch(b *testing.B) {
	env := pagetest.Env(b, termenv.TrueColor)
	env.Tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	d := &driver{pages: map[string]*fakePage{}, built: map[string]int{}}
	o := Options{Asked: true, Initial: underwriter, Pages: d.entries()}
	realHome(&o)
	r := New(env, o)
	r.Init()
	r.Update(tea.WindowSizeMsg{Width: 160, Height: 45})
	keys := []tea.KeyMsg{page.Key("1"), page.Key("3")}
	g := cell.NewGrid(160, 45)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.Update(keys[i%2])
		r.Draw(g)
	}
}
