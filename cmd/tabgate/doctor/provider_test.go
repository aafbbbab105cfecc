package doctor

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// onProvider puts the pool behind paths of another provider, whose issuer is
// the address itself.
func (w *world) onProvider(change func(document map[string]any)) {
	w.t.Helper()
	pool, _ := url.Parse(w.pool.Domain())
	paths := map[string]string{"/auth": localpool.Authorize, "/token": localpool.Token, "/end": "/logout", "/keys": strings.TrimPrefix(w.pool.Issuer(), w.pool.Domain()) + localpool.JWKS}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(pool)
		r.Out.URL.Path = paths[r.In.URL.Path]
	}}
	var issuer string
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		switch {
		case in.URL.Path == "/.well-known/openid-configuration":
			document := map[string]any{
				"issuer": issuer, "jwks_uri": issuer + "/keys", "authorization_endpoint": issuer + "/auth",
				"token_endpoint": issuer + "/token", "end_session_endpoint": issuer + "/end",
			}
			change(document)
			out.Header().Set("Content-Type", "application/json")
			json.NewEncoder(out).Encode(document)
		case paths[in.URL.Path] == "":
			http.NotFound(out, in)
		default:
			proxy.ServeHTTP(out, in)
		}
	}))
	w.t.Cleanup(server.Close)
	issuer = server.URL
	w.Config.Domain, _ = url.Parse(issuer)
	w.Config.Issuer = issuer
}

func TestT16AnotherProviderIsAskedWhereItSays(t *testing.T) {
	t.Run("all is well", func(t *testing.T) {
		w := newWorld(t, func(o *localpool.Options) { o.ClientSecret = sampleSecret() })
		w.onProvider(func(map[string]any) {})
		for id, c := range w.run() {
			// The pool does not know the parameter of OpenID's own sign-out.
			if c.Status != OK && id != "sign-out" {
				t.Errorf("%s: %+v", id, c)
			}
		}
	})
	t.Run("no sign-out address", func(t *testing.T) {
		w := newWorld(t, nil)
		w.onProvider(func(document map[string]any) { delete(document, "end_session_endpoint") })
		if c := w.run()["sign-out"]; c.Status != Skip || !strings.Contains(c.Detail, "no sign-out address") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("endpoints on another host", func(t *testing.T) {
		w := newWorld(t, func(o *localpool.Options) { o.ClientSecret = sampleSecret() })
		w.onProvider(func(document map[string]any) { document["token_endpoint"] = "https://x.example/token" })
		checks := w.run()
		if c := checks["discovery"]; c.Status != Fail || !strings.Contains(c.Detail, "x.example") {
			t.Errorf("discovery: %+v", c)
		}
		for _, id := range []string{"domain", "client", "secret", "redirect", "scope", "sign-out"} {
			if c := checks[id]; c.Status != Skip {
				t.Errorf("%s: %+v", id, c)
			}
		}
	})
}
