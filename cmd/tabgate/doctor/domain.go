package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"regexp"
	"sync"
	"syscall"

	"github.com/authtabs/tabgate/auth/cognito"
)

// prefixDomain is a domain of Cognito's own, with its region.
var prefixDomain = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z0-9-]+\.auth(?:-fips)?\.([a-z0-9-]+)\.amazoncognito\.com$`)
})

// poolRegion is the region of a user pool id.
var poolRegion = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z0-9-]+)_`) })

// domain asks for the sign-in page of the first redirect address. What comes
// back is judged further by the checks of the app client and the addresses.
func (e *exam) domain(ctx context.Context) answer {
	attempt, err := cognito.NewAttempt()
	if err != nil {
		e.add("domain", Fail, err.Error(), "")
		return answer{err: err}
	}
	a := e.get(ctx, e.client.AuthorizeURL(e.Config.RedirectURIs[0], attempt))
	e.remote = a.date
	if a.err != nil {
		detail, fix := e.trouble(a.err)
		e.add("domain", Fail, detail, fix)
		return a
	}
	host := e.Config.Domain.Host
	asked := poolRegion().FindStringSubmatch(e.Config.UserPoolID)
	own := prefixDomain().FindStringSubmatch(host)
	switch {
	case a.status >= 500:
		e.add("domain", Fail, fmt.Sprintf("%s has trouble of its own (status %d)", host, a.status), "try again in a few minutes")
	case a.status == 404, a.status == 403:
		e.add("domain", Fail, fmt.Sprintf("%s answers, but not as a user pool domain does (status %d)", host, a.status),
			"check COGNITO_DOMAIN against the domain shown in the Cognito console under Branding, Domain")
	case asked != nil && own != nil && asked[1] != own[1]:
		e.add("domain", Fail, "the domain is in "+own[1]+" but the user pool id in "+asked[1], "take COGNITO_DOMAIN and COGNITO_USER_POOL_ID from the same pool")
	default:
		e.reached = true
		e.add("domain", OK, host+" answers", "")
	}
	return a
}

// trouble says what a failed request means and what to do about it.
func (e *exam) trouble(err error) (detail, fix string) {
	host := e.Config.Domain.Host
	var dns *net.DNSError
	var op *net.OpError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		e.proxied = true
		return "the proxy cannot be reached", "check HTTPS_PROXY and NO_PROXY"
	case errors.As(err, &unknown):
		return "the certificate of " + host + " is signed by nobody this machine knows",
			"a company's proxy may be in between: put its certificate into ca_file (TABGATE_CA_FILE)"
	case errors.As(err, &name):
		return "the certificate is for another name than " + host, "check COGNITO_DOMAIN, and the certificate of a custom domain"
	case errors.As(err, &invalid):
		return "the certificate of " + host + " is not valid now", "check this machine's clock, and the certificate of a custom domain"
	case errors.As(err, &record):
		return host + " does not speak TLS", "check COGNITO_DOMAIN and HTTPS_PROXY"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no host " + host, "check COGNITO_DOMAIN against the domain shown in the Cognito console under Branding, Domain"
	case errors.As(err, &dns):
		return "the name " + host + " could not be looked up", "check the network connection"
	case errors.Is(err, syscall.ECONNREFUSED):
		if local(e.Config.Domain) {
			return "nothing listens on " + host, "start it with tabgate pool serve, or check COGNITO_DOMAIN"
		}
		return host + " refuses connections", "check COGNITO_DOMAIN and the network connection"
	}
	if e.proxySetting() != "" && !local(e.Config.Domain) {
		e.proxied = true
		return host + " cannot be reached through the proxy", "check HTTPS_PROXY and NO_PROXY"
	}
	return host + " cannot be reached", "check the network connection, and HTTPS_PROXY where one is needed"
}
