package loopback

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestL13SubresourcesAndPrefetchesAreRefusedAndNavigationPasses(t *testing.T) {
	refused := map[string][]string{
		"an image of another page":  {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"},
		"a script's fetch":          {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Origin: https://evil.example"},
		"a frame":                   {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"},
		"an old browser's fetch":    {"Origin: https://evil.example"},
		"a null origin of a frame":  {"Origin: null", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"},
		"a null origin's fetch":     {"Origin: null", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"},
		"a prefetch":                {"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Purpose: prefetch;prerender"},
		"an old prefetch":           {"Purpose: prefetch"},
		"a worker of another page":  {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: same-origin", "Sec-Fetch-Dest: worker"},
		"a websocket that upgrades": {"Sec-Fetch-Mode: websocket", "Connection: Upgrade", "Upgrade: websocket"},
	}
	for name, headers := range refused {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			for _, target := range []string{callback("code", "c", "state", "x"), good} {
				if a := get(t, l, target, headers...); a.Status != http.StatusForbidden {
					t.Errorf("got %d, want 403", a.Status)
				}
				waiting(t, l)
			}
			mustGoOn(t, l)
		})
	}
	passes := map[string][]string{
		"from the provider's page":                   {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-User: ?1"},
		"with a referer":                             {"Referer: https://demo.auth.eu-west-1.amazoncognito.com/"},
		"without any of it":                          nil,
		"with the page's own origin":                 {"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Origin: https://demo.auth.eu-west-1.amazoncognito.com"},
		"an older browser's, redirected from a form": {"Origin: null"},
		"pasted into the address bar":                {"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"},
	}
	for name, headers := range passes {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			if a := get(t, l, good, headers...); a.Status != http.StatusSeeOther {
				t.Errorf("got %d, want 303", a.Status)
			}
		})
	}
}

func TestL16NoRouteHandsOutTheStateOrTheAuthorizeURL(t *testing.T) {
	l := open(t, "/cb", Options{})
	for _, path := range []string{"/", "/cb", "/authorize", "/login", "/start", "/state", "/done", "/debug/pprof/", "/debug/vars"} {
		a := get(t, l, path)
		never(t, a)
		if a.Header.Get("Location") != "" || strings.Contains(a.Body, "oauth2") {
			t.Errorf("%s leads somewhere: %s", path, a.all())
		}
	}
	a := get(t, l, "/cb"+good[1:])
	never(t, a)
	if strings.Contains(a.all(), goodCode) {
		t.Error("the answer repeats the code")
	}
}

func TestL19AnAttackersCodeAndStateDoNotSignAnybodyIn(t *testing.T) {
	l := open(t, "/", Options{})
	if a := get(t, l, callback("code", "of-the-attackers-account", "state", "of-the-attackers-attempt")); a.Status != http.StatusBadRequest {
		t.Errorf("got %d", a.Status)
	}
	waiting(t, l)
	mustGoOn(t, l)
}

func TestA6AnAnswerOfAnotherIssuerIsRefused(t *testing.T) {
	l := open(t, "/", Options{})
	l.Expect(secret.New(goodState), issuer)
	get(t, l, callback("code", goodCode, "state", goodState, "iss", issuer+"/"))
	_, err := outcome(t, l)
	var mixed *IssuerError
	if !errors.As(err, &mixed) || mixed.Want != issuer {
		t.Fatalf("got %v", err)
	}
	l = open(t, "/", Options{})
	l.Expect(secret.New(goodState), issuer)
	get(t, l, callback("code", goodCode, "state", goodState, "iss", issuer))
	if got, err := outcome(t, l); err != nil || got.Issuer != issuer {
		t.Errorf("the right issuer: %v, %v", got, err)
	}
}

func TestA7TokensInTheAddressAreIgnored(t *testing.T) {
	l := open(t, "/", Options{})
	target := callback("access_token", "a.b.c", "id_token", "a.b.c", "token_type", "Bearer", "state", goodState)
	if a := get(t, l, target); a.Status != http.StatusBadRequest {
		t.Errorf("got %d", a.Status)
	}
	if err := l.Paste(l.RedirectURI() + "#access_token=a.b.c&state=" + goodState); err == nil {
		t.Error("a fragment with a token was accepted")
	}
	waiting(t, l)
	mustGoOn(t, l)
}
