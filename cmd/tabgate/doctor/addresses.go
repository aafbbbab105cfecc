package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// checkRedirects looks at the sign-in page of every redirect address.
func checkRedirects(c config.Config, pages []answer) (checks []Check) {
	var refused, unsure []string
	scopeRefused := false
	for i, uri := range c.RedirectURIs {
		a := pages[i]
		switch code, _ := a.refusal(c.Domain, uri); {
		case code == "invalid_scope":
			scopeRefused = true // which the address was registered for
		case code == "redirect_mismatch":
			refused = append(refused, uri)
		case code != "":
			unsure = append(unsure, uri+" ("+code+")")
		case a.err != nil || a.to == nil:
			unsure = append(unsure, uri)
		}
	}
	switch {
	case len(refused) > 0:
		checks = append(checks, fail("redirect", "not registered with the app client: "+strings.Join(refused, ", "),
			"add exactly "+strings.Join(refused, " and ")+" to the app client's allowed callback URLs; every character counts, the last slash too"))
	case len(unsure) > 0:
		checks = append(checks, warn("redirect", "the user pool did not show its sign-in page for "+strings.Join(unsure, ", "), "open the sign-in once and see what the browser says"))
	default:
		checks = append(checks, ok("redirect", "registered: "+strings.Join(c.RedirectURIs, ", ")))
	}
	scopes := strings.Join(c.Scopes, " ")
	switch {
	case scopeRefused:
		checks = append(checks, fail("scope", "the user pool refuses the scopes "+scopes,
			"allow them in the app client's login pages settings, or take them out of COGNITO_SCOPES"))
	case len(refused) > 0:
		checks = append(checks, skip("the redirect addresses have to be registered first", "scope")...)
	default:
		checks = append(checks, ok("scope", "none refused: "+scopes))
	}
	return checks
}

// checkSignOut looks at what the user pool answered at logoutURL.
func checkSignOut(c config.Config, logoutURL string, a answer) Check {
	uri := c.LogoutURI
	if logoutURL == "" {
		return check("sign-out", Skip, "the provider has no sign-out address on its domain", "")
	}
	code, _ := a.refusal(c.Domain, uri)
	switch {
	case a.back(uri) && code == "":
		return lastPage(c, uri)
	case a.err != nil || a.status >= 500:
		return warn("sign-out", "the user pool did not say whether "+uri+" is registered", "try again in a few minutes")
	}
	return fail("sign-out", uri+" is not registered as a sign-out URL",
		"add exactly "+uri+" to the app client's allowed sign-out URLs, or set LOGOUT_URI to one that is")
}

// lastPage says what the browser finds at a registered sign-out address: a
// page of tabgate's at one of this machine, of the user pool's own or of
// somebody's at any other.
func lastPage(c config.Config, uri string) Check {
	u, err := url.Parse(uri)
	if err != nil || !local(u) || u.Host == c.Domain.Host {
		return ok("sign-out", "registered: "+uri)
	}
	if err := loopback.CheckRedirect(uri); err != nil {
		return warn("sign-out", "registered: "+uri+", but tabgate can show no page there after a log-out: "+err.Error(),
			"register a sign-out URL such as http://localhost:8501/, and set LOGOUT_URI to it")
	}
	return ok("sign-out", "registered: "+uri+", where tabgate shows a page for a few seconds after a log-out")
}

// checkPorts takes and frees the port of each redirect address.
func checkPorts(ctx context.Context, uris []string) Check {
	var free, busy []string
	for _, uri := range uris {
		l, err := loopback.Listen(ctx, []string{uri}, loopback.Options{})
		var taken *loopback.PortsError
		switch {
		case err == nil:
			l.Close()
			free = append(free, uri)
		case errors.As(err, &taken) && len(taken.Busy) == 1:
			busy = append(busy, taken.Busy[0].String())
		default:
			busy = append(busy, fmt.Sprintf("%s: %v", uri, err))
		}
	}
	const fix = "end the program that holds the port (it may be another sign-in), or register one more address and add it to APP_URI"
	switch {
	case len(free) == 0:
		return fail("ports", "no port for the answer is free: "+strings.Join(busy, ", "), fix)
	case len(busy) > 0:
		return warn("ports", "taken: "+strings.Join(busy, ", ")+"; the next address is used", fix)
	}
	return ok("ports", "free for "+strings.Join(free, ", "))
}
