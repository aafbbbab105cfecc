package cognito

import (
	"net/http"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

// evil is what a provider may put anywhere: escapes, a bell, a direction
// override, markup, and a token of ours.
const evil = "\x1b]52;c;eA==\x07\u202e<script>canary-code"

func TestAnswersThatCannotBeUsed(t *testing.T) {
	change := func(old, new string) http.HandlerFunc { return says(200, strings.Replace(granted, old, new, 1)) }
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   Kind
		text   string
	}{
		"T-2 502 with HTML":                   {raw(502, "text/html", "<h1>"+evil), Unreachable, "not JSON"},
		"T-2 404 with HTML":                   {raw(404, "text/html", "<h1>"+evil), Misconfigured, "COGNITO_DOMAIN"},
		"T-2 405 with nothing":                {raw(405, "", ""), Misconfigured, "COGNITO_DOMAIN"},
		"T-2 400 with HTML":                   {raw(400, "text/html", "<h1>"+evil), Malformed, "(HTTP 400, request req-1)"},
		"T-2 200 with HTML":                   {raw(200, "text/html", "<h1>"+evil), Malformed, "(HTTP 200, request req-1)"},
		"T-2 200 with nothing":                {says(200, ""), Malformed, "not JSON"},
		"T-2 200 with JSON cut short":         {says(200, granted[:40]), Malformed, "not JSON"},
		"T-2 200 with two objects":            {says(200, granted+granted), Malformed, "not JSON"},
		"T-2 200 with a form in text/plain":   {raw(200, "text/plain", "access_token=a&token_type=Bearer&id_token=b"), Malformed, "not JSON"},
		"T-2 200 as a form":                   {raw(200, "application/x-www-form-urlencoded", "access_token=a&token_type=Bearer"), Malformed, "not JSON"},
		"T-2 good JSON under another type":    {raw(200, "text/html", granted), Malformed, "not JSON"},
		"T-2 201":                             {says(201, granted), Malformed, "Cognito"},
		"T-2 an error whose JSON is a list":   {says(400, `["invalid_grant"]`), Malformed, "Cognito"},
		"T-3 more than a megabyte":            {says(200, strings.Repeat(" ", 1<<20)+granted), Unreachable, "1 MiB"},
		"T-3 an error of a megabyte":          {says(400, strings.Repeat(" ", 1<<20+1)), Unreachable, "1 MiB"},
		"T-5 an access token that is no text": {change(`"canary-access"`, `{}`), Malformed, "access_token"},
		"T-5 a refresh token that is a list":  {change(`"canary-refresh-new"`, `[]`), Malformed, "refresh_token"},
		"T-5 an ID token that is a number":    {change(`"canary-id"`, `5`), Malformed, "id_token"},
		"T-5 an empty access token":           {change(`canary-access`, ``), Malformed, "access_token"},
		"T-5 an access token with a break":    {change(`canary-access`, `a\nb`), Malformed, "access_token"},
		"T-5 an ID token that paints":         {change(`canary-id`, `a\u001b`), Malformed, "odd characters"},
		"T-5 a token of half a megabyte":      {change(`canary-access`, strings.Repeat("x", 1<<19)), Malformed, "access_token"},
		"J-20 an access token twice":          {change(`{`, `{"access_token":"x",`), Malformed, "twice"},
		"J-20 a look-alike of it":             {change(`{`, `{"Access_Token":"x",`), Malformed, "can be taken for"},
		"T-6 no token type":                   {change(`,"token_type":"Bearer"`, ``), Malformed, "token_type"},
		"T-6 another token type":              {change(`Bearer`, `mac`), Malformed, "token_type"},
		"T-6 no ID token":                     {change(`"id_token":"canary-id",`, ``), Malformed, "openid"},
		"T-6 an ID token that is null":        {change(`"canary-id"`, `null`), Malformed, "openid"},
		"T-6 no access token":                 {change(`"access_token":"canary-access",`, ``), Malformed, "access_token"},
		"T-6 200 with an error":               {change(`{`, `{"error":"invalid_grant",`), Refused, "sign in again"},
		"T-6 200 with an error alone":         {says(200, `{"error":"invalid_client"}`), Misconfigured, "CLIENT_ID"},
		"L-10 an error that paints":           {says(400, `{"error":"x\u001b[31m\n\u202e","error_description":"`+strings.Repeat("y", 100000)+`"}`), Malformed, "tabgate doctor"},
		"L-10 a description that paints":      {says(400, `{"error":"invalid_grant","error_description":"\u001b]52;\u0007\u009b\n\u2066z"}`), Refused, "sign in again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, test.answer)
			c, _ := d.client(t)
			tokens, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
			e := asError(t, err)
			if e.Kind != test.kind || !strings.Contains(err.Error(), test.text) || len(err.Error()) > 1000 {
				t.Errorf("got %v: %v", e.Kind, err)
			}
			if !tokens.Access.Empty() || !tokens.ID.Empty() || !tokens.Refresh.Empty() {
				t.Error("refused, but there are tokens")
			}
			if n := len(d.requests()); n != 1 {
				t.Errorf("T-7: the code was sent %d times", n)
			}
		})
	}
}

func TestT5OddLifetimesDoNoHarm(t *testing.T) {
	for name, value := range map[string]string{
		"a text": `"3600"`, "null": `null`, "negative": `-1`, "beyond all floats": `1e309`,
		"a fraction": `1.5`, "an object": `{}`, "beyond int64": `99999999999999999999`, "an empty text": `""`,
	} {
		t.Run("T-5 expires_in is "+name, func(t *testing.T) {
			c, _ := newDomain(t, says(200, strings.Replace(granted, "3600", value, 1))).client(t)
			tokens, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
			if err != nil || !tokens.ID.Equal("canary-id") {
				t.Errorf("the tokens say themselves when they end, yet: %v", err)
			}
		})
	}
}

func TestT6BearerInAnyCase(t *testing.T) {
	for _, kind := range []string{"bearer", "BEARER", "Bearer"} {
		c, _ := newDomain(t, says(200, strings.Replace(granted, "Bearer", kind, 1))).client(t)
		if _, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestEachKnownCauseHasItsHelp(t *testing.T) {
	revoke := func(c *Client, t *testing.T) error { return c.Revoke(t.Context(), secret.New(oldRefresh)) }
	userInfo := func(c *Client, t *testing.T) error {
		_, err := c.UserInfo(t.Context(), secret.New("canary-access"), "sub-1")
		return err
	}
	challenge := func(status int, header string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", header)
			w.WriteHeader(status)
		}
	}
	fails := func(status int, code, description string) http.HandlerFunc {
		return says(status, `{"error":"`+code+`","error_description":"`+description+`"}`)
	}
	tests := map[string]struct {
		do     func(*Client, *testing.T) error
		answer http.HandlerFunc
		kind   Kind
		text   string
	}{
		"a code used, old, or read access missing":   {exchange, fails(400, "invalid_grant", ""), Refused, "read access to the attributes"},
		"T-8 a refused refresh token":                {refresh, fails(400, "invalid_grant", "Refresh Token has been revoked"), Refused, "revoked"},
		"the session limit was reached":              {refresh, fails(400, "invalid_grant", ""), Refused, "limit of sessions"},
		"invalid_redirect names the address":         {exchange, fails(400, "unauthorized_client", "invalid_redirect"), Misconfigured, callback},
		"redirect_mismatch names the address":        {exchange, fails(400, "redirect_mismatch", ""), Misconfigured, "callback URL"},
		"the grant is off":                           {exchange, fails(400, "unauthorized_client", ""), Misconfigured, "authorization code grant"},
		"a wrong client with 400":                    {exchange, fails(400, "invalid_client", ""), Misconfigured, "CLIENT_SECRET"},
		"a wrong client with 401":                    {exchange, fails(401, "invalid_client", ""), Misconfigured, "CLIENT_SECRET"},
		"a wrong client does not end the session":    {refresh, fails(401, "invalid_client", ""), Misconfigured, "CLIENT_ID"},
		"a scope that is off":                        {exchange, fails(400, "invalid_scope", ""), Misconfigured, "COGNITO_SCOPES"},
		"no token endpoint":                          {exchange, fails(400, "unsupported_grant_type", ""), Misconfigured, "COGNITO_DOMAIN"},
		"a request not accepted":                     {exchange, fails(400, "invalid_request", ""), Misconfigured, "tabgate doctor"},
		"trouble of the provider's own":              {exchange, fails(400, "server_error", ""), Unreachable, "try again"},
		"revocation is off":                          {revoke, fails(400, "invalid_request", ""), Misconfigured, "turn it on in the Cognito console"},
		"not a refresh token":                        {revoke, fails(400, "unsupported_token_type", ""), Misconfigured, "sign in again"},
		"a wrong client revokes":                     {revoke, fails(401, "invalid_client", ""), Misconfigured, "CLIENT_ID"},
		"userInfo after a global sign-out":           {userInfo, challenge(401, `error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."`), Refused, "sign in again"},
		"userInfo with the word Bearer":              {userInfo, challenge(401, `Bearer error="invalid_token"`), Refused, "sign in again"},
		"userInfo without the scope openid":          {userInfo, challenge(403, `Bearer error="insufficient_scope"`), Misconfigured, "openid"},
		"userInfo with a bad request":                {userInfo, challenge(400, `error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"`), Misconfigured, "tabgate doctor"},
		"L-10 userInfo with a challenge that paints": {userInfo, challenge(401, "error=\"invalid_token\", error_description=\"\t\xc2\x9b31m\""), Refused, "sign in again"},
		"an answer of the future":                    {exchange, fails(400, "too_late", ""), Malformed, "tabgate doctor"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := newDomain(t, test.answer).client(t)
			err := test.do(c, t)
			if e := asError(t, err); e.Kind != test.kind || !strings.Contains(err.Error(), test.text) || e.Status == 0 {
				t.Errorf("got %v: %v", e.Kind, err)
			}
		})
	}
}

func TestClientHelpKnowsWhetherThereIsASecret(t *testing.T) {
	for change, want := range map[bool]string{true: "unset CLIENT_SECRET", false: "set CLIENT_SECRET too"} {
		c, _ := newDomain(t, says(401, `{"error":"invalid_client"}`)).client(t, func(cfg *Config) {
			if change {
				withSecret(cfg)
			}
		})
		_, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
		if e := asError(t, err); !strings.Contains(e.Help, want) {
			t.Errorf("got %q, want %q", e.Help, want)
		}
	}
}

func TestErrorsOnTheRedirect(t *testing.T) {
	tests := map[string]struct {
		code, description string
		kind              Kind
		text              string
	}{
		"the person said no":                 {"access_denied", "", Refused, "may have been given up"},
		"no session though none was allowed": {"login_required", "", Refused, "may have been given up"},
		"the identity provider behind":       {"invalid_request", "Timeout occurred in calling IdP token endpoint", Refused, "identity provider"},
		"a request not accepted":             {"invalid_request", "", Misconfigured, "tabgate doctor"},
		"a response type that is off":        {"unauthorized_client", "", Misconfigured, "authorization code grant"},
		"a scope that is off":                {"invalid_scope", "", Misconfigured, "COGNITO_SCOPES"},
		"trouble of the provider's own":      {"server_error", "", Unreachable, "try again"},
		"L-10 everything that paints":        {evil[:14], strings.Repeat("\x1b[31m\u202e", 20000), Malformed, "tabgate doctor"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := newDomain(t, says(200, `{}`)).client(t)
			err := c.AuthorizeError(test.code, test.description, callback)
			if e := asError(t, err); e.Kind != test.kind || !strings.Contains(err.Error(), test.text) || len([]rune(err.Error())) > 800 {
				t.Errorf("got %v: %v", e.Kind, err)
			}
		})
	}
}

func TestUserInfo(t *testing.T) {
	const body = `{"sub":"sub-1","email_verified":"true","phone_number_verified":"false","email":"bob@example.com","custom:n":"v","username":"bob","cognito:groups":["Underwriters"]}`
	d := newDomain(t, says(200, body))
	c, _ := d.client(t)
	info, err := c.UserInfo(t.Context(), secret.New("canary-access"), "sub-1")
	if err != nil {
		t.Fatal(err)
	}
	if info.Sub != "sub-1" || info.Username != "bob" || info.Email != "bob@example.com" || !info.EmailVerified || info.Attributes["custom:n"] != "v" {
		t.Errorf("got %+v", info)
	}
	if _, there := info.Attributes["cognito:groups"]; there {
		t.Error("J-24: groups came from userInfo")
	}
	r := d.requests()[0]
	if r.Method != "GET" || r.URL.Path != "/oauth2/userInfo" || r.Header.Get("Authorization") != "Bearer canary-access" {
		t.Errorf("asked %s %s", r.Method, r.URL)
	}
}

func TestUserInfoThatIsDropped(t *testing.T) {
	tests := map[string]struct {
		answer http.HandlerFunc
		text   string
	}{
		"J-25 another person":        {says(200, `{"sub":"sub-2"}`), "another person"},
		"J-25 nobody":                {says(200, `{"email":"x"}`), "another person"},
		"J-25 a sub of another type": {says(200, `{"sub":["sub-1"]}`), "another person"},
		"J-20 a sub twice":           {says(200, `{"sub":"sub-2","sub":"sub-1"}`), "not what Cognito sends"},
		"J-20 a look-alike":          {says(200, `{"sub":"sub-1","SUB":"sub-2"}`), "not what Cognito sends"},
		"T-2 HTML":                   {raw(200, "text/html", "<h1>"), "not JSON"},
		"T-3 more than a megabyte":   {says(200, `{"sub":"sub-1","x":"`+strings.Repeat("x", 1<<20)+`"}`), "1 MiB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := newDomain(t, test.answer).client(t)
			info, err := c.UserInfo(t.Context(), secret.New("canary-access"), "sub-1")
			if e := asError(t, err); !strings.Contains(e.Help, test.text) || info.Sub != "" || info.Attributes != nil {
				t.Errorf("got %+v, %v", info, err)
			}
		})
	}
}

func TestJ24AnUnverifiedEmailStaysSo(t *testing.T) {
	for _, value := range []string{`"false"`, `false`, `"True"`, `1`, `null`} {
		c, _ := newDomain(t, says(200, `{"sub":"sub-1","email_verified":`+value+`}`)).client(t)
		if info, err := c.UserInfo(t.Context(), secret.New("canary-access"), "sub-1"); err != nil || info.EmailVerified {
			t.Errorf("J-24 %s: verified %v, %v", value, info.EmailVerified, err)
		}
	}
}

func TestT14OddClaimsOfUserInfoAreLeftOut(t *testing.T) {
	const body = `{"sub":"sub-1","email":"bob@example.com","Email":"eve@example.com","username":["bob"],"email_verified":"True","x":"1","x":"2"}`
	c, _ := newDomain(t, says(200, body)).client(t)
	info, err := c.UserInfo(t.Context(), secret.New("canary-access"), "sub-1")
	if err != nil || info.Email != "bob@example.com" || info.Username != "" || info.EmailVerified {
		t.Errorf("T-14: got %+v, %v", info, err)
	}
	for _, name := range []string{"Email", "x"} {
		if v, there := info.Attributes[name]; there {
			t.Errorf("T-14: %s came through as %q", name, v)
		}
	}
}
