package localpool

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageWriter writes pages, and what all of them say of the pool.
type pageWriter struct {
	domain  string
	client  client
	noReset bool // nobody can reset a password
}

// show writes a page with the headers that keep it to itself: nothing is
// loaded from anywhere, nobody may frame it, and forms go to this pool and on
// to the registered addresses alone.
func (o pageWriter) show(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Nonce = randomHex(16)
	p.Domain, p.ClientID, p.NoReset = o.domain, o.client.id, o.noReset
	if p.Query == "" {
		p.Query = carried(r)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+p.Nonce+"'; img-src data:; "+
		"form-action "+o.formTargets()+"; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	// Not no-referrer: with that, browsers send "Origin: null" with forms.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	w.WriteHeader(status)
	// Only the connection can fail here, and then nobody is there to be told.
	_ = layout(p).Render(w)
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
func (o pageWriter) formTargets() string {
	targets := "'self'"
	for _, u := range o.client.redirects {
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

// failure is the page for what cannot go on here.
func (o pageWriter) failure(w http.ResponseWriter, r *http.Request, status int, heading, lead string) {
	o.show(w, r, status, page{Body: errorBody, Title: heading, Heading: heading, Lead: lead})
}

// redirectTo goes on to another page of the sign-in, with the authorization
// request carried along.
func redirectTo(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, page{Query: carried(r)}.Link(path), http.StatusSeeOther)
}

// toError goes to the page of serveError.
func toError(w http.ResponseWriter, r *http.Request, code string) {
	// In Cognito's order, which url.Values would not keep.
	q := "error=" + url.QueryEscape(code) + "&client_id=" + url.QueryEscape(r.URL.Query().Get("client_id"))
	http.Redirect(w, r, "/error?"+q, http.StatusFound)
}

// serveError is GET /error, where Cognito sends a browser whose request names
// a client or an address that is not registered.
func (o pageWriter) serveError(w http.ResponseWriter, r *http.Request) {
	p := page{
		Body: errorBody, Title: "Something is not right", Heading: "The sign-in cannot go on",
		Lead: "The app asked for something that this pool does not offer. Go back to it and try again.",
	}
	switch r.URL.Query().Get("error") {
	case "redirect_mismatch":
		p.Title, p.Heading = "Redirect mismatch", "The address to go back to is not registered"
		p.Lead = "The app asked to be called back at an address, or under a client id, that this pool does not know. Both must match exactly: scheme, host, port, path and trailing slash."
		p.Registered = o.client.redirects
		if id := r.URL.Query().Get("client_id"); id != o.client.id {
			p.Stranger = id
		}
	case "invalid_client":
		p.Title, p.Heading = "Unknown client", "The app's client id is not known here"
		p.Lead = "Point the app at this pool with the settings that it printed at its start."
	}
	o.show(w, r, http.StatusBadRequest, p)
}

func (o pageWriter) serveSignedOut(w http.ResponseWriter, r *http.Request) {
	o.show(w, r, http.StatusOK, page{
		Title: "Signed out", Heading: "You are signed out",
		Lead: "This browser's sign-in has ended. You can close this tab and go back to the terminal.",
	})
}

func (o pageWriter) serveHome(w http.ResponseWriter, r *http.Request) {
	o.show(w, r, http.StatusOK, page{
		Title: "Local demo pool", Heading: "The pool is running",
		Lead: "Sign-in begins in the app: press l there, and it opens this pool's login page.",
	})
}

func (o pageWriter) serveNotFound(w http.ResponseWriter, r *http.Request) {
	o.failure(w, r, http.StatusNotFound, "There is no such page", "Sign-in begins in the app: press l there.")
}
