//go:build !windows

package terminal

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// A person who mistypes, is unknown or has not confirmed is told so in the
// browser; the app goes on waiting and takes the next try.
func TestTroubleAtTheLoginPageLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{Users: []localpool.User{
		{Email: "underwriter@example.com", Password: localpool.DemoPassword, Groups: []string{localpool.Underwriters}},
		{Email: "fresh@example.com", Password: localpool.DemoPassword, Unconfirmed: true},
	}})
	s := p.app()
	s.see("Nobody is signed in")
	s.send("2")
	s.see(pleaseLogin)
	address := s.loginAddress()
	for name, tt := range map[string]struct{ email, password, says string }{
		"wrong password": {"underwriter@example.com", "Wr0ng-password!", "The email address or the password is not right."},
		"unknown user":   {"nobody@example.com", localpool.DemoPassword, "The email address or the password is not right."},
		"unconfirmed":    {"fresh@example.com", localpool.DemoPassword, "confirm"},
	} {
		page, err := localpool.NewPerson(tt.email, tt.password).SignIn(t.Context(), address)
		if text := page.Alert + page.Body; !strings.Contains(strings.ToLower(text), strings.ToLower(tt.says)) {
			t.Errorf("%s: the page says %q (%v)", name, page.Alert, err)
		}
	}
	if _, err := localpool.NewPerson("underwriter@example.com", localpool.DemoPassword).SignIn(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	s.see("% Complete")
	s.quit()
}

// Each trouble ends an attempt of the app with one sentence; the next attempt
// then works.
func TestEachTroubleOfASignInIsOneSentenceAndTheNextTryWorks(t *testing.T) {
	t.Parallel()
	deliver := func(t *testing.T, address string) { visit(t, elsewhere(t, address, "underwriter@example.com"), nil) }
	tests := map[string]struct {
		fault func(f *faults.Faults)
		act   func(t *testing.T, address string, f *faults.Faults)
		says  string
	}{
		"cancelled in the browser": {
			act: func(t *testing.T, address string, _ *faults.Faults) {
				q := url.Values{"error": {"access_denied"}, "error_description": {"User cancelled"}, "state": {queryOf(t, address).Get("state")}}
				visit(t, redirectOf(t, address), q)
			},
			says: "the sign-in may have been given up in the browser; try again",
		},
		"a code that is too old": {
			act: func(t *testing.T, address string, f *faults.Faults) {
				bar := elsewhere(t, address, "underwriter@example.com")
				f.Skew(6 * time.Minute)
				visit(t, bar, nil)
			},
			says: "the code may have been used already or be older than five minutes; sign in again",
		},
		"a clock that is behind": {
			fault: func(f *faults.Faults) { f.Skew(time.Hour) },
			says:  "clock",
		},
		"a clock that is ahead": {
			fault: func(f *faults.Faults) { f.Skew(-3 * time.Hour) },
			says:  "clock",
		},
		"a provider that hangs up": {
			fault: func(f *faults.Faults) { f.Set(localpool.Token, faults.Fault{Drop: true}) },
			says:  "ended the connection without an answer",
		},
		"a provider with too much to do": {
			fault: func(f *faults.Faults) { f.Set(localpool.Token, faults.Throttled(1)) },
			says:  "the user pool has too many requests just now; try again in a minute",
		},
		"a token for another app": {
			fault: func(f *faults.Faults) {
				f.Tokens(func(d *faults.Draft) {
					if d.Use == "id" {
						d.Claims["aud"] = "another-app"
					}
				})
			},
			says: "The ID token was refused",
		},
		"a token without a signature": {
			fault: func(f *faults.Faults) { f.Tokens(func(d *faults.Draft) { d.Sign = "none" }) },
			says:  "The ID token was refused",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, pool, s := waiting(t)
			if tt.fault != nil {
				tt.fault(pool.Faults())
			}
			address := s.loginAddress()
			if tt.act != nil {
				tt.act(t, address, pool.Faults())
			} else {
				deliver(t, address)
			}
			s.see(tt.says)
			pool.Faults().Clear()
			s.dismiss(tt.says)
			s.signIn("underwriter@example.com")
			s.see("% Complete")
			s.quit()
		})
	}
}

func TestASecondCallbackChangesNothing(t *testing.T) {
	t.Parallel()
	_, pool, s := waiting(t)
	address := s.loginAddress()
	bar := elsewhere(t, address, "underwriter@example.com")
	visit(t, bar, nil)
	s.see("% Complete")
	if resp, err := http.Get(bar); err == nil { // the port may be free by now
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			t.Error("the second callback is welcomed")
		}
	}
	if n := pool.Faults().Seen(localpool.Token + " authorization_code"); n != 1 {
		t.Errorf("the code was sent %d times", n)
	}
	s.press("1", "underwriter@example.com")
	s.quit()
}

func TestAKeyringThatIsMissingIsSaidPlainlyAndTheSessionStaysInMemory(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	p.env["TABGATE_TOKEN_STORE"] = "keyring"
	p.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + filepath.Join(p.home, "no-bus")
	s := p.app()
	s.see("Nobody is signed in")
	s.send("2")
	s.see(pleaseLogin)
	address := s.loginAddress()
	s.see("This session will stay in memory: ")
	visit(t, elsewhere(t, address, "underwriter@example.com"), nil)
	s.see("% Complete")
	s.see("No keyring keeps the session: it lasts until you quit.")
	s.quit()
	s = p.app()
	s.see("Nobody is signed in")
	s.quit()
}

func TestWithoutAnyConfigurationTheAppTellsTheWaysOn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.app()
	for _, way := range []string{"tabgate demo", "tabgate config init", "COGNITO_DOMAIN"} {
		s.see(way)
	}
	s.send("2")
	s.see(pleaseLogin)
	s.send("l")
	s.see("No user pool is configured. Run `tabgate demo`, or `tabgate config init`, or set COGNITO_DOMAIN and CLIENT_ID.")
	s.press("4", "Gross Agricultural Production ($B)")
	s.quit()
}

func TestAHomeThatCannotBeWrittenLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	p.env["TABGATE_TOKEN_STORE"] = "memory"
	delete(p.env, "HOME")
	s := p.app()
	s.see("Nobody is signed in")
	s.send("2")
	s.see(pleaseLogin)
	s.signIn("underwriter@example.com")
	s.see("% Complete")
	s.signOut()
	s.quit()
}
