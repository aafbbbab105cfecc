package cognito

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestWhoseEndpointsAreAsked(t *testing.T) {
	const prefix, custom, local = "https://my.auth.eu-west-1.amazoncognito.com", "https://auth.example.com", "http://127.0.0.1:9229"
	tests := map[string]struct {
		domain, issuer string
		discovers      bool
	}{
		"an issuer that is not known yet":           {custom, "", false},
		"Cognito's issuer":                          {prefix, "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A", false},
		"Cognito's issuer and a custom domain":      {custom, "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A", false},
		"a domain of Cognito's with another issuer": {prefix, "https://id.example.com/realms/demo", false},
		"the local pool":                            {local, local + "/local_Demo01", false},
		"another emulator of Cognito":               {local, local + "/eu-west-1_abc", false},
		"another provider":                          {custom, "https://auth.example.com/realms/demo", true},
		"another provider on this machine":          {local, local, true},
		"a pool's name elsewhere is no emulator":    {custom, "https://auth.example.com/local_Demo01", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := config(test.domain)
			cfg.Issuer = test.issuer
			c, err := New(cfg, http.DefaultClient)
			if err != nil {
				t.Fatal(err)
			}
			if c.discovers != test.discovers {
				t.Errorf("discovers: %v", c.discovers)
			}
		})
	}
}

// Some providers tell their tenants apart by a query.
func TestEndpointsMayHaveAQuery(t *testing.T) {
	d := newDomain(t, says(200, `{}`))
	base := d.URL + "/oauth"
	d.answers = []http.HandlerFunc{says(200, `{"issuer":"`+d.URL+`","jwks_uri":"`+base+`/keys","authorization_endpoint":"`+base+
		`/authorize?p=signin","token_endpoint":"`+base+`/token?p=signin","end_session_endpoint":"`+base+`/end?p=signin"}`), says(200, granted)}
	c, _ := d.client(t, func(cfg *Config) { cfg.Issuer = d.URL })
	if err := c.Resolve(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := attempt(t)
	for _, address := range []string{c.AuthorizeURL(callback, a), c.LogoutURL()} {
		u, err := url.Parse(address)
		if err != nil || u.Query().Get("p") != "signin" || u.Query().Get("client_id") != clientID || strings.Count(address, "?") != 1 {
			t.Errorf("got %q, %v", address, err)
		}
	}
	if _, err := c.Exchange(t.Context(), a.State, callback, a); err != nil {
		t.Fatal(err)
	}
	asked := d.requests()
	if last := asked[len(asked)-1]; len(asked) != 2 || last.URL.Path != "/oauth/token" || last.URL.Query().Get("p") != "signin" {
		t.Errorf("asked %v", last.URL)
	}
}
