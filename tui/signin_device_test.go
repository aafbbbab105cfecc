package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/signin"
)

const (
	deviceURL   = "https://device.example.com/device"
	completeURL = deviceURL + "?code=WDJBMJHT&authorize=true"
)

// deviceAuth is a fakeAuth with a device grant.
type deviceAuth struct {
	*fakeAuth
	off   bool
	asked int
	fail  error
	last  *fakeDevice
	note  string
	qr    func(string) []string
}

func (a *deviceAuth) HasDevice() bool { return !a.off }
func (a *deviceAuth) BeginDevice(context.Context) (signin.Device, error) {
	a.asked++
	if a.fail != nil {
		return nil, a.fail
	}
	a.last = &fakeDevice{done: make(chan outcome, 1), note: a.note}
	return a.last, nil
}

// fakeDevice is a code whose sign-in ends when the test says so.
type fakeDevice struct {
	done  chan outcome
	note  string
	ended error
}

func (*fakeDevice) Code() string         { return "WDJB-MJHT" }
func (*fakeDevice) Address() string      { return deviceURL }
func (*fakeDevice) Complete() string     { return completeURL }
func (*fakeDevice) Deadline() time.Time  { return pagetest.Noon.Add(30 * time.Minute) }
func (d *fakeDevice) Note() string       { return d.note }
func (*fakeDevice) Refuse() session.Step { return session.Step{Text: "The refresh token was revoked."} }
func (*fakeDevice) Accept(context.Context) (session.Session, error) {
	return underwriter, nil
}

func (d *fakeDevice) Wait(ctx context.Context) (session.Session, error) {
	select {
	case o := <-d.done:
		return o.s, o.err
	case <-ctx.Done():
		d.ended = ctx.Err()
		return nobody, ctx.Err()
	}
}

// device drives a root whose sign-in box is open, with a device grant.
func device(t *testing.T, a *deviceAuth, test func(d *driver, browser *fakeAttempt)) {
	t.Helper()
	var browser *fakeAttempt
	change := func(o *Options) {
		o.QR = a.qr
		a.fakeAuth = &fakeAuth{events: make(chan session.Event)}
		a.begin = func(context.Context) (signin.Attempt, error) { browser = newAttempt(); return browser, nil }
	}
	drive(t, a, change, func(d *driver) {
		d.press("2", "l")
		test(d, browser)
	})
}

func TestSigningInByDeviceCode(t *testing.T) {
	tests := map[string]struct {
		auth  deviceAuth
		do    func(d *driver, a *deviceAuth)
		shows []string
		hides []string
	}{
		"the box offers it": {
			deviceAuth{}, func(*driver, *deviceAuth) {}, []string{"d device code"}, nil,
		},
		"the box does not offer it where it is not set up": {
			deviceAuth{off: true}, func(d *driver, _ *deviceAuth) { d.press("d") }, []string{"Your browser is open"}, []string{"device code"},
		},
		"d shows the code, where to enter it and the time": {
			deviceAuth{},
			func(d *driver, _ *deviceAuth) { d.press("d") },
			[]string{"WDJB-MJHT", deviceURL, "30:00 left", "esc cancel", "b log in by browser"},
			[]string{"Your browser is open", "Or paste"},
		},
		"a session that nothing will keep is told before": {
			deviceAuth{note: "this session will stay in memory"},
			func(d *driver, _ *deviceAuth) { d.press("d") },
			[]string{"This session will stay in memory."},
			nil,
		},
		"signing in lands on the tab it began from": {
			deviceAuth{},
			func(d *driver, a *deviceAuth) { d.press("d"); a.last.done <- outcome{s: underwriter}; d.do(nil) },
			[]string{"Plotting Demo page", "Signed in as underwriter@example.com: Plotting Demo is open."},
			[]string{"WDJB"},
		},
		"a code that has run out is a plain sentence, and r asks for another": {
			deviceAuth{},
			func(d *driver, a *deviceAuth) {
				d.press("d")
				a.last.done <- outcome{err: errors.New("the code has run out before it was entered; start again")}
				d.do(nil)
			},
			[]string{"The code has run out before it was entered; start again.", "r try again", "b log in by browser"},
			[]string{"WDJB", "left"},
		},
		"another code after the first": {
			deviceAuth{},
			func(d *driver, a *deviceAuth) {
				d.press("d")
				a.last.done <- outcome{err: errors.New("it has run out")}
				d.do(nil)
				d.press("r")
				if a.asked != 2 {
					d.t.Errorf("asked for %d codes", a.asked)
				}
			},
			[]string{"WDJB-MJHT", "30:00 left"},
			[]string{"run out"},
		},
		"an endpoint that fails leaves the browser's way": {
			deviceAuth{fail: errors.New("the device endpoint is out of reach")},
			func(d *driver, _ *deviceAuth) { d.press("d") },
			[]string{"The device endpoint is out of reach.", "b log in by browser"},
			nil,
		},
		"b goes back to the browser": {
			deviceAuth{}, func(d *driver, a *deviceAuth) { d.press("d", "b") }, []string{"Your browser is open", "d device code"}, []string{"WDJB"},
		},
		"a failed browser sign-in offers it": {
			deviceAuth{},
			func(d *driver, a *deviceAuth) {
				a.begin = func(context.Context) (signin.Attempt, error) { return nil, errors.New("all ports are taken") }
				d.press("esc", "l")
				d.shows("All ports are taken.")
				d.press("d")
			},
			[]string{"WDJB-MJHT"},
			[]string{"ports"},
		},
		"pasted text and other keys change nothing": {
			deviceAuth{},
			func(d *driver, a *deviceAuth) {
				d.press("d")
				d.paste("http://localhost:8501/?code=x&state=y")
				d.press("o", "h", "tab", "enter", "x", "q", "3", "d")
				if a.asked != 1 {
					d.t.Errorf("asked for %d codes", a.asked)
				}
			},
			[]string{"WDJB-MJHT", "30:00 left"},
			[]string{"pasted"},
		},
		"Esc closes it": {
			deviceAuth{}, func(d *driver, a *deviceAuth) { d.press("d", "esc") }, []string{"Please login!", "Login cancelled."}, []string{"WDJB"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			device(t, &tt.auth, func(d *driver, _ *fakeAttempt) {
				tt.do(d, &tt.auth)
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

func TestADeviceCodeFreesThePortAndEscEndsTheWait(t *testing.T) {
	a := &deviceAuth{}
	device(t, a, func(d *driver, browser *fakeAttempt) {
		d.press("d")
		if !browser.cancelled || browser.opened != 1 {
			d.t.Errorf("the browser's attempt: cancelled %v, opened %d times", browser.cancelled, browser.opened)
		}
		d.press("esc")
		if a.last.ended == nil {
			d.t.Error("it goes on asking after Esc")
		}
		a.last.done <- outcome{s: underwriter}
		d.do(nil)
		d.shows("Please login!")
	})
}

func TestTheDeviceAddressIsALinkThatCanBeCopiedAndScanned(t *testing.T) {
	var drawn []string
	a := &deviceAuth{qr: func(url string) []string {
		drawn = append(drawn, url)
		return []string{strings.Repeat("█", 20), strings.Repeat("▀", 20)}
	}}
	device(t, a, func(d *driver, _ *fakeAttempt) {
		d.press("d")
		if !strings.Contains(d.root.View(), "\x1b]8;id=tabgate;"+deviceURL+"\x1b\\") {
			d.t.Error("the address is no hyperlink")
		}
		if !strings.Contains(d.frame(), strings.Repeat("▀", 20)) || drawn[0] != completeURL {
			d.t.Errorf("no QR code of %s beside the words, but of %v:\n%s", completeURL, drawn, d.frame())
		}
		d.press("c")
		if got, ok := d.seen[len(d.seen)-1].(screen.CopyMsg); !ok || got.Text != deviceURL {
			d.t.Errorf("copied %v", d.seen[len(d.seen)-1])
		}
		d.press("s")
		d.shows("s back")
		d.hides("WDJB")
		d.press("s")
		d.shows("WDJB-MJHT")
	})
}

func TestEveryFrameOfADeviceSignInFitsItsWindow(t *testing.T) {
	code := strings.Split(strings.Repeat(strings.Repeat("█", 41)+"\n", 20)+strings.Repeat("▀", 41), "\n")
	a := &deviceAuth{note: strings.Repeat("words ", 60), qr: func(string) []string { return code }}
	device(t, a, func(d *driver, _ *fakeAttempt) {
		d.press("d")
		for _, w := range []int{40, 46, 60, 79, 80, 81, 84, 85, 100, 200} {
			for h := 12; h < 60; h += 3 {
				d.root.resize(tea.WindowSizeMsg{Width: w, Height: h})
				pagetest.Fits(d.t, d.root.View(), w, h)
				if !strings.Contains(d.frame(), "WDJB-MJHT") {
					d.t.Errorf("no code at %dx%d:\n%s", w, h, d.frame())
				}
			}
		}
	})
}
