package doctor

import (
	"context"
	"errors"
	"strings"

	"github.com/authtabs/tabgate/auth/cognito"
)

// checkClient judges what the token endpoint said of the code; bad says that
// the app client or its secret is not right. The refusal says whether it knew
// the client: invalid_grant is about the code, invalid_client about who asks.
// The sign-in page cannot tell an unknown client from an unregistered address.
func checkClient(d Deps, all answers) (checks []Check, bad bool) {
	if !all.vouched {
		return skip("the issuer has to name this domain first; until then no secret and no code goes there", "client", "secret"), false
	}
	var said *cognito.Error
	code := ""
	if errors.As(all.client, &said) {
		code = said.Code
	}
	id, hasSecret := d.Config.ClientID, !d.Config.ClientSecret.Empty()
	known := ok("client", "the user pool knows "+id)
	switch code {
	case "invalid_grant":
		if back, _ := all.first.refusal(d.Config.Domain, d.Config.RedirectURIs[0]); back == "unauthorized_client" {
			return noCodeGrant(id), true
		}
		if hasSecret {
			return []Check{known, ok("secret", "the client secret is right")}, false
		}
		return []Check{known, ok("secret", "the app client needs none")}, false
	case "invalid_client":
		return unknownClient(id, hasSecret), true
	case "unauthorized_client":
		if strings.Contains(said.Description, "invalid_redirect") {
			return []Check{known, ok("secret", "it was accepted")}, false
		}
		return noCodeGrant(id), true
	}
	return []Check{noVerdict(d, said), check("secret", Skip, "the token endpoint did not say", "")}, false
}

// noVerdict is for a token endpoint that did not say whether it knows the
// client. Every sign-in has to ask there.
func noVerdict(d Deps, said *cognito.Error) Check {
	switch {
	case said == nil:
		return warn("client", "the token endpoint did not say", "try again in a few minutes")
	case said.Kind == cognito.Unreachable && errors.Is(said, context.DeadlineExceeded):
		return away("client", "the token endpoint gave no answer within "+d.Patience.String(), "try again in a few minutes; check COGNITO_DOMAIN if it stays so")
	case said.Kind == cognito.Unreachable:
		return away("client", "the token endpoint: "+said.Reason(), "check COGNITO_DOMAIN if it stays so")
	}
	return warn("client", "the token endpoint did not say: "+said.Reason(), "try again in a few minutes; check COGNITO_DOMAIN if it stays so")
}

func noCodeGrant(id string) []Check {
	return []Check{
		fail("client", "the app client "+id+": it may not use the authorization code grant", "enable the authorization code grant in the app client's login pages settings"),
		check("secret", Skip, "the app client has to be fixed first", ""),
	}
}

// unknownClient blames the id or the secret. Both give the same answer; with
// a secret configured it is the likelier one, since ids are copied whole.
func unknownClient(id string, hasSecret bool) []Check {
	if !hasSecret {
		return []Check{
			fail("client", "the user pool does not accept the app client "+id+" without a secret",
				"check CLIENT_ID against the app clients of this pool; if this one has a secret, set CLIENT_SECRET, or better create a public client"),
			check("secret", Skip, "none is configured", ""),
		}
	}
	return []Check{
		warn("client", "the user pool does not accept the app client "+id+" with this secret", "check CLIENT_ID too, if the secret is right"),
		fail("secret", "the client secret was refused", "copy CLIENT_SECRET again from the app client's page; a public client has none, then unset it"),
	}
}
