package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// somebodyElse lets the browser bring the underwriter where the analyst was.
func somebodyElse(d *driver, a *fakeAttempt) {
	a.done <- outcome{nobody, &session.Changed{Now: underwriter.Person(), Before: analyst.Person()}}
	d.do(nil)
}

func TestU2TheBoxAsksWhetherToGoOnAsSomebodyElse(t *testing.T) {
	accepted := func(s session.Session, err error) func(a *fakeAttempt) {
		return func(a *fakeAttempt) { a.accept = always(s, err) }
	}
	tests := map[string]struct {
		change  func(a *fakeAttempt)
		keys    []string
		refused int
		shows   []string
		hides   string
	}{
		"nothing is unlocked before the answer": {
			nil, nil, 0,
			[]string{"You signed in as underwriter@example.com; last time it was analyst@example.com. Go on as underwriter@example.com?", "y Go on", "n, enter Sign out again"},
			"Plotting Demo page",
		},
		"y goes on and unlocks": {accepted(underwriter, nil), []string{"y"}, 0, []string{"Plotting Demo page", "Signed in as underwriter@example.com: Plotting Demo is open."}, "Is this you?"},
		"n ends it": {
			nil, []string{"n"}, 1,
			[]string{"Nothing of the sign-in as underwriter@example.com was kept.", "The refresh token was revoked.", "tabgate login --prompt login", "r try again"},
			"Plotting Demo page",
		},
		"enter ends it":                    {nil, []string{"enter"}, 1, []string{"was kept"}, "Plotting Demo page"},
		"esc ends it, and says so":         {nil, []string{"esc"}, 1, []string{"was kept"}, "Plotting Demo page"},
		"other keys wait":                  {nil, []string{"r", "q", "l", "o", "d", "tab", "c"}, 0, []string{"Is this you?"}, "Plotting Demo page"},
		"storing it may fail":              {accepted(nobody, errors.New("the question is no longer open; sign in again")), []string{"y"}, 0, []string{"The question is no longer open; sign in again.", "r try again"}, "Plotting Demo page"},
		"a paste is no answer":             {nil, nil, 0, []string{"Is this you?"}, "was kept"},
		"after a no it can be tried again": {nil, []string{"n", "r"}, 1, []string{"Your browser is open at the log-in page."}, "was kept"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			signIn(t, tt.change, func(d *driver, a *fakeAttempt) {
				somebodyElse(d, a)
				d.paste("y")
				d.press(tt.keys...)
				for _, text := range tt.shows {
					if !strings.Contains(strings.ToLower(d.words()), strings.ToLower(text)) {
						d.t.Errorf("the screen does not say %q:\n%s", text, d.frame())
					}
				}
				d.hides(tt.hides)
				if a.refused != tt.refused {
					d.t.Errorf("refused %d times, want %d", a.refused, tt.refused)
				}
			})
		})
	}
}

func TestU2AKeyInFlightIsNoYes(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		somebodyElse(d, a)
		d.send(pagetest.Key("y"))
		d.shows("Is this you?")
	})
}

func TestU2LeavingTheQuestionIsNoYes(t *testing.T) {
	for name, leave := range map[string]func(d *driver){
		"ctrl+c":                                 func(d *driver) { d.press("ctrl+c") },
		"somebody signs in by another tabgate":   func(d *driver) { d.root.account.restore()(); d.send(restored{d.root.account.seq, guest, nil}) },
		"esc while the answer is being executed": func(d *driver) { d.press("y", "esc") },
	} {
		t.Run(name, func(t *testing.T) {
			blocks := func(a *fakeAttempt) {
				a.accept = func(ctx context.Context) (session.Session, error) { <-ctx.Done(); return nobody, ctx.Err() }
			}
			signIn(t, blocks, func(d *driver, a *fakeAttempt) {
				somebodyElse(d, a)
				leave(d)
				if a.ctx.Err() == nil {
					d.t.Error("the sign-in goes on")
				}
				d.hides("Signed in as underwriter")
			})
		})
	}
}

func TestU2BothAnswersCanBeClicked(t *testing.T) {
	signIn(t, func(a *fakeAttempt) { a.accept = always(underwriter, nil) }, func(d *driver, a *fakeAttempt) {
		somebodyElse(d, a)
		d.clickOn("y Go on")
		d.shows("Plotting Demo page")
	})
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		somebodyElse(d, a)
		d.clickOn("n, enter Sign out again")
		d.shows("was kept")
	})
}

func TestU2ADeviceSignInAsksToo(t *testing.T) {
	auth := &deviceAuth{fakeAuth: attemptsAuth(guest)}
	drive(t, auth, func(*Options) { auth.events = make(chan session.Event) }, func(d *driver) {
		d.press("2", "l", "d")
		auth.last.done <- outcome{nobody, &session.Changed{Now: underwriter.Person(), Before: analyst.Person()}}
		d.do(nil)
		d.shows("last time it was analyst@example.com")
		d.press("y")
		d.shows("Plotting Demo page")
	})
}

func TestAfterASignInTheWayToSwitchIsShownWhereItHidesNoKeys(t *testing.T) {
	local := underwriter
	local.LocalPool = true
	for _, tt := range []struct {
		width int
		who   session.Session
		want  bool
	}{{160, underwriter, true}, {80, underwriter, false}, {160, local, false}} {
		signIn(t, nil, func(d *driver, a *fakeAttempt) {
			d.send(tea.WindowSizeMsg{Width: tt.width, Height: 24})
			a.done <- outcome{s: tt.who}
			d.do(nil)
			d.shows("Signed in as underwriter@example.com: Plotting Demo is open.")
			if tt.want {
				d.shows("? all keys")
			}
			if got := strings.Contains(d.words(), "tabgate login --prompt login"); got != tt.want {
				d.t.Errorf("at %d columns: %v", tt.width, got)
			}
		})
	}
}

func TestPersonQuestionFrames(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.Width, size.Height), func(t *testing.T) {
			signIn(t, nil, func(d *driver, a *fakeAttempt) {
				d.send(tea.WindowSizeMsg(size))
				somebodyElse(d, a)
				pagetest.Fits(d.t, d.root.View(), size.Width, size.Height)
				golden.RequireEqual(t, []byte(d.frame()))
			})
		})
	}
}
