package auth

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// FuzzPin reads any pin file: it gives an issuer that could have been pinned
// for this very account, or an error, and never both.
func FuzzPin(f *testing.F) {
	account := store.Account{Domain: "https://x.auth.eu-west-1.amazoncognito.com", ClientID: "1example"}
	const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example"
	whole, err := json.Marshal(pin{account.Domain, account.ClientID, issuer, time.Unix(1700000000, 0).UTC()})
	must(f, err)
	f.Add(whole)
	for _, seed := range []string{
		"", "null", "{}", "[]", `"x"`, "\x00\xff", string(whole[:len(whole)/2]),
		`{"domain":"https://x.auth.eu-west-1.amazoncognito.com","client_id":"1example","issuer":""}`,
		`{"domain":"https://x.auth.eu-west-1.amazoncognito.com","client_id":"1example","issuer":"http://attacker.example"}`,
		`{"domain":"https://x.auth.eu-west-1.amazoncognito.com","client_id":"1example","issuer":"https://a\u001b]52;c;x\u0007"}`,
		`{"domain":"https://x.auth.eu-west-1.amazoncognito.com","client_id":"2other","issuer":"` + issuer + `"}`,
		`{"domain":["https://x"],"client_id":1,"issuer":{}}`, `{"since":"never"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readPin(data, account)
		if err != nil {
			if got != "" {
				t.Errorf("refused, and yet %q", got)
			}
			return
		}
		if token.CheckIssuer(got) != nil {
			t.Errorf("%q would be trusted", got)
		}
		var p pin
		if json.Unmarshal(data, &p) != nil || p.Domain != account.Domain || p.ClientID != account.ClientID {
			t.Errorf("another account's pin was taken: %q", data)
		}
	})
}
