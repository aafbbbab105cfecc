package transport

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/neterr"
)

// noRedirect hands a redirect back as the answer: a request body with secrets
// never goes to a second address.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// withinOrigin follows redirects to the scheme, host and port that were asked
// first, so that neither headers nor the request itself go anywhere that
// nobody named: not from https to http, not to another host, not into this
// machine.
func withinOrigin(most int) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, via []*http.Request) error {
		switch {
		case Origin(next.URL) != Origin(via[0].URL):
			return &neterr.RedirectError{To: Origin(next.URL)}
		case len(via) > most:
			return &neterr.RedirectError{To: Origin(next.URL), Times: most}
		}
		return nil
	}
}

// Origin is an address without all that follows its host, the port left out
// where it is the scheme's own: "https://data.example.com".
func Origin(u *url.URL) string {
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" || scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return scheme + "://" + host
	}
	return scheme + "://" + host + ":" + port
}
