package cognito

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/authtabs/tabgate/auth/secret"
)

// FuzzTokenAnswer gives any bytes as the token endpoint's answer: there are
// tokens or one clean error, never both, and x/oauth2 reads what we checked.
func FuzzTokenAnswer(f *testing.F) {
	for _, body := range []string{
		granted, refreshed, ``, `{}`, `[]`, `{"error":"invalid_grant"}`, `{"error":5}`,
		`{"access_token":{},"token_type":"Bearer"}`, `{"access_token":"a","Access_Token":"b"}`, `{"error":"\u001b]52;\u0007"}`,
		`{"access_token":"a","id_token":"b","token_type":"bearer","expires_in":1e309}`, `<h1>`, "\xff",
	} {
		f.Add(200, "application/json", body)
		f.Add(400, "application/json", body)
	}
	f.Add(200, "text/plain", "access_token=a&token_type=Bearer")
	f.Add(429, "", "TooManyRequests")
	f.Fuzz(func(t *testing.T, status int, media, body string) {
		if status < 100 || status > 999 {
			return
		}
		m := &inMemory{answers: []http.HandlerFunc{raw(status, media, body)}}
		c := deviceClient(t, m, false)
		tokens, err := c.Exchange(context.Background(), secret.New(code), callback, Attempt{State: secret.New("s"), Nonce: secret.New("n"), Verifier: secret.New("v")})
		if len(m.asked) != 1 {
			t.Fatalf("T-7: sent %d times", len(m.asked))
		}
		if err == nil {
			if status != 200 || tokens.ID.Empty() || tokens.Access.Empty() || !printable(tokens.ID.Reveal()+tokens.Access.Reveal()+tokens.Refresh.Reveal()) {
				t.Errorf("tokens that are none: %d %q", status, body)
			}
			return
		}
		odd := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
		if !tokens.Access.Empty() || strings.ContainsFunc(err.Error(), odd) || len([]rune(err.Error())) > 800 {
			t.Errorf("got %q", err)
		}
	})
}

// FuzzDeviceAnswer asks that whatever is shown to a person is fit to be.
func FuzzDeviceAnswer(f *testing.F) {
	f.Add([]byte(begun))
	f.Add([]byte(`{"device_code":"a","user_code":"b","verification_url":"http://127.0.0.1/x","interval":-1,"expires_in":99999999999}`))
	f.Add([]byte(`{"error":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		d := readDevice(&answer{status: 200, json: true, body: body})
		if d.problem != nil || d.Error != "" {
			return
		}
		if d.interval <= 0 || d.lifetime <= 0 || !printable(d.User) || !usable(d.Address) || d.Complete != "" && !usable(d.Complete) {
			t.Errorf("got %+v", d)
		}
		if !json.Valid(d.canonical()) {
			t.Error("x/oauth2 would get no JSON")
		}
	})
}
