package token

import (
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// kept gives what a run that fetched the keys leaves behind.
func kept(t testing.TB, p *pool) []byte {
	t.Helper()
	k := p.keys()
	if k.Marshal() != nil {
		t.Error("keys that were never fetched can be kept")
	}
	if err := k.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return k.Marshal()
}

func TestAStartWithKeptKeysNeedsNoNetwork(t *testing.T) {
	p := newPool(t)
	data := kept(t, p)
	p.down.Store(true)
	k := p.keys()
	if err := k.Restore(data); err != nil || !k.Ready() {
		t.Fatal(err)
	}
	id, access := p.pair().finish()
	c, err := p.verifier(k).Verify(t.Context(), id, access, Want{Offline: true})
	if err != nil || c.Subject != "sub-1" {
		t.Errorf("got %+v, %v", c, err)
	}
	if again := k.Marshal(); string(again) != string(data) {
		t.Errorf("kept again they differ:\n%s\n%s", data, again)
	}
}

func TestJ26KeptTokensAreNotTrustedForComingFromAStore(t *testing.T) {
	p := newPool(t)
	data := kept(t, p)
	tests := map[string]struct {
		change func(*pair)
		reason Reason
	}{
		"J-26 groups changed in the store": {func(p *pair) {
			p.finish()
			p.idToken = swap(p.idToken, p.id.with(object{"cognito:groups": []string{"x"}}))
		}, Forged},
		"J-26 signed by somebody else":       {func(p *pair) { p.idSigner = otherKey }, Forged},
		"J-26 another person's access token": {func(p *pair) { p.access["sub"] = "sub-2" }, WrongPerson},
		"J-26 another client's tokens":       {func(p *pair) { p.id["aud"] = "other" }, WrongClient},
		"J-26 another pool's tokens":         {func(p *pair) { p.id["iss"] = "https://other.example" }, WrongIssuer},
		"J-26 over in the meantime": {func(p *pair) {
			p.id["exp"] = noon.Add(-time.Hour).Unix()
			p.id["iat"] = noon.Add(-2 * time.Hour).Unix()
		}, Expired},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k := p.keys()
			if err := k.Restore(data); err != nil {
				t.Fatal(err)
			}
			tokens := p.pair()
			test.change(tokens)
			id, access := tokens.finish()
			if _, err := p.verifier(k).Verify(t.Context(), id, access, Want{Offline: true}); reasonOf(err) != test.reason {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestKeptKeysThatAreRefused(t *testing.T) {
	p := newPool(t)
	data := string(kept(t, p))
	tests := map[string]struct {
		data   string
		reason Reason
	}{
		"nothing":              {"", Malformed},
		"cut short":            {data[:len(data)/2], Malformed},
		"another version":      {strings.Replace(data, `"version":1`, `"version":2`, 1), Malformed},
		"another issuer's":     {strings.Replace(data, p.issuer, "https://evil.example", 1), WrongIssuer},
		"a name twice":         {strings.Replace(data, `{"version":1`, `{"issuer":"x","version":1`, 1), Malformed},
		"a time beyond sense":  {strings.Replace(data, `"fetched":`, `"fetched":99999`, 1), Malformed},
		"the address a number": {strings.Replace(data, `"jwks_uri":"`, `"jwks_uri":5,"x":"`, 1), Malformed},
		"no key left":          {strings.ReplaceAll(data, `"use":"sig"`, `"use":"enc"`), Malformed},
		"keys not a list":      {strings.Replace(data, `"keys":[`, `"keys":{"a":[`, 1) + "}", Malformed},
		"keys with a tail":     {strings.Replace(data, `"keys":[`, `"keys":5,"x":[`, 1), Malformed},
		"J-22 a megabyte":      {data + strings.Repeat(" ", 1<<20), Malformed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			k := p.keys()
			if err := k.Restore([]byte(data)); err != nil {
				t.Fatal(err)
			}
			if err := k.Restore([]byte(test.data)); reasonOf(err) != test.reason {
				t.Fatalf("got %v", err)
			}
			if string(k.Marshal()) != data {
				t.Error("the keys of before are gone")
			}
		})
	}
}

// FuzzDecode asks of the decoder that it never panics, and that what it lets
// through has no name that go-oidc could read differently.
func FuzzDecode(f *testing.F) {
	p := newPool(f)
	id, access := p.pair().finish()
	f.Add(id.Reveal())
	f.Add(access.Reveal())
	for _, payload := range []string{
		`{}`, `{"iss":"a","ISS":"b"}`, `{"iss":1}`, `{"cognito:groups":"a"}`, `{"cognito:groups":["a",1]}`,
		`{"aud":["a"],"exp":1e308,"iat":-1}`, `{"a":{"b":[[[[]]]]}} `, "{\"a\":\"\xff\"}", `{"iſs":"a"}`, `{"email_verified":"false"}`,
	} {
		f.Add(b64([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + b64([]byte(payload)) + ".AA")
	}
	f.Add("..")
	f.Fuzz(func(t *testing.T, raw string) {
		r, refused := decode(raw, "ID token")
		if refused != nil {
			if refused.Error() == "" || strings.ContainsAny(refused.Error(), "\x1b\x07\n\u202e") {
				t.Errorf("the message is not clean: %q", refused.Error())
			}
			return
		}
		for name := range r.obj {
			if strings.EqualFold(name, "cognito:groups") && name != "cognito:groups" || strings.EqualFold(name, "iss") && name != "iss" {
				t.Errorf("a look-alike came through: %q", name)
			}
		}
		claims, refused := r.readPayload("cognito:username")
		if refused == nil && (claims.iss == "" || claims.sub == "" || claims.use == "" || claims.exp.IsZero() || claims.iat.IsZero()) {
			t.Errorf("a claim is missing and nothing said so: %+v", claims)
		}
		UnverifiedIssuer(secret.New(raw))
	})
}

// FuzzRestore asks that kept keys are either taken whole or not at all, and
// that what was taken can be kept and taken again.
func FuzzRestore(f *testing.F) {
	p := newPool(f)
	p.issuer = "http://127.0.0.1:1/pool"
	k := p.keys()
	k.keys, _ = parseSet(encode(object{"keys": p.set}))
	k.fetched = noon
	f.Add(k.Marshal())
	for _, s := range []string{
		`{}`, `{"version":1,"issuer":"http://127.0.0.1:1/pool","jwks_uri":"","fetched":0,"keys":[]}`,
		`{"version":1,"issuer":"http://127.0.0.1:1/pool","jwks_uri":"","fetched":0,"keys":[{"kty":"RSA"}]}`, `[]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k := p.keys()
		if err := k.Restore(data); err != nil {
			if k.Ready() {
				t.Error("refused, but there are keys")
			}
			return
		}
		again := p.keys()
		if err := again.Restore(k.Marshal()); err != nil || string(again.Marshal()) != string(k.Marshal()) {
			t.Errorf("taken once but not twice: %v", err)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	p := newPool(b)
	k := p.keys()
	if err := k.Restore(kept(b, p)); err != nil {
		b.Fatal(err)
	}
	v := p.verifier(k)
	id, access := p.pair().finish()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(b.Context(), id, access, Want{Offline: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRestore(b *testing.B) {
	p := newPool(b)
	data := kept(b, p)
	b.ReportAllocs()
	for b.Loop() {
		if err := p.keys().Restore(data); err != nil {
			b.Fatal(err)
		}
	}
}
