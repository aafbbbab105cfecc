//go:build !windows

package terminal

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"

	"github.com/authtabs/tabgate/auth/localpool"
)

// login starts `tabgate login` on a terminal and gives the address it shows.
func login(t *testing.T) (s *terminal, address string) {
	t.Helper()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	s = open(t, 400, 30, p.home, p.environ(), binary, "login", "--no-browser")
	s.see("it is not shown")
	if address = shownAddress.FindString(s.bytes()); address == "" {
		t.Fatalf("no address on the screen:\n%s", s.words())
	}
	return s, address
}

func TestL20AnAddressPastedIntoLoginIsNeverShown(t *testing.T) {
	t.Parallel()
	s, address := login(t)
	bar := elsewhere(t, address, "underwriter@example.com")
	old := queryOf(t, bar)
	old.Set("state", "of-another-attempt-canary")
	s.send(redirectOf(t, address) + "?" + old.Encode() + "\r")
	s.see("from another attempt")
	s.send("\x1b[200~  " + bar + "\x1b[201~\r") // as a terminal in bracketed paste mode would
	s.see("Address accepted. Checking the answer.")
	s.see("Signed in as underwriter@example.com. Groups: Underwriters.")
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.clean()
	for _, secret := range []string{queryOf(t, bar).Get("code"), "canary"} {
		if strings.Contains(s.bytes(), secret) {
			t.Errorf("the terminal showed %q", secret)
		}
	}
}

func TestL17CtrlCEndsLoginWith130FreesThePortAndGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	s, address := login(t)
	if free(redirectOf(t, address)) == nil {
		t.Fatal("nobody listens")
	}
	s.send("\x03")
	if code := s.end(); code != 130 {
		t.Errorf("exit code %d, want 130", code)
	}
	s.clean()
	if err := free(redirectOf(t, address)); err != nil {
		t.Errorf("the port is not free: %v", err)
	}
}

func TestCtrlBackslashEndsLoginAndGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	s, _ := login(t)
	s.send("\x1c")
	if code := s.end(); code != 130 {
		t.Errorf("exit code %d, want 130", code)
	}
	s.clean()
}

// A shell that edits lines leaves the terminal with echo; here stty does.
func TestLoginHidesWhatIsPastedAfterCtrlZAndFgToo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	s := open(t, 400, 30, p.home, p.environ(), "/bin/sh", "-m", "-c", `"$0" login --no-browser; echo STOPPED; read x; stty echo; echo SHOWN; fg; echo DONE $?`, binary)
	s.see("it is not shown")
	address := shownAddress.FindString(s.bytes())
	bar := elsewhere(t, address, "underwriter@example.com")
	s.send("hidden-before\x15\x1a")
	s.see("STOPPED")
	s.send("\n")
	s.see("SHOWN")
	eventually(t, "no echo", func() error {
		if now, err := term.GetState(s.tty.Fd()); err != nil || reflect.DeepEqual(s.before, now) {
			return fmt.Errorf("the settings are those of the shell (%v)", err)
		}
		return nil
	})
	s.send(bar + "\r")
	s.see("Signed in as underwriter@example.com.")
	s.see("DONE 0")
	s.end()
	s.clean()
	for _, secret := range []string{queryOf(t, bar).Get("code"), "hidden"} {
		if strings.Contains(s.bytes(), secret) {
			t.Errorf("the terminal showed %q", secret)
		}
	}
}
