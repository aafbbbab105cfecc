package cognito

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestA1EachAttemptIsFresh(t *testing.T) {
	shape := regexp.MustCompile(`^[A-Za-z0-9\-._~]{43,128}$`)
	seen := make(map[string]bool)
	for range 10000 {
		a := attempt(t)
		for _, s := range []secret.Text{a.State, a.Nonce, a.Verifier} {
			if seen[s.Reveal()] {
				t.Fatal("A-1: something was drawn twice")
			}
			seen[s.Reveal()] = true
			b, err := base64.RawURLEncoding.DecodeString(s.Reveal())
			if !shape.MatchString(s.Reveal()) || err != nil || len(b) != 32 {
				t.Fatalf("A-1: not 256 bits in unreserved characters: %d bytes, %v", len(b), err)
			}
		}
	}
}

func TestA2TheAuthorizeURLAlwaysCarriesPKCE(t *testing.T) {
	d := newDomain(t, says(200, `{}`))
	for name, change := range map[string]func(*Config){"public": func(*Config) {}, "with a secret": withSecret} {
		c, _ := d.client(t, change)
		a := attempt(t)
		u, err := url.Parse(c.AuthorizeURL(callback, a))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(a.Verifier.Reveal()))
		want := url.Values{
			"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {callback}, "scope": {"openid email"},
			"state": {a.State.Reveal()}, "nonce": {a.Nonce.Reveal()},
			"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
		}
		if got := u.Query().Encode(); got != want.Encode() {
			t.Errorf("A-2 %s:\n got %s\nwant %s", name, got, want.Encode())
		}
		if address := u.Scheme + "://" + u.Host + u.Path; address != d.URL+"/oauth2/authorize" {
			t.Errorf("%s: asked at %s", name, address)
		}
		if strings.Contains(u.String(), a.Verifier.Reveal()) || strings.Contains(u.String(), "canary") {
			t.Errorf("%s: the verifier or a secret is in the URL", name)
		}
	}
	if len(d.requests()) != 0 {
		t.Error("A-2: discovery was asked whether PKCE may be used")
	}
}

func TestAResourceIsAskedFor(t *testing.T) {
	c, _ := newDomain(t, says(200, `{}`)).client(t, func(cfg *Config) { cfg.Resource = "https://api.example" })
	if u := c.AuthorizeURL(callback, attempt(t)); !strings.Contains(u, "&resource=https%3A%2F%2Fapi.example&") {
		t.Errorf("got %s", u)
	}
}

func TestTheCodeIsTradedForTokens(t *testing.T) {
	for name, public := range map[string]bool{"a public client names itself in the form": true, "a client with a secret uses the header alone": false} {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, says(200, granted))
			c, _ := d.client(t, func(cfg *Config) {
				if !public {
					withSecret(cfg)
				}
			})
			a := attempt(t)
			tokens, err := c.Exchange(t.Context(), secret.New(code), callback, a)
			if err != nil {
				t.Fatal(err)
			}
			if !tokens.ID.Equal("canary-id") || !tokens.Access.Equal("canary-access") || !tokens.Refresh.Equal("canary-refresh-new") || tokens.Skew != 0 {
				t.Errorf("got other tokens: %v", tokens)
			}
			want := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback}, "code_verifier": {a.Verifier.Reveal()}}
			if public {
				want.Set("client_id", clientID)
			}
			checkForm(t, d.requests(), "/oauth2/token", want, public)
		})
	}
}

// checkForm wants exactly one POST with exactly this form and the right kind
// of client authentication.
func checkForm(t *testing.T, asked []*http.Request, path string, want url.Values, public bool) {
	t.Helper()
	if len(asked) != 1 {
		t.Fatalf("%d requests, want 1", len(asked))
	}
	r := asked[0]
	if r.Method != "POST" || r.URL.Path != path || r.URL.RawQuery != "" || r.PostForm.Encode() != want.Encode() ||
		r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("got %s %s %s", r.Method, r.URL, r.PostForm.Encode())
	}
	id, password, basic := r.BasicAuth()
	if basic == public || basic && (id != clientID || password != clientSecret) {
		t.Errorf("got the Authorization header %q", r.Header.Get("Authorization"))
	}
}

func TestRefreshKeepsOrRotatesTheToken(t *testing.T) {
	tests := map[string]struct{ answer, want string }{
		"rotation off: the old one stays":   {refreshed, oldRefresh},
		"rotation on: the new one is taken": {granted, "canary-refresh-new"},
		"an empty one is none":              {strings.Replace(granted, "canary-refresh-new", "", 1), oldRefresh},
		"null is none":                      {strings.Replace(granted, `"canary-refresh-new"`, "null", 1), oldRefresh},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, says(200, test.answer))
			c, _ := d.client(t)
			tokens, err := c.Refresh(t.Context(), secret.New(oldRefresh))
			if err != nil || !tokens.Refresh.Equal(test.want) || !tokens.ID.Equal("canary-id") {
				t.Errorf("got %q, %v", tokens.Refresh.Reveal(), err)
			}
			checkForm(t, d.requests(), "/oauth2/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {oldRefresh}, "client_id": {clientID}}, true)
		})
	}
}

func TestRevoke(t *testing.T) {
	for name, public := range map[string]bool{"a public client": true, "a client with a secret": false} {
		t.Run(name, func(t *testing.T) {
			d := newDomain(t, raw(200, "", ""))
			c, _ := d.client(t, func(cfg *Config) {
				if !public {
					withSecret(cfg)
				}
			})
			if err := c.Revoke(t.Context(), secret.New(oldRefresh)); err != nil {
				t.Errorf("R-8: %v", err)
			}
			want := url.Values{"token": {oldRefresh}}
			if public {
				want.Set("client_id", clientID)
			}
			checkForm(t, d.requests(), "/oauth2/revoke", want, public)
		})
	}
}

func TestNothingToRevokeOrRefresh(t *testing.T) {
	d := newDomain(t, says(200, granted))
	c, _ := d.client(t)
	if err := c.Revoke(t.Context(), secret.Text{}); err != nil {
		t.Errorf("revoke: %v", err)
	}
	if _, err := c.Refresh(t.Context(), secret.Text{}); asError(t, err).Kind != Refused {
		t.Errorf("refresh: %v", err)
	}
	if len(d.requests()) != 0 {
		t.Error("something was asked for nothing")
	}
}

func TestTheSignOutURL(t *testing.T) {
	d := newDomain(t, says(200, granted))
	c, _ := d.client(t)
	if got, want := c.LogoutURL(), d.URL+"/logout?client_id="+clientID+"&logout_uri=http%3A%2F%2Flocalhost%3A8501%2F"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c, _ = d.client(t, func(cfg *Config) { cfg.LogoutURI = "" })
	if got := c.LogoutURL(); got != "" {
		t.Errorf("without a sign-out address: %s", got)
	}
}

func TestTheProvidersClockIsCompared(t *testing.T) {
	tests := map[string]struct {
		date string
		want time.Duration
	}{
		"ten minutes ahead":   {noon.Add(10 * time.Minute).Format(http.TimeFormat), 10 * time.Minute},
		"ten minutes behind":  {noon.Add(-10 * time.Minute).Format(http.TimeFormat), -10 * time.Minute},
		"the time on the way": {noon.Add(2 * time.Second).Format(http.TimeFormat), 0},
		"nonsense":            {"yesterday", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, _ := newDomain(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header()["Date"] = []string{test.date}
				w.Header().Set("Content-Type", "application/json")
				w.Write([]byte(granted))
			}).client(t)
			tokens, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
			if err != nil || tokens.Skew != test.want {
				t.Errorf("J-18: got %v, %v, want %v", tokens.Skew, err, test.want)
			}
		})
	}
}
