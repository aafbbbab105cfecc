package token

import (
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
)

// CheckDomain says whether the issuer names domain as the place where its
// sign-in is, which is to be known before a code goes there:
//
//	authorization_endpoint and token_endpoint   | then
//	--------------------------------------------|---------
//	both on the domain's scheme, host and port  | fine
//	one of them missing, or no address          | refused
//	one of them elsewhere                       | refused, with where that is
//	Cognito's placeholders on the issuer's host | refused: the pool has no domain
//
// Nothing else can tell the pool's domain from a relay's, which shows the real
// login page and reads the codes and tokens that pass through. So there is no
// exception for hosts that look right: anybody can have a prefix domain of
// Cognito's, and a custom one can have any name. AWS documents that discovery
// names the one domain of a pool, and of a pool with a custom and a prefix
// domain the custom one; who set the prefix domain of such a pool is told the
// custom one, which does the same.
//
// The refusal is of reason WrongDomain.
func (d Discovery) CheckDomain(domain *url.URL) error {
	if d.NoDomain {
		return refuse(WrongDomain, "domain", "the user pool has no domain; create one in the Cognito console under Branding, Domain, and set COGNITO_DOMAIN to it")
	}
	for _, endpoint := range []struct{ name, address string }{
		{"authorization_endpoint", d.Authorization}, {"token_endpoint", d.Token},
	} {
		u, err := url.Parse(endpoint.address)
		switch {
		case endpoint.address == "":
			return refuse(WrongDomain, "domain", "the issuer %s names no %s, so nothing says that COGNITO_DOMAIN is its domain; set COGNITO_ISSUER to the issuer of that domain",
				session.Clean(d.Issuer, 120), endpoint.name)
		case err != nil || len(endpoint.address) > maxAddress || secure(u, d.Issuer) != nil:
			return refuse(WrongDomain, "domain", "the %s that the issuer %s names is no https address; ask whoever runs it", endpoint.name, session.Clean(d.Issuer, 120))
		case !On(u, domain):
			return refuse(WrongDomain, "domain", "the issuer %s names %s, not %s, as the place to sign in; if the issuer is right, set COGNITO_DOMAIN=%s",
				session.Clean(d.Issuer, 120), named(u, domain), session.Clean(domain.Host, 80), session.Clean(u.Scheme+"://"+u.Host, 90))
		}
	}
	return nil
}

// maxAddress bounds an endpoint's address, in bytes.
const maxAddress = 2048

// On reports whether an address has the scheme, host and port of domain.
func On(address, domain *url.URL) bool {
	return address.Scheme == domain.Scheme && strings.EqualFold(address.Hostname(), domain.Hostname()) && port(address) == port(domain)
}

// port is the port of an address, the scheme's own where it names none.
func port(address *url.URL) string {
	if p := address.Port(); p != "" {
		return p
	}
	return map[string]string{"https": "443", "http": "80"}[address.Scheme]
}

// named is the host of an address, with its scheme where only that tells it
// from domain's.
func named(address, domain *url.URL) string {
	host := address.Host
	if address.Scheme != domain.Scheme {
		host = address.Scheme + "://" + host
	}
	return session.Clean(host, 90)
}
