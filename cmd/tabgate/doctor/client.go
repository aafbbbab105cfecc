package doctor

import (
	"context"
	"errors"
	"strings"

	"github.com/authtabs/tabgate/auth/cognito"
)

// appClient judges what the token endpoint said of the code. The refusal says
// whether it knew the client: invalid_grant is about the code, invalid_client
// about who asks. The sign-in page cannot tell an unknown client from an
// unregistered address.
func (e *exam) appClient(all answers) {
	if !all.vouched {
		e.skip("the issuer has to name this domain first; until then no secret and no code goes there", "client", "secret")
		return
	}
	var said *cognito.Error
	code := ""
	if errors.As(all.client, &said) {
		code = said.Code
	}
	hasSecret := !e.Config.ClientSecret.Empty()
	switch code {
	case "invalid_grant":
		if back, _ := all.first.refusal(e.Config.Domain, e.Config.RedirectURIs[0]); back == "unauthorized_client" {
			e.clientFails("it may not use the authorization code grant", "enable the authorization code grant in the app client's login pages settings")
			return
		}
		e.add("client", OK, "the user pool knows "+e.Config.ClientID, "")
		if hasSecret {
			e.add("secret", OK, "the client secret is right", "")
		} else {
			e.add("secret", OK, "the app client needs none", "")
		}
	case "invalid_client":
		e.unknownClient(hasSecret)
	case "unauthorized_client":
		if strings.Contains(said.Description, "invalid_redirect") {
			e.add("client", OK, "the user pool knows "+e.Config.ClientID, "")
			e.add("secret", OK, "it was accepted", "")
			return
		}
		e.clientFails("it may not use the authorization code grant", "enable the authorization code grant in the app client's login pages settings")
	default:
		e.untold(said)
	}
}

// untold is for a token endpoint that did not say whether it knows the client.
// Every sign-in has to ask there.
func (e *exam) untold(said *cognito.Error) {
	switch {
	case said == nil:
		e.add("client", Warn, "the token endpoint did not say", "try again in a few minutes")
	case said.Kind == cognito.Unreachable && errors.Is(said, context.DeadlineExceeded):
		e.away("client", "the token endpoint gave no answer within "+e.Patience.String(), "try again in a few minutes; check COGNITO_DOMAIN if it stays so")
	case said.Kind == cognito.Unreachable:
		e.away("client", "the token endpoint: "+said.Reason(), "check COGNITO_DOMAIN if it stays so")
	default:
		e.add("client", Warn, "the token endpoint did not say: "+said.Reason(), "try again in a few minutes; check COGNITO_DOMAIN if it stays so")
	}
	e.skip("the token endpoint did not say", "secret")
}

func (e *exam) clientFails(why, fix string) {
	e.clientBad = true
	e.add("client", Fail, "the app client "+e.Config.ClientID+": "+why, fix)
	e.skip("the app client has to be fixed first", "secret")
}

// unknownClient blames the id or the secret. Both give the same answer; with
// a secret configured it is the likelier one, since ids are copied whole.
func (e *exam) unknownClient(hasSecret bool) {
	e.clientBad = true
	if !hasSecret {
		e.add("client", Fail, "the user pool does not accept the app client "+e.Config.ClientID+" without a secret",
			"check CLIENT_ID against the app clients of this pool; if this one has a secret, set CLIENT_SECRET, or better create a public client")
		e.add("secret", Skip, "none is configured", "")
		return
	}
	e.add("client", Warn, "the user pool does not accept the app client "+e.Config.ClientID+" with this secret", "check CLIENT_ID too, if the secret is right")
	e.add("secret", Fail, "the client secret was refused", "copy CLIENT_SECRET again from the app client's page; a public client has none, then unset it")
}
