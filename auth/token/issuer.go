package token

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
)

func loopback(address *url.URL) bool { return neterr.Loopback(address.Hostname()) }

// UnverifiedIssuer reads iss from an ID token that nothing has verified. It
// is for trust on first use alone: the token must come straight from the
// token endpoint, the result must pass CheckIssuerForm, and the token must
// then verify with the keys of that issuer before anything is pinned.
func UnverifiedIssuer(id secret.Text) (string, error) {
	r, refused := decode(id.Reveal(), "ID token")
	if refused != nil {
		return "", refused
	}
	issuer := r.must("iss")
	if r.err != nil {
		return "", r.err
	}
	return issuer, nil
}

// ReturnPath is the path of the redirect address for sign-ins that a resource
// server named. It is another one for each issuer: a server that sends the
// browser to the sign-in of somebody else's pool gets no answer that counts.
func ReturnPath(issuer string) string {
	sum := sha256.Sum256([]byte(issuer))
	return "/cb/" + hex.EncodeToString(sum[:8])
}

// CheckIssuerForm says whether issuer may be trusted on first use for the
// user pool domain:
//
//	domain                  | issuer
//	------------------------|------------------------------------------------
//	Cognito's own in REGION | a form of AWS's with a host in REGION
//	a custom domain         | a form of AWS's
//	a loopback address      | a loopback address, http or https
//
// The region in the pool's id may be another than the host's: a replica of a
// pool keeps the id that it has where it was made.
func CheckIssuerForm(issuer string, domain *url.URL) error {
	shown := session.Clean(issuer, 120)
	if loopback(domain) {
		return checkLoopbackIssuer(issuer, shown)
	}
	form, ok := aws.ParseIssuer(issuer)
	if !ok {
		return refuse(WrongIssuer, "ID token", "its issuer %q is not a Cognito user pool's; if it is right, set COGNITO_ISSUER to it", shown)
	}
	if home := aws.DomainRegion(domain.Hostname()); home != "" && home != form.Region {
		return refuse(WrongIssuer, "ID token", "its issuer %q is in another region than the domain %s; if it is right, set COGNITO_ISSUER to it", shown, domain.Host)
	}
	return nil
}

func checkLoopbackIssuer(issuer, shown string) error {
	u, err := url.Parse(issuer)
	if err != nil || !loopback(u) || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return refuse(WrongIssuer, "ID token", "its issuer %q is not on this machine as the domain is; if it is right, set COGNITO_ISSUER to it", shown)
	}
	return nil
}

// CheckIssuer says whether an issuer can be configured at all: https, or http
// on a loopback address, without user, query or fragment.
func CheckIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err == nil && u.RawQuery == "" && !u.ForceQuery {
		err = secure(u, issuer)
	} else if err == nil {
		err = fmt.Errorf("%q has a query", u.Redacted())
	}
	if err != nil {
		return refuse(WrongIssuer, "issuer", "%v; an issuer looks like https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE", err)
	}
	return nil
}
