package auth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// provider is an OpenID provider that is not Cognito: the local pool behind
// addresses of its own, and tokens of its own issuer.
type provider struct {
	*httptest.Server
	issuer string

	mu    sync.Mutex
	more  map[string]any // of its discovery document; nil removes a member
	down  bool           // the discovery document is not served
	asked map[string]int // requests by path
}

// paths are the provider's, and the pool's that do the work.
var paths = map[string]string{
	"/realms/demo/auth": localpool.Authorize, "/realms/demo/token": localpool.Token, "/realms/demo/me": localpool.UserInfo,
	"/realms/demo/revoke": localpool.Revoke, "/realms/demo/end": "/logout",
}

func newProvider(t *testing.T, w *world) *provider {
	t.Helper()
	pool, err := url.Parse(w.pool.Domain())
	must(t, err)
	keys := strings.TrimPrefix(w.pool.Issuer(), w.pool.Domain()) + localpool.JWKS
	p := &provider{asked: map[string]int{}}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(pool)
		r.Out.Header.Del("Origin")
		if path, ok := paths[r.In.URL.Path]; ok {
			r.Out.URL.Path = path
		} else if r.In.URL.Path == "/realms/demo/keys" {
			r.Out.URL.Path = keys
		}
	}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		p.mu.Lock()
		p.asked[in.URL.Path]++
		p.mu.Unlock()
		switch {
		case in.URL.Path == "/realms/demo/.well-known/openid-configuration":
			p.discovery(out)
		case strings.HasPrefix(in.URL.Path, "/oauth2/"):
			http.NotFound(out, in) // Cognito's paths are nobody's here
		default:
			proxy.ServeHTTP(out, in)
		}
	}))
	t.Cleanup(p.Close)
	p.issuer = p.URL + "/realms/demo"
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["iss"] = p.issuer })
	return p
}

func (p *provider) discovery(w http.ResponseWriter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	document := map[string]any{
		"issuer": p.issuer, "jwks_uri": p.issuer + "/keys", "authorization_endpoint": p.issuer + "/auth", "token_endpoint": p.issuer + "/token",
		"userinfo_endpoint": p.issuer + "/me", "revocation_endpoint": p.issuer + "/revoke", "end_session_endpoint": p.issuer + "/end",
		"code_challenge_methods_supported": []string{"plain", "S256"},
	}
	for name, value := range p.more {
		document[name] = value
		if value == nil {
			delete(document, name)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(document)
}

// says changes the discovery document.
func (p *provider) says(name string, value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.more == nil {
		p.more = map[string]any{}
	}
	p.more[name] = value
}

func (p *provider) seen(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

func (p *provider) options(o *Options) {
	o.Cognito.Domain, _ = url.Parse(p.URL)
	o.Cognito.Issuer = p.issuer
}

func TestT16AnotherProvidersEndpointsComeFromItsDiscovery(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	p := newProvider(t, w)
	s := w.process(p.options)
	if got := w.signIn(s, "analyst@example.com"); got.Issuer != p.issuer || !got.In("CreditAnalysts") {
		t.Errorf("signed in as %+v", got)
	}
	// A process that never signed in finds the endpoints by itself.
	again := w.process(p.options)
	if got, err := again.Restore(t.Context()); err != nil || !got.SignedIn() {
		t.Fatalf("restored %+v, %v", got, err)
	}
	if _, err := again.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
	if info, err := again.UserInfo(t.Context()); err != nil || info.Email != "analyst@example.com" {
		t.Errorf("user info %+v, %v", info, err)
	}
	var opened string
	again.opts.Browser = browserOf(&opened)
	for _, step := range again.SignOut(t.Context(), true) {
		if step.Err != nil {
			t.Errorf("signing out: %+v", step)
		}
	}
	u, err := url.Parse(opened)
	if err != nil || u.Path != "/realms/demo/end" || u.Query().Get("post_logout_redirect_uri") != w.pool.SignedOutURI() || u.Query().Get("client_id") != w.pool.ClientID() {
		t.Errorf("the browser was sent to %q", opened)
	}
	for path := range paths {
		if path != "/realms/demo/end" && p.seen(path) == 0 {
			t.Errorf("%s was never asked", path)
		}
	}
	for _, path := range paths {
		if strings.HasPrefix(path, "/oauth2/") && p.seen(path) != 0 {
			t.Errorf("Cognito's %s was asked", path)
		}
	}
}

func TestR8AProviderWithoutASignOutPageIsToldAsSuch(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	p := newProvider(t, w)
	p.says("end_session_endpoint", nil)
	s := w.process(p.options)
	w.signIn(s, "analyst@example.com")
	step := browserStep(s.SignOut(t.Context(), true))
	if step.Err != nil || step.Text != "No sign-out page of the provider is known, so your browser may stay signed in there." {
		t.Errorf("%+v", step)
	}
}

func TestEndpointsStayOnTheDomainsHost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name  string
		value func(thief string) any
		fine  bool // the sign-in may go on, without that endpoint
		says  string
	}{
		"T-16 the token endpoint elsewhere":         {"token_endpoint", func(thief string) any { return thief + "/token" }, false, "as the place to sign in"},
		"T-16 the authorization endpoint elsewhere": {"authorization_endpoint", func(thief string) any { return thief + "/auth" }, false, "as the place to sign in"},
		"T-16 the token endpoint in a file":         {"token_endpoint", func(string) any { return "file:///etc/passwd" }, false, "no https address"},
		"T-16 no token endpoint":                    {"token_endpoint", func(string) any { return nil }, false, "names no token_endpoint"},
		"T-16 user info elsewhere":                  {"userinfo_endpoint", func(thief string) any { return thief + "/me" }, true, "no address for user info"},
		"T-16 revocation elsewhere":                 {"revocation_endpoint", func(thief string) any { return thief + "/revoke" }, true, "no address to revoke"},
		"T-16 the sign-out elsewhere":               {"end_session_endpoint", func(thief string) any { return thief + "/end" }, true, ""},
		"A-5 another issuer":                        {"issuer", func(thief string) any { return thief }, false, "it names the issuer"},
		"A-2 no S256":                               {"code_challenge_methods_supported", func(string) any { return []string{"plain"} }, false, "S256"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			p := newProvider(t, w)
			stolen := make(chan string, 99)
			thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen <- r.URL.Path }))
			defer thief.Close()
			p.says(test.name, test.value(thief.URL))
			s := w.process(p.options)
			if !test.fine {
				if a, err := s.Begin(t.Context()); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), test.says) {
					t.Errorf("got %v, %v", a, err)
				}
			} else {
				w.signIn(s, "analyst@example.com")
				_, infoErr := s.UserInfo(t.Context())
				var opened string
				s.opts.Browser = browserOf(&opened)
				words := []string{errText(infoErr)}
				for _, step := range s.SignOut(t.Context(), true) {
					words = append(words, step.Text, errText(step.Err))
				}
				if all := strings.Join(words, " "); !strings.Contains(all, test.says) || strings.Contains(opened, thief.URL) {
					t.Errorf("said %q, opened %q", all, opened)
				}
			}
			if len(stolen) != 0 {
				t.Errorf("the other host was asked for %s", <-stolen)
			}
		})
	}
}

func TestT16AProviderOutOfReachIsANetworkError(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	p := newProvider(t, w)
	w.signIn(w.process(p.options), "analyst@example.com")
	p.mu.Lock()
	p.down = true
	p.mu.Unlock()
	s := w.process(p.options)
	if _, err := s.Begin(t.Context()); !errors.Is(err, ErrNetwork) {
		t.Errorf("begin: %v", err)
	}
	if _, err := s.Restore(t.Context()); err != nil {
		t.Error(err)
	}
	if got, err := s.Refresh(t.Context()); !errors.Is(err, ErrNetwork) || !got.SignedIn() {
		t.Errorf("T-8 refresh: %+v, %v", got, err)
	}
}

// browserOf writes down what it is sent to.
func browserOf(opened *string) func(context.Context, string) error {
	return func(_ context.Context, address string) error {
		*opened = address
		return nil
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
