package tui

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func as(s session.Session) func(*Options) {
	return func(o *Options) { o.Initial = s }
}

func TestALockedPageIsNeverBuilt(t *testing.T) {
	tests := map[string]struct {
		who  session.Session
		want map[string]int
	}{
		"nobody":                           {nobody, map[string]int{"home": 1, "dataframe": 1}},
		"an underwriter":                   {underwriter, map[string]int{"home": 1, "plotting": 1, "dataframe": 1}},
		"an analyst":                       {analyst, map[string]int{"home": 1, "mapping": 1, "dataframe": 1}},
		"somebody in no group":             {guest, map[string]int{"home": 1, "dataframe": 1}},
		"somebody in both":                 {person("both", "Underwriters", "CreditAnalysts"), map[string]int{"home": 1, "plotting": 1, "mapping": 1, "dataframe": 1}},
		"a group that differs by its case": {person("x", "underwriters"), map[string]int{"home": 1, "dataframe": 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, as(tt.who), func(d *driver) {
				d.press("2", "3", "4", "1", "2", "3", "4")
				for _, id := range []string{"home", "plotting", "mapping", "dataframe"} {
					if d.built[id] != tt.want[id] {
						d.t.Errorf("%s was built %d times, want %d", id, d.built[id], tt.want[id])
					}
				}
			})
		})
	}
}

func TestAPageHearsWhoIsSignedInBeforeItBegins(t *testing.T) {
	drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
		d.press("2")
		p := d.pages["plotting"]
		if s, ok := p.got[0].(page.Session); !ok || s.Session.Sub != "underwriter" {
			t.Errorf("first it heard %v", p.got[0])
		}
		if tabs, ok := p.got[1].(page.Tabs); !ok || len(tabs.Tabs) != 4 || tabs.Tabs[2].Verdict != session.NeedGroup {
			t.Errorf("then %v", p.got[1])
		}
		if p.got[2] != "init" || !saw[page.Shown](p.got[3]) || p.w != 80 || p.h != 22 {
			t.Errorf("then %v at %dx%d", p.got[2:], p.w, p.h)
		}
	})
}

func TestPagesDoNotOutliveTheirSession(t *testing.T) {
	tests := map[string]struct {
		end     func(d *driver)
		dropped []string
		kept    []string
	}{
		"logging out drops everything": {
			func(d *driver) { d.press("l", "enter") }, []string{"home", "plotting", "dataframe"}, nil,
		},
		"the end of the session by the clock drops everything": {
			func(d *driver) { d.now = d.now.Add(2 * time.Hour); d.send(struct{}{}) }, []string{"home", "plotting", "dataframe"}, nil,
		},
		"R-6 another process logging out drops everything": {
			func(d *driver) { d.event(session.Event{Text: "Logged out elsewhere."}) }, []string{"home", "plotting", "dataframe"}, nil,
		},
		"somebody else drops everything": {
			func(d *driver) { d.event(session.Event{Session: analyst}) }, []string{"home", "plotting", "dataframe"}, nil,
		},
		"the same name at another issuer is somebody else": {
			func(d *driver) { s := underwriter; s.Issuer = "https://other"; d.event(session.Event{Session: s}) },
			[]string{"home", "plotting", "dataframe"},
			nil,
		},
		"J-26 losing a group drops its page alone": {
			func(d *driver) { s := underwriter; s.Groups = nil; d.event(session.Event{Session: s}) },
			[]string{"plotting"},
			[]string{"home", "dataframe"},
		},
		"a renewed session drops nothing": {
			func(d *driver) {
				s := underwriter
				s.ExpiresAt = s.ExpiresAt.Add(time.Hour)
				d.event(session.Event{Session: s})
			}, nil, []string{"home", "plotting", "dataframe"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
				d.press("4", "2")
				before := map[string]*fakePage{}
				for id, p := range d.pages {
					before[id] = p
				}
				tt.end(d)
				for _, id := range tt.dropped {
					if before[id].ctx.Err() == nil {
						d.t.Errorf("the context of %s goes on", id)
					}
				}
				for _, id := range tt.kept {
					if before[id].ctx.Err() != nil {
						d.t.Errorf("%s was dropped", id)
					}
				}
			})
		})
	}
}

// event sends what happened elsewhere.
func (d *driver) event(e session.Event) {
	d.root.opts.Auth.(*fakeAuth).events <- e
	d.do(nil)
}

func TestSessionsAsTheyComeAndGo(t *testing.T) {
	tests := map[string]struct {
		auth *fakeAuth
		who  session.Session
		do   func(d *driver)
		want string
	}{
		"nobody is asked to log in": {
			&fakeAuth{}, nobody, func(d *driver) { d.press("2") }, "Please login!",
		},
		"the wrong group is refused, word for word": {
			&fakeAuth{}, analyst, func(d *driver) { d.press("2") }, "You do not have access. Please contact the administrator.",
		},
		"a refusal names the group and yours": {
			&fakeAuth{}, analyst, func(d *driver) { d.press("2") },
			"This page is for the group Underwriters. You are signed in as analyst@example.com. Your groups: CreditAnalysts.",
		},
		"an ended session says so": {
			&fakeAuth{}, underwriter,
			func(d *driver) { d.press("2"); d.now = d.now.Add(2 * time.Hour); d.send(struct{}{}) },
			"Your session, underwriter@example.com, ended at 13:00 and was not renewed.",
		},
		"refreshing picks up a new group and opens the tab": {
			&fakeAuth{refresh: always(person("guest", "Underwriters"), nil)}, guest,
			func(d *driver) { d.press("2", "ctrl+r") }, "Plotting Demo page",
		},
		"refreshing says what it brought": {
			&fakeAuth{refresh: always(person("guest", "Underwriters"), nil)}, guest,
			func(d *driver) { d.press("2", "ctrl+r") }, "Session refreshed. Your groups: Underwriters.",
		},
		"network trouble signs nobody out": {
			&fakeAuth{refresh: always(underwriter, errors.New("the user pool is out of reach; try again later"))}, underwriter,
			func(d *driver) { d.press("2", "ctrl+r") }, "Plotting Demo page",
		},
		"network trouble is told": {
			&fakeAuth{refresh: always(underwriter, errors.New("the user pool is out of reach; try again later"))}, underwriter,
			func(d *driver) { d.press("2", "ctrl+r") }, "! The user pool is out of reach; try again later.",
		},
		"a refused refresh signs out": {
			&fakeAuth{refresh: always(nobody, errors.New("the session was revoked; log in again"))}, underwriter,
			func(d *driver) { d.press("2", "ctrl+r") }, "Please login!",
		},
		"refreshing nothing says what to do": {
			&fakeAuth{}, nobody, func(d *driver) { d.press("ctrl+r") }, "Nobody is signed in. Press l to log in.",
		},
		"logging out tells each step": {
			&fakeAuth{signOut: func(context.Context) []session.Step {
				return []session.Step{{Text: "Token revoked."}, {Text: "The browser", Err: errors.New("did not open")}}
			}}, underwriter, func(d *driver) { d.press("l", "enter") }, "✓ Token revoked. ✗ The browser did not open",
		},
		"an event's words are shown": {
			&fakeAuth{}, underwriter,
			func(d *driver) { d.event(session.Event{Text: "Logged out by another tabgate."}) }, "Logged out by another tabgate.",
		},
		"tokens in a file are marked": {
			&fakeAuth{}, func() session.Session { s := guest; s.TokenStore = "file"; return s }(), func(*driver) {}, "tokens in a file guest",
		},
		"a name from outside has no power": {
			&fakeAuth{}, person("\x1b]52;c;aGk=\x07evil"), func(d *driver) { d.press("2") }, "�]52;c;aGk=�evil@example.com",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, tt.auth, as(tt.who), func(d *driver) {
				tt.do(d)
				d.shows(tt.want)
			})
		})
	}
}

func TestOneTimerLocksAtTheEndOfTheSession(t *testing.T) {
	drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
		if len(d.ticks) != 1 || d.ticks[0].After != time.Hour {
			d.t.Fatalf("timers: %v", d.ticks)
		}
		d.press("2")
		d.now = pagetest.Noon.Add(time.Hour)
		d.send(d.ticks[0].Fire())
		d.shows("Please login!")
		d.shows("Your session has ended.")
		polls := slices.DeleteFunc(d.ticks[1:], func(t pagetest.Tick) bool { return t.After < time.Minute }) // the notice leaves
		if len(polls) != 0 {
			d.t.Errorf("it polls: %v", polls)
		}
	})
}

func TestFramesLockByTheClockAlone(t *testing.T) {
	drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
		d.press("2")
		d.now = pagetest.Noon.Add(time.Hour)
		d.shows("Please login!") // No message came.
		d.hides("Plotting Demo page")
	})
}

func TestPagesAreToldWhenTheyAreSeen(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		home := d.pages["home"]
		d.press("4")
		d.send(tea.BlurMsg{})
		d.send(tea.BlurMsg{})
		d.send(tea.FocusMsg{})
		d.press("1")
		frame := d.pages["dataframe"]
		for name, n := range map[string][2]int{
			"home shown":   {home.heard(saw[page.Shown]), 2},
			"home hidden":  {home.heard(saw[page.Hidden]), 1},
			"frame shown":  {frame.heard(saw[page.Shown]), 2},
			"frame hidden": {frame.heard(saw[page.Hidden]), 2},
		} {
			if n[0] != n[1] {
				d.t.Errorf("%s %d times, want %d", name, n[0], n[1])
			}
		}
	})
}
