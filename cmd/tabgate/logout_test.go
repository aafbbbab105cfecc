package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// forget takes a pool's settings out of the environment.
func (p *place) forget(pool *faults.Pool) {
	for _, line := range pool.Settings() {
		key, _, _ := strings.Cut(line, "=")
		delete(p.env, key)
	}
}

func (p *place) mustSignIn(pool *faults.Pool, email string) {
	p.t.Helper()
	if got := p.signIn(pool, email); got.code != 0 {
		p.t.Fatalf("exit %d: %s", got.code, got.err)
	}
}

func TestR9LogoutNamesTheSessionsThatItLeft(t *testing.T) {
	p := newPlace(t)
	first := p.onPool()
	p.mustSignIn(first, "analyst@example.com")
	second := p.onPool()
	p.mustSignIn(second, "guest@example.com")
	where := strings.TrimPrefix(first.Domain(), "http://")
	left := "Also signed in: profile default at " + where + ", in a file.\nTo end every stored session: tabgate logout --all\n"
	got := p.run("logout")
	if got.code != 0 || !strings.HasSuffix(got.err, left) || strings.Contains(got.err, strings.TrimPrefix(second.Domain(), "http://")+",") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	if first.Faults().Seen(localpool.Revoke) != 0 || second.Faults().Seen(localpool.Revoke) != 1 {
		t.Error("another session than the configured one was revoked")
	}
	p.forget(second)
	if got := p.run("logout"); got.code != exitConfig || !strings.HasPrefix(got.err, left) {
		t.Errorf("without a configuration: exit %d: %s", got.code, got.err)
	}
	p.env["TABGATE_TOKEN_STORE"] = "memory"
	for _, line := range first.Settings() {
		key, value, _ := strings.Cut(line, "=")
		p.env[key] = value
	}
	if got := p.run("logout"); got.code != 0 || !strings.Contains(got.err, "Signed out earlier, but not deleted: profile default at "+where+", in a file.") {
		t.Errorf("with another store for one run: exit %d: %s", got.code, got.err)
	}
	delete(p.env, "TABGATE_TOKEN_STORE")
	p.env["TABGATE_TOKEN_STORE"] = "file"
	if got := p.run("logout"); got.code != 0 || strings.Contains(got.err, "--all") || first.Faults().Seen(localpool.Revoke) != 1 {
		t.Errorf("in the end: exit %d: %s", got.code, got.err)
	}
}

func TestR10LogoutAllNeedsNoConfiguration(t *testing.T) {
	p := newPlace(t)
	if got := p.run("logout", "--all"); got.code != 0 || got.err != "There was no stored session.\n" || got.out != "" {
		t.Errorf("nothing stored: exit %d: %q", got.code, got.err)
	}
	var pools []*faults.Pool
	for _, email := range []string{"analyst@example.com", "guest@example.com"} {
		pool := p.onPool()
		p.mustSignIn(pool, email)
		p.forget(pool)
		pools = append(pools, pool)
	}
	p.write("broken.yaml", "profiles: [")
	for _, settings := range []map[string]string{{"TABGATE_CONFIG": p.home + "/broken.yaml"}, {"TABGATE_TOKEN_STORE": "memory"}} {
		for key, value := range settings {
			p.env[key] = value
		}
	}
	got := p.run("logout", "--all")
	for _, pool := range pools {
		host := strings.TrimPrefix(pool.Domain(), "http://")
		if !strings.Contains(got.err, "profile default at "+host+", in a file: revoked and deleted.\n") || pool.Faults().Seen(localpool.Revoke) != 1 {
			t.Errorf("%s: %s", host, got.err)
		}
		if !strings.Contains(got.err, "Your browser may stay signed in for up to an hour at ") || strings.Count(got.err, host) != 2 {
			t.Errorf("the browser at %s is not spoken of: %s", host, got.err)
		}
	}
	if got.code != 0 {
		t.Errorf("exit %d", got.code)
	}
	if got := p.run("logout", "--all", "--local"); got.code != 0 || got.err != "There was no stored session.\n" {
		t.Errorf("once more: exit %d: %q", got.code, got.err)
	}
}

// The configured session ends with the others, and the browser is signed out
// at its user pool.
func TestR10LogoutAllSignsTheBrowserOutAtTheConfiguredPool(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	p.mustSignIn(pool, "analyst@example.com")
	got := p.run("logout", "--all")
	if got.code != 0 || !strings.Contains(got.err, ": revoked and deleted.\n") || !strings.Contains(got.err, pool.Domain()+"/logout?") || strings.Contains(got.err, "may stay signed in") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	if got := p.run("whoami"); got.code != exitNotSignedIn {
		t.Errorf("whoami: exit %d: %s", got.code, got.err)
	}
}

// The secret of a client goes to that client's own user pool, from whichever
// profile of the config file has it, and nowhere else.
func TestR10LogoutAllSendsASecretToItsOwnUserPoolAlone(t *testing.T) {
	const key = "the-secret-of-the-client"
	tests := map[string]struct {
		domain func(own, other string) string
		says   string
	}{
		"the profile has it":                   {func(own, _ string) string { return own }, "revoked and deleted"},
		"the profile is of another domain now": {func(_, other string) string { return other }, "deleted here; its refresh token ends by itself, for revoking it needs the app client's secret"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				t.Errorf("another domain was asked for %s with %q", r.URL, r.Header.Get("Authorization"))
			}))
			defer other.Close()
			pool, err := faults.New(localpool.Options{RedirectURIs: freeRedirects(t), ClientSecret: secret.New(key)})
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			pool.Start()
			const profile = "profiles:\n  work: {domain: %q, client_id: %q, client_secret: %q, issuer: %q, app_uri: %q}\n"
			p.env["TABGATE_CONFIG"] = p.write("config.yaml", fmt.Sprintf(profile, pool.Domain(), pool.ClientID(), key, pool.Issuer(), freeURI(pool)))
			p.env["TABGATE_PROFILE"] = "work"
			p.mustSignIn(pool, "analyst@example.com")
			delete(p.env, "TABGATE_PROFILE")
			p.write("config.yaml", fmt.Sprintf(profile, test.domain(pool.Domain(), other.URL), pool.ClientID(), key, "", freeURI(pool)))
			got := p.run("logout", "--all", "--local")
			if got.code != 0 || !strings.Contains(got.err, "profile work at ") || !strings.Contains(got.err, test.says) {
				t.Errorf("exit %d: %s", got.code, got.err)
			}
			if strings.Contains(got.err, key) {
				t.Error("the secret was shown")
			}
		})
	}
}

// A directory that others may write to is not looked into, and that is said.
func TestR9R10AnUnsafeStateDirectoryIsSaid(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mode bits as other systems have them")
	}
	p := newPlace(t)
	pool := p.onPool()
	p.mustSignIn(pool, "analyst@example.com")
	p.forget(pool)
	dir := config.Dirs(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }).State
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"logout"}, {"logout", "--all"}} {
		if got := p.run(args...); got.code == 0 || !strings.Contains(got.err, dir+" is open to other users") || strings.Contains(got.err, "no stored session") {
			t.Errorf("%v: exit %d: %s", args, got.code, got.err)
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := p.run("logout", "--all"); got.code != 0 || !strings.Contains(got.err, "revoked and deleted") {
		t.Errorf("made safe: exit %d: %s", got.code, got.err)
	}
}

// freeURI is a redirect address of a pool.
func freeURI(pool *faults.Pool) string {
	for _, line := range pool.Settings() {
		if uris, ok := strings.CutPrefix(line, "APP_URI="); ok {
			first, _, _ := strings.Cut(uris, ",")
			return first
		}
	}
	return ""
}
