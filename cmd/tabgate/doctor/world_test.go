package doctor

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

const (
	awsDomain = "https://demo.auth.eu-west-1.amazoncognito.com"
	awsIssuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC"
)

// One pair of keys for all pools: making one takes a while.
var poolKeys = localpool.NewKeys()

// world is a good configuration with everything that the checks look at; a
// test spoils one thing in it.
type world struct {
	Deps
	t    *testing.T
	pool *faults.Pool
	env  map[string]string
}

// redirectTo is a redirect address on a port that is free just now.
func redirectTo(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	return "http://localhost:" + port + "/"
}

func newWorld(t *testing.T, change func(*localpool.Options)) *world {
	t.Helper()
	uri := redirectTo(t)
	o := localpool.Options{RedirectURIs: []string{uri}, Keys: poolKeys}
	if change != nil {
		change(&o)
	}
	pool, err := faults.New(o)
	if err != nil {
		t.Fatal(err)
	}
	pool.Start()
	t.Cleanup(func() { pool.Close() })
	hc := cognito.HTTPClient(nil)
	t.Cleanup(hc.CloseIdleConnections)
	domain, err := url.Parse(pool.Domain())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, pool: pool, env: map[string]string{"BROWSER": "true"}}
	w.Deps = Deps{
		Config: config.Config{
			Profile: "default", Domain: domain, ClientID: pool.ClientID(), ClientSecret: o.ClientSecret,
			RedirectURIs: []string{uri}, LogoutURI: uri, Issuer: pool.Issuer(), Scopes: []string{"openid", "email"},
		},
		HTTP: &http.Client{Transport: hc.Transport, Timeout: hc.Timeout, CheckRedirect: hc.CheckRedirect}, Store: store.Keyring(ring{}), StateDir: t.TempDir(), Now: time.Now,
		Env:      func(key string) string { return w.env[key] },
		Terminal: Terminal{TTY: true, Width: 80, Height: 24, Name: "xterm-256color", Colours: "256", UTF8: true},
	}
	return w
}

// ring is a keyring that keeps things, or says err to everything.
type ring map[string]string

func (r ring) Set(service, user, text string) error { r[service+user] = text; return nil }
func (r ring) Delete(service, user string) error    { delete(r, service+user); return nil }
func (r ring) Get(service, user string) (string, error) {
	return r[service+user], nil
}

type brokenRing struct{ err error }

func (r brokenRing) Set(string, string, string) error   { return r.err }
func (r brokenRing) Get(string, string) (string, error) { return "", r.err }
func (r brokenRing) Delete(string, string) error        { return r.err }

// pin writes what the first sign-in trusted.
func (w *world) pin(content string) {
	w.t.Helper()
	c := w.Config
	account := store.Account{Issuer: c.Issuer, Domain: c.Domain.String(), ClientID: c.ClientID, Profile: c.Profile}
	dir := filepath.Join(w.StateDir, "auth")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, account.Key()+".issuer"), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func pinOf(issuer string) string {
	b, _ := json.Marshal(map[string]string{"issuer": issuer}) // a map of strings always marshals
	return string(b)
}

// aws makes the pool answer as the AWS domain, and documents as the issuer's
// host. It is a transport, so no name is looked up.
func (w *world) aws(documents map[string]string) {
	w.Config.Domain, _ = url.Parse(awsDomain)
	w.Config.Issuer, w.Config.UserPoolID = "", "eu-west-1_AbC"
	w.HTTP = &http.Client{Transport: byHost{w.HTTP.Transport, w.pool.Domain(), documents}, CheckRedirect: w.HTTP.CheckRedirect}
}

type byHost struct {
	real      http.RoundTripper
	pool      string
	documents map[string]string // by address
}

func (b byHost) RoundTrip(r *http.Request) (*http.Response, error) {
	if body, ok := b.documents[r.URL.String()]; ok {
		rec := httptest.NewRecorder()
		rec.Header().Set("Content-Type", "application/json")
		rec.WriteString(body)
		answer := rec.Result()
		answer.Request = r
		return answer, nil
	}
	if !strings.HasPrefix(r.URL.String(), awsDomain) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Name: r.URL.Hostname(), Err: "no such host", IsNotFound: true}}
	}
	to, err := url.Parse(b.pool + r.URL.RequestURI())
	if err != nil {
		return nil, err
	}
	clone := r.Clone(r.Context())
	clone.URL, clone.Host = to, ""
	answer, err := b.real.RoundTrip(clone)
	if answer != nil {
		answer.Request = r
	}
	return answer, err
}

// discoveryOf is the document that an issuer serves.
func discoveryOf(issuer, authorize string) string {
	b, _ := json.Marshal(map[string]any{ // strings and lists always marshal
		"issuer": issuer, "jwks_uri": issuer + "/.well-known/jwks.json", "authorization_endpoint": authorize + "/oauth2/authorize",
		"token_endpoint": authorize + "/oauth2/token", "response_types_supported": []string{"code", "token"},
	})
	return string(b)
}

// run gives the checks by id and fails on a report that is not one.
func (w *world) run() map[string]Check {
	w.t.Helper()
	w.Proxies = transport.NewProxies(w.lookup)
	all := map[string]Check{}
	for _, c := range Run(w.t.Context(), w.Deps) {
		if _, twice := all[c.ID]; twice {
			w.t.Errorf("%s is reported twice", c.ID)
		}
		all[c.ID] = c
		if c.Detail == "" || (c.Status == Fail) && c.Fix == "" || strings.ContainsAny(c.Detail+c.Fix, "\n\x1b") {
			w.t.Errorf("not a line with a fix: %+v", c)
		}
	}
	for _, id := range ids {
		if _, ok := all[id]; !ok {
			w.t.Errorf("%s is missing", id)
		}
	}
	if len(all) != len(ids) {
		w.t.Errorf("%d checks, want %d", len(all), len(ids))
	}
	return all
}

func (w *world) lookup(key string) (string, bool) { v, ok := w.env[key]; return v, ok }

var ids = []string{
	"config", "domain", "discovery", "issuer", "keys", "client", "secret", "redirect", "sign-out", "scope", "ports",
	"browser", "keyring", "session", "clock", "proxy", "terminal",
}

func sampleSecret() secret.Text { return secret.New("canary-right-secret") }

// jwks are the pool's own keys, as its issuer serves them.
func jwks(w *world) string {
	w.t.Helper()
	r, err := w.HTTP.Get(w.pool.Issuer() + "/.well-known/jwks.json")
	if err != nil {
		w.t.Fatal(err)
	}
	defer r.Body.Close()
	var keys json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&keys); err != nil {
		w.t.Fatal(err)
	}
	return string(keys)
}

func occupy(t *testing.T, uri string) {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:"+u.Port())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
}

func load(env ...string) (config.Config, error) {
	return config.Load(config.Options{WorkDir: "/nowhere", Path: "/nowhere/config.yaml", Env: func(key string) (string, bool) {
		for _, entry := range env {
			if v, ok := strings.CutPrefix(entry, key+"="); ok {
				return v, true
			}
		}
		return "", false
	}})
}
