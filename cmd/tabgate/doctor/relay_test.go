package doctor

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// A diagnosis is no reason to hand the client's secret to a stranger either.
func TestT13TheSecretGoesToNoDomainThatTheIssuerDoesNotName(t *testing.T) {
	tests := map[string]struct {
		relayed bool
		fault   faults.Fault // of the discovery document
		says    string       // of the check "discovery"
	}{
		"a relay":                     {relayed: true, says: "names 127.0.0.1:"},
		"an issuer that names others": {fault: faults.Fault{Patch: func(j localpool.JSON) { j["token_endpoint"] = "https://x.example/oauth2/token" }}, says: "x.example"},
		"an issuer out of reach":      {fault: faults.Fault{Drop: true}, says: "ended the connection"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(o *localpool.Options) { o.ClientSecret = sampleSecret() })
			pool, _ := url.Parse(w.pool.Domain())
			var secrets atomic.Int32
			proxy := &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(pool) }}
			relay := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
				if in.Header.Get("Authorization") != "" {
					secrets.Add(1)
				}
				proxy.ServeHTTP(out, in)
			}))
			defer relay.Close()
			if test.relayed {
				w.Config.Domain, _ = url.Parse(relay.URL)
			} else {
				w.pool.Faults().Set(localpool.Discovery, test.fault)
			}
			checks := w.run()
			if c := checks["discovery"]; c.Status != Fail || !strings.Contains(c.Detail+c.Fix, test.says) {
				t.Errorf("discovery: %+v", c)
			}
			if c := checks["secret"]; c.Status != Skip || !strings.Contains(c.Detail, "has to name this domain") {
				t.Errorf("secret: %+v", c)
			}
			if secrets.Load() != 0 || w.pool.Faults().Seen(localpool.Token) != 0 {
				t.Errorf("the secret was sent: %d times through the relay, %d in all", secrets.Load(), w.pool.Faults().Seen(localpool.Token))
			}
		})
	}
}
