//go:build !windows

package terminal

import (
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// waiting is an app on a pool, on locked tab 2.
func waiting(t *testing.T) (*place, *faults.Pool, *terminal) {
	t.Helper()
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	s := p.app()
	s.see("Nobody is signed in")
	s.send("2")
	s.see(pleaseLogin)
	return p, pool, s
}

// free fails unless the port of a redirect address can be listened on, on
// both families as the sign-in does.
func free(redirectURI string) error {
	u, err := url.Parse(redirectURI)
	if err != nil {
		return err
	}
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, u.Port()))
		if err == nil {
			l.Close()
		} else if host == "127.0.0.1" || !strings.Contains(err.Error(), "cannot assign") {
			return err
		}
	}
	return nil
}

func queryOf(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func redirectOf(t *testing.T, authorizeURL string) string {
	t.Helper()
	return queryOf(t, authorizeURL).Get("redirect_uri")
}

func TestAPastedAddressCompletesTheSignIn(t *testing.T) {
	t.Parallel()
	tests := map[string]func(s *terminal, bar string){
		"pasted as terminals do, bracketed": func(s *terminal, bar string) { s.send("\x1b[200~" + bar + "\x1b[201~") },
		"pasted with line ends in it": func(s *terminal, bar string) {
			s.send("\x1b[200~ " + bar[:60] + "\r\n  " + bar[60:] + "\r\n\x1b[201~")
		},
		"typed into the field": func(s *terminal, bar string) {
			s.send(bar)
			s.see("?···")
			s.send("\r")
		},
	}
	for name, paste := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, s := waiting(t)
			bar := elsewhere(t, s.loginAddress(), "underwriter@example.com")
			paste(s, bar)
			s.see("% Complete")
			s.see("Signed in as underwriter@example.com")
			s.quit()
			if code := queryOf(t, bar).Get("code"); strings.Contains(s.bytes(), code) {
				t.Error("the screen showed the code that was pasted")
			}
		})
	}
}

func TestAPastedAddressOfAnotherAttemptIsRefusedAndTheSignInGoesOn(t *testing.T) {
	t.Parallel()
	_, _, s := waiting(t)
	address := s.loginAddress()
	bar := elsewhere(t, address, "underwriter@example.com")
	q := queryOf(t, bar)
	q.Set("state", "another-state-canary")
	s.send("\x1b[200~" + redirectOf(t, address) + "?" + q.Encode() + "\x1b[201~")
	s.see("That address is from another attempt; use the sign-in page that this one opened")
	s.send("\x1b[200~" + bar + "\x1b[201~")
	s.see("% Complete")
	s.quit()
}

func TestEscFreesThePortAtOnce(t *testing.T) {
	t.Parallel()
	_, _, s := waiting(t)
	redirect := redirectOf(t, s.loginAddress())
	if free(redirect) == nil {
		t.Fatalf("nobody listens on %s while the box is open", redirect)
	}
	s.send("\x1b")
	s.see("Login cancelled.")
	eventually(t, "a free port", func() error { return free(redirect) })
	// The same port serves the next sign-in.
	address := s.loginAddress()
	if again := redirectOf(t, address); again != redirect {
		t.Errorf("the next sign-in listens on %s, not on %s", again, redirect)
	}
	s.quit()
}

func TestAPortThatIsTakenMeansTheNextCandidateAndAllTakenAreNamed(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	candidates := strings.Split(p.env["APP_URI"], ",")
	hold := func(redirect string) net.Listener {
		u, _ := url.Parse(redirect)
		l, err := net.Listen("tcp", "127.0.0.1:"+u.Port())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l
	}
	hold(candidates[0])
	s := p.app()
	s.see("Nobody is signed in")
	if got := redirectOf(t, s.loginAddress()); got != candidates[1] {
		t.Errorf("with the first port taken it listens on %s, not on %s", got, candidates[1])
	}
	s.send("\x1b")
	s.see("Login cancelled.")
	eventually(t, "a free port", func() error { return free(candidates[1]) })
	hold(candidates[1])
	last := hold(candidates[2])
	s.press("l", "No port of the redirect addresses is free")
	for _, redirect := range candidates {
		u, _ := url.Parse(redirect)
		s.see(u.Port() + " (127.0.0.1:" + u.Port() + ": address already in use)")
	}
	last.Close()
	s.send("r") // try again
	s.see("Open this address yourself")
	s.mu.Lock()
	address := s.emu.links[len(s.emu.links)-1]
	s.mu.Unlock()
	if got := redirectOf(t, address); got != candidates[2] {
		t.Errorf("it listens on %s, not on %s", got, candidates[2])
	}
	if _, err := pool.Person("guest@example.com", localpool.DemoPassword).SignIn(t.Context(), address); err != nil {
		t.Errorf("at the browser: %v", err)
	}
	s.see("Signed in as guest@example.com")
	s.quit()
}
