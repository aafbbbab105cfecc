package localpool

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// One pair of keys for all tests: making one takes a while.
var testKeys = NewKeys()

// start gives a running pool whose only redirect address is a page that
// remembers how it was called.
func start(t *testing.T, o Options) (*Pool, *app) {
	t.Helper()
	a := &app{}
	back := httptest.NewServer(a)
	t.Cleanup(back.Close)
	a.redirect = back.URL + "/"
	o.RedirectURIs = append(o.RedirectURIs, a.redirect)
	if o.Keys == nil {
		o.Keys = testKeys
	}
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	p.Start()
	t.Cleanup(func() { p.Close() })
	a.pool = p
	return p, a
}

// app is the program that signs in, as small as can be.
type app struct {
	pool     *Pool
	redirect string
	got      url.Values
	status   int // of its page; 0 is 200
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.got = r.URL.Query()
	w.WriteHeader(max(a.status, http.StatusOK))
	io.WriteString(w, "welcome back")
}

const verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789"

// ask is a good authorization request, changed by pairs of name and value;
// the value "-" takes a parameter away.
func (a *app) ask(pairs ...string) string {
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"client_id": {a.pool.ClientID()}, "redirect_uri": {a.redirect}, "response_type": {"code"},
		"scope": {"openid email"}, "state": {"st4te"}, "nonce": {"n0nce"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	for i := 0; i < len(pairs); i += 2 {
		if q.Set(pairs[i], pairs[i+1]); pairs[i+1] == "-" {
			q.Del(pairs[i])
		}
	}
	return a.pool.Domain() + Authorize + "?" + q.Encode()
}

// signIn gives the code that the app received.
func (a *app) signIn(t *testing.T, email string) string {
	t.Helper()
	page, err := NewPerson(email, DemoPassword).SignIn(t.Context(), a.ask())
	if err != nil || page.Body != "welcome back" || a.got.Get("state") != "st4te" {
		t.Fatalf("sign-in came to %d %s %q: %v", page.Status, page.URL, page.Alert, err)
	}
	return a.got.Get("code")
}

// token posts to the token endpoint; the fields change a good code grant.
func (a *app) token(t *testing.T, pairs ...string) (int, JSON) {
	t.Helper()
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {a.pool.ClientID()},
		"redirect_uri": {a.redirect}, "code_verifier": {verifier},
	}
	for i := 0; i < len(pairs); i += 2 {
		if form.Set(pairs[i], pairs[i+1]); pairs[i+1] == "-" {
			form.Del(pairs[i])
		}
	}
	resp, err := http.PostForm(a.pool.Domain()+Token, form)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, decode(t, resp)
}

func (a *app) refresh(t *testing.T, token string) (int, JSON) {
	t.Helper()
	return a.token(t, "grant_type", "refresh_token", "refresh_token", token, "redirect_uri", "-", "code_verifier", "-")
}

// session signs somebody in and gives the tokens.
func (a *app) session(t *testing.T, email string) JSON {
	t.Helper()
	status, tokens := a.token(t, "code", a.signIn(t, email))
	if status != http.StatusOK {
		t.Fatalf("the code was refused: %v", tokens)
	}
	return tokens
}

func decode(t *testing.T, resp *http.Response) JSON {
	t.Helper()
	defer resp.Body.Close()
	fields := JSON{}
	if err := json.NewDecoder(resp.Body).Decode(&fields); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return fields
}

// claims reads a part of a token: 0 is the header, 1 the claims.
func claims(t *testing.T, token any, part int) JSON {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token.(string), ".")[part])
	if err != nil {
		t.Fatal(err)
	}
	fields := JSON{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

func TestEachDemoPersonSignsInWithTheirGroups(t *testing.T) {
	_, a := start(t, Options{})
	tests := map[string][]any{
		"analyst@example.com":     {CreditAnalysts},
		"underwriter@example.com": {Underwriters},
		"both@example.com":        {CreditAnalysts, Underwriters},
		"guest@example.com":       nil,
	}
	for email, groups := range tests {
		t.Run(email, func(t *testing.T) {
			tokens := a.session(t, email)
			for _, name := range []string{"id_token", "access_token"} {
				c := claims(t, tokens[name], 1)
				got, present := c["cognito:groups"]
				if present != (groups != nil) {
					t.Errorf("%s: groups present is %v", name, present)
				}
				if present && !equalAny(got, groups) {
					t.Errorf("%s: groups %v, want %v", name, got, groups)
				}
			}
		})
	}
}

func equalAny(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
