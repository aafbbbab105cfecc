package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/loopback"
)

// redirects looks at the sign-in page of every redirect address.
func (e *exam) redirects(said answers) {
	if e.clientBad {
		e.skip("the app client has to be fixed first", "redirect", "scope")
		return
	}
	var refused, unsure []string
	scopeRefused := false
	for i, uri := range e.Config.RedirectURIs {
		a := said.pages[i]
		switch code, _ := a.refusal(e.Config.Domain, uri); {
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
		e.add("redirect", Fail, "not registered with the app client: "+strings.Join(refused, ", "),
			"add exactly "+strings.Join(refused, " and ")+" to the app client's allowed callback URLs; every character counts, the last slash too")
	case len(unsure) > 0:
		e.add("redirect", Warn, "the user pool did not show its sign-in page for "+strings.Join(unsure, ", "), "open the sign-in once and see what the browser says")
	default:
		e.add("redirect", OK, "registered: "+strings.Join(e.Config.RedirectURIs, ", "), "")
	}
	scopes := strings.Join(e.Config.Scopes, " ")
	switch {
	case scopeRefused:
		e.add("scope", Fail, "the user pool refuses the scopes "+scopes,
			"allow them in the app client's login pages settings, or take them out of COGNITO_SCOPES")
	case len(refused) > 0:
		e.skip("the redirect addresses have to be registered first", "scope")
	default:
		e.add("scope", OK, "none refused: "+scopes, "")
	}
}

// signOut looks at what became of the wish to be signed out.
func (e *exam) signOut(a answer) {
	uri := e.Config.LogoutURI
	if e.clientBad {
		e.skip("the app client has to be fixed first", "sign-out")
		return
	}
	if e.client.LogoutURL() == "" {
		e.skip("the provider has no sign-out address on its domain", "sign-out")
		return
	}
	code, _ := a.refusal(e.Config.Domain, uri)
	switch {
	case a.back(uri) && code == "":
		e.lastPage(uri)
	case a.err != nil || a.status >= 500:
		e.add("sign-out", Warn, "the user pool did not say whether "+uri+" is registered", "try again in a few minutes")
	default:
		e.add("sign-out", Fail, uri+" is not registered as a sign-out URL",
			"add exactly "+uri+" to the app client's allowed sign-out URLs, or set LOGOUT_URI to one that is")
	}
}

// lastPage says what the browser finds at a registered sign-out address: a
// page of tabgate's at one of this machine, of the user pool's own or of
// somebody's at any other.
func (e *exam) lastPage(uri string) {
	u, err := url.Parse(uri)
	if err != nil || !local(u) || u.Host == e.Config.Domain.Host {
		e.add("sign-out", OK, "registered: "+uri, "")
		return
	}
	if err := loopback.CheckRedirect(uri); err != nil {
		e.add("sign-out", Warn, "registered: "+uri+", but tabgate can show no page there after a log-out: "+err.Error(),
			"register a sign-out URL such as http://localhost:8501/, and set LOGOUT_URI to it")
		return
	}
	e.add("sign-out", OK, "registered: "+uri+", where tabgate shows a page for a few seconds after a log-out", "")
}

// ports takes and frees the port of each redirect address.
func (e *exam) ports(ctx context.Context) {
	var free, busy []string
	for _, uri := range e.Config.RedirectURIs {
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
		e.add("ports", Fail, "no port for the answer is free: "+strings.Join(busy, ", "), fix)
	case len(busy) > 0:
		e.add("ports", Warn, "taken: "+strings.Join(busy, ", ")+"; the next address is used", fix)
	default:
		e.add("ports", OK, "free for "+strings.Join(free, ", "), "")
	}
}
