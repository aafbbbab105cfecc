package localpool

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestE3TokensHaveCognitosShape(t *testing.T) {
	c := newClock()
	p, a := start(t, Options{Now: c.Now})
	tokens := a.session(t, "both@example.com")
	now := float64(c.Now().Unix())
	id, access := claims(t, tokens["id_token"], 1), claims(t, tokens["access_token"], 1)
	for name, want := range map[string]any{
		"iss": p.Issuer(), "aud": p.ClientID(), "token_use": "id", "nonce": "n0nce", "email": "both@example.com",
		"email_verified": true, "cognito:username": "both@example.com", "iat": now, "exp": now + 3600, "auth_time": now,
		"at_hash": atHash(tokens["access_token"].(string)), "sub": access["sub"], "origin_jti": access["origin_jti"],
	} {
		if id[name] != want {
			t.Errorf("ID token: %s is %v, want %v", name, id[name], want)
		}
	}
	for name, want := range map[string]any{
		"iss": p.Issuer(), "aud": nil, "client_id": p.ClientID(), "token_use": "access", "nonce": nil, "version": 2.0,
		"username": "both@example.com", "scope": "openid email", "iat": now, "exp": now + 3600,
	} {
		if access[name] != want {
			t.Errorf("access token: %s is %v, want %v", name, access[name], want)
		}
	}
	idHead, accessHead := claims(t, tokens["id_token"], 0), claims(t, tokens["access_token"], 0)
	if len(idHead) != 2 || idHead["alg"] != "RS256" || idHead["kid"] == accessHead["kid"] {
		t.Errorf("headers %v and %v", idHead, accessHead)
	}
	if tokens["token_type"] != "Bearer" || tokens["expires_in"] != 3600.0 || len(tokens) != 5 {
		t.Errorf("the answer has %v", tokens)
	}
	if n := len(tokens["refresh_token"].(string)); n < 1500 || n > 1900 || strings.Count(tokens["refresh_token"].(string), ".") != 4 {
		t.Errorf("the refresh token has %d bytes", n)
	}
}

func TestE3ScopesDecideWhatTokensSay(t *testing.T) {
	_, a := start(t, Options{})
	tests := map[string]struct {
		scope     string
		id, email bool
	}{
		"all when none is asked for":   {"-", true, true},
		"openid alone shows email":     {"openid", true, true},
		"profile hides the email":      {"openid profile", true, false},
		"no ID token without openid":   {"aws.cognito.signin.user.admin", false, false},
		"the usual pair":               {"openid email", true, true},
		"the usual pair the other way": {"email openid", true, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := NewPerson("guest@example.com", DemoPassword).SignIn(t.Context(), a.ask("scope", test.scope)); err != nil {
				t.Fatal(err)
			}
			_, tokens := a.token(t, "code", a.got.Get("code"))
			if (tokens["id_token"] != nil) != test.id {
				t.Fatalf("ID token: %v", tokens["id_token"] != nil)
			}
			if test.id && (claims(t, tokens["id_token"], 1)["email"] != nil) != test.email {
				t.Error("email is there or not, wrongly")
			}
		})
	}
}

func TestE3ACodeWorksOnceAndOnlyForWhatItWasGivenFor(t *testing.T) {
	c := newClock()
	_, a := start(t, Options{Now: c.Now, RedirectURIs: []string{"http://localhost:9/"}})
	tests := map[string]struct {
		pairs []string
		wait  time.Duration
		want  string
		desc  any
		gone  bool // afterwards the code is of no use any more
	}{
		"another redirect":        {[]string{"redirect_uri", "http://localhost:9/"}, 0, "unauthorized_client", "invalid_redirect", true},
		"no redirect":             {[]string{"redirect_uri", "-"}, 0, "invalid_request", nil, false},
		"no verifier":             {[]string{"code_verifier", "-"}, 0, "invalid_grant", nil, true},
		"another verifier":        {[]string{"code_verifier", strings.Repeat("x", 43)}, 0, "invalid_grant", nil, true},
		"a verifier out of shape": {[]string{"code_verifier", verifier + "!"}, 0, "invalid_grant", nil, true},
		"another client":          {[]string{"client_id", "nobody"}, 0, "invalid_client", nil, false},
		"no client":               {[]string{"client_id", "-"}, 0, "invalid_client", nil, false},
		"after five minutes":      {nil, 5 * time.Minute, "invalid_grant", nil, true},
		"another grant":           {[]string{"grant_type", "password"}, 0, "unsupported_grant_type", nil, false},
		"no grant":                {[]string{"grant_type", "-"}, 0, "invalid_request", nil, false},
		"client credentials":      {[]string{"grant_type", "client_credentials"}, 0, "unauthorized_client", nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code := a.signIn(t, "guest@example.com")
			c.pass(test.wait)
			status, got := a.token(t, append([]string{"code", code}, test.pairs...)...)
			if status != http.StatusBadRequest || got["error"] != test.want || got["error_description"] != test.desc {
				t.Errorf("%d %v, want %s", status, got, test.want)
			}
			if status, _ = a.token(t, "code", code); (status != http.StatusOK) != test.gone {
				t.Errorf("afterwards the code gives %d", status)
			}
		})
	}
	code := a.signIn(t, "guest@example.com")
	if status, _ := a.token(t, "code", code); status != http.StatusOK {
		t.Fatal(status)
	}
	if status, got := a.token(t, "code", code); status != http.StatusBadRequest || got["error"] != "invalid_grant" {
		t.Errorf("the second time: %d %v", status, got)
	}
	if status, got := a.token(t, "code", uuid()); status != http.StatusBadRequest || got["error"] != "invalid_grant" {
		t.Errorf("a made-up code: %d %v", status, got)
	}
}

func TestE3AVerifierNeedsAChallenge(t *testing.T) {
	_, a := start(t, Options{})
	ask := a.ask("code_challenge", "-", "code_challenge_method", "-")
	for name, test := range map[string]struct {
		verifier string
		want     int
	}{"without both it works": {"-", http.StatusOK}, "a verifier out of the blue is refused": {verifier, http.StatusBadRequest}} {
		t.Run(name, func(t *testing.T) {
			if _, err := NewPerson("guest@example.com", DemoPassword).SignIn(t.Context(), ask); err != nil {
				t.Fatal(err)
			}
			if status, got := a.token(t, "code", a.got.Get("code"), "code_verifier", test.verifier); status != test.want {
				t.Errorf("%d %v", status, got)
			}
		})
	}
}

func TestE3AClientProvesItselfInTheRightWay(t *testing.T) {
	confidential := secret.New("s3cr&t/+")
	tests := map[string]struct {
		secret     secret.Text
		user, pass string // Basic
		id, body   string // in the body
		status     int
	}{
		"public, id in the body":       {secret.Text{}, "", "", DefaultClientID, "", 200},
		"public, Basic header":         {secret.Text{}, DefaultClientID, "", DefaultClientID, "", 400},
		"public, with a secret":        {secret.Text{}, "", "", DefaultClientID, "x", 400},
		"confidential, Basic header":   {confidential, DefaultClientID, url.QueryEscape(confidential.Reveal()), "", "", 200},
		"confidential, in the body":    {confidential, "", "", DefaultClientID, confidential.Reveal(), 200},
		"confidential, no secret":      {confidential, "", "", DefaultClientID, "", 400},
		"confidential, another secret": {confidential, DefaultClientID, "guess", "", "", 400},
		"confidential, another client": {confidential, "nobody", confidential.Reveal(), "", "", 400},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, a := start(t, Options{ClientSecret: test.secret})
			form := url.Values{
				"grant_type": {"authorization_code"}, "code": {a.signIn(t, "guest@example.com")},
				"redirect_uri": {a.redirect}, "code_verifier": {verifier},
			}
			if test.id != "" {
				form.Set("client_id", test.id)
			}
			if test.body != "" {
				form.Set("client_secret", test.body)
			}
			r, _ := http.NewRequest(http.MethodPost, p.Domain()+Token, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
			if test.user != "" {
				r.SetBasicAuth(test.user, test.pass)
			}
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			got := decode(t, resp)
			if resp.StatusCode != test.status || test.status == 400 && got["error"] != "invalid_client" {
				t.Errorf("%d %v", resp.StatusCode, got)
			}
		})
	}
}

func TestE3TheTokenEndpointTakesFormPostsAlone(t *testing.T) {
	p, _ := start(t, Options{})
	resp, err := http.Get(p.Domain() + Token)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed || len(body) != 0 {
		t.Errorf("GET: %d %q", resp.StatusCode, body)
	}
	resp, err = http.Post(p.Domain()+Token, "application/json", strings.NewReader(`{"grant_type":"authorization_code"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := decode(t, resp); resp.StatusCode != 400 || got["error"] != "invalid_request" {
		t.Errorf("JSON: %d %v", resp.StatusCode, got)
	}
	if resp.Header.Get("X-Amz-Cognito-Request-Id") == "" || resp.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers %v", resp.Header)
	}
}

func TestE3UserInfoSpeaksInStringsAndKnowsNoGroups(t *testing.T) {
	p, a := start(t, Options{})
	tokens := a.session(t, "both@example.com")
	get := func(authorization string) (*http.Response, JSON) {
		r := httptest.NewRequest(http.MethodGet, p.Domain()+UserInfo, nil)
		r.Host = p.host
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		return w.Result(), decode(t, w.Result())
	}
	resp, info := get("Bearer " + tokens["access_token"].(string))
	if resp.StatusCode != 200 || info["email_verified"] != "true" || info["email"] != "both@example.com" ||
		info["sub"] != claims(t, tokens["id_token"], 1)["sub"] || info["cognito:groups"] != nil || len(info) != 4 {
		t.Errorf("%d %v", resp.StatusCode, info)
	}
	for name, test := range map[string]struct {
		header string
		status int
	}{
		"no token": {"", 400}, "not a bearer": {"Basic eA==", 400}, "the ID token": {"Bearer " + tokens["id_token"].(string), 401},
		"nonsense": {"Bearer x.y.z", 401},
	} {
		if resp, _ := get(test.header); resp.StatusCode != test.status || resp.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
	p.grants.revoke(tokens["refresh_token"].(string))
	if resp, _ := get("Bearer " + tokens["access_token"].(string)); resp.StatusCode != 401 {
		t.Errorf("after revocation: %d", resp.StatusCode)
	}
}

func TestE3DiscoveryIsCognitos(t *testing.T) {
	p, _ := start(t, Options{})
	resp, err := http.Get(p.Issuer() + Discovery)
	if err != nil {
		t.Fatal(err)
	}
	doc := decode(t, resp)
	if doc["issuer"] != p.Issuer() || doc["jwks_uri"] != p.Issuer()+JWKS || doc["token_endpoint"] != p.Domain()+Token {
		t.Errorf("%v", doc)
	}
	if _, there := doc["code_challenge_methods_supported"]; there {
		t.Error("Cognito does not list its PKCE methods")
	}
	resp, err = http.Get(p.Issuer() + JWKS)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range decode(t, resp)["keys"].([]any) {
		var names []string
		for name := range k.(JSON) {
			names = append(names, name)
		}
		slices.Sort(names)
		if strings.Join(names, " ") != "alg e kid kty n use" {
			t.Errorf("a key has %v", names)
		}
	}
}
