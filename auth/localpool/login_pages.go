package localpool

import (
	"errors"
	"net/http"
	"strings"
)

// loginPages is where people sign in.
type loginPages struct {
	forms
	authorization authorization
	demo          bool // the demo people are offered
}

// show is GET /login: the same parameters as /oauth2/authorize.
func (l loginPages) show(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	a, no := l.authorization.client.request(q)
	if no != nil {
		l.authorization.refuse(w, r, a, no)
		return
	}
	id, browser := l.sessions.of(w, r)
	if browser.sub != "" && a.prompt != "login" {
		l.authorization.sendCode(w, r, a, browser.sub, browser.authTime)
		return
	}
	p := l.page(r, id)
	p.Email = q.Get("login_hint")
	if p.Email != "" {
		p.Focus = "password"
	}
	for _, u := range p.People {
		if u.Email == q.Get("demo") {
			p.Email, p.Password, p.Focus = u.Email, DemoPassword, "submit"
		}
	}
	if browser.mail.Purpose == "confirmed" || browser.mail.Purpose == "changed" {
		p.Email, p.Focus = browser.mail.To, "password"
		p.Notice = map[string]string{
			"confirmed": "Your address is confirmed. Sign in now.",
			"changed":   "Your password is changed. Sign in with the new one.",
		}[browser.mail.Purpose]
		browser.mail = letter{}
		l.sessions.put(id, browser)
	}
	l.pages.show(w, r, http.StatusOK, p)
}

func (l loginPages) page(r *http.Request, id string) page {
	p := l.forms.page(r, id, "Sign in", "username")
	p.Body = loginBody
	if !l.demo {
		return p
	}
	for _, u := range DemoPeople() {
		groups := strings.Join(u.Groups, ", ")
		if groups == "" {
			groups = "no group"
		}
		q := r.URL.Query()
		q.Set("demo", u.Email)
		p.People = append(p.People, demoPerson{u.Email, groups, "/login?" + q.Encode()})
	}
	return p
}

// post judges what was typed. Neither the page nor its status tells an
// unknown person from a wrong password.
func (l loginPages) post(w http.ResponseWriter, r *http.Request, id string, browser browserSession) {
	a, no := l.authorization.client.request(r.URL.Query())
	if no != nil {
		l.authorization.refuse(w, r, a, no)
		return
	}
	email := r.PostFormValue("username")
	u, err := l.directory.signIn(email, r.PostFormValue("password"))
	switch {
	case errors.Is(err, errUnconfirmed):
		l.mail(w, r, id, browser, u.email, "confirm", "/confirm")
	case err != nil:
		p := l.page(r, id)
		p.Email, p.Alert, p.Focus = email, sentence(err), "password"
		l.pages.show(w, r, http.StatusOK, p)
	default:
		l.authorization.sendCode(w, r, a, u.sub, l.sessions.signIn(w, id, u.sub))
	}
}
