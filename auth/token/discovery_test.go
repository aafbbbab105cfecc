package token

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestDiscovery(t *testing.T) {
	set := func(name string, value any) func(*pool) {
		return func(p *pool) { p.discovery = p.discovery.with(object{name: value}) }
	}
	tests := map[string]struct {
		change func(*pool)
		reason Reason
		text   string
	}{
		"A-2 no word of PKCE is fine, Cognito has none": {func(*pool) {}, 0, ""},
		"A-2 S256 among others is fine":                 {set("code_challenge_methods_supported", []string{"plain", "S256"}), 0, ""},
		"A-2 plain alone":                               {set("code_challenge_methods_supported", []string{"plain"}), WeakProvider, "S256"},
		"A-2 none at all":                               {set("code_challenge_methods_supported", []string{}), WeakProvider, "S256"},
		"A-2 not a list":                                {set("code_challenge_methods_supported", "S256"), WeakProvider, "S256"},
		"A-5 another issuer":                            {set("issuer", "https://evil.example"), WrongIssuer, "evil.example"},
		"A-5 a slash at the end":                        {func(p *pool) { p.discovery["issuer"] = p.issuer + "/" }, WrongIssuer, "COGNITO_ISSUER"},
		"A-5 another case":                              {func(p *pool) { p.discovery["issuer"] = strings.ToUpper(p.issuer) }, WrongIssuer, ""},
		"A-5 no issuer":                                 {set("issuer", gone), WrongIssuer, ""},
		"A-5 two issuers":                               {func(p *pool) { p.discovery["Issuer"] = "x" }, Malformed, "can be taken for"},
		"A-5 keys over plain http elsewhere":            {set("jwks_uri", "http://keys.example/jwks.json"), WeakProvider, "not https"},
		"A-5 keys in a file":                            {set("jwks_uri", "file:///etc/passwd"), WeakProvider, ""},
		"A-5 no keys":                                   {set("jwks_uri", gone), WeakProvider, ""},
		"unknown members are fine":                      {set("more", object{"x": []int{1}}), 0, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			test.change(p)
			_, err := Discover(t.Context(), p.Client(), p.issuer)
			if reasonOf(err) != test.reason || (err != nil) != (test.reason != 0) {
				t.Fatalf("got %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), test.text) {
				t.Errorf("%q does not say %q", err, test.text)
			}
			if err := p.keys().Refresh(t.Context()); reasonOf(err) != test.reason {
				t.Errorf("keys came from a document that Discover refuses: %v", err)
			}
		})
	}
}

// awsHosts answers for AWS's hosts, as a transport.
type awsHosts string

func (body awsHosts) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "application/json")
	rec.WriteString(string(body))
	return rec.Result(), nil
}

func TestDiscoveryOfAWSPools(t *testing.T) {
	const issuer = "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example"
	domain, _ := url.Parse("https://my.auth.us-west-2.amazoncognito.com")
	document := object{
		"issuer": issuer, "jwks_uri": issuer + "/.well-known/jwks.json",
		"authorization_endpoint": domain.String() + "/oauth2/authorize", "token_endpoint": domain.String() + "/oauth2/token",
	}
	tests := map[string]struct {
		more     object
		reason   Reason
		problems string
	}{
		"a pool as it should be":                      {},
		"A-5 keys on another host":                    {object{"jwks_uri": "https://evil.example/jwks.json"}, WrongIssuer, ""},
		"the pool has no domain":                      {object{"authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token"}, 0, "has no domain"},
		"T-13 its custom domain":                      {object{"authorization_endpoint": "https://auth.example.com/oauth2/authorize", "token_endpoint": "https://auth.example.com/oauth2/token"}, 0, "if the issuer is right, set COGNITO_DOMAIN=https://auth.example.com"},
		"T-13 a part of the domain's name":            {object{"token_endpoint": "https://my.auth.us-west-2.amazoncognito.com.evil.example/oauth2/token"}, 0, "evil.example"},
		"T-13 another prefix of Cognito's own":        {object{"token_endpoint": "https://mine.auth.us-west-2.amazoncognito.com/oauth2/token"}, 0, "mine.auth"},
		"T-13 another port":                           {object{"token_endpoint": "https://my.auth.us-west-2.amazoncognito.com:8443/oauth2/token"}, 0, ":8443"},
		"T-13 the port that https has anyway is fine": {object{"token_endpoint": "https://my.auth.us-west-2.amazoncognito.com:443/oauth2/token"}, 0, ""},
		"T-13 capitals are fine":                      {object{"token_endpoint": "https://MY.auth.us-west-2.amazoncognito.com/oauth2/token"}, 0, ""},
		"T-13 a user in front of the host":            {object{"token_endpoint": "https://my.auth.us-west-2.amazoncognito.com@evil.example/oauth2/token"}, 0, "no https address"},
		"T-13 no authorization endpoint":              {object{"authorization_endpoint": gone}, 0, "names no authorization_endpoint"},
		"T-13 a token endpoint that is a list":        {object{"token_endpoint": []string{"x"}}, 0, "names no token_endpoint"},
		"T-13 a token endpoint that paints":           {object{"token_endpoint": "https://x\u202e.example/\x1b[31m"}, 0, "no https address"},
		"T-13 a token endpoint of 3 kB":               {object{"token_endpoint": domain.String() + "/" + strings.Repeat("x", 3000)}, 0, "no https address"},
		"T-13 no TLS":                                 {object{"token_endpoint": "http://my.auth.us-west-2.amazoncognito.com/oauth2/token"}, 0, "no https address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			hc := &http.Client{Transport: awsHosts(encode(document.with(test.more)))}
			d, err := Discover(t.Context(), hc, issuer)
			if reasonOf(err) != test.reason || (err != nil) != (test.reason != 0) {
				t.Fatalf("got %v", err)
			}
			got := ""
			if err == nil {
				if refused := d.CheckDomain(domain); refused != nil {
					got = refused.Error()
				}
				if got != "" && (reasonOf(d.CheckDomain(domain)) != WrongDomain || strings.ContainsAny(got, "\x1b\n\u202e")) {
					t.Errorf("refused with %q", got)
				}
			}
			if (got != "") != (test.problems != "") || !strings.Contains(got, test.problems) {
				t.Errorf("problems: %q, want %q", got, test.problems)
			}
		})
	}
}

func TestIssuersThatMayBeTrustedOnFirstUse(t *testing.T) {
	const (
		prefix = "https://my.auth.us-west-2.amazoncognito.com"
		custom = "https://auth.example.com"
		local  = "http://127.0.0.1:9229"
	)
	tests := map[string]struct {
		domain, issuer string
		fine           bool
	}{
		"the original form":                          {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example", true},
		"the updated form":                           {prefix, "https://issuer-cognito-idp.us-west-2.amazonaws.com/us-west-2_example", true},
		"a custom domain, any region":                {custom, "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab9", true},
		"a FIPS domain":                              {"https://my.auth-fips.us-gov-west-1.amazoncognito.com", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Ab9", true},
		"China's partition":                          {custom, "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab9", true},
		"China's host for another region":            {custom, "https://cognito-idp.us-west-2.amazonaws.com.cn/us-west-2_Ab9", false},
		"J-9 another region than the domain":         {prefix, "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example", false},
		"a replica of a pool from another region":    {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-east-1_example", true},
		"J-9 a pool id of another partition":         {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-gov-east-1_example", false},
		"J-9 a GovCloud issuer, a commercial domain": {prefix, "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_example", false},
		"the European Sovereign Cloud":               {"https://my.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_Ab9", true},
		"J-9 a slash at the end":                     {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example/", false},
		"J-9 a longer path":                          {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example/x", false},
		"J-9 a query":                                {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example?x", false},
		"J-9 another host":                           {prefix, "https://evil.example/us-west-2_example", false},
		"J-9 a host that only begins so":             {prefix, "https://cognito-idp.us-west-2.amazonaws.com.evil.example/us-west-2_example", false},
		"J-9 a user in front of the host":            {prefix, "https://cognito-idp.us-west-2.amazonaws.com@evil.example/us-west-2_example", false},
		"J-9 dots for any character":                 {prefix, "https://cognito-idpxus-west-2xamazonaws.com/us-west-2_example", false},
		"J-9 plain http":                             {prefix, "http://cognito-idp.us-west-2.amazonaws.com/us-west-2_example", false},
		"J-9 a line break":                           {prefix, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example\n", false},
		"E-2 a pool on this machine for a real one":  {prefix, local + "/local_pool", false},
		"E-2 the same for a custom domain":           {custom, "http://localhost:9229/local_pool", false},
		"E-2 a real pool for one on this machine":    {local, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example", false},
		"a pool on this machine":                     {local, local + "/local_pool", true},
		"a pool on this machine by name":             {"http://localhost:9229", "http://localhost:9229/local_pool", true},
		"a pool on this machine by IPv6":             {"http://[::1]:9229", "http://[::1]:9229/local_pool", true},
		"A-4 a look-alike of localhost":              {local, "http://localhost.evil.example/pool", false},
		"not an address":                             {local, "::", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			domain, err := url.Parse(test.domain)
			if err != nil {
				t.Fatal(err)
			}
			if err := CheckIssuerForm(test.issuer, domain); (err == nil) != test.fine {
				t.Errorf("got %v", err)
			} else if err != nil && (reasonOf(err) != WrongIssuer || strings.Contains(err.Error(), "\n")) {
				t.Errorf("got %q", err)
			}
		})
	}
}

func TestTheUnverifiedIssuerIsReadAsStrictly(t *testing.T) {
	p := newPool(t)
	id, _ := p.pair().finish()
	if got, err := UnverifiedIssuer(id); err != nil || got != p.issuer {
		t.Errorf("got %q, %v", got, err)
	}
	odd := p.pair()
	odd.rawID = odd.member(`"ISS"`, `"https://evil.example"`, false)
	id, _ = odd.finish()
	for name, id := range map[string]secret.Text{"a look-alike": id, "nothing": {}, "no token": secret.New("a.b.c")} {
		if got, err := UnverifiedIssuer(id); err == nil {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestA4ConfiguredIssuers(t *testing.T) {
	tests := map[string]bool{
		"https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example": true,
		"https://id.example.com":          true,
		"http://127.0.0.1:9229/pool":      true,
		"http://id.example.com":           false,
		"http://127.0.0.1.example.com":    false,
		"https://user@id.example.com":     false,
		"https://id.example.com/?x":       false,
		"https://id.example.com/#x":       false,
		"id.example.com":                  false,
		"":                                false,
		"https://":                        false,
		"ftp://id.example.com":            false,
		"https://id.example.com\x1b[31m/": false,
	}
	for issuer, fine := range tests {
		if err := CheckIssuer(issuer); (err == nil) != fine {
			t.Errorf("%q: got %v", issuer, err)
		}
	}
}
