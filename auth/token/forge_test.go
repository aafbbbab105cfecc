package token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// hs256 signs with a shared secret, as an attacker does who hopes that the
// public key is taken for one.
func hs256(p *pair, key []byte) {
	p.idHeader = object{"kid": "id-key", "alg": "HS256"}
	signed := b64(encode(p.idHeader)) + "." + b64(encode(p.id))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(signed))
	p.idToken = signed + "." + b64(mac.Sum(nil))
}

func joseSigned(t *testing.T, p *pair, alg jose.SignatureAlgorithm, key any) {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: "id-key"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign(encode(p.id))
	if err != nil {
		t.Fatal(err)
	}
	if p.idToken, err = jws.CompactSerialize(); err != nil {
		t.Fatal(err)
	}
}

func TestForgedSignatures(t *testing.T) {
	header := func(more object) func(*pair) {
		return func(p *pair) { p.idHeader = p.idHeader.with(more) }
	}
	unsigned := func(alg any, signature string) func(*pair) {
		return func(p *pair) {
			p.idToken = b64(encode(object{"kid": "id-key", "alg": alg})) + "." + b64(encode(p.id)) + "." + signature
		}
	}
	der, err := x509.MarshalPKIXPublicKey(&idKey.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	runAttacks(t, map[string]attack{
		"J-1 alg none without signature":   {unsigned("none", ""), Malformed, ""},
		"J-1 alg none with some signature": {unsigned("none", b64([]byte("x"))), Malformed, "RS256"},
		"J-1 alg None":                     {unsigned("None", b64([]byte("x"))), Malformed, "RS256"},
		"J-1 alg nOnE":                     {unsigned("nOnE", b64([]byte("x"))), Malformed, "RS256"},
		"J-1 an empty signature":           {unsigned("RS256", ""), Malformed, ""},
		"J-1 a signature of zeros":         {unsigned("RS256", b64(make([]byte, 256))), Forged, ""},
		"J-1 alg missing":                  {header(object{"alg": gone}), Malformed, "RS256"},
		"J-1 alg null":                     {header(object{"alg": nil}), Malformed, "RS256"},
		"J-1 alg a list":                   {header(object{"alg": []string{"RS256"}}), Malformed, "RS256"},
		"J-1 signed by a stranger":         {func(p *pair) { p.idSigner = otherKey }, Forged, "signature"},
		"J-1 the access token's key":       {func(p *pair) { p.idSigner = accessKey }, Forged, ""},
		"J-1 claims changed after signing": {func(p *pair) {
			p.finish()
			p.idToken = swap(p.idToken, p.id.with(object{"cognito:groups": []string{"CreditAnalysts"}}))
		}, Forged, ""},
		"J-2 HS256 with the PEM of the key":      {func(p *pair) { hs256(p, asPEM) }, Malformed, "RS256"},
		"J-2 HS256 with the DER of the key":      {func(p *pair) { hs256(p, der) }, Malformed, "RS256"},
		"J-2 HS256 with the JWK of the key":      {func(p *pair) { hs256(p, encode(jwk("id-key", &idKey.PublicKey))) }, Malformed, "RS256"},
		"J-2 HS256 with the modulus":             {func(p *pair) { hs256(p, idKey.N.Bytes()) }, Malformed, "RS256"},
		"J-3 ES256":                              {func(p *pair) { joseSigned(t, p, jose.ES256, curve) }, Malformed, "RS256"},
		"J-3 PS256 with the right key":           {func(p *pair) { joseSigned(t, p, jose.PS256, idKey) }, Malformed, "RS256"},
		"J-3 RS512 with the right key":           {func(p *pair) { joseSigned(t, p, jose.RS512, idKey) }, Malformed, "RS256"},
		"J-3 an RS256 name on a PS256 signature": {func(p *pair) { pss(t, p) }, Forged, ""},
		"J-4 critical extensions":                {header(object{"crit": []string{"b64"}, "b64": false}), Malformed, "crit"},
		"J-4 an unencoded payload":               {header(object{"b64": false}), Malformed, "b64"},
		"J-4 a compressed payload":               {header(object{"zip": "DEF"}), Malformed, "zip"},
		"J-4 the header's own key":               {func(p *pair) { p.idHeader["jwk"] = jwk("id-key", &otherKey.PublicKey); p.idSigner = otherKey }, Malformed, "jwk"},
		"J-4 the header's own certificate":       {header(object{"x5c": []string{base64.StdEncoding.EncodeToString(der)}}), Malformed, "x5c"},
		"J-4 another alg by a look-alike":        {func(p *pair) { p.rawIDHeader = `{"alg":"RS256","kid":"id-key","ALG":"none"}` }, Malformed, "can be taken for"},
		"J-4 two algs":                           {func(p *pair) { p.rawIDHeader = `{"alg":"RS256","kid":"id-key","alg":"none"}` }, Malformed, "twice"},
		"J-4 an unknown header is fine":          {header(object{"typ": "JWT", "x": 1}), 0, ""},
		"J-6 no key id":                          {header(object{"kid": gone}), Malformed, "names no key"},
		"J-6 an empty key id":                    {header(object{"kid": ""}), Malformed, "names no key"},
		"J-6 a key id that is a number":          {header(object{"kid": 1}), Malformed, "names no key"},
		"J-6 an unknown key id":                  {header(object{"kid": "other"}), UnknownKey, "no key by the name"},
		"J-6 a key id that is a path":            {header(object{"kid": "../../etc/passwd\x00"}), UnknownKey, ""},
	})
}

// swap puts other claims under an old signature.
func swap(token string, claims object) string {
	parts := strings.Split(token, ".")
	return parts[0] + "." + b64(encode(claims)) + "." + parts[2]
}

func pss(t *testing.T, p *pair) {
	t.Helper()
	signed := b64(encode(p.idHeader)) + "." + b64(encode(p.id))
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPSS(rand.Reader, idKey, crypto.SHA256, sum[:], nil)
	if err != nil {
		t.Fatal(err)
	}
	p.idToken = signed + "." + b64(signature)
}

func TestJ4AddressesInTheHeaderAreNeverAsked(t *testing.T) {
	var asked atomic.Int32
	trap := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Write(encode(object{"keys": []any{jwk("id-key", &otherKey.PublicKey)}}))
	}))
	defer trap.Close()
	for _, name := range []string{"jku", "x5u"} {
		p := newPool(t)
		tokens := p.pair()
		tokens.idHeader[name], tokens.idSigner = trap.URL, otherKey
		id, access := tokens.finish()
		if _, err := p.verifier(p.keys()).Verify(t.Context(), id, access, tokens.want); reasonOf(err) != Malformed {
			t.Errorf("J-4 %s: got %v", name, err)
		}
	}
	if asked.Load() != 0 {
		t.Error("J-4: the address in the header was asked")
	}
}

func TestOtherShapesOfTokens(t *testing.T) {
	shape := func(change func(string) string) func(*pair) {
		return func(p *pair) { p.finish(); p.idToken = change(p.idToken) }
	}
	runAttacks(t, map[string]attack{
		"J-5 nothing":                              {func(p *pair) { p.noIDToken = true }, Malformed, "three parts"},
		"J-5 two parts":                            {shape(func(s string) string { return s[:strings.LastIndex(s, ".")] }), Malformed, "three parts"},
		"J-5 four parts":                           {shape(func(s string) string { return s + ".x" }), Malformed, "three parts"},
		"J-5 three empty parts":                    {shape(func(string) string { return ".." }), Malformed, "base64url"},
		"J-5 a space before":                       {shape(func(s string) string { return " " + s }), Malformed, "base64url"},
		"J-5 a line break after":                   {shape(func(s string) string { return s + "\n" }), Malformed, "base64url"},
		"J-5 a line break inside":                  {shape(func(s string) string { return s[:9] + "\r\n" + s[9:] }), Malformed, "base64url"},
		"J-5 padding":                              {shape(func(s string) string { return s + "==" }), Malformed, "base64url"},
		"J-5 standard base64":                      {shape(func(s string) string { return s[:len(s)-4] + "+/+/" }), Malformed, "base64url"},
		"J-5 bits left over in the last character": {shape(func(s string) string { return s[:len(s)-1] + "B" }), Malformed, "base64url"},
		"J-5 JSON serialisation": {shape(func(s string) string {
			part := strings.Split(s, ".")
			return string(encode(object{"protected": part[0], "payload": part[1], "signature": part[2]}))
		}), Malformed, "three parts"},
		"J-5 two signatures": {shape(func(s string) string {
			part := strings.Split(s, ".")
			one := object{"protected": part[0], "signature": part[2]}
			return string(encode(object{"payload": part[1], "signatures": []object{one, one}}))
		}), Malformed, "three parts"},
		"J-5 claims that are a list":             {func(p *pair) { p.rawID = `["iss"]` }, Malformed, "not a JSON object"},
		"J-5 claims that are null":               {func(p *pair) { p.rawID = `null` }, Malformed, "not a JSON object"},
		"J-5 claims cut short":                   {func(p *pair) { p.rawID = string(encode(p.id))[:40] }, Malformed, "not JSON"},
		"J-5 something after the claims":         {func(p *pair) { p.rawID = string(encode(p.id)) + `{}` }, Malformed, "not JSON"},
		"J-22 a token of a megabyte":             {func(p *pair) { p.id["x"] = strings.Repeat("x", 1<<20) }, Malformed, "larger than 256 kB"},
		"J-22 nested too deep":                   {func(p *pair) { p.rawID = p.member(`"x"`, strings.Repeat("[", 100)+strings.Repeat("]", 100), false) }, Malformed, "deeper"},
		"J-22 brackets in a text are no nesting": {func(p *pair) { p.id["x"] = strings.Repeat(`[{"\`, 100) }, 0, ""},
		"J-22 a big but sane token":              {func(p *pair) { p.id["x"] = strings.Repeat("x", 100<<10) }, 0, ""},
	})
}

// TestTheDecoderAloneRefuses makes sure that the decoder in front does not
// lean on go-oidc and go-jose behind it, which refuse some of this as well.
func TestTheDecoderAloneRefuses(t *testing.T) {
	p := newPool(t).pair()
	for name, header := range map[string]string{
		"J-1 none":       `{"kid":"id-key","alg":"none"}`,
		"J-2 HS256":      `{"kid":"id-key","alg":"HS256"}`,
		"J-3 PS256":      `{"kid":"id-key","alg":"PS256"}`,
		"J-4 crit":       `{"kid":"id-key","alg":"RS256","crit":["x"],"x":1}`,
		"J-6 no kid":     `{"alg":"RS256"}`,
		"J-6 empty kid":  `{"kid":"","alg":"RS256"}`,
		"J-6 a long kid": `{"kid":"` + strings.Repeat("x", 257) + `","alg":"RS256"}`,
	} {
		if _, refused := decode(sign(header, p.id, idKey), "ID token"); refused == nil || refused.Reason != Malformed {
			t.Errorf("%s: got %v", name, refused)
		}
	}
}
