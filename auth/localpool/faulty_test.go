package localpool_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"

	"github.com/go-jose/go-jose/v4"
)

// faultyPool is a running pool with faults.
type faultyPool struct {
	*Pool
	faults *faults.Faults
}

func (p *faultyPool) Faults() *faults.Faults { return p.faults }

func start(t *testing.T, o Options) (*faultyPool, *App) {
	t.Helper()
	f := &faults.Faults{}
	p, a := Start(t, f.In(o))
	return &faultyPool{p, f}, a
}

// fetch gets the pool's keys, which any fault may meet.
func fetch(ctx context.Context, p *faultyPool) (*http.Response, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Issuer()+JWKS, nil)
	if err != nil {
		return nil, "", err
	}
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func TestE5EachFaultDoesWhatItSays(t *testing.T) {
	p, _ := start(t, Options{})
	_, whole, err := fetch(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		fault  faults.Fault
		status int
		is     func(h http.Header, body string) bool
	}{
		"a page of HTML":        {faults.HTML(502), 502, func(h http.Header, b string) bool { return strings.HasPrefix(h.Get("Content-Type"), "text/html") }},
		"throttled with a wait": {faults.Throttled(7), 429, func(h http.Header, b string) bool { return h.Get("Retry-After") == "7" }},
		"throttled without":     {faults.Throttled(-1), 429, func(h http.Header, b string) bool { return h["Retry-After"] == nil && strings.Contains(b, "TooMany") }},
		"a redirect":            {faults.Redirect(307, "http://localhost:9/"), 307, func(h http.Header, b string) bool { return h.Get("Location") == "http://localhost:9/" }},
		"far too much":          {faults.Huge(3 << 20), 200, func(h http.Header, b string) bool { return len(b) > 3<<20 }},
		"an error":              {faults.OAuthError(400, "invalid_grant", "why"), 400, func(h http.Header, b string) bool { return b == `{"error":"invalid_grant","error_description":"why"}` }},
		"any bytes":             {faults.Raw(200, `{"a`), 200, func(h http.Header, b string) bool { return b == `{"a` }},
		"a byte at a time":      {faults.Slow(time.Nanosecond), 200, func(h http.Header, b string) bool { return b == `{"access_token":"slow"}` }},
		"cut short":             {faults.Fault{Cut: 9}, 200, func(h http.Header, b string) bool { return b == whole[:9] }},
		"a field changed":       {faults.Fault{Patch: func(j JSON) { j["keys"] = 7 }}, 200, func(h http.Header, b string) bool { return b == "{\"keys\":7}\n" }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p.Faults().Set(JWKS, test.fault)
			defer p.Faults().Clear()
			resp, body, err := fetch(t.Context(), p)
			if err != nil || resp.StatusCode != test.status || !test.is(resp.Header, body) {
				t.Errorf("%v %.80q %v", resp, body, err)
			}
		})
	}
	if _, body, err := fetch(t.Context(), p); err != nil || body != whole {
		t.Errorf("afterwards: %.80q %v", body, err)
	}
}

func TestE5FaultsOfTheLine(t *testing.T) {
	p, _ := start(t, Options{})
	p.Faults().Set(JWKS, faults.Fault{Drop: true})
	if _, _, err := fetch(t.Context(), p); err == nil {
		t.Error("an answer in spite of Drop")
	}
	p.Faults().Set(JWKS, faults.Fault{Hang: true})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := fetch(ctx, p); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Hang: %v", err)
	}
	p.Faults().Down()
	if _, err := http.Get(p.Issuer() + Discovery); err == nil {
		t.Error("an answer in spite of Down")
	}
}

func TestE5AFaultMeetsAsManyRequestsAsItShould(t *testing.T) {
	p, _ := start(t, Options{})
	p.Faults().Set(JWKS, faults.Fault{Status: 503, Times: 2})
	for i, want := range []int{503, 503, 200} {
		if resp, _, err := fetch(t.Context(), p); err != nil || resp.StatusCode != want {
			t.Errorf("request %d: %v %v", i, resp, err)
		}
	}
	if n := p.Faults().Seen(JWKS); n != 3 {
		t.Errorf("%d requests counted", n)
	}
}

func TestE5WorkIsDoneBeforeTheAnswerIsLost(t *testing.T) {
	p, a := start(t, Options{Rotation: true})
	old := a.Session(t, "guest@example.com")["refresh_token"].(string)
	p.Faults().Set(Token, faults.Fault{Work: true, Status: 500, Times: 1})
	if status, _ := a.Refresh(t, old); status != 500 {
		t.Fatal(status)
	}
	if status, _ := a.Refresh(t, old); status != 400 {
		t.Errorf("the token was not rotated behind the lost answer: %d", status)
	}
	if n := p.Faults().Counts()[Token+" refresh_token"]; n != 2 {
		t.Errorf("%d refreshes counted", n)
	}
}

func TestE5TokensCanBeForgedInEveryWay(t *testing.T) {
	p, a := start(t, Options{})
	_, body, err := fetch(t.Context(), p)
	var set jose.JSONWebKeySet
	if err := errors.Join(err, json.Unmarshal([]byte(body), &set)); err != nil {
		t.Fatal(err)
	}
	// verified tells whether one of the pool's keys signed the token as RS256.
	verified := func(token string) bool {
		parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
		if err != nil {
			return false
		}
		for _, k := range set.Key(parsed.Signatures[0].Header.KeyID) {
			if _, err := parsed.Verify(k); err == nil {
				return true
			}
		}
		return false
	}
	tests := map[string]struct {
		change func(*faults.Draft)
		alg    any
		valid  bool
	}{
		"untouched":          {func(d *faults.Draft) {}, "RS256", true},
		"another audience":   {func(d *faults.Draft) { d.Claims["aud"] = "x" }, "RS256", true},
		"no signature":       {func(d *faults.Draft) { d.Sign = "none" }, "none", false},
		"the public key":     {func(d *faults.Draft) { d.Sign = "HS256" }, "HS256", false},
		"PS256":              {func(d *faults.Draft) { d.Sign = "PS256" }, "PS256", false},
		"ES256":              {func(d *faults.Draft) { d.Sign = "ES256" }, "ES256", false},
		"a stranger's key":   {func(d *faults.Draft) { d.Sign = "stranger" }, "RS256", false},
		"the other key":      {func(d *faults.Draft) { d.Sign = "swap" }, "RS256", true},
		"no kid":             {func(d *faults.Draft) { delete(d.Header, "kid") }, "RS256", false},
		"a name given twice": {func(d *faults.Draft) { d.Payload = []byte(`{"iss":"a","iss":"b"}`) }, "RS256", true},
		"changed after it":   {func(d *faults.Draft) { d.Finish = func(s string) string { return s[:len(s)-4] + "AAAA" } }, "RS256", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p.Faults().Tokens(func(d *faults.Draft) {
				if d.Use == "id" {
					test.change(d)
				}
			})
			defer p.Faults().Clear()
			id := a.Session(t, "guest@example.com")["id_token"].(string)
			if got := Claims(t, id, 0)["alg"]; got != test.alg {
				t.Errorf("alg %v", got)
			}
			if verified(id) != test.valid {
				t.Errorf("it verifies: %v", !test.valid)
			}
		})
	}
}

func TestE5TheClockCanBeWrong(t *testing.T) {
	p, a := start(t, Options{Now: NewClock().Now})
	right := Claims(t, a.Session(t, "guest@example.com")["id_token"], 1)["iat"].(float64)
	p.Faults().Skew(10 * time.Minute)
	if wrong := Claims(t, a.Session(t, "guest@example.com")["id_token"], 1)["iat"].(float64); wrong-right != 600 {
		t.Errorf("%v s ahead", wrong-right)
	}
}

func TestE5KeysRotate(t *testing.T) {
	if testing.Short() {
		t.Skip("makes four RSA keys")
	}
	keys := NewKeys()
	p, a := start(t, Options{Keys: keys})
	count := func() map[string]bool {
		_, body, err := fetch(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		var set jose.JSONWebKeySet
		if err := json.Unmarshal([]byte(body), &set); err != nil {
			t.Fatal(err)
		}
		kids := map[string]bool{}
		for _, k := range set.Keys {
			kids[k.KeyID] = true
		}
		return kids
	}
	kid := func() string { return Claims(t, a.Session(t, "guest@example.com")["id_token"], 0)["kid"].(string) }
	old := kid()
	keys.Rotate()
	fresh := kid()
	if both := count(); fresh == old || len(both) != 4 || !both[old] || !both[fresh] {
		t.Errorf("%d keys, fresh %v", len(both), fresh != old)
	}
	keys.Forget()
	if left := count(); len(left) != 2 || left[old] || !left[fresh] {
		t.Errorf("%d keys left", len(left))
	}
}
