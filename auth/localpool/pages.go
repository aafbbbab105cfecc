package localpool

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// show writes a page with the headers that keep it to itself: nothing is
// loaded from anywhere, nobody may frame it, and forms go to this pool and on
// to the registered addresses alone.
func (p *Pool) show(w http.ResponseWriter, r *http.Request, status int, s sheet) {
	s.Nonce = randomHex(16)
	s.Domain, s.ClientID, s.NoReset = p.Domain(), p.o.ClientID, p.o.NoReset
	if s.Query == "" {
		s.Query = carried(r)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+s.Nonce+"'; img-src data:; "+
		"form-action "+p.formTargets()+"; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	// Not no-referrer: with that, browsers send "Origin: null" with forms.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	w.WriteHeader(status)
	// Only the connection can fail here, and then nobody is there to be told.
	_ = layout(s).Render(w)
}

// carried is the authorization request in the query, without what only says
// how the login page looks.
func carried(r *http.Request) string {
	q := r.URL.Query()
	q.Del("demo")
	return q.Encode()
}

// formTargets: Chromium applies form-action to the redirects after a post
// too, and CSP cannot name IPv6 addresses.
func (p *Pool) formTargets() string {
	targets := "'self'"
	for _, u := range p.o.RedirectURIs {
		parsed, err := url.Parse(u)
		switch {
		case err != nil:
		case strings.HasPrefix(parsed.Scheme, "http") && !strings.HasPrefix(parsed.Host, "["):
			targets += " " + parsed.Scheme + "://" + parsed.Host
		default:
			targets += " " + parsed.Scheme + ":"
		}
	}
	return targets
}

// formHandler does a post that has proved to come from our own form.
type formHandler func(w http.ResponseWriter, r *http.Request, id string, v visit)

// form guards posts: bounded, from our own form, in the same browser.
func (p *Pool) form(do formHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		id, v := p.visitor(w, r)
		if r.ParseForm() != nil || !p.fromOurForm(r, id) && !p.sentTwice(r) {
			p.showFailure(w, r, http.StatusForbidden, "This form has expired",
				"It was not opened in this browser, or cookies are off. Go back to the app and sign in again.")
			return
		}
		do(w, r, id, v)
	}
}

// sentence makes an error's text one for a page: "the x is bad" becomes "The
// x is bad."
func sentence(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

// showFailure is the page for what cannot go on here.
func (p *Pool) showFailure(w http.ResponseWriter, r *http.Request, status int, heading, lead string) {
	p.show(w, r, status, sheet{Body: errorBody, Title: heading, Heading: heading, Lead: lead})
}

// serveError is GET /error, where Cognito sends a browser whose request names
// a client or an address that is not registered.
func (p *Pool) serveError(w http.ResponseWriter, r *http.Request) {
	s := sheet{
		Body: errorBody, Title: "Something is not right", Heading: "The sign-in cannot go on",
		Lead: "The app asked for something that this pool does not offer. Go back to it and try again.",
	}
	switch r.URL.Query().Get("error") {
	case "redirect_mismatch":
		s.Title, s.Heading = "Redirect mismatch", "The address to go back to is not registered"
		s.Lead = "The app asked to be called back at an address, or under a client id, that this pool does not know. Both must match exactly: scheme, host, port, path and trailing slash."
		s.Registered = p.o.RedirectURIs
		if id := r.URL.Query().Get("client_id"); id != p.o.ClientID {
			s.Stranger = id
		}
	case "invalid_client":
		s.Title, s.Heading = "Unknown client", "The app's client id is not known here"
		s.Lead = "Point the app at this pool with the settings that it printed at its start."
	}
	p.show(w, r, http.StatusBadRequest, s)
}

func (p *Pool) serveSignedOut(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, sheet{
		Title: "Signed out", Heading: "You are signed out",
		Lead: "This browser's sign-in has ended. You can close this tab and go back to the terminal.",
	})
}

func (p *Pool) serveHome(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, sheet{
		Title: "Local demo pool", Heading: "The pool is running",
		Lead: "Sign-in begins in the app: press l there, and it opens this pool's login page.",
	})
}

func (p *Pool) serveNotFound(w http.ResponseWriter, r *http.Request) {
	p.showFailure(w, r, http.StatusNotFound, "There is no such page", "Sign-in begins in the app: press l there.")
}
