// Package doctor looks for what keeps a sign-in from working and names the
// fix for each finding. It signs nobody in, changes nothing, and knows no
// screen.
//
// Run is the whole walk: checkConfig makes the client from the settings (in
// configuration.go), asker.ask asks everybody at the same time (ask.go), and
// each check is then a function of the settings and the answers that returns
// its lines of the report. Nothing is asked twice, and no check knows another:
// what one of them means for the next stands in Run and checkPool. A new check
// is a function here, its question in ask.go, and its line in one of the two.
package doctor

import (
	"cmp"
	"context"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/neterr"
)

// Run makes every check and reports them in the order that a person would
// fix what they find. Everybody who has to be asked is asked first, at the
// same time as far as one answer does not depend on another.
func Run(ctx context.Context, d Deps) []Check {
	d.Patience = cmp.Or(d.Patience, patience)
	client, first := checkConfig(d)
	checks := []Check{first}
	said := asker{d, client}.ask(ctx)
	var proxied *neterr.ProxyError
	if client != nil {
		var pool []Check
		pool, proxied = checkPool(ctx, d, client, said)
		checks = append(checks, pool...)
	} else {
		checks = append(checks, skip("there is no configuration to check with",
			"domain", "discovery", "issuer", "keys", "client", "secret", "redirect", "scope", "sign-out", "ports")...)
	}
	checks = append(checks, checkBrowser(d), checkKeyring(d, said.store))
	checks = append(checks, checkSessions(d)...)
	return append(checks, checkClock(said.first), checkProxy(d, client != nil, proxied), checkTerminal(d.Terminal))
}

// checkPool makes the checks of the user pool, and returns the proxy's failure
// where one is in the way. The ports of the redirect addresses are looked at
// here too, for they are of no use without a pool.
func checkPool(ctx context.Context, d Deps, client *cognito.Client, said answers) (checks []Check, proxied *neterr.ProxyError) {
	add := func(more ...Check) { checks = append(checks, more...) }
	var wrong *fault
	if said.unfound != nil {
		add(skip("the issuer has to say first where to ask", "domain")...)
	} else {
		var domain Check
		domain, wrong = checkDomain(d, said.first)
		add(domain)
	}
	add(checkIssuers(said)...)
	switch {
	case said.unfound != nil:
		add(skip("the issuer has to say first where to ask", "client", "secret", "redirect", "scope", "sign-out")...)
	case wrong != nil:
		proxied = wrong.proxy
		add(skip("the domain could not be asked", "client", "secret", "redirect", "scope", "sign-out")...)
	default:
		app, bad := checkClient(d, said)
		add(app...)
		if bad {
			add(skip("the app client has to be fixed first", "redirect", "scope", "sign-out")...)
			break
		}
		add(checkRedirects(d.Config, said.pages)...)
		add(checkSignOut(d.Config, client.LogoutURL(), said.signOut))
	}
	add(checkPorts(ctx, d.Config.RedirectURIs))
	return checks, proxied
}
