package token

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"
)

// The last second that is let through and the first that is not, of each time
// and in both tokens.
func TestTimesAtTheirBoundaries(t *testing.T) {
	at := func(inAccess bool, name string, d time.Duration) func(*pair) {
		return func(p *pair) {
			claims := p.id
			if inAccess {
				claims = p.access
			}
			claims[name] = noon.Add(d).Unix()
		}
	}
	attacks := map[string]attack{}
	for token, inAccess := range map[string]bool{"ID token": false, "access token": true} {
		for statement, name := range map[string]string{"J-17": "nbf", "J-18": "iat", "J-14": "auth_time"} {
			attacks[fmt.Sprintf("%s %s of the %s 60 s ahead is fine", statement, name, token)] = attack{at(inAccess, name, time.Minute), 0, ""}
			attacks[fmt.Sprintf("%s %s of the %s 61 s ahead", statement, name, token)] = attack{at(inAccess, name, 61*time.Second), ClockBehind, token}
		}
		attacks["J-16 the "+token+" over for 59 s is fine"] = attack{at(inAccess, "exp", -59*time.Second), 0, ""}
		attacks["J-16 the "+token+" over for 60 s"] = attack{at(inAccess, "exp", -time.Minute), Expired, token}
		for name, value := range map[string]string{"exp": `1e308`, "iat": `1e999999999`, "nbf": `1E+400`, "auth_time": `-0`} {
			attacks[fmt.Sprintf("J-16 %s of the %s is %s", name, token, value)] = attack{func(p *pair) {
				if inAccess {
					p.access = p.access.with(object{name: gone})
					p.rawAccess = strings.Replace(string(encode(p.access)), "{", fmt.Sprintf(`{"%s":%s,`, name, value), 1)
					return
				}
				p.id = p.id.with(object{name: gone})
				p.rawID = p.member(`"`+name+`"`, value, true)
			}, Malformed, name}
		}
	}
	runAttacks(t, attacks)
}

func TestJ19TheLongestLifeThatIsNotWarnedOf(t *testing.T) {
	for _, inAccess := range []bool{false, true} {
		for over, warnings := range map[time.Duration]int{0: 0, time.Second: 1} {
			p := newPool(t)
			tokens := p.pair()
			claims := tokens.id
			if inAccess {
				claims = tokens.access
			}
			claims["exp"] = claims["iat"].(int64) + int64((24*time.Hour+Leeway+over)/time.Second)
			id, access := tokens.finish()
			c, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want)
			if err != nil || len(c.Warnings) != warnings {
				t.Errorf("J-19 %v over, in the access token: %v: %q, %v", over, inAccess, c.Warnings, err)
			}
		}
	}
}

// Both tokens of a refresh are one new issuer's own, but the session was not.
func TestJ14AnotherIssuerThanBeforeIsRefused(t *testing.T) {
	p := newPool(t)
	v := p.verifier(p.keys())
	id, access := p.pair().finish()
	before, err := v.Verify(t.Context(), id, access, p.pair().want)
	if err != nil {
		t.Fatal(err)
	}
	before.Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Before"
	if c, err := v.Verify(t.Context(), id, access, Want{Previous: &before}); reasonOf(err) != WrongPerson || c.Subject != "" {
		t.Errorf("J-14: got %+v, %v", c, err)
	}
}

func TestHeadersThatAskForTrouble(t *testing.T) {
	header := func(raw string) func(*pair) {
		return func(p *pair) { p.rawIDHeader = raw }
	}
	const start = `{"alg":"RS256","kid":"id-key"`
	runAttacks(t, map[string]attack{
		"J-4 two key ids":                         {header(start + `,"kid":"access-key"}`), Malformed, "twice"},
		"J-4 two key ids, one escaped":            {header(start + `,"\u006bid":"access-key"}`), Malformed, "twice"},
		"J-4 a key id with the Kelvin sign":       {header(start + ",\"\u212aid\":\"access-key\"}"), Malformed, "can be taken for"},
		"J-4 any name twice":                      {header(start + `,"x":1,"x":2}`), Malformed, "twice"},
		"J-4 an encryption method":                {header(start + `,"enc":"A256GCM"}`), Malformed, "enc"},
		"J-4 crit that is null":                   {header(start + `,"crit":null}`), Malformed, "crit"},
		"J-4 crit that is empty":                  {header(start + `,"crit":[]}`), Malformed, "crit"},
		"J-5 a header that is a list":             {header(`["RS256"]`), Malformed, "header"},
		"J-5 a header that is text":               {header(`"RS256"`), Malformed, "header"},
		"J-5 an empty header":                     {header(`{}`), Malformed, "RS256"},
		"J-5 something after the header":          {header(start + `}{}`), Malformed, "header"},
		"J-22 a header nested deeply":             {header(start + `,"x":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`), Malformed, "deeper"},
		"J-6 a key id that climbs":                {header(`{"alg":"RS256","kid":"../../../../etc/passwd"}`), UnknownKey, "no key by the name"},
		"J-6 a key id with a NUL":                 {header(`{"alg":"RS256","kid":"id-key\u0000"}`), UnknownKey, "no key by the name"},
		"J-6 a key id that is an address":         {header(`{"alg":"RS256","kid":"https://attacker.example/jwks.json"}`), UnknownKey, "no key by the name"},
		"J-6 a key id in another case":            {header(`{"alg":"RS256","kid":"ID-KEY"}`), UnknownKey, "no key by the name"},
		"J-6 a key id with a space":               {header(`{"alg":"RS256","kid":"id-key "}`), UnknownKey, "no key by the name"},
		"J-6 a key id of 257 bytes":               {header(`{"alg":"RS256","kid":"` + strings.Repeat("k", 257) + `"}`), Malformed, "names no key"},
		"J-6 a key id that paints, not shown":     {header(`{"alg":"RS256","kid":"\u001b[31m\u202e"}`), UnknownKey, "no key by the name"},
		"J-1 alg with a space":                    {header(`{"alg":"RS256 ","kid":"id-key"}`), Malformed, "RS256"},
		"J-1 alg in small letters":                {header(`{"alg":"rs256","kid":"id-key"}`), Malformed, "RS256"},
		"J-22 claims that share one huge integer": {func(p *pair) { p.rawID = p.member(`"x"`, strings.Repeat("9", 100<<10), false) }, 0, ""},
	})
}

// An exponent that is too long for its type must not come out as a small one.
func TestJ8ExponentsBeyondTheirTypeAreIgnored(t *testing.T) {
	shifted := func(bits uint) string {
		e := new(big.Int).Lsh(big.NewInt(1), bits)
		return b64(e.Add(e, big.NewInt(65537)).Bytes())
	}
	for name, e := range map[string]string{
		"J-8 an exponent of 33 bits": shifted(32), "J-8 an exponent of 65 bits": shifted(64),
		"J-8 an exponent of 8193 bits": shifted(8192), "J-8 no exponent": "",
		"J-8 a leading zero, padded": "AAEAAQ==", "J-8 an exponent of zero": "AA",
	} {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			p.publish(jwk("id-key", &idKey.PublicKey).with(object{"e": e}), jwk("access-key", &accessKey.PublicKey))
			v := p.verifier(p.keys())
			if err := p.verify(t, v, "id-key", idKey, Want{}); reasonOf(err) != UnknownKey {
				t.Errorf("got %v", err)
			}
			if err := p.verify(t, v, "access-key", accessKey, Want{}); err != nil {
				t.Errorf("the good key of the same set: %v", err)
			}
		})
	}
}
