package loopback

import (
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

const signInPage = "https://auth.example.com/oauth2/authorize?client_id=x&state=" + goodState

// starting is a listener that leads to the sign-in page, and the path that
// does.
func starting(t *testing.T, opts Options) (*Listener, string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells whose a connection is")
	}
	l := open(t, "/cb", opts)
	address := l.Start(secret.New(signInPage))
	u, err := url.Parse(address)
	if err != nil || u.Host != "localhost:"+l.at.port {
		t.Fatalf("it starts at %q, %v", address, err)
	}
	return l, u.Path
}

func TestU4ThisUsersBrowserIsLedToTheSignInPage(t *testing.T) {
	l, path := starting(t, Options{})
	for range 2 { // it may be opened once more
		a := get(t, l, path, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: none")
		if a.Status != http.StatusSeeOther || a.Header.Get("Location") != signInPage || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("got %d to %q", a.Status, a.Header.Get("Location"))
		}
	}
	mustGoOn(t, l)
}

func TestU4NobodyElseIsLedToTheSignInPage(t *testing.T) {
	t.Run("another user", func(t *testing.T) {
		l, path := starting(t, Options{sockets: everybodyIsForeign()})
		a := get(t, l, path)
		if a.Status != http.StatusForbidden {
			t.Errorf("got %d", a.Status)
		}
		never(t, a)
		if hint := <-l.Hints(); !strings.Contains(hint, "Another user") {
			t.Errorf("the hint is %q", hint)
		}
	})
	t.Run("whoever guesses", func(t *testing.T) {
		l, path := starting(t, Options{})
		for _, guess := range []string{"/start", "/start/", "/start/x", path[:len(path)-1], path + "/", strings.ToLower(path), "/done" + path[len("/start"):]} {
			a := get(t, l, guess)
			if a.Status != http.StatusNotFound {
				t.Errorf("%s got %d", guess, a.Status)
			}
			never(t, a)
		}
		if len(path) < len("/start/")+26 {
			t.Errorf("%s can be guessed", path)
		}
	})
	t.Run("another page's image, and a prefetch", func(t *testing.T) {
		l, path := starting(t, Options{})
		for _, header := range []string{"Sec-Fetch-Dest: image", "Sec-Purpose: prefetch", "Origin: https://evil.example"} {
			a := get(t, l, path, header)
			if a.Status != http.StatusForbidden {
				t.Errorf("%s: got %d", header, a.Status)
			}
			never(t, a)
		}
	})
	t.Run("anybody after the answer", func(t *testing.T) {
		l, path := starting(t, Options{})
		get(t, l, "/cb"+good[1:])
		a := get(t, l, path)
		if a.Status != http.StatusConflict {
			t.Errorf("got %d", a.Status)
		}
		never(t, a)
	})
	t.Run("anybody before it was asked for", func(t *testing.T) {
		l := open(t, "/cb", Options{})
		if a := get(t, l, l.start); a.Status != http.StatusNotFound {
			t.Errorf("got %d", a.Status)
		}
	})
}

func TestU4WhereNothingTellsWhoComesThereIsNoStart(t *testing.T) {
	for name, files := range map[string]tables{
		"no tables":                {},
		"tables of something else": {"/proc/net/tcp": header4 + tableRow("10.0.0.1:22", "10.0.0.2:50000", established, 0, 7)},
		"tables without an end":    {"/proc/net/tcp": strings.Repeat("x", maxTable)},
	} {
		l := open(t, "/cb", Options{sockets: files.sockets()})
		if address := l.Start(secret.New(signInPage)); address != "" {
			t.Errorf("%s: it starts at %s", name, address)
		}
		if a := get(t, l, l.start); a.Status != http.StatusNotFound {
			t.Errorf("%s: got %d", name, a.Status)
		}
	}
}
