package doctor

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/transport"
)

func TestSeeded9AChangedIssuerIsFound(t *testing.T) {
	w := newWorld(t, nil)
	w.aws(map[string]string{
		awsIssuer + "/.well-known/openid-configuration": discoveryOf(strings.Replace(awsIssuer, "cognito-idp", "issuer-cognito-idp", 1), awsDomain),
	})
	w.Config.UserPoolID = "" // trust on first use, and the pin is all there is
	w.pin(pinOf(awsIssuer))
	got := w.run()
	if c := got["issuer"]; c.Status != Fail || !strings.Contains(c.Fix, ".issuer") || !strings.Contains(c.Detail, awsIssuer) {
		t.Errorf("issuer: %+v", c)
	}
	if got["discovery"].Status != Fail || got["keys"].Status != Skip {
		t.Errorf("discovery %+v, keys %+v", got["discovery"], got["keys"])
	}
}

func TestThePinnedIssuer(t *testing.T) {
	tests := map[string]struct {
		pin, issuer string // "" = none; "@" = the pool's own
		want        Status
	}{
		"nothing known yet":                   {"", "", OK},
		"the pin is right":                    {"@", "", OK},
		"pin and configuration agree":         {"@", "@", OK},
		"configured another than was trusted": {awsIssuer, "@", Warn},
		"a pin that is broken":                {"{", "@", Fail},
		"a pin that names nobody":             {"{}", "@", Fail},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			w.Config.Issuer = strings.Replace(test.issuer, "@", w.pool.Issuer(), 1)
			switch {
			case strings.HasPrefix(test.pin, "{"):
				w.pin(test.pin)
			case test.pin != "":
				w.pin(pinOf(strings.Replace(test.pin, "@", w.pool.Issuer(), 1)))
			}
			if c := w.run()["issuer"]; c.Status != test.want {
				t.Errorf("got %+v", c)
			}
		})
	}
}

// Seeded misconfiguration 16 of the proxy: nothing listens there. Its address
// may hold a password.
func TestT21SeededAProxyThatIsBrokenIsFound(t *testing.T) {
	w := newWorld(t, nil)
	proxy, err := url.Parse("http://me:canary@" + strings.TrimSuffix(strings.TrimPrefix(redirectTo(t), "http://"), "/"))
	if err != nil {
		t.Fatal(err)
	}
	w.env["HTTPS_PROXY"] = proxy.String()
	w.Config.Domain, _ = url.Parse(awsDomain)
	w.Config.Issuer = ""
	w.HTTP = cognito.HTTPClient(transport.New(transport.Options{Env: w.lookup}))
	got := w.run()
	for _, id := range []string{"domain", "proxy"} {
		if c := got[id]; c.Status != Fail || !strings.Contains(c.Fix, "HTTPS_PROXY") || !strings.Contains(c.Detail, "the proxy "+proxy.Host+" refuses connections") {
			t.Errorf("%s: %+v", id, c)
		}
	}
	for id, c := range got {
		if strings.Contains(c.Detail+c.Fix, "canary") {
			t.Errorf("%s shows the proxy's password", id)
		}
	}
}

// The proxy in force has a name, and "none is set" is said only where none is.
func TestT21TheProxyInForceIsNamed(t *testing.T) {
	tests := map[string]struct {
		env    map[string]string
		domain string // "" = the local pool's
		detail string
	}{
		"T-21 none":            {nil, awsDomain, "none is set"},
		"T-21 ALL_PROXY":       {map[string]string{"ALL_PROXY": "socks5://me:canary@proxy.example:1080"}, awsDomain, "requests go through proxy.example:1080 (ALL_PROXY)"},
		"T-21 https_proxy":     {map[string]string{"https_proxy": "proxy.example:3128"}, awsDomain, "requests go through proxy.example:3128 (https_proxy)"},
		"T-21 for http alone":  {map[string]string{"HTTP_PROXY": "proxy.example:3128"}, awsDomain, "only HTTP_PROXY is set, which https does not use"},
		"T-21 excepted":        {map[string]string{"ALL_PROXY": "proxy.example:3128", "NO_PROXY": ".amazoncognito.com"}, awsDomain, "proxy.example:3128 (ALL_PROXY) is set; NO_PROXY excepts demo.auth.eu-west-1.amazoncognito.com"},
		"T-21 on this machine": {map[string]string{"ALL_PROXY": "proxy.example:3128"}, "", "proxy.example:3128 (ALL_PROXY) is set; addresses of this machine bypass it"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			if test.domain != "" {
				w.aws(nil)
			}
			for key, v := range test.env {
				w.env[key] = v
			}
			c := w.run()["proxy"]
			if c.Status != OK || c.Detail != test.detail {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestACertificateNobodyKnowsIsFound(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	w := newWorld(t, nil)
	w.Config.Domain, _ = url.Parse(server.URL)
	w.Config.Issuer = ""
	if c := w.run()["domain"]; c.Status != Fail || !strings.Contains(c.Fix, "TABGATE_CA_FILE") {
		t.Errorf("got %+v", c)
	}
}

func TestTheReportHasTheShapeOfDoctorJSON(t *testing.T) {
	b, err := json.Marshal(Check{ID: "ports", Status: Warn, Detail: "d", Fix: "f"})
	if err != nil || string(b) != `{"id":"ports","status":"warn","detail":"d","fix":"f"}` {
		t.Errorf("%s, %v", b, err)
	}
}
