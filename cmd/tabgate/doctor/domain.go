package doctor

import (
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/neterr"
)

// fault is what is wrong with an answer, and what to do about it.
type fault struct {
	detail, fix string
	away        bool               // nobody answered
	proxy       *neterr.ProxyError // that is in the way
}

// checkDomain judges whether the user pool domain is there and is one; wrong
// is nil when it is.
func checkDomain(d Deps, first answer) (c Check, wrong *fault) {
	switch wrong = d.misplaced(first); {
	case wrong == nil:
		return ok("domain", d.Config.Domain.Host+" answers"), nil
	case wrong.away:
		return away("domain", wrong.detail, wrong.fix), wrong
	}
	return fail("domain", wrong.detail, wrong.fix), wrong
}

// misplaced says what keeps the answer from being that of the configured user
// pool's domain; nil for nothing.
func (d Deps) misplaced(a answer) *fault {
	host := d.Config.Domain.Host
	asked, own := aws.PoolRegion(d.Config.UserPoolID), aws.DomainRegion(d.Config.Domain.Hostname())
	switch {
	case a.err != nil:
		return d.trouble(a)
	case a.status >= 500:
		return &fault{
			detail: fmt.Sprintf("%s has trouble of its own (status %d)", host, a.status), fix: "try again in a few minutes", away: true,
		}
	case a.status == 404, a.status == 403:
		return &fault{
			detail: fmt.Sprintf("%s answers, but not as a user pool domain does (status %d)", host, a.status),
			fix:    "check COGNITO_DOMAIN against the domain shown in the Cognito console under Branding, Domain",
		}
	case asked != "" && own != "" && !aws.SamePartition(asked, own):
		return &fault{
			detail: "the domain is in " + own + " but the user pool id in " + asked,
			fix:    "take COGNITO_DOMAIN and COGNITO_USER_POOL_ID from the same pool",
		}
	}
	return nil
}

// trouble says what a failed request means and what to do about it.
func (d Deps) trouble(a answer) *fault {
	host, err := d.Config.Domain.Host, a.err
	late := neterr.TimedOut(err)
	f := &fault{away: true}
	through, _ := d.Proxies.For(d.Config.Domain)
	var proxy *neterr.ProxyError
	switch {
	case errors.As(err, &proxy):
		f.proxy = proxy
		f.detail, f.fix = neterr.Why(host, "COGNITO_DOMAIN", err)
	case late && through.URL != nil:
		f.detail = fmt.Sprintf("%s gave no answer through the proxy %s within %v", host, through.Host(), d.Patience)
		f.fix = "check " + through.Setting + " and NO_PROXY; try again in a few minutes"
	case late && a.open:
		f.detail = fmt.Sprintf("%s takes connections but gave no answer within %v", host, d.Patience)
		f.fix = "check COGNITO_DOMAIN, and whether a firewall or a proxy is in between; try again in a few minutes"
	case late:
		f.detail = fmt.Sprintf("%s cannot be reached: no connection within %v", host, d.Patience)
		f.fix = "check the network connection, and set HTTPS_PROXY where one is needed"
	default:
		f.detail, f.fix = neterr.Why(host, "COGNITO_DOMAIN", err)
	}
	return f
}
