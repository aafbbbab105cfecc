package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

func TestA8LoginAsksForWhomTheFlagsSay(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.env["TABGATE_PROMPT"], p.env["TABGATE_HINT"] = "select_account", "ana@example.com"
	tests := map[string]struct {
		args []string
		want map[string]string
	}{
		"as configured":         {nil, map[string]string{"prompt": "select_account", "login_hint": "ana@example.com", "identity_provider": ""}},
		"flags over the rest":   {[]string{"--prompt", "login", "--hint", "a&state=x@example.com"}, map[string]string{"prompt": "login", "login_hint": "a&state=x@example.com"}},
		"the pool's own people": {[]string{"--provider", "COGNITO"}, map[string]string{"identity_provider": "COGNITO", "prompt": "select_account"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := p.signInBy(pool.Person("guest@example.com", localpool.DemoPassword), test.args...)
			u, err := url.Parse(address.FindString(got.err))
			if got.code != 0 || err != nil {
				t.Fatalf("exit %d, %v: %s", got.code, err, got.err)
			}
			for key, want := range test.want {
				if v := u.Query().Get(key); v != want || len(u.Query()["state"]) != 1 {
					t.Errorf("%s is %q, want %q", key, v, want)
				}
			}
		})
	}
}

func TestA8FlagsThatCannotBeAskedWithAreWrongUsage(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	for says, args := range map[string][]string{
		"login, select_account": {"login", "--prompt", "none"},
		"--hint":                {"login", "--hint", "a\nb"},
		"--provider":            {"login", "--provider", strings.Repeat("x", 99)},
		"on the other device":   {"login", "--device", "--prompt", "login"},
	} {
		if got := p.run(args...); got.code != exitUsage || !strings.Contains(got.err, says) || strings.Count(strings.TrimSpace(got.err), "\n") > 1 {
			t.Errorf("%q: exit %d: %s", args, got.code, got.err)
		}
	}
}

// While the browser knows somebody, only a prompt lets somebody else in.
func TestSigningInAsSomebodyElse(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	browser := pool.Person("guest@example.com", localpool.DemoPassword)
	if got := p.signInBy(browser); got.code != 0 || !strings.Contains(got.err, "Signed in as guest@example.com") {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	browser.Email = "analyst@example.com" // who sits down there next
	if got := p.signInBy(browser); !strings.Contains(got.err, "Signed in as guest@example.com") {
		t.Errorf("without a prompt: %s", got.err)
	}
	if got := p.signInBy(browser, "--prompt", "login"); !strings.Contains(got.err, "Signed in as analyst@example.com") {
		t.Errorf("with a prompt: %s", got.err)
	}
}
