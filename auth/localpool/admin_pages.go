package localpool

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
)

// adminPages lets whoever started the pool change its people in a browser.
type adminPages struct {
	pages    pageWriter
	people   people
	csrf     csrfKey
	sessions *adminSessions
	cookie   string      // name of the cookie
	key      secret.Text // opens a session
	known    []string    // groups that open something
}

// open takes the key out of the address bar: it leads to a page that only
// this browser can use.
func (a adminPages) open(w http.ResponseWriter, r *http.Request) {
	if key := r.URL.Query().Get("key"); key == "" || !a.key.Equal(key) {
		a.refuse(w, r)
		return
	}
	one := a.sessions.open()
	http.SetCookie(w, &http.Cookie{
		Name: a.cookie, Value: one.cookie.Reveal(), Path: one.path, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, one.path, http.StatusSeeOther)
}

// session is the one that a request comes from.
func (a adminPages) session(r *http.Request) (adminSession, bool) {
	c, err := r.Cookie(a.cookie)
	if err != nil {
		return adminSession{}, false
	}
	return a.sessions.find(r.URL.Path, c.Value)
}

func (a adminPages) show(w http.ResponseWriter, r *http.Request) {
	one, ok := a.session(r)
	if !ok {
		a.refuse(w, r)
		return
	}
	a.pages.show(w, r, http.StatusOK, a.page(one))
}

func (a adminPages) refuse(w http.ResponseWriter, r *http.Request) {
	a.pages.failure(w, r, http.StatusForbidden, "This page needs its key",
		"Open it with the whole address, which the pool printed at its start.")
}

func (a adminPages) page(one adminSession) page {
	p := page{
		Body: adminBody, Title: "People and groups", Heading: "People and groups", Wide: true, CSRF: a.csrf.token(one.id()),
		Lead:  "A change shows in a person's tokens from their next refresh on: ctrl+r in the app.",
		Users: a.people.Users(), Groups: slices.Clone(a.known), Known: a.known,
	}
	for _, u := range p.Users {
		p.Groups = append(p.Groups, u.Groups...)
	}
	p.Groups = slices.Compact(slices.Sorted(slices.Values(p.Groups)))
	return p
}

func (a adminPages) post(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	one, ok := a.session(r)
	if !ok || r.ParseForm() != nil || !a.csrf.guards(r, one.id()) {
		a.refuse(w, r)
		return
	}
	email, group := r.PostFormValue("email"), strings.TrimSpace(r.PostFormValue("group"))
	var err error
	var done string
	switch r.PostFormValue("do") {
	case "add":
		done, err = email+" is in "+group+" now.", a.people.AddGroup(email, group)
	case "remove":
		done, err = email+" is no longer in "+group+".", a.people.RemoveGroup(email, group)
	case "signout":
		done, err = "All sign-ins of "+email+" have ended.", a.people.SignOutEverywhere(email)
	default:
		err = errors.New("nothing was asked for")
	}
	p := a.page(one)
	if p.Notice = done; err != nil {
		p.Notice, p.Alert = "", sentence(err)
	}
	a.pages.show(w, r, http.StatusOK, p)
}
