package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/signin"
)

// signIn drives a root whose sign-ins are attempts that change may alter.
func signIn(t *testing.T, change func(*fakeAttempt), test func(d *driver, a *fakeAttempt)) {
	t.Helper()
	auth := &fakeAuth{}
	var a *fakeAttempt
	build := func(o *Options) {
		o.QR = func(string) []string { // too large for most windows
			return strings.Split(strings.Repeat(strings.Repeat("█", 90)+"\n", 45), "\n")[:45]
		}
		auth.begin = func(context.Context) (signin.Attempt, error) {
			a = newAttempt()
			if change != nil {
				change(a)
			}
			return a, nil
		}
	}
	drive(t, auth, build, func(d *driver) {
		d.press("2", "l")
		test(d, a)
	})
}

func TestTheSignInBox(t *testing.T) {
	tests := map[string]struct {
		attempt func(*fakeAttempt)
		do      func(d *driver, a *fakeAttempt)
		shows   []string
		hides   []string
	}{
		"it opens the browser and shows the address and the time": {
			nil, func(*driver, *fakeAttempt) {},
			[]string{"Your browser is open at the log-in page.", "https://auth.example.com/oauth2/authorize?client_id=abc", "5:00 left", "c copy address"},
			nil,
		},
		"without a browser it says why": {
			func(a *fakeAttempt) { a.browserErr = errors.New("no browser was found on this machine") },
			func(*driver, *fakeAttempt) {},
			[]string{"No browser was found on this machine. Open this address yourself:"},
			[]string{"Your browser is open"},
		},
		"what cannot be opened is not offered": {
			func(a *fakeAttempt) { a.browserErr, a.noBrowser = errors.New("no browser was found"), true },
			func(d *driver, a *fakeAttempt) {
				d.press("o")
				if a.opened != 1 {
					d.t.Errorf("asked %d times for a browser that is not there", a.opened)
				}
			},
			[]string{"No browser was found. Open this address yourself:", "s QR code"},
			[]string{"open browser"},
		},
		"a browser that failed once can be tried again": {
			func(a *fakeAttempt) { a.browserErr = errors.New("the browser was not opened: xdg-open failed") },
			func(d *driver, a *fakeAttempt) {
				d.press("o")
				if a.opened != 2 {
					d.t.Errorf("opened %d times, want twice", a.opened)
				}
			},
			[]string{"The browser was not opened: xdg-open failed. Open this address yourself:", "o open browser"},
			nil,
		},
		"a hint does not take the place of the one before": {
			nil, func(d *driver, a *fakeAttempt) {
				a.hints <- "this session will stay in memory: no keyring"
				d.do(nil)
				a.hints <- "the address http://localhost:8500/ is taken by another program"
				d.do(nil)
			},
			[]string{"This session will stay in memory: no keyring.", "The address http://localhost:8500/ is taken by another program."},
			nil,
		},
		"over SSH it gives the line to run": {
			func(a *fakeAttempt) {
				a.remote = "You are connected over SSH. Run this on your computer:\nssh -L 8501:localhost:8501 host"
			},
			func(*driver, *fakeAttempt) {},
			[]string{"Run this on your computer:", "ssh -L 8501:localhost:8501 host"},
			[]string{"�"},
		},
		"over SSH the line to run fits the smallest window": {
			func(a *fakeAttempt) {
				a.browserErr = errors.New("no browser is opened in an SSH session")
				a.remote = "This is an SSH session: open the address in the browser of the machine in front of you, then paste the address it ends on, or forward the port.\n" +
					"ssh -L 8501:localhost:8501 -p 2222 ana@10.0.0.1"
			},
			func(d *driver, a *fakeAttempt) {
				a.hints <- "the address http://localhost:8500/ is taken by another program"
				d.do(nil)
				d.root.resize(tea.WindowSizeMsg{Width: 40, Height: 12})
			},
			[]string{"Open this address yourself:", "> http://localhost:8501/?code=", "ssh -L 8501:localhost:8501", "ana@10.0.0.1"},
			nil,
		},
		"signing in lands on the tab it began from": {
			nil, func(d *driver, a *fakeAttempt) { a.done <- outcome{s: underwriter}; d.do(nil) },
			[]string{"Plotting Demo page", "Signed in as underwriter@example.com: Plotting Demo is open."},
			[]string{"Log in "},
		},
		"a session that nothing keeps is told": {
			nil, func(d *driver, a *fakeAttempt) {
				s := underwriter
				s.TokenStore = "memory"
				a.done <- outcome{s: s}
				d.do(nil)
			},
			[]string{"No keyring keeps the session: it lasts until you quit."},
			nil,
		},
		"J-13 what is odd about a session is told": {
			nil, func(d *driver, a *fakeAttempt) {
				s := underwriter
				s.Note = "A token is valid for more than a day."
				a.done <- outcome{s: s}
				d.do(nil)
			},
			[]string{"Signed in as", "A token is valid for more than a day."},
			nil,
		},
		"signing in with the wrong group shows the refusal": {
			nil, func(d *driver, a *fakeAttempt) { a.done <- outcome{s: analyst}; d.do(nil) },
			[]string{"You do not have access. Please contact the administrator.", "Your groups: CreditAnalysts."},
			nil,
		},
		"a refusal by the provider is one sentence and a key": {
			nil, func(d *driver, a *fakeAttempt) {
				a.done <- outcome{err: errors.New("the user pool refused: access_denied; try again or ask its administrator")}
				d.do(nil)
			},
			[]string{"The user pool refused: access_denied; try again or ask its administrator.", "r try again", "esc cancel"},
			nil,
		},
		"L-17 running out of time asks whether the address is registered": {
			nil, func(d *driver, a *fakeAttempt) {
				a.done <- outcome{err: fmt.Errorf("no answer came in time; is exactly http://localhost:8501/ registered? %w", context.DeadlineExceeded)}
				d.do(nil)
			},
			[]string{"No answer came in time; is exactly http://localhost:8501/ registered?", "r try again"},
			[]string{"left"},
		},
		"trying again starts over": {
			nil, func(d *driver, a *fakeAttempt) {
				a.done <- outcome{err: errors.New("no")}
				d.do(nil)
				d.press("r")
			},
			[]string{"5:00 left", "Your browser is open"},
			[]string{"No."},
		},
		"a hint from the listener is shown": {
			nil, func(d *driver, a *fakeAttempt) {
				a.hints <- "a browser came back with a state that is not ours; it was ignored"
				d.do(nil)
			},
			[]string{"A browser came back with a state that is not ours; it was ignored."},
			nil,
		},
		"a hostile hint has no power": {
			nil, func(d *driver, a *fakeAttempt) { a.hints <- "x\x1b]0;owned\x07"; d.do(nil) },
			[]string{"X�]0;owned�."},
			nil,
		},
		"a pasted address that is refused says why, and the box stays": {
			func(a *fakeAttempt) {
				a.pasteErr = errors.New("this address belongs to another sign-in; open the one above")
			},
			func(d *driver, a *fakeAttempt) { d.paste(backURL) },
			[]string{"This address belongs to another sign-in; open the one above.", "5:00 left"},
			[]string{"accepted"},
		},
		"a pasted address that is accepted is being checked": {
			nil, func(d *driver, a *fakeAttempt) { d.paste(backURL) },
			[]string{"Address accepted. Checking the answer…"},
			[]string{"c0de"},
		},
		"T-4 a user pool that hangs leaves the box alive": {
			nil, func(d *driver, a *fakeAttempt) {
				d.paste(backURL)
				d.now = d.now.Add(7 * time.Second)
				d.send(d.ticks[len(d.ticks)-1].Fire())
				d.root.resize(tea.WindowSizeMsg{Width: 80, Height: 24})
			},
			[]string{"Address accepted. Checking the answer…", "4:53 left"},
			nil,
		},
		"T-4 a user pool that hangs is given up with Esc": {
			nil, func(d *driver, a *fakeAttempt) {
				d.paste(backURL)
				d.press("esc")
				if !a.cancelled {
					d.t.Error("the attempt goes on")
				}
			},
			[]string{"Login cancelled."},
			[]string{"Checking"},
		},
		"half an address waits for the rest, hidden": {
			nil, func(d *driver, a *fakeAttempt) { d.paste("http://localhost:8501/?code=c0de-c0de") },
			[]string{"http://localhost:8501/?··············", "enter use pasted address"},
			[]string{"c0de"},
		},
		"the wrong key changes nothing": {
			nil, func(d *driver, a *fakeAttempt) { d.press("x", "q", "3", "?", "l", "up") },
			[]string{"5:00 left", "Your browser is open"},
			[]string{"Keys"},
		},
		"a window too small for the QR code is told": {
			nil, func(d *driver, a *fakeAttempt) { d.press("s") },
			[]string{"The QR code needs a window of 90x47; this one is 80x24."},
			nil,
		},
		"Esc closes it": {
			nil, func(d *driver, a *fakeAttempt) { d.press("esc") }, []string{"Please login!", "Login cancelled."}, []string{"5:00 left"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			signIn(t, tt.attempt, func(d *driver, a *fakeAttempt) {
				tt.do(d, a)
				for _, s := range tt.shows {
					d.shows(s)
				}
				for _, s := range tt.hides {
					d.hides(s)
				}
			})
		})
	}
}

func TestEscFreesThePort(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		d.press("esc")
		if !a.cancelled {
			d.t.Error("the attempt was not cancelled")
		}
		a.done <- outcome{s: underwriter} // Too late.
		d.do(nil)
		d.shows("Please login!")
	})
}

func TestEscWhileTheBoxPreparesFreesThePortLater(t *testing.T) {
	auth := &fakeAuth{}
	var ready chan signin.Attempt
	change := func(*Options) {
		ready = make(chan signin.Attempt)
		auth.begin = func(context.Context) (signin.Attempt, error) { return <-ready, nil }
	}
	drive(t, auth, change, func(d *driver) {
		d.press("l", "esc")
		a := newAttempt()
		ready <- a
		d.do(nil)
		if !a.cancelled || a.opened != 0 {
			d.t.Errorf("cancelled %v, browser opened %d times", a.cancelled, a.opened)
		}
		d.hides("left")
	})
}

func TestTheAddressIsALinkAndCanBeCopiedWhole(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		if !strings.Contains(d.root.View(), "\x1b]8;id=tabgate;"+loginURL+"\x1b\\") {
			d.t.Error("the address is no hyperlink")
		}
		d.press("c")
		if got, ok := d.seen[len(d.seen)-1].(screen.CopyMsg); !ok || got.Text != loginURL {
			d.t.Errorf("copied %v", d.seen[len(d.seen)-1])
		}
		d.send(screen.Copied{What: "Address", To: screen.OnClipboard})
		d.shows("Address copied.")
	})
}

func TestTheClockRunsOnlyWhileTheBoxWaits(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		for i := range 3 {
			if len(d.ticks) != i+1 {
				d.t.Fatalf("%d ticks after %d seconds", len(d.ticks), i)
			}
			d.now = d.now.Add(time.Second)
			d.send(d.ticks[i].Fire())
		}
		d.shows("4:57 left")
		d.press("esc")
		n := len(d.ticks)
		d.send(d.ticks[n-1].Fire())
		if len(d.ticks) != n {
			d.t.Error("it ticks on after Esc")
		}
	})
}

func TestABrowserIsOpenedOnlyForAKeyOrAClick(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		a.done <- outcome{err: errors.New("no")}
		d.do(nil)
		d.now = d.now.Add(time.Hour)
		d.send(struct{}{})
		if a.opened != 1 {
			d.t.Errorf("opened %d times", a.opened)
		}
	})
}

func TestKeysInFlightAreNotMeantForWhatCameBetween(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		a.done <- outcome{s: underwriter}
		d.do(nil)
		d.send(pagetest.Key("r")) // Meant to try again; the page has r too.
		d.send(pagetest.Key("q"))
		p := d.pages["plotting"]
		if p == nil || p.heard(saw[tea.KeyMsg]) != 0 || p.ctx.Err() != nil {
			d.t.Error("a key in flight reached the page or quit")
		}
		d.press("r")
		if p.heard(saw[tea.KeyMsg]) != 1 {
			d.t.Error("keys stay dead")
		}
	})
}

func TestWithoutAUserPoolLoginSaysWhatIsMissing(t *testing.T) {
	drive(t, nil, func(o *Options) { o.Setup = "No user pool is configured. Run `tabgate demo`." }, func(d *driver) {
		d.press("l")
		d.shows("! No user pool is configured. Run `tabgate demo`.")
		d.press("2")
		d.shows("Please login!")
		d.press("ctrl+r", "1")
	})
}

func TestASignInEndsWhenAnotherBoxTakesItsPlace(t *testing.T) {
	signIn(t, nil, func(d *driver, a *fakeAttempt) {
		d.do(d.root.open(&box.Steps{Theme: d.root.env.Theme}, false))
		if !a.cancelled || a.ctx.Err() == nil {
			d.t.Error("it goes on, and keeps the port")
		}
		a.done <- outcome{s: underwriter}
		d.press("x")
		d.shows("Please login!")
	})
}
