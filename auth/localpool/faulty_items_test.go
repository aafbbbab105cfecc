package localpool_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	. "github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// The items of the security list that a provider can plant, each with the
// switch for it. Not here, since no answer of a pool can plant them: T-10
// (TLS), T-11 (what the client writes) and T-12 (proxies).
func TestE5ASwitchPlantsEachItemOfTheTokenEndpoint(t *testing.T) {
	const huge = 1<<20 + 1
	tests := map[string]struct {
		fault  faults.Fault
		status int
		header string // "Name: value", "" = not looked at
		body   func(string) bool
	}{
		"T-1 a redirect":              {faults.Redirect(307, "http://127.0.0.1:1/"), 307, "Location: http://127.0.0.1:1/", nil},
		"T-2 a page with 502":         {faults.HTML(502), 502, "Content-Type: text/html", has("\x1b]52")},
		"T-2 a page with 200":         {faults.HTML(200), 200, "Content-Type: text/html", has("<html>")},
		"T-2 no body":                 {faults.Raw(200, ""), 200, "", func(s string) bool { return s == "" }},
		"T-2 JSON cut off":            {faults.Fault{Cut: 20}, 200, "", func(s string) bool { return len(s) == 20 && !json.Valid([]byte(s)) }},
		"T-2 another content type":    {faults.Fault{Header: http.Header{"Content-Type": {"text/plain"}}, Body: "{}"}, 200, "Content-Type: text/plain", has("{}")},
		"T-3 more than a MiB":         {faults.Huge(huge), 200, "", func(s string) bool { return len(s) > huge }},
		"T-5 a text for a number":     {faults.Fault{Patch: set("expires_in", "3600")}, 200, "", has(`"expires_in":"3600"`)},
		"T-5 null for a number":       {faults.Fault{Patch: set("expires_in", nil)}, 200, "", has(`"expires_in":null`)},
		"T-5 a negative number":       {faults.Fault{Patch: set("expires_in", -1)}, 200, "", has(`"expires_in":-1`)},
		"T-5 a number out of range":   {faults.Fault{Patch: set("expires_in", json.Number("1e309"))}, 200, "", has(`"expires_in":1e309`)},
		"T-5 an object for a token":   {faults.Fault{Patch: set("access_token", JSON{})}, 200, "", has(`"access_token":{}`)},
		"T-6 no type":                 {faults.Fault{Patch: func(j JSON) { delete(j, "token_type") }}, 200, "", lacks("token_type")},
		"T-6 another type":            {faults.Fault{Patch: set("token_type", "mac")}, 200, "", has(`"token_type":"mac"`)},
		"T-6 no ID token":             {faults.Fault{Patch: func(j JSON) { delete(j, "id_token") }}, 200, "", lacks("id_token")},
		"T-6 200 with an error":       {faults.OAuthError(200, "invalid_grant", ""), 200, "", has(`"error":"invalid_grant"`)},
		"T-8 a refused refresh token": {faults.OAuthError(400, "invalid_grant", "revoked"), 400, "", has(`"error_description":"revoked"`)},
		"T-8 trouble of its own":      {faults.Raw(503, "{}"), 503, "", has("{}")},
		"T-9 throttled for ever":      {faults.Throttled(99999999), 429, "Retry-After: 99999999", has("TooManyRequestsException")},
		"T-9 throttled, untold":       {faults.Throttled(-1), 429, "Retry-After: ", has("TooManyRequestsException")},
	}
	p, a := start(t, Options{})
	refreshToken := a.Session(t, "guest@example.com")["refresh_token"].(string)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p.Faults().Set(Token, test.fault)
			defer p.Faults().Clear()
			resp, err := client.PostForm(p.Domain()+Token, url.Values{
				"grant_type": {"refresh_token"}, "client_id": {p.ClientID()}, "refresh_token": {refreshToken},
			})
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body) // one cut off ends early
			if resp.StatusCode != test.status || test.body != nil && !test.body(string(body)) {
				t.Errorf("status %d, body %.200q", resp.StatusCode, body)
			}
			if name, value, ok := strings.Cut(test.header, ": "); ok && resp.Header.Get(name) != value {
				t.Errorf("%s is %q", name, resp.Header.Get(name))
			}
		})
	}
}

func has(part string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, part) }
}

func lacks(part string) func(string) bool {
	return func(s string) bool { return !strings.Contains(s, part) }
}

func set(field string, value any) func(JSON) { return func(j JSON) { j[field] = value } }

func TestE5T4AnAnswerComesByteByByteOrNever(t *testing.T) {
	p, _ := start(t, Options{})
	for name, fault := range map[string]faults.Fault{"a byte an hour": faults.Slow(time.Hour), "never": {Hang: true}} {
		t.Run(name, func(t *testing.T) {
			p.Faults().Set(Token, fault)
			defer p.Faults().Clear()
			ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer stop()
			ask, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Domain()+Token, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.DefaultClient.Do(ask)
			if err == nil {
				_, err = io.ReadAll(resp.Body)
				resp.Body.Close()
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the whole answer came: %v", err)
			}
		})
	}
}

func TestE5T7AnAnswerIsLostAfterTheWork(t *testing.T) {
	p, a := start(t, Options{})
	code := a.SignIn(t, "guest@example.com")
	p.Faults().Set(Token, faults.Fault{Work: true, Drop: true, Times: 1})
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {p.ClientID()}, "code": {code},
		"redirect_uri": {a.Redirect()}, "code_verifier": {Verifier},
	}
	if resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).PostForm(p.Domain()+Token, form); err == nil {
		resp.Body.Close()
		t.Fatal("an answer came")
	}
	if status, got := a.Token(t, "code", code); status != 400 || got["error"] != "invalid_grant" {
		t.Errorf("the code was not used up behind the lost answer: %d %v", status, got)
	}
}

func TestE5ASwitchPlantsEachItemOfTokens(t *testing.T) {
	claim := func(name string, value any) func(*faults.Draft) {
		return func(d *faults.Draft) { d.Claims[name] = value }
	}
	header := func(name string, value any) func(*faults.Draft) {
		return func(d *faults.Draft) { d.Header[name] = value }
	}
	text := func(change func(string) string) func(*faults.Draft) {
		return func(d *faults.Draft) { d.Finish = change }
	}
	sign := func(how string) func(*faults.Draft) { return func(d *faults.Draft) { d.Sign = how } }
	raw := func(payload string) func(*faults.Draft) { return func(d *faults.Draft) { d.Payload = []byte(payload) } }
	tests := map[string]struct {
		change func(*faults.Draft)
		part   int // 0 = header, 1 = claims, -1 = the whole token as it stands
		want   func(string) bool
	}{
		"J-1 no algorithm":           {sign("none"), 0, has(`"alg":"none"`)},
		"J-1 the same in capitals":   {func(d *faults.Draft) { d.Sign, d.Header["alg"] = "none", "None" }, 0, has(`"alg":"None"`)},
		"J-1 an empty signature":     {text(func(s string) string { return s[:strings.LastIndex(s, ".")+1] }), -1, func(s string) bool { return strings.HasSuffix(s, ".") }},
		"J-2 a shared secret":        {sign("HS256"), 0, has(`"alg":"HS256"`)},
		"J-3 an elliptic curve":      {sign("ES256"), 0, has(`"alg":"ES256"`)},
		"J-3 another padding":        {sign("PS256"), 0, has(`"alg":"PS256"`)},
		"J-4 a key in the header":    {header("jku", "https://attacker.example/"), 0, has(`"jku":"https://attacker.example/"`)},
		"J-4 a critical extension":   {header("crit", []string{"x"}), 0, has(`"crit":["x"]`)},
		"J-5 four parts":             {text(func(s string) string { return s + ".x" }), -1, func(s string) bool { return strings.Count(s, ".") == 3 }},
		"J-5 two parts":              {text(func(s string) string { return s[:strings.LastIndex(s, ".")] }), -1, func(s string) bool { return strings.Count(s, ".") == 1 }},
		"J-5 padding":                {text(func(s string) string { return s + "=" }), -1, func(s string) bool { return strings.HasSuffix(s, "=") }},
		"J-5 JSON":                   {text(func(s string) string { return `{"payload":"` + s + `"}` }), -1, has(`{"payload":`)},
		"J-6 an unknown kid":         {header("kid", "nobody"), 0, has(`"kid":"nobody"`)},
		"J-6 no kid":                 {func(d *faults.Draft) { delete(d.Header, "kid") }, 0, lacks("kid")},
		"J-9 another issuer":         {claim("iss", "https://elsewhere.example"), 1, has(`"iss":"https://elsewhere.example"`)},
		"J-10 another audience":      {claim("aud", []string{"x", DefaultClientID}), 1, has(`"aud":["x",`)},
		"J-11 another client":        {claim("client_id", "x"), 1, has(`"client_id":"x"`)},
		"J-12 another use":           {claim("token_use", "access"), 1, has(`"token_use":"access"`)},
		"J-13 another person":        {claim("sub", "x"), 1, has(`"sub":"x"`)},
		"J-14 another nonce":         {claim("nonce", "x"), 1, has(`"nonce":"x"`)},
		"J-15 another access token":  {claim("at_hash", "x"), 1, has(`"at_hash":"x"`)},
		"J-16 no end":                {func(d *faults.Draft) { delete(d.Claims, "exp") }, 1, lacks(`"exp"`)},
		"J-16 an end out of range":   {claim("exp", json.Number("1e308")), 1, has(`"exp":1e308`)},
		"J-17 not yet":               {claim("nbf", 1<<40), 1, has(`"nbf":1099511627776`)},
		"J-18 from the future":       {claim("iat", 1<<40), 1, has(`"iat":1099511627776`)},
		"J-19 made after its end":    {claim("exp", 1), 1, has(`"exp":1,`)},
		"J-20 a name given twice":    {raw(`{"iss":"a","iss":"b"}`), 1, has(`{"iss":"a","iss":"b"}`)},
		"J-20 a name in capitals":    {claim("ISS", "x"), 1, has(`"ISS":"x"`)},
		"J-21 groups as a text":      {claim("cognito:groups", "Underwriters"), 1, has(`"cognito:groups":"Underwriters"`)},
		"J-21 groups as null":        {claim("cognito:groups", nil), 1, has(`"cognito:groups":null`)},
		"J-22 a token of a megabyte": {claim("padding", strings.Repeat("x", 1<<20)), -1, func(s string) bool { return len(s) > 1<<20 }},
		"J-23 a group that acts":     {claim("cognito:groups", []string{"\x1b]0;x\x07"}), 1, has(`\u001b]0;x`)},
		"J-23 invalid UTF-8":         {raw("{\"cognito:groups\":[\"\xff\"]}"), 1, has("\xff")},
		"J-24 a role":                {claim("custom:groups", "Underwriters"), 1, has(`"custom:groups":"Underwriters"`)},
	}
	p, a := start(t, Options{})
	refreshToken := a.Session(t, "both@example.com")["refresh_token"].(string)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p.Faults().Tokens(func(d *faults.Draft) {
				if d.Use == "id" {
					test.change(d)
				}
			})
			defer p.Faults().Clear()
			_, tokens := a.Refresh(t, refreshToken)
			got := tokens["id_token"].(string)
			if test.part >= 0 {
				decoded, err := base64.RawURLEncoding.DecodeString(strings.Split(got, ".")[test.part])
				if err != nil {
					t.Fatal(err)
				}
				got = string(decoded)
			}
			if !test.want(got) {
				t.Errorf("not planted in %.300q", got)
			}
		})
	}
}

// J-7, J-8, J-25 and J-26 are planted in other answers than the tokens'.
func TestE5ASwitchPlantsEachItemOfOtherAnswers(t *testing.T) {
	p, a := start(t, Options{})
	tokens := a.Session(t, "both@example.com")
	get := func(address string) string {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+tokens["access_token"].(string))
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	p.Faults().Set(JWKS, faults.Fault{Patch: func(j JSON) { j["keys"].([]any)[0].(map[string]any)["use"] = "enc" }})
	if body := get(p.Issuer() + JWKS); !strings.Contains(body, `"use":"enc"`) || !strings.Contains(body, `"use":"sig"`) {
		t.Errorf("J-8: %.200q", body)
	}
	p.Faults().Set(JWKS, faults.HTML(503))
	if body := get(p.Issuer() + JWKS); !strings.Contains(body, "<html>") {
		t.Errorf("J-7, keys out of reach: %.200q", body)
	}
	p.Faults().Set(UserInfo, faults.Fault{Patch: set("sub", "somebody-else")})
	if body := get(p.Domain() + UserInfo); !strings.Contains(body, `"sub":"somebody-else"`) {
		t.Errorf("J-25: %.200q", body)
	}
	if err := p.RemoveGroup("both@example.com", Underwriters); err != nil {
		t.Fatal(err)
	}
	_, fresh := a.Refresh(t, tokens["refresh_token"].(string))
	if c := Claims(t, fresh["id_token"], 1); !EqualAny(c["cognito:groups"], []string{CreditAnalysts}) {
		t.Errorf("J-26: %v", c["cognito:groups"])
	}
}
