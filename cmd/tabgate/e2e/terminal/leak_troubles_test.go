//go:build !windows

package terminal

import (
	"net/http"
	"strings"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// A trouble is forced on one step, and each step's words are then known: ""
// means that it succeeds.
type trouble struct {
	arm                            func(*tap)
	every                          bool // command is run; the others meet no provider
	login, refresh, remote, logout string
}

var troubles = map[string]trouble{
	"none": {arm: func(*tap) {}, every: true},
	"the code is refused, with words": {
		arm:   func(tp *tap) { tp.on(localpool.Token+" authorization_code", careless(400, "invalid_grant")) },
		login: "the code may have been used already or be older than five minutes; sign in again",
	},
	"the client is refused, with words": {
		arm:   func(tp *tap) { tp.on(localpool.Token+" authorization_code", careless(401, "invalid_client")) },
		login: "check CLIENT_ID and CLIENT_SECRET",
	},
	"an error that nobody knows": {
		arm: func(tp *tap) {
			tp.on(localpool.Token+" authorization_code", func(w http.ResponseWriter, _ []byte, secrets string) {
				careless(400, strings.ReplaceAll(secrets, " ", "_"))(w, nil, secrets)
			})
		},
		login: "the provider's answer is not what Cognito sends; check COGNITO_DOMAIN",
	},
	"a proxy answers the exchange": {
		arm:   func(tp *tap) { tp.on(localpool.Token+" authorization_code", carelessPage) },
		login: "the provider answered with something that is not JSON",
	},
	"the exchange is cut short": {
		arm:   func(tp *tap) { tp.on(localpool.Token+" authorization_code", cut) },
		login: "the provider's answer cannot be used",
	},
	"the exchange hangs up": {
		arm:   func(tp *tap) { tp.on(localpool.Token+" authorization_code", hangUp) },
		login: "ended the connection without an answer",
	},
	"the keys are out of reach": {
		arm:   func(tp *tap) { tp.pool.Faults().Set(localpool.JWKS, faults.Fault{Drop: true}) },
		login: "ended the connection without an answer",
	},
	"the tokens are forged": {
		arm:   func(tp *tap) { tp.pool.Faults().Tokens(func(d *faults.Draft) { d.Sign = "stranger" }) },
		every: true,
		login: "the ID token was refused",
	},
	"the tokens are no tokens": {
		arm: func(tp *tap) {
			tp.pool.Faults().Tokens(func(d *faults.Draft) { d.Finish = func(s string) string { return s[:len(s)-9] } })
		},
		login: "the ID token was refused",
	},
	"the refresh is refused, with words": {
		arm:     func(tp *tap) { tp.on(localpool.Token+" refresh_token", careless(400, "invalid_grant")) },
		refresh: "sign in again", remote: "", logout: "",
	},
	"a proxy answers the refresh": {
		arm:     func(tp *tap) { tp.on(localpool.Token+" refresh_token", carelessPage) },
		refresh: "the provider answered with something that is not JSON",
	},
	"userInfo is refused, with words": {
		arm:    func(tp *tap) { tp.on(localpool.UserInfo, careless(401, "invalid_token")) },
		remote: "the session may have been ended or have expired; sign in again",
	},
	"a proxy answers userInfo": {
		arm:    func(tp *tap) { tp.on(localpool.UserInfo, carelessPage) },
		remote: "the provider answered with something that is not JSON",
	},
	"revocation is refused, with words": {
		arm:    func(tp *tap) { tp.on(localpool.Revoke, careless(400, "invalid_request")) },
		logout: "token revocation may be off for the app client",
	},
}
