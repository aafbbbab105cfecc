package doctor

import (
	"errors"

	"github.com/authtabs/tabgate/auth/token"
)

// answers are what everybody said who had to be asked. What was not asked,
// because an answer before made it pointless, is zero.
type answers struct {
	unfound error       // why a provider that is not Cognito does not say where to ask
	first   answer      // the sign-in page of the first redirect address
	pages   []answer    // those of all redirect addresses, the first one's too
	client  error       // of offering the token endpoint a code
	signOut answer      // to the request to sign out
	pin     pin         // the issuer that earlier sign-ins trusted
	issuers []described // every issuer that tokens may name
	vouched bool        // one of them names the domain, or none is known
	keys    error       // of fetching the public keys of the first good issuer
	store   error       // of trying the store of sessions
}

// described is what an issuer says of itself.
type described struct {
	issuer string
	token.Discovery
	err   error // why it cannot be used
	other error // why it is not the issuer of the configured domain
}

// confirmed is the first issuer that calls itself what it is called, one that
// names the domain before others; nil for none.
func (a *answers) confirmed() (good *described) {
	for i := range a.issuers {
		switch d := &a.issuers[i]; {
		case d.err != nil:
		case d.other == nil:
			return d
		case good == nil:
			good = d
		}
	}
	return good
}

// renamed tells an issuer that answers with another name from one that does
// not answer.
func (a *answers) renamed(issuer string) bool {
	for _, d := range a.issuers {
		var refused *token.Error
		if d.issuer == issuer && errors.As(d.err, &refused) && refused.Reason == token.WrongIssuer {
			return true
		}
	}
	return false
}
