package token

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

const server = "https://dash.example.com"

// access makes what checks tokens for a server.
func (p *pool) access(o AccessOptions) *Access {
	o.Pairs, o.Keys, o.Now = append(o.Pairs, Pair{p.issuer, client}), map[string]*Keys{p.issuer: p.keys()}, p.now
	o.Resource = server
	return NewAccess(o)
}

func TestAccess_Verify(t *testing.T) {
	tests := map[string]struct {
		change func(*pair)
		o      AccessOptions
		reason Reason
	}{
		"a token for this server":                  {},
		"a list of audiences with this server":     {change: func(p *pair) { p.access["aud"] = []string{"other", server} }},
		"a scope of this server instead":           {change: func(p *pair) { delete(p.access, "aud"); p.access["scope"] = "openid " + server + "/read" }},
		"a scope of the server's other name":       {change: func(p *pair) { delete(p.access, "aud"); p.access["scope"] = "dash/read" }, o: AccessOptions{Identifiers: []string{"dash"}}},
		"a scope of another server":                {change: func(p *pair) { delete(p.access, "aud"); p.access["scope"] = "dashboard/read" }, o: AccessOptions{Identifiers: []string{"dash"}}, reason: WrongClient},
		"a scope that is the server's name alone":  {change: func(p *pair) { delete(p.access, "aud"); p.access["scope"] = server + "/" }, reason: WrongClient},
		"neither audience nor scope":               {change: func(p *pair) { delete(p.access, "aud") }, reason: WrongClient},
		"another audience beside a scope of ours":  {change: func(p *pair) { p.access["aud"], p.access["scope"] = "other", server+"/read" }, reason: WrongClient},
		"any audience, where the operator said so": {change: func(p *pair) { p.access["aud"] = "other" }, o: AccessOptions{AnyAudience: true}},
		"an ID token":                                {change: func(p *pair) { p.accessToken = sign(p.idHeader, p.id, idKey) }, reason: WrongUse},
		"an ID token for this server":                {change: func(p *pair) { p.id["aud"] = []string{client, server}; p.accessToken = sign(p.idHeader, p.id, idKey) }, reason: WrongUse},
		"another client's":                           {change: func(p *pair) { p.access["client_id"] = "other" }, reason: WrongClient},
		"the pair of another issuer with our client": {change: func(p *pair) { p.access["client_id"] = "b" }, o: AccessOptions{Pairs: []Pair{{"https://a.example.com", "b"}}}, reason: WrongClient},
		"another pool's":                             {change: func(p *pair) { p.access["iss"] = "https://evil.example.com" }, reason: WrongIssuer},
		"an issuer whose keys are not there":         {change: func(p *pair) { p.access["iss"], p.access["client_id"] = "https://a.example.com", "b" }, o: AccessOptions{Pairs: []Pair{{"https://a.example.com", "b"}}}, reason: WrongIssuer},
		"without a sub":                              {change: func(p *pair) { p.access["sub"] = "" }, reason: Malformed},
		"expired":                                    {change: func(p *pair) { p.access["exp"] = noon.Add(-time.Minute).Unix() }, reason: Expired},
		"just within the leeway":                     {change: func(p *pair) { p.access["exp"] = noon.Add(-59 * time.Second).Unix() }},
		"from the future":                            {change: func(p *pair) { p.access["iat"] = noon.Add(61 * time.Second).Unix() }, reason: ClockBehind},
		"not valid yet":                              {change: func(p *pair) { p.access["nbf"] = noon.Add(61 * time.Second).Unix() }, reason: ClockBehind},
		"older than is taken":                        {change: func(p *pair) { p.access["iat"] = noon.Add(-20 * time.Minute).Unix() }, o: AccessOptions{MaxAge: 15 * time.Minute}, reason: Expired},
		"signed with another key":                    {change: func(p *pair) { p.accessToken = sign(p.accessHeader, p.access, newKey()) }, reason: Forged},
		"of an unknown key":                          {change: func(p *pair) { p.accessHeader["kid"] = "nobody's" }, reason: UnknownKey},
		"groups that are a text":                     {change: func(p *pair) { p.access["cognito:groups"] = "Underwriters" }, reason: Malformed},
		"groups twice": {change: func(p *pair) {
			p.rawAccess = strings.Replace(string(encode(p.access)), "{", `{"cognito:groups":["A"],`, 1)
		}, reason: Malformed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			tokens := p.pair()
			tokens.access["aud"] = server
			if test.change != nil {
				test.change(tokens)
			}
			_, raw := tokens.finish()
			a := p.access(test.o)
			for range 2 { // the second time it may be remembered
				h, err := a.Verify(t.Context(), raw)
				if got := reasonOf(err); got != test.reason || (err != nil) != (test.reason != 0) {
					t.Fatalf("got %v, want reason %d", err, test.reason)
				}
				if err != nil && (h.Subject != "" || strings.Contains(err.Error(), raw.Reveal())) {
					t.Errorf("refused, but it says %+v, %v", h, err)
				}
				if err == nil && (h.Subject != "sub-1" || len(h.Groups) != 1 || h.Groups[0] != "Underwriters" || h.ID != "2") {
					t.Errorf("it stands for %+v", h)
				}
			}
		})
	}
}

func TestAccess_Remembers(t *testing.T) {
	t.Run("until the token ends", func(t *testing.T) {
		p := newPool(t)
		a, raw := p.access(AccessOptions{}), p.good()
		if _, err := a.Verify(t.Context(), raw); err != nil {
			t.Fatal(err)
		}
		p.clock.Store(3600)
		if _, err := a.Verify(t.Context(), raw); reasonOf(err) != Expired {
			t.Errorf("an hour later: %v", err)
		}
	})
	t.Run("until the issuer's keys are others", func(t *testing.T) {
		p := newPool(t)
		a, raw := p.access(AccessOptions{}), p.good()
		if _, err := a.Verify(t.Context(), raw); err != nil {
			t.Fatal(err)
		}
		other := newKey()
		p.publish(jwk("new", &other.PublicKey))
		p.clock.Store(30)
		tokens := p.pair()
		tokens.access["aud"], tokens.accessHeader["kid"] = server, "new"
		if _, err := a.Verify(t.Context(), secret.New(sign(tokens.accessHeader, tokens.access, other))); err != nil {
			t.Fatalf("a token of the new key: %v", err)
		}
		if _, err := a.Verify(t.Context(), raw); reasonOf(err) != UnknownKey {
			t.Errorf("a token of the key that is gone: %v", err)
		}
	})
	t.Run("no more than there is room for", func(t *testing.T) {
		r := newRemembered()
		for i := range maxRemembered + 10 {
			r.put(r.sum(secret.New(fmt.Sprint(i))), Holder{Expiry: noon.Add(time.Hour)}, 0, noon)
		}
		if n := len(r.m); n > maxRemembered {
			t.Errorf("%d are remembered", n)
		}
	})
	t.Run("that keys cannot be had is no refusal of the token", func(t *testing.T) {
		p := newPool(t)
		p.down.Store(true)
		a, raw := p.access(AccessOptions{}), p.good()
		if _, err := a.Verify(t.Context(), raw); reasonOf(err) != Unreachable {
			t.Errorf("keys out of reach: %v", err)
		}
		p.down.Store(false)
		p.clock.Store(11)
		if _, err := a.Verify(t.Context(), raw); err != nil {
			t.Errorf("keys that are there again: %v", err)
		}
	})
}

// good is a token for the server.
func (p *pool) good() secret.Text {
	tokens := p.pair()
	tokens.access["aud"] = server
	_, raw := tokens.finish()
	return raw
}

// BenchmarkAccess is what a token costs that a server sees for the first time,
// and what it costs afterwards. The target of the first is 0.1 ms.
func BenchmarkAccess(b *testing.B) {
	p := newPool(b)
	tokens := p.pair()
	tokens.access["aud"] = server
	_, raw := tokens.finish()
	a := p.access(AccessOptions{})
	verify := func(b *testing.B, a *Access) {
		if _, err := a.Verify(b.Context(), raw); err != nil {
			b.Fatal(err)
		}
	}
	verify(b, a) // fetches the keys
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			verify(b, NewAccess(a.o))
		}
	})
	b.Run("again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			verify(b, a)
		}
	})
}
