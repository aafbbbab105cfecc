package localpool

import (
	"errors"
	"net/http"
	"strings"
)

// showLogin is GET /login: the same parameters as /oauth2/authorize.
func (p *Pool) showLogin(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	a, no := p.ask(q)
	if no != nil {
		p.refuseAuthorize(w, r, a, no)
		return
	}
	id, v := p.visitor(w, r)
	if v.sub != "" && a.prompt != "login" {
		p.sendCode(w, r, a, v.sub, v.authTime)
		return
	}
	s := p.loginSheet(r, id)
	s.Email = q.Get("login_hint")
	if s.Email != "" {
		s.Focus = "password"
	}
	for _, u := range s.People {
		if u.Email == q.Get("demo") {
			s.Email, s.Password, s.Focus = u.Email, DemoPassword, "submit"
		}
	}
	if v.mail.Purpose == "confirmed" || v.mail.Purpose == "changed" {
		s.Email, s.Focus = v.mail.To, "password"
		s.Notice = map[string]string{
			"confirmed": "Your address is confirmed. Sign in now.",
			"changed":   "Your password is changed. Sign in with the new one.",
		}[v.mail.Purpose]
		v.mail = letter{}
		p.visits.put(id, v)
	}
	p.show(w, r, http.StatusOK, s)
}

func (p *Pool) loginSheet(r *http.Request, id string) sheet {
	s := sheet{Body: loginBody, Title: "Sign in", Heading: "Sign in", CSRF: p.csrf(id), Query: carried(r), Focus: "username"}
	if !p.demo {
		return s
	}
	for _, u := range DemoPeople() {
		groups := strings.Join(u.Groups, ", ")
		if groups == "" {
			groups = "no group"
		}
		q := r.URL.Query()
		q.Set("demo", u.Email)
		s.People = append(s.People, demoPerson{u.Email, groups, "/login?" + q.Encode()})
	}
	return s
}

// postLogin judges what was typed. Neither the page nor its status tells an
// unknown person from a wrong password.
func (p *Pool) postLogin(w http.ResponseWriter, r *http.Request, id string, v visit) {
	a, no := p.ask(r.URL.Query())
	if no != nil {
		p.refuseAuthorize(w, r, a, no)
		return
	}
	email := r.PostFormValue("username")
	u, err := p.directory.signIn(email, r.PostFormValue("password"))
	switch {
	case errors.Is(err, errUnconfirmed):
		v.mail = letter{u.email, "confirm", p.directory.mail(u.email, "confirm")}
		p.visits.put(id, v)
		http.Redirect(w, r, sheet{Query: carried(r)}.Link("/confirm"), http.StatusSeeOther)
	case err != nil:
		s := p.loginSheet(r, id)
		s.Email, s.Alert, s.Focus = email, sentence(err), "password"
		p.show(w, r, http.StatusOK, s)
	default:
		now := p.now()
		p.visits.drop(id)
		p.newVisit(w, visit{until: now.Add(loginTTL), sub: u.sub, authTime: now, seen: now})
		p.sendCode(w, r, a, u.sub, now)
	}
}
