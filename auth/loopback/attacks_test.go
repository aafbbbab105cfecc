package loopback

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestL3AWrongPathIsNotFoundAndTheSignInGoesOn(t *testing.T) {
	l := open(t, "/callback", Options{})
	for _, path := range []string{
		"/favicon.ico", "/", "//", "//callback", "/callback/", "/%2e/callback", "/./callback", "/x/../callback",
		"/Callback", "/%63allback", "/callback;x=1", "/done", "/done/result", "/robots.txt", "/.well-known/x",
	} {
		a := get(t, l, path+good[1:])
		if a.Status != http.StatusNotFound {
			t.Errorf("%s got %d, want 404", path, a.Status)
		}
		never(t, a)
		waiting(t, l)
	}
	mustGoOn(t, l)
}

func TestL4AnotherMethodIsRefusedAndNothingIsSharedAcrossOrigins(t *testing.T) {
	l := open(t, "/", Options{})
	for _, method := range []string{"POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE", "get"} {
		a := ask(t, l, method, good, "localhost:"+l.at.port, "Origin: https://evil.example",
			"Access-Control-Request-Method: GET", "Access-Control-Request-Private-Network: true", "Content-Length: 0")
		if a.Status != http.StatusMethodNotAllowed || a.Header.Get("Allow") != "GET" {
			t.Errorf("%s got %d, Allow %q", method, a.Status, a.Header.Get("Allow"))
		}
		for name := range a.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s got the header %s", method, name)
			}
		}
		waiting(t, l)
	}
	mustGoOn(t, l)
}

func TestL5AnotherHostIsMisdirectedAndTheSignInGoesOn(t *testing.T) {
	l := open(t, "/", Options{})
	p := l.at.port
	for _, host := range []string{
		"evil.example", "evil.example:" + p, "localhost", "127.0.0.1", "localhost:1", "localhost.:" + p, "LOCALHOST:" + p,
		"127.1:" + p, "127.0.0.2:" + p, "0.0.0.0:" + p, "[::]:" + p, "::1:" + p, "localhost:0" + p, "a.localhost:" + p,
		"localhost:" + p + ".evil.example", "[::ffff:127.0.0.1]:" + p,
	} {
		if a := ask(t, l, "GET", good, host); a.Status != http.StatusMisdirectedRequest {
			t.Errorf("Host %q got %d, want 421", host, a.Status)
		}
		waiting(t, l)
	}
	for _, host := range []string{"", "a b", "local\x01host"} {
		if a := ask(t, l, "GET", good, host); a.Status != http.StatusBadRequest {
			t.Errorf("Host %q got %d, want 400", host, a.Status)
		}
		waiting(t, l)
	}
	if a := ask(t, l, "GET", "http://localhost:"+p+good, "localhost:"+p); a.Status != http.StatusMisdirectedRequest {
		t.Errorf("a proxy's request got %d, want 421", a.Status)
	}
	for _, host := range []string{"localhost:" + p, "127.0.0.1:" + p, "[::1]:" + p} {
		if a := ask(t, l, "GET", "/", host); a.Status != http.StatusBadRequest {
			t.Errorf("our own name %s got %d, want the neutral 400", host, a.Status)
		}
	}
	mustGoOn(t, l)
}

// wrongStates are the callbacks of L-6 and L-19, and of L-8 without proof.
var wrongStates = map[string]string{
	"no query at all":                   "/",
	"a code without a state":            callback("code", "attacker"),
	"an empty state":                    callback("code", "attacker", "state", ""),
	"another state":                     callback("code", "attacker", "state", "attacker"),
	"the state twice":                   callback("code", "attacker", "state", goodState, "state", goodState),
	"the state and another":             callback("code", "attacker", "state", goodState, "state", "attacker"),
	"another and the state":             callback("code", "attacker", "state", "attacker", "state", goodState),
	"the state cut short":               callback("code", "attacker", "state", goodState[:len(goodState)-1]),
	"the state and more":                callback("code", "attacker", "state", goodState+"a"),
	"the state in capitals":             callback("code", "attacker", "state", strings.ToUpper(goodState)),
	"the state under a name in capital": callback("code", "attacker", "STATE", goodState),
	"an error without a state":          callback("error", "access_denied"),
	"an error with another state":       callback("error", "access_denied", "state", "attacker"),
	"an error with an empty state":      callback("error", "access_denied", "state", ""),
}

func TestL6AWrongStateIsRefusedAndTheSignInGoesOn(t *testing.T) {
	for name, target := range wrongStates {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "/", Options{})
			a := get(t, l, target)
			if a.Status != http.StatusBadRequest || !strings.Contains(a.Body, neutralPage.Title) {
				t.Errorf("got %d, want the neutral 400", a.Status)
			}
			if strings.Contains(a.all(), "attacker") {
				t.Error("the page repeats what the attacker sent")
			}
			never(t, a)
			waiting(t, l)
			mustGoOn(t, l)
			l.Close()
			for hint := range l.Hints() {
				if strings.Contains(hint, goodState) || strings.Contains(hint, "attacker") {
					t.Errorf("the hint shows a state or a code: %s", hint)
				}
			}
		})
	}
}

func TestL6NothingIsAcceptedBeforeAStateIsExpected(t *testing.T) {
	l, err := Listen(t.Context(), []string{"http://localhost:" + freePort(t) + "/"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, target := range []string{callback("code", "c", "state", ""), callback("code", "c"), good} {
		if a := get(t, l, target); a.Status != http.StatusBadRequest {
			t.Errorf("%s got %d", target, a.Status)
		}
		waiting(t, l)
	}
	l.Expect(secret.New(goodState), "")
	mustGoOn(t, l)
}

func TestL7TheFirstOfTwoRightCallbacksWins(t *testing.T) {
	l := open(t, "/", Options{})
	if a := get(t, l, good); a.Status != http.StatusSeeOther {
		t.Fatalf("the first got %d", a.Status)
	}
	a := get(t, l, callback("code", "another-code", "state", goodState))
	if a.Status != http.StatusConflict || !strings.Contains(a.Body, usedPage.Title) {
		t.Errorf("the second got %d, want 409", a.Status)
	}
	if err := l.Paste(l.RedirectURI() + good[1:]); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a paste after it: %v", err)
	}
	got, err := outcome(t, l)
	if err != nil || got.Code.Reveal() != goodCode {
		t.Errorf("Wait got another code, or %v", err)
	}
	waiting(t, l) // nothing is left for a second exchange
}

func TestL7OfManyRightCallbacksAtOnceOneWins(t *testing.T) {
	l := open(t, "/", Options{})
	var mu sync.Mutex
	counts := map[int]int{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			a := get(t, l, good)
			mu.Lock()
			counts[a.Status]++
			mu.Unlock()
		})
	}
	all.Wait()
	if counts[http.StatusSeeOther] != 1 || counts[http.StatusConflict] != 19 {
		t.Errorf("got %v, want one 303 and nineteen 409", counts)
	}
	if _, err := outcome(t, l); err != nil {
		t.Error(err)
	}
	waiting(t, l)
}

func TestL8AProvedErrorEndsTheSignIn(t *testing.T) {
	tests := map[string]struct{ code, description, want string }{
		"given up":                {"access_denied", "", "access_denied"},
		"the grant is off":        {"unauthorized_client", "", "unauthorized_client"},
		"a scope is unknown":      {"invalid_scope", "", "invalid_scope"},
		"no session":              {"login_required", "", "login_required"},
		"an identity provider":    {"invalid_request", "Timeout occurred in calling IdP token endpoint", "Timeout occurred"},
		"an error nobody knows":   {"made_up", "x", "x (made_up)"},
		"a long name of an error": {strings.Repeat("e", 3000), "", "eee…"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			a := get(t, l, callback("error", test.code, "error_description", test.description, "state", goodState))
			if a.Status != http.StatusSeeOther {
				t.Errorf("the browser got %d", a.Status)
			}
			_, err := outcome(t, l)
			var said *ProviderError
			if !errors.As(err, &said) || said.Code != test.code {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), test.want) || len([]rune(err.Error())) > 450 {
				t.Errorf("the text does not say it: %s", err)
			}
		})
	}
}

func TestL6AProviderThatRepeatsTheStateDoesNotGetItShown(t *testing.T) {
	for name, target := range map[string]string{
		"in the description": callback("error", "invalid_request", "error_description", "the state "+goodState+" is odd", "state", goodState),
		"as the error":       callback("error", goodState, "state", goodState),
		"as the issuer":      callback("code", goodCode, "iss", "https://x.example/"+goodState, "state", goodState),
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			l.Expect(secret.New(goodState), issuer)
			get(t, l, target)
			_, err := outcome(t, l)
			if err == nil || strings.Contains(err.Error(), goodState) || !strings.Contains(err.Error(), "[redacted]") {
				t.Errorf("got %v", err)
			}
			l.Finish(err)
			never(t, get(t, l, l.done))
		})
	}
}

func TestL8AnUnprovedErrorIsAHintOnly(t *testing.T) {
	for _, target := range []string{
		callback("error", "server_error", "error_description", "Attribute email \x1b[31mcannot be updated"),
		callback("error", "server_error", "error_description", "Attribute email \x1b[31mcannot be updated", "state", "another"),
	} {
		l := open(t, "/", Options{})
		get(t, l, target)
		waiting(t, l)
		hint := <-l.Hints()
		if !strings.Contains(hint, "cannot be updated") || !strings.Contains(hint, "without proof") || strings.Contains(hint, "\x1b") {
			t.Errorf("hint %q", hint)
		}
		mustGoOn(t, l)
	}
}

func TestL9ContradictionsAreRefusedAndTheSignInGoesOn(t *testing.T) {
	tests := map[string]string{
		"code and error":        callback("code", goodCode, "error", "access_denied", "state", goodState),
		"the code twice":        callback("code", goodCode, "code", goodCode, "state", goodState),
		"two codes":             callback("code", goodCode, "code", "b", "state", goodState),
		"the error twice":       callback("error", "a", "error", "a", "state", goodState),
		"neither":               callback("state", goodState),
		"the issuer twice":      callback("code", goodCode, "state", goodState, "iss", issuer, "iss", issuer),
		"broken encoding":       "/?code=%zz&state=" + goodState,
		"a semicolon separator": "/?code=a;state=" + goodState,
	}
	for name, target := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			if a := get(t, l, target); a.Status != http.StatusBadRequest {
				t.Errorf("got %d, want 400", a.Status)
			}
			waiting(t, l)
			mustGoOn(t, l)
		})
	}
}
