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
func TestSeededAProxyThatIsBrokenIsFound(t *testing.T) {
	w := newWorld(t, nil)
	proxy, err := url.Parse("http://me:canary@" + strings.TrimSuffix(strings.TrimPrefix(redirectTo(t), "http://"), "/"))
	if err != nil {
		t.Fatal(err)
	}
	w.env["HTTPS_PROXY"] = proxy.String()
	w.Config.Domain, _ = url.Parse(awsDomain)
	w.Config.Issuer = ""
	w.HTTP = &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy), DisableKeepAlives: true}}
	got := w.run()
	for _, id := range []string{"domain", "proxy"} {
		if c := got[id]; c.Status != Fail || !strings.Contains(c.Fix, "HTTPS_PROXY") {
			t.Errorf("%s: %+v", id, c)
		}
	}
	for id, c := range got {
		if strings.Contains(c.Detail+c.Fix, "canary") {
			t.Errorf("%s shows the proxy's password", id)
		}
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
