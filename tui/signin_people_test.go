package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/signin"
)

// peopleAuth is a fakeAuth with people who can be played. Whoever is sent to
// the log-in page stays there until the test lets the attempt end.
type peopleAuth struct {
	*fakeAuth
	people []signin.Person
	last   *fakeAttempt
	played []string // names and addresses
	fail   error
}

func (a *peopleAuth) People() []signin.Person { return a.people }

func (a *peopleAuth) Play(_ context.Context, name, url string) error {
	a.played = append(a.played, name+" "+url)
	return a.fail
}

var demoPeople = []signin.Person{
	{Name: "underwriter@example.com", Groups: []string{"Underwriters"}},
	{Name: "analyst@example.com", Groups: []string{"CreditAnalysts"}},
	{Name: "both@example.com", Groups: []string{"CreditAnalysts", "Underwriters"}},
	{Name: "guest@example.com"},
}

// choosing drives a root on tab 2 whose sign-in box offers people.
func choosing(t *testing.T, people []signin.Person, test func(d *driver, a *peopleAuth)) {
	t.Helper()
	a := &peopleAuth{fakeAuth: &fakeAuth{}, people: people}
	a.begin = func(context.Context) (signin.Attempt, error) {
		a.last = newAttempt()
		return a.last, nil
	}
	drive(t, a, nil, func(d *driver) {
		d.press("2", "l")
		test(d, a)
	})
}

// A digit chooses one of nine: 0 shows the others.
func TestMorePeopleThanDigits(t *testing.T) {
	var people []signin.Person
	for i := range 20 {
		people = append(people, signin.Person{Name: fmt.Sprintf("p%d@example.com", i+1)})
	}
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 16}} {
		choosing(t, people, func(d *driver, a *peopleAuth) {
			d.send(size)
			d.shows("9 p9")
			d.shows("0 10 to 18 of 20 people")
			d.press("0")
			d.shows("1 p10")
			d.shows("9 p18")
			d.shows("0 19 to 20 of 20 people")
			d.press("0")
			d.shows("2 p20")
			d.shows("0 1 to 9 of 20 people")
			d.press("2")
			if len(a.played) != 1 || !strings.HasPrefix(a.played[0], "p20@example.com ") {
				t.Errorf("it signs in as %v", a.played)
			}
		})
	}
}

func TestTheBoxOffersThePeopleOfALocalPool(t *testing.T) {
	const asks = "Sign in as:"
	tests := map[string]struct {
		do    func(d *driver, a *peopleAuth)
		shows []string
		hides []string
	}{
		"it says what each of them may open, by the groups of the pages": {
			func(d *driver, a *peopleAuth) {
				if a.last != nil {
					d.t.Error("a sign-in has begun before anybody chose")
				}
			},
			[]string{
				asks, "1 underwriter@example.com opens Plotting Demo", "2 analyst@example.com opens Mapping Demo",
				"3 both@example.com opens Plotting Demo and Mapping Demo", "4 guest@example.com opens no locked tab",
				"enter use your own browser", "esc cancel",
			},
			[]string{"left", "http"},
		},
		"a digit sends that person to the log-in page, and no browser is opened": {
			func(d *driver, a *peopleAuth) {
				d.press("2")
				if got := strings.Join(a.played, "; "); got != "analyst@example.com "+loginURL {
					d.t.Errorf("played %q", got)
				}
				if a.last.opened != 0 {
					d.t.Error("a browser was opened as well")
				}
			},
			[]string{"Signing in as analyst@example.com…", "esc back"},
			[]string{asks, "http"},
		},
		"whoever comes back is signed in, and told with what is open now": {
			func(d *driver, a *peopleAuth) { d.press("3"); a.last.done <- outcome{s: both}; d.do(nil) },
			[]string{"Plotting Demo page", "Signed in as both@example.com: Plotting Demo and Mapping Demo are open."},
			[]string{asks, "Signing in"},
		},
		"a guest is told that nothing is": {
			func(d *driver, a *peopleAuth) { d.press("4"); a.last.done <- outcome{s: guest}; d.do(nil) },
			[]string{"Signed in as guest@example.com: no more tabs are open. You are in no group."},
			nil,
		},
		"that a demo's session is kept nowhere needs no word": {
			func(d *driver, a *peopleAuth) {
				d.press("1")
				s := underwriter
				s.TokenStore = "memory"
				a.last.done <- outcome{s: s}
				d.do(nil)
			},
			[]string{"Signed in as underwriter@example.com: Plotting Demo is open."},
			[]string{"keyring"},
		},
		"a click on a person means their digit": {
			func(d *driver, a *peopleAuth) {
				d.clickOn("guest@example.com")
				if len(a.played) != 1 {
					d.t.Errorf("played %q", a.played)
				}
			},
			[]string{"Signing in as guest@example.com…"},
			nil,
		},
		"enter opens the browser": {
			func(d *driver, a *peopleAuth) {
				d.press("enter")
				if a.last.opened != 1 || len(a.played) != 0 {
					d.t.Errorf("opened %d times, played %q", a.last.opened, a.played)
				}
			},
			[]string{"Your browser is open at the log-in page.", "5:00 left", "esc back"},
			[]string{asks},
		},
		"so does a click on it": {
			func(d *driver, a *peopleAuth) { d.clickOn("use your own browser") },
			[]string{"Your browser is open at the log-in page."},
			nil,
		},
		"esc at the browser goes back to the people, and frees the port": {
			func(d *driver, a *peopleAuth) {
				d.press("enter", "esc")
				if !a.last.cancelled {
					d.t.Error("the attempt goes on")
				}
			},
			[]string{asks, "esc cancel"},
			[]string{"left"},
		},
		"esc while somebody is at the log-in page goes back as well": {
			func(d *driver, a *peopleAuth) {
				d.press("1", "esc")
				if !a.last.cancelled {
					d.t.Error("the attempt goes on")
				}
				a.last.done <- outcome{s: underwriter} // too late
				d.do(nil)
			},
			[]string{asks},
			[]string{"Signed in"},
		},
		"somebody else can be chosen after that": {
			func(d *driver, a *peopleAuth) {
				d.press("1", "esc", "2")
				a.last.done <- outcome{s: analyst}
				d.do(nil)
			},
			[]string{"Signed in as analyst@example.com: Mapping Demo is open."},
			nil,
		},
		"esc among the people closes the box": {
			func(d *driver, a *peopleAuth) { d.press("esc") },
			[]string{"Login cancelled.", "Please login!"},
			[]string{asks},
		},
		"other keys, digits beyond the last, and pasted text do nothing": {
			func(d *driver, a *peopleAuth) {
				d.press("0", "5", "9", "l", "q", "x", "tab", "r", "o", "c", "s", "h")
				d.paste("1")
				d.paste(backURL)
				if a.last != nil {
					d.t.Error("a sign-in has begun")
				}
			},
			[]string{asks},
			nil,
		},
		"keys on their way while somebody is at the log-in page do nothing": {
			func(d *driver, a *peopleAuth) {
				d.press("1", "2", "enter", "c", "o", "s", "tab")
				d.paste(backURL)
				if len(a.played) != 1 || a.last.opened != 0 || len(a.last.pasted) != 0 {
					d.t.Errorf("played %q, opened %d times, pasted %q", a.played, a.last.opened, a.last.pasted)
				}
			},
			[]string{"Signing in as underwriter@example.com…"},
			nil,
		},
		"what goes wrong at the log-in page is said, and ends the attempt": {
			func(d *driver, a *peopleAuth) {
				a.fail = errors.New("sign in as guest@example.com: Incorrect username or password.")
				d.press("4")
				if !a.last.cancelled {
					d.t.Error("the attempt goes on")
				}
			},
			[]string{"Sign in as guest@example.com: Incorrect username or password.", "r try again", "esc back"},
			[]string{"left"},
		},
		"trying again sends the same person": {
			func(d *driver, a *peopleAuth) {
				a.fail = errors.New("no")
				d.press("4")
				a.fail = nil
				d.press("r")
				if len(a.played) != 2 || a.played[0] != a.played[1] {
					d.t.Errorf("played %q", a.played)
				}
			},
			[]string{"Signing in as guest@example.com…"},
			nil,
		},
		"a session that came counts, whatever the browser says afterwards": {
			func(d *driver, a *peopleAuth) {
				d.press("1")
				a.last.done <- outcome{s: underwriter}
				d.do(nil)
				d.press("1")
			},
			[]string{"Home page"},
			[]string{asks},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			choosing(t, demoPeople, func(d *driver, a *peopleAuth) {
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

func TestAnotherPersonIsOfferedWhatTheirGroupsOpenNow(t *testing.T) {
	choosing(t, demoPeople, func(d *driver, a *peopleAuth) {
		d.press("esc")
		a.people = []signin.Person{{Name: "guest@example.com", Groups: []string{"Underwriters"}}}
		d.press("l")
		d.shows("1 guest@example.com opens Plotting Demo")
		d.hides("2 analyst")
	})
}

func TestLoggingInAgainTakesTwoKeysAfterALogOut(t *testing.T) {
	choosing(t, demoPeople, func(d *driver, a *peopleAuth) {
		d.press("1")
		a.last.done <- outcome{s: underwriter}
		d.do(nil)
		d.settleDown()
		d.send(page.SignOut{})
		d.press("enter")
		d.shows("l logs in again")
		d.press("l")
		d.hides("Logged out")
		d.shows("Sign in as:")
		d.press("2")
		a.last.done <- outcome{s: analyst}
		d.do(nil)
		d.shows("Signed in as analyst@example.com: Mapping Demo is open.")

		d.settleDown()
		d.send(page.SignOut{})
		d.press("enter")
		d.clickOn("logs in again")
		d.shows("Sign in as:")
	})
}

func TestAPoolWithoutPeopleGoesStraightToTheBrowser(t *testing.T) {
	choosing(t, nil, func(d *driver, a *peopleAuth) {
		d.shows("Your browser is open at the log-in page.")
		d.press("esc")
		d.shows("Login cancelled.")
	})
}

func TestThePeopleFitEveryWindow(t *testing.T) {
	many := make([]signin.Person, 12)
	for i := range many {
		many[i] = signin.Person{Name: "credit-analysts-of-the-north@example.com", Groups: []string{"CreditAnalysts", "Underwriters"}}
	}
	for name, people := range map[string][]signin.Person{"four": demoPeople, "more than digits": many} {
		t.Run(name, func(t *testing.T) {
			choosing(t, people, func(d *driver, _ *peopleAuth) {
				for _, size := range []tea.WindowSizeMsg{{Width: 40, Height: 12}, {Width: 60, Height: 16}, {Width: 80, Height: 24}, {Width: 160, Height: 45}} {
					d.send(size)
					d.shows("enter use your own browser")
					if len(people) == 4 || size.Height > 12 {
						d.hides("taller")
					} else {
						d.shows("5 to 9: in a taller window")
					}
					if len(people) == 4 && size.Width == 40 {
						d.shows("3 both Plotting, Mapping")
						d.shows("4 guest no locked tab")
					}
				}
			})
		})
	}
}

func TestAHostilePersonHasNoPower(t *testing.T) {
	choosing(t, []signin.Person{{Name: "x\x1b]0;owned\x07@example.com"}}, func(d *driver, _ *peopleAuth) {
		d.shows("1 x�]0;owned�@example.com")
		d.press("1")
		d.shows("Signing in as x�]0;owned�@example.com…")
	})
}

func TestFramesOfTheFirstMinute(t *testing.T) {
	steps := map[string]func(d *driver, a *peopleAuth){
		"choosing": func(*driver, *peopleAuth) {},
		"locks open": func(d *driver, a *peopleAuth) {
			d.press("3")
			a.last.done <- outcome{s: both}
			d.do(nil)
			for _, tick := range d.ticks {
				if tick.After == lockSeen {
					d.send(tick.Fire())
				}
			}
		},
	}
	for name, do := range steps {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s, %dx%d", name, size.Width, size.Height), func(t *testing.T) {
				a := &peopleAuth{fakeAuth: &fakeAuth{}, people: demoPeople}
				a.begin = func(context.Context) (signin.Attempt, error) {
					a.last = newAttempt()
					return a.last, nil
				}
				drive(t, a, func(o *Options) { realHome(o); o.LocalPool = true }, func(d *driver) {
					d.send(size)
					d.press("l")
					do(d, a)
					pagetest.Fits(d.t, d.root.View(), size.Width, size.Height)
					golden.RequireEqual(t, []byte(d.frame()))
				})
			})
		}
	}
}
