package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// issuer is a user pool whose keys a test holds, so that it can make any token.
type issuer struct {
	*httptest.Server
	down atomic.Bool

	mu   sync.Mutex
	keys map[string]*rsa.PrivateKey // published
}

const gateClient = "gate-client"

// two keys for all tests: making one takes a while.
var gateKeys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var out [2]*rsa.PrivateKey
	for i := range out {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		out[i] = key
	}
	return out
})

func newIssuer(t *testing.T) *issuer {
	i := &issuer{keys: map[string]*rsa.PrivateKey{"one": gateKeys()[0]}}
	i.Server = httptest.NewServer(i)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) name() string { return i.URL + "/pool" }

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if i.down.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if !strings.HasSuffix(r.URL.Path, "/jwks.json") {
		writeTestJSON(w, map[string]any{
			"issuer": i.name(), "jwks_uri": i.name() + "/.well-known/jwks.json",
			"authorization_endpoint": i.URL + "/oauth2/authorize", "token_endpoint": i.URL + "/oauth2/token",
		})
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	set := []any{}
	for kid, key := range i.keys {
		set = append(set, map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())})
	}
	writeTestJSON(w, map[string]any{"keys": set})
}

func writeTestJSON(w io.Writer, v any) { _ = json.NewEncoder(w).Encode(v) } // who hung up is not told

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// publish replaces the keys.
func (i *issuer) publish(keys map[string]*rsa.PrivateKey) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = keys
}

// token is a token to be made: claims and header are those of a good one.
type tokenSpec struct {
	header, claims map[string]any
	raw            string // of the claims, in their place
	key            *rsa.PrivateKey
}

func (i *issuer) spec(server string, now time.Time) *tokenSpec {
	return &tokenSpec{
		header: map[string]any{"alg": "RS256", "kid": "one"},
		claims: map[string]any{
			"iss": i.name(), "sub": "sub-1", "client_id": gateClient, "token_use": "access", "aud": server, "username": "ana", "scope": "openid",
			"cognito:groups": []string{"Managers"}, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "jti": "jti-1",
		},
		key: gateKeys()[0],
	}
}

// sign makes the token.
func (s *tokenSpec) sign() string {
	head, _ := json.Marshal(s.header)
	body, _ := json.Marshal(s.claims)
	if s.raw != "" {
		body = []byte(s.raw)
	}
	text := b64(head) + "." + b64(body)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + b64(signature)
}

// served is a running `tabgate serve`.
type servedGate struct {
	t      *testing.T
	url    string
	log    *lockedBuffer
	issuer *issuer
	clock  atomic.Int64 // milliseconds that the server's clock is ahead
	place  *place
	stop   func()
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const memberPage = "groups: [Managers]\nsources: {own: {values: [{who: zoe}]}}\nrows:\n  - - table: {source: own}\n"

// gateOf serves a folder with one gated page, for an issuer of the test's.
func gateOf(t *testing.T, args ...string) *servedGate {
	t.Helper()
	g := &servedGate{t: t, issuer: newIssuer(t), place: newPlace(t), log: &lockedBuffer{}}
	g.place.env["COGNITO_DOMAIN"], g.place.env["CLIENT_ID"], g.place.env["COGNITO_ISSUER"] = g.issuer.URL, gateClient, g.issuer.name()
	g.place.file("desk/tabgate.yaml", "title: Desk\n")
	g.place.file("desk/pages/1_Own.yaml", memberPage)
	g.start(args...)
	return g
}

// file writes a file below the home.
func (p *place) file(name, text string) string {
	p.t.Helper()
	at := filepath.Join(p.home, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
	return at
}

func (g *servedGate) start(args ...string) {
	g.t.Helper()
	reader, writer := io.Pipe()
	w := world{
		env: func(key string) (string, bool) { v, ok := g.place.env[key]; return v, ok },
		dir: g.place.home, in: strings.NewReader(""), out: writer, err: g.log,
		now: func() time.Time { return time.Now().Add(time.Duration(g.clock.Load()) * time.Millisecond) },
	}
	root := newRoot(&w)
	root.SetArgs(append([]string{"serve", "desk", "--listen", "127.0.0.1:0"}, args...))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		writer.CloseWithError(io.EOF)
		done <- err
	}()
	g.stop = sync.OnceFunc(func() {
		stop()
		if err := <-done; err != nil {
			g.t.Errorf("serve ended with %v", err)
		}
	})
	g.t.Cleanup(g.stop)
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		if lines.Text() == "ready" {
			return
		}
		g.url = lines.Text()
	}
	g.t.Fatalf("it was never ready; its log says %s", g.log)
}

// ask asks for the member page as the holder of a token. The server's clock goes
// on so far that this is not too often.
func (g *servedGate) ask(t *testing.T, token string) (status int, challenge, body string) {
	t.Helper()
	g.clock.Add(60)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.url+wire.FramePath("own", "own", nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("WWW-Authenticate"), string(text)
}

func TestTokensAtTheGate(t *testing.T) {
	g := gateOf(t)
	good := func() *tokenSpec { return g.issuer.spec(g.url, time.Now()) }
	if status, _, body := g.ask(t, good().sign()); status != http.StatusOK || body != "who\nzoe\n" {
		t.Fatalf("a good token is answered with %d %s", status, body)
	}
	claim := func(name string, value any) string {
		s := good()
		if s.claims[name] = value; value == nil {
			delete(s.claims, name)
		}
		return s.sign()
	}
	raw := func(change func(text string) string) string {
		s := good()
		text, _ := json.Marshal(s.claims)
		s.raw = change(string(text))
		return s.sign()
	}
	pemOf := func() []byte {
		der, err := x509.MarshalPKIXPublicKey(&gateKeys()[0].PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	}
	hs256 := func(key []byte) string {
		body, _, _ := strings.Cut(strings.SplitN(good().sign(), ".", 2)[1], ".")
		text := b64([]byte(`{"alg":"HS256","kid":"one"}`)) + "." + body
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(text))
		return text + "." + b64(mac.Sum(nil))
	}
	parts := strings.Split(good().sign(), ".")
	tests := map[string]struct {
		token  string
		status int
	}{
		"G-1 no token":                {"", 401},
		"G-2 garbage":                 {"garbage", 401},
		"G-2 two parts":               {parts[0] + "." + parts[1], 401},
		"G-2 four parts":              {good().sign() + ".x", 401},
		"G-2 padding":                 {parts[0] + "=." + parts[1] + "." + parts[2], 401},
		"G-2 claims that are no JSON": {raw(func(string) string { return "{" }), 401},
		"G-2 claims that are a list":  {raw(func(s string) string { return "[" + s + "]" }), 401},
		"G-2 claims that are nested deeply": {raw(func(s string) string {
			return `{"x":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "," + s[1:]
		}), 401},
		"G-3 expired":                            {claim("exp", time.Now().Add(-2*time.Minute).Unix()), 401},
		"G-3 no end":                             {claim("exp", nil), 401},
		"G-3 an end that is no whole number":     {claim("exp", "tomorrow"), 401},
		"G-4 from the future":                    {claim("iat", time.Now().Add(2*time.Minute).Unix()), 401},
		"G-4 not valid yet":                      {claim("nbf", time.Now().Add(2*time.Minute).Unix()), 401},
		"G-5 signed with another key":            {func() string { s := good(); s.key = gateKeys()[1]; return s.sign() }(), 401},
		"G-5 another signature":                  {parts[0] + "." + parts[1] + "." + strings.Split(claim("jti", "other"), ".")[2], 401},
		"G-5 other claims":                       {parts[0] + "." + b64([]byte(`{"sub":"admin"}`)) + "." + parts[2], 401},
		"G-6 alg none":                           {b64([]byte(`{"alg":"none","kid":"one"}`)) + "." + parts[1] + ".", 401},
		"G-6 alg None with a signature":          {b64([]byte(`{"alg":"None","kid":"one"}`)) + "." + parts[1] + "." + parts[2], 401},
		"G-6 HS256 with the public key as PEM":   {hs256(pemOf()), 401},
		"G-6 HS256 with the public key's number": {hs256(gateKeys()[0].N.Bytes()), 401},
		"G-6 a key in the header":                {func() string { s := good(); s.header["jwk"] = map[string]any{"kty": "RSA"}; return s.sign() }(), 401},
		"G-6 the address of keys in the header":  {func() string { s := good(); s.header["jku"] = "https://evil.example.com/jwks"; return s.sign() }(), 401},
		"G-7 a key that nobody has":              {func() string { s := good(); s.header["kid"] = "nobody's"; return s.sign() }(), 401},
		"G-7 no key named":                       {func() string { s := good(); delete(s.header, "kid"); return s.sign() }(), 401},
		"G-8 an ID token": {func() string {
			s := good()
			s.claims["token_use"], s.claims["aud"] = "id", []string{gateClient, g.url}
			return s.sign()
		}(), 401},
		"G-8 a token of no use":                   {claim("token_use", nil), 401},
		"G-8 a refresh token":                     {"eyJjdHkiOiJKV1QifQ." + b64(make([]byte, 256)) + ".AAAA." + b64(make([]byte, 900)) + ".AAAA", 401},
		"G-9 another client's":                    {claim("client_id", "another"), 401},
		"G-9 no client":                           {claim("client_id", nil), 401},
		"G-10 another pool's":                     {claim("iss", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_evil"), 401},
		"G-10 the pool with a slash":              {claim("iss", g.issuer.name()+"/"), 401},
		"G-11 neither audience nor scope":         {claim("aud", nil), 401},
		"G-11 another server's":                   {claim("aud", "https://evil.example.com"), 401},
		"G-11 this server's address with a slash": {claim("aud", g.url+"/"), 401},
		"G-11 another's scope": {func() string {
			s := good()
			delete(s.claims, "aud")
			s.claims["scope"] = "https://evil.example.com/read"
			return s.sign()
		}(), 401},
		"G-11 no sub":                    {claim("sub", ""), 401},
		"G-12 no group":                  {claim("cognito:groups", nil), 403},
		"G-12 an empty list":             {claim("cognito:groups", []string{}), 403},
		"G-13 another case":              {claim("cognito:groups", []string{"managers", "MANAGERS"}), 403},
		"G-13 a look-alike":              {claim("cognito:groups", []string{"M\u0430nagers"}), 403},
		"G-13 spaces":                    {claim("cognito:groups", []string{" Managers", "Managers "}), 403},
		"G-13 a star":                    {claim("cognito:groups", []string{"*"}), 403},
		"G-13 a string":                  {claim("cognito:groups", "Managers"), 401},
		"G-13 a string of several":       {claim("cognito:groups", "Traders,Managers"), 401},
		"G-13 names that are no strings": {claim("cognito:groups", []any{"Managers", 1}), 401},
		"G-13 an object":                 {claim("cognito:groups", map[string]any{"Managers": true}), 401},
		"G-14 groups twice":              {raw(func(s string) string { return strings.Replace(s, "{", `{"cognito:groups":["Traders"],`, 1) }), 401},
		"G-14 groups in another case":    {raw(func(s string) string { return strings.Replace(s, "{", `{"Cognito:Groups":["Managers"],`, 1) }), 401},
		"G-14 iss twice":                 {raw(func(s string) string { return strings.Replace(s, "{", `{"iss":"https://evil.example.com",`, 1) }), 401},
		"G-14 a look-alike of iss": {raw(func(s string) string {
			return strings.Replace(s, "{", "{\"i\u017fs\":\"https://evil.example.com\",", 1)
		}), 401},
		"G-14 a name with an escape": {raw(func(s string) string { return strings.Replace(s, "{", `{"\u0065xp":99999999999,`, 1) }), 401},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				status, challenge, body := g.ask(t, test.token)
				if status != test.status || strings.Contains(body, "zoe") {
					t.Fatalf("answered with %d %s", status, body)
				}
				want := `error="invalid_token"`
				switch {
				case status == 403:
					want = `error="insufficient_scope"`
				case test.token == "":
					want = "Bearer resource_metadata=\"" + g.url + wire.ResourcePath + "\""
				}
				if !strings.Contains(challenge, want) || test.token == "" && strings.Contains(challenge, "error") || strings.ContainsAny(strings.NewReplacer(`="`, "", `", `, "", `"`, "").Replace(challenge), "\"\\") {
					t.Errorf("the challenge is %q", challenge)
				}
				if test.token != "" && len(test.token) > 20 && strings.Contains(body+g.log.String(), test.token) {
					t.Error("the token is told")
				}
			}
		})
	}
}

func TestG33KeyRotation(t *testing.T) {
	g := gateOf(t)
	first := g.issuer.spec(g.url, time.Now()).sign()
	if status, _, body := g.ask(t, first); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	g.issuer.publish(map[string]*rsa.PrivateKey{"two": gateKeys()[1]})
	g.clock.Store(30_000)
	next := g.issuer.spec(g.url, time.Now())
	next.header["kid"], next.key = "two", gateKeys()[1]
	if status, _, body := g.ask(t, next.sign()); status != http.StatusOK {
		t.Errorf("a token of the new key is answered with %d %s", status, body)
	}
	if status, _, _ := g.ask(t, first); status != http.StatusUnauthorized {
		t.Errorf("a token of the old key is answered with %d", status)
	}
}

func TestG32TheIssuerIsOutOfReach(t *testing.T) {
	g := gateOf(t)
	g.issuer.down.Store(true)
	token := g.issuer.spec(g.url, time.Now()).sign()
	if status, challenge, body := g.ask(t, token); status != http.StatusServiceUnavailable || challenge != "" || strings.Contains(body, "zoe") {
		t.Errorf("answered with %d %q %s", status, challenge, body)
	}
	g.issuer.down.Store(false)
	g.clock.Store(15_000)
	if status, _, body := g.ask(t, token); status != http.StatusOK {
		t.Errorf("afterwards with %d %s", status, body)
	}
}

func TestG34AClockThatIsOffIsSaid(t *testing.T) {
	g := gateOf(t)
	token := g.issuer.spec(g.url, time.Now()).sign()
	g.clock.Store(-120_000)
	if status, challenge, body := g.ask(t, token); status != http.StatusUnauthorized || !strings.Contains(body, "clock may be behind") || !strings.Contains(challenge, "clock may be behind") {
		t.Errorf("two minutes behind: %d %q %s", status, challenge, body)
	}
	short := g.issuer.spec(g.url, time.Now())
	short.claims["exp"] = time.Now().Add(30 * time.Second).Unix()
	g.clock.Store(120_000)
	if status, _, body := g.ask(t, short.sign()); status != http.StatusUnauthorized || !strings.Contains(body, "clock is ahead") {
		t.Errorf("two minutes ahead: %d %s", status, body)
	}
}

func TestServeRefusesToStart(t *testing.T) {
	network := map[string]string{"COGNITO_DOMAIN": "https://auth.example.com", "CLIENT_ID": "c", "COGNITO_ISSUER": "https://issuer.example.com/pool"}
	local := map[string]string{"COGNITO_DOMAIN": "http://127.0.0.1:9", "CLIENT_ID": "c", "COGNITO_ISSUER": "http://127.0.0.1:9/local"}
	with := func(m map[string]string, more ...string) map[string]string {
		out := maps.Clone(m)
		for i := 0; i < len(more); i += 2 {
			out[more[i]] = more[i+1]
		}
		return out
	}
	tests := map[string]struct {
		env    map[string]string
		args   []string
		folder map[string]string
		says   string
	}{
		"G-70 a local pool at every address":           {env: local, args: []string{"--listen", "0.0.0.0:0"}, says: "for this machine alone"},
		"G-70 a local pool under a public address":     {env: local, args: []string{"--public-url", "https://dash.example.com", "--behind-proxy", "127.0.0.1/32"}, says: "for this machine alone"},
		"G-70 a local pool behind a proxy":             {env: local, args: []string{"--public-url", "http://localhost:8080", "--behind-proxy", "127.0.0.1/32"}, says: "for this machine alone"},
		"G-70 a local issuer with a domain elsewhere":  {env: with(network, "COGNITO_ISSUER", "http://127.0.0.1:9/local"), args: []string{"--listen", "0.0.0.0:0"}, says: "for this machine alone"},
		"a folder with errors":                         {env: network, folder: map[string]string{"desk/pages/1_Own.yaml": "groups: []\nrows: 1\n"}, says: "pages/1_Own.yaml:2"},
		"a page without groups":                        {env: network, folder: map[string]string{"desk/pages/1_Own.yaml": "rows:\n  - - markdown: x\n"}, says: "groups"},
		"a column that is not there":                   {env: network, folder: map[string]string{"desk/pages/1_Own.yaml": strings.Replace(memberPage, "{source: own}", "{source: own, columns: [what]}", 1)}, says: "what"},
		"no user pool":                                 {env: map[string]string{}, says: "no user pool"},
		"a pool without an issuer":                     {env: map[string]string{"COGNITO_DOMAIN": "https://auth.example.com", "CLIENT_ID": "c"}, says: "learns no issuer"},
		"a client with a secret":                       {env: with(network, "CLIENT_SECRET", "s"), says: "public client"},
		"a user pool of .env alone":                    {env: map[string]string{}, folder: map[string]string{".env": "COGNITO_DOMAIN=https://auth.example.com\nCLIENT_ID=c\nCOGNITO_ISSUER=https://issuer.example.com\n"}, says: "no user pool"},
		"plain text on a network":                      {env: network, args: []string{"--listen", "0.0.0.0:0", "--public-url", "https://dash.example.com"}, says: "--tls-cert"},
		"a network without a public address":           {env: network, args: []string{"--listen", "0.0.0.0:0"}, says: "--public-url"},
		"a public address in plain text":               {env: network, args: []string{"--public-url", "http://dash.example.com"}, says: "https"},
		"a public address with a path":                 {env: network, args: []string{"--public-url", "https://example.com/dash"}, says: "host alone"},
		"a certificate that is not there":              {env: network, args: []string{"--tls-cert", "a.pem", "--tls-key", "b.pem"}, says: "certificate"},
		"a certificate behind a proxy":                 {env: network, args: []string{"--tls-cert", "a.pem", "--tls-key", "b.pem", "--behind-proxy", "127.0.0.1", "--public-url", "https://d.example.com"}, says: "proxy"},
		"a folder whose sign_in is half":               {env: network, folder: map[string]string{"desk/tabgate.yaml": "sign_in: {domain: \"https://auth.example.com\"}\n"}, says: "CLIENT_ID"},
		"an audit in a folder that is not there":       {env: network, args: []string{"--audit", "nowhere/audit.json"}, says: "audit"},
		"a specification that is too large to be sent": {env: network, folder: map[string]string{"desk/pages/1_Own.yaml": "groups: []\nrows:\n  - - vega_lite: a.vl.json\n", "desk/a.vl.json": `{"mark":"bar","data":{"values":[` + strings.TrimSuffix(strings.Repeat(`{"x":"`+strings.Repeat("y", 1000)+`"},`, 5000), ",") + `]},"encoding":{"x":{"field":"x"}}}`}, says: "too long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			maps.Copy(p.env, test.env)
			p.file("desk/tabgate.yaml", "title: Desk\n")
			p.file("desk/pages/1_Own.yaml", memberPage)
			for file, text := range test.folder {
				p.file(file, text)
			}
			args := append([]string{"serve", "desk", "--listen", "127.0.0.1:0"}, test.args...)
			if got := p.run(args...); got.code != exitConfig || !strings.Contains(got.err, test.says) || got.out != "" {
				t.Errorf("it ends with %d: %s%s", got.code, got.out, got.err)
			}
		})
	}
}

func TestServeIsSetUpByTheFolder(t *testing.T) {
	g := &servedGate{t: t, issuer: newIssuer(t), place: newPlace(t), log: &lockedBuffer{}}
	g.place.env["COGNITO_DOMAIN"], g.place.env["CLIENT_ID"], g.place.env["COGNITO_ISSUER"] = "https://other.example.com", "other", "https://other.example.com/pool"
	g.place.file("desk/tabgate.yaml", fmt.Sprintf("title: Desk\nsign_in: {domain: %q, client_id: %s, issuer: %q, scopes: [openid, desk/read]}\nserver: {any_audience: true, max_age: 10m, audit: audit.json}\n", g.issuer.URL, gateClient, g.issuer.name()))
	g.place.file("desk/pages/1_Own.yaml", memberPage)
	g.start()
	old := g.issuer.spec("https://elsewhere.example.com", time.Now())
	if status, _, body := g.ask(t, old.sign()); status != http.StatusOK {
		t.Errorf("a token for another server is answered with %d %s, where any will do", status, body)
	}
	old.claims["iat"] = time.Now().Add(-20 * time.Minute).Unix()
	if status, _, body := g.ask(t, old.sign()); status != http.StatusUnauthorized || !strings.Contains(body, "older than") {
		t.Errorf("an old token is answered with %d %s", status, body)
	}
	resp, err := http.Get(g.url + wire.ResourcePath)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var doc wire.Resource
	if err := json.NewDecoder(resp.Body).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc.Resource != g.url || doc.Servers[0] != g.issuer.name() || doc.Tabgate.ClientID != gateClient || !doc.Tabgate.AnyAudience || strings.Join(doc.Scopes, " ") != "openid desk/read" ||
		len(doc.Tabgate.RedirectURIs) != 1 || !strings.HasPrefix(doc.Tabgate.RedirectURIs[0], "http://localhost:8501/cb/") {
		t.Errorf("the document is %+v", doc)
	}
	if !strings.Contains(g.log.String(), "any_audience") || !strings.Contains(g.log.String(), doc.Tabgate.RedirectURIs[0]) {
		t.Errorf("the log says %s", g.log)
	}
}

func TestDoctorLooksAtTheServer(t *testing.T) {
	i := newIssuer(t)
	p := newPlace(t)
	p.file("desk/pages/1_Own.yaml", memberPage)
	p.file("desk/tabgate.yaml", fmt.Sprintf("sign_in: {domain: %q, client_id: %s, issuer: %q}\nserver: {any_audience: true}\n", i.URL, gateClient, i.name()))
	status := func() map[string]string {
		var report struct {
			Checks []struct{ ID, Status, Detail string }
		}
		if err := json.Unmarshal([]byte(p.run("doctor", "--json", "--dir", "desk").out), &report); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, c := range report.Checks {
			out[c.ID] = c.Status
		}
		return out
	}
	if got := status(); got["server"] != "ok" || got["audience"] != "warn" || got["tls"] != "skip" || got["pool keys"] != "ok" || got["time"] != "ok" {
		t.Errorf("of a server that works it says %v", got)
	}
	i.down.Store(true)
	if got := status(); got["pool keys"] != "fail" {
		t.Errorf("of a pool that is away it says %v", got)
	}
	p.file("desk/tabgate.yaml", fmt.Sprintf("sign_in: {domain: %q, client_id: %s, issuer: %q}\nserver: {listen: \"0.0.0.0:8443\"}\n", i.URL, gateClient, i.name()))
	if got := status(); got["server"] != "fail" {
		t.Errorf("of a server that would not start it says %v", got)
	}
}

func TestCheckListsWhatIsSent(t *testing.T) {
	p := newPlace(t)
	p.file("desk/data/a.csv", "name,amount,secret\nx,1,hush\n")
	p.file("desk/pages/1_Own.yaml", "groups: [A]\nsources: {a: {path: data/a.csv}}\nrows:\n  - - bar_chart: {source: a, x: name, y: amount}\n      where: {amount: {gt: 0}}\n")
	if got := p.run("check", "desk", "--sent"); got.code != exitDone || got.out != "own sends of a: name, amount; not 1 other column; rows where amount > 0\n" {
		t.Errorf("it ends with %d: %s%s", got.code, got.out, got.err)
	}
	if got := p.run("check", "desk"); got.out != "" {
		t.Errorf("without being asked it prints %s", got.out)
	}
}

func TestG64CheckStaysOffline(t *testing.T) {
	var asked atomic.Int32
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); w.WriteHeader(http.StatusTeapot) }))
	defer away.Close()
	p := newPlace(t)
	p.file("desk/tabgate.yaml", fmt.Sprintf("sign_in: {domain: %q, client_id: c, issuer: %q}\nserver: {listen: \"127.0.0.1:0\"}\n", away.URL, away.URL))
	p.file("desk/pages/1_Own.yaml", fmt.Sprintf("groups: []\nsources: {a: {url: %q}}\nrows:\n  - - table: {source: a}\n    - map: {source: a, ground: %q}\n", away.URL+"/a.csv", away.URL+"/{z}/{x}/{y}"))
	p.run("check", "desk")
	p.run("check", "desk", "--sent")
	if n := asked.Load(); n != 0 {
		t.Errorf("it asked the network %d times", n)
	}
}
