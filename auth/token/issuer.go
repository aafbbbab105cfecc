package token

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
)

var (
	// Both issuer forms of a pool: the original one and the "updated" one of
	// multi-Region pools (AWS: federation endpoints; API_IssuerConfigurationType).
	awsIssuer = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^https://(?:issuer-)?cognito-idp\.([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})\.amazonaws\.com(\.cn)?/([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})_[0-9A-Za-z]{1,55}$`)
	})
	// A prefix domain names its region.
	awsDomain = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\.auth(?:-fips)?\.([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})\.amazoncognito\.com$`)
	})
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

// CheckIssuerForm says whether issuer may be trusted on first use for the
// user pool domain:
//
//	domain                              | issuer
//	------------------------------------|------------------------------------------------
//	X.auth.REGION.amazoncognito.com     | either AWS form, of a pool in REGION
//	a custom domain                     | either AWS form, the pool's region as the host's
//	a loopback address                  | a loopback address, http or https
func CheckIssuerForm(issuer string, domain *url.URL) error {
	shown := session.Clean(issuer, 120)
	if loopback(domain) {
		return checkLoopbackIssuer(issuer, shown)
	}
	form := awsIssuer().FindStringSubmatch(issuer)
	if form == nil {
		return refuse(WrongIssuer, "ID token", "its issuer %q is not a Cognito user pool's; if it is right, set COGNITO_ISSUER to it", shown)
	}
	region, pool := form[1], form[3]
	if region != pool || (form[2] != "") != strings.HasPrefix(region, "cn-") {
		return refuse(WrongIssuer, "ID token", "its issuer %q contradicts itself about the region", shown)
	}
	if home := awsDomain().FindStringSubmatch(domain.Hostname()); home != nil && !strings.EqualFold(home[1], region) {
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
