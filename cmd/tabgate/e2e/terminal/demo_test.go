//go:build !windows

package terminal

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

const (
	pleaseLogin = "Please login!"
	noAccess    = "You do not have access. Please contact the administrator."
)

func TestTheMainJobOfTheDemo(t *testing.T) {
	p := newPlace(t)
	delete(p.env, "TABGATE_REDUCED_MOTION") // the walk has to be seen running
	s := p.app("demo")
	s.see("Nobody is signed in")
	s.see("local pool")
	s.send("4")
	s.see("Gross Agricultural Production ($B)")
	s.send("2")
	s.see(pleaseLogin)
	s.see("This page is for the group Underwriters.")

	s.play("1", "Signed in as underwriter@example.com: Plotting Demo is open.")
	s.see("% Complete")
	s.press("3", noAccess)
	s.see("This page is for the group CreditAnalysts. You are signed in as underwriter@example.com.")
	s.logOut("The built-in browser was signed out of the local pool.")
	s.pressUntil("\r", "the box to close", func(e *emulator, _ string) bool { return !strings.Contains(e.words(), "any key closes") })
	s.see(pleaseLogin)
	s.press("2", "This page is for the group Underwriters. Nobody is signed in.")
	if strings.Contains(s.words(), "% Complete") {
		t.Error("what the tab showed is still there after logging out")
	}

	s.press("3", "This page is for the group CreditAnalysts.")
	s.play("2", "Signed in as analyst@example.com: Mapping Demo is open.")
	s.see("Map Layers")
	s.press("2", noAccess)
	s.see("You are signed in as analyst@example.com.")
	s.signOut()
	s.see(pleaseLogin)
	s.quit()
}

func TestTheDemoNeedsNoBrowser(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]map[string]string{
		"on a plain machine": nil,
		"over SSH":           {"SSH_CONNECTION": "192.0.2.7 50000 192.0.2.8 22", "SSH_TTY": "/dev/pts/0"},
		"in a container":     {"container": "podman"},
		"without colours":    {"NO_COLOR": "1"},
		"in ASCII":           {"LANG": "C", "LC_ALL": "C"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			for key, value := range env {
				p.env[key] = value
			}
			s := p.app("demo")
			s.see("Nobody is signed in")
			s.play("1", "Signed in as underwriter@example.com: Plotting Demo is open.")
			s.press("2", "Complete")
			s.quit()
		})
	}
}

// A pool on this machine that another process runs may be anybody's.
func TestU11OnlyTheDemoOffersPeople(t *testing.T) {
	t.Parallel()
	_, _, s := waiting(t)
	s.loginAddress()
	s.see("Or paste the address")
	if strings.Contains(s.words(), "underwriter@") {
		t.Errorf("the box offers people:\n%s", s.words())
	}
	s.quit()
}

func TestANewcomerGetsAGroupInAnotherTerminal(t *testing.T) {
	p := newPlace(t)
	const email = "newcomer@example.com"
	s := p.app("demo")
	s.see("Nobody is signed in")
	s.press("2", pleaseLogin)
	person := localpool.NewPerson(email, "Newc0mer's!")
	if page, err := person.SignUp(t.Context(), s.loginAddress()); err != nil {
		t.Fatalf("at the browser: %v at %s", err, page.URL)
	}
	s.see(noAccess)
	s.see("You are signed in as " + email + ".")

	if got := p.run("pool", "groups", "add", email, "Underwriters"); got.code != 0 || !strings.Contains(got.out, email+" is now in Underwriters") {
		t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
	}
	if got := p.run("pool", "users"); !strings.Contains(got.out, email) {
		t.Errorf("pool users does not list them: %s%s", got.out, got.err)
	}
	s.press("\x12", "% Complete") // ctrl+r

	if got := p.run("pool", "groups", "remove", email, "Underwriters"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	s.press("\x12", noAccess)
	s.logOut("To sign out your browser too, open http://127.0.0.1:")
	s.quit()
}
