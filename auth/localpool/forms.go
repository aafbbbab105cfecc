package localpool

import "net/http"

// forms is what the pages with a form share: the writer, the session of the
// browser that fills it in, and the people that it is about.
type forms struct {
	pages     pageWriter
	sessions  *browserSessions
	directory *directory
}

// formHandler does a post that has proved to come from our own form.
type formHandler func(w http.ResponseWriter, r *http.Request, id string, browser browserSession)

// guard lets posts through that are bounded, from our own form, in the same
// browser.
func (f forms) guard(do formHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		id, browser := f.sessions.of(w, r)
		if r.ParseForm() != nil || !f.sessions.csrf.guards(r, id) && !f.sessions.sentTwice(r) {
			f.pages.failure(w, r, http.StatusForbidden, "This form has expired",
				"It was not opened in this browser, or cookies are off. Go back to the app and sign in again.")
			return
		}
		do(w, r, id, browser)
	}
}

// show is the handler that shows a page of the browser's session.
func (f forms) show(page func(*http.Request, string, browserSession) page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, browser := f.sessions.of(w, r)
		f.pages.show(w, r, http.StatusOK, page(r, id, browser))
	}
}

// page is a page with a form of the session id.
func (f forms) page(r *http.Request, id, heading, focus string) page {
	return page{Title: heading, Heading: heading, CSRF: f.sessions.csrf.token(id), Query: carried(r), Focus: focus}
}

// mail makes the code of a mail to the address and goes on to the page at
// path, which shows it.
func (f forms) mail(w http.ResponseWriter, r *http.Request, id string, browser browserSession, email, purpose, path string) {
	browser.mail = letter{email, purpose, f.directory.mail(email, purpose)}
	f.sessions.put(id, browser)
	redirectTo(w, r, path)
}
