//go:build !windows

package terminal

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// loginAddress opens the sign-in box and gives the address that it shows, as
// the terminal's link knows it: on the screen it may be cut. Of the demo, it
// chooses the browser.
func (s *terminal) loginAddress() string {
	s.t.Helper()
	s.mu.Lock()
	seen := len(s.emu.links)
	s.mu.Unlock()
	s.send("l")
	return s.linkAfter(seen)
}

// linkAfter waits for a link to a login page that is newer than the first
// seen. Ports may all be in use by other programs for a moment: then the box
// says so, and a person tries again.
func (s *terminal) linkAfter(seen int) string {
	s.t.Helper()
	for {
		found, busy, choose := "", false, false
		s.wait("the address of the login page", func(e *emulator, _ string) bool {
			for _, link := range e.links[min(seen, len(e.links)):] {
				if strings.Contains(link, "/oauth2/authorize?") {
					found = link
				}
			}
			busy = strings.Contains(e.words(), "o port of the redirect addresses is free")
			choose = strings.Contains(e.words(), ownBrowser)
			return found != "" || busy || choose
		})
		switch {
		case choose:
			s.send("\r")
			s.gone(ownBrowser)
			continue
		case !busy:
			return found
		}
		s.send("r")
		s.gone("is free")
	}
}

// ownBrowser is what the demo's box says of the browser.
const ownBrowser = "enter use your own browser"

// play logs in with l as the person of the demo that a digit means.
func (s *terminal) play(digit, says string) {
	s.t.Helper()
	s.press("l", ownBrowser)
	// The box ignores keys at first, and an l that came late is one more.
	s.pressUntil(digit, "the list to close", func(e *emulator, _ string) bool { return !strings.Contains(e.words(), ownBrowser) })
	s.see(says)
}

// signIn logs in with l, as somebody at the browser.
func (s *terminal) signIn(email string) {
	s.t.Helper()
	page, err := localpool.NewPerson(email, localpool.DemoPassword).SignIn(s.t.Context(), s.loginAddress())
	if err != nil {
		s.t.Fatalf("at the browser: %v", err)
	}
	if page.Status != http.StatusOK {
		s.t.Fatalf("the browser ends at %d %s", page.Status, page.Body)
	}
	s.see("Signed in as " + email)
}

// logOut presses l, says yes to the question, and waits for what is shown then.
func (s *terminal) logOut(effect string) {
	s.t.Helper()
	s.press("l", "Log out?")
	s.send("\r")
	s.see(effect)
}

// signOut logs out with l and closes the account of what was done.
func (s *terminal) signOut() {
	s.t.Helper()
	s.logOut("Logged out")
	s.see("any key closes")
	s.pressUntil("\r", "the box to close", func(e *emulator, _ string) bool {
		return !strings.Contains(e.words(), "The stored session was deleted.")
	})
}

// elsewhere signs in with a browser on another machine: it cannot reach the
// loopback address that it is sent to, and shows it in its address bar.
func elsewhere(t *testing.T, authorizeURL, email string) (bar string) {
	t.Helper()
	return elsewhereAs(t, authorizeURL, email, localpool.DemoPassword)
}

func elsewhereAs(t *testing.T, authorizeURL, email, password string) (bar string) {
	t.Helper()
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	client := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Hostname() == "localhost" {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	get, err := client.Get(authorizeURL)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(get.Body)
	get.Body.Close()
	field := csrfField.FindSubmatch(body)
	if field == nil {
		t.Fatalf("no login form at %s: %s", get.Request.URL, body)
	}
	form := url.Values{"username": {email}, "password": {password}, "_csrf": {string(field[1])}}
	post, err := client.PostForm(get.Request.URL.String(), form)
	if err != nil {
		t.Fatal(err)
	}
	post.Body.Close()
	bar = post.Header.Get("Location")
	if !strings.HasPrefix(bar, "http://localhost:") {
		t.Fatalf("the browser was sent to %q (%d)", bar, post.StatusCode)
	}
	return bar
}

var csrfField = regexp.MustCompile(`name="_csrf" value="([0-9a-f]+)"`)
