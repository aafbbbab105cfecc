package localpool

import (
	"errors"
	"net/http"
)

func (p *Pool) signupSheet(r *http.Request, id string) sheet {
	return sheet{
		Body: signupBody, Title: "Create an account", Heading: "Create an account", Rules: passwordRules,
		CSRF: p.csrf(id), Query: carried(r), Focus: "username",
	}
}

func (p *Pool) showSignup(w http.ResponseWriter, r *http.Request) {
	id, _ := p.visitor(w, r)
	p.show(w, r, http.StatusOK, p.signupSheet(r, id))
}

func (p *Pool) postSignup(w http.ResponseWriter, r *http.Request, id string, v visit) {
	email := r.PostFormValue("username")
	if email == "" {
		email = r.PostFormValue("email")
	}
	password := r.PostFormValue("password")
	err := p.directory.signUp(email, password)
	if errors.Is(err, errTaken) {
		if _, known := p.directory.signIn(email, password); errors.Is(known, errUnconfirmed) {
			err = nil // the same person, who clicked twice or comes back
		}
	}
	if err != nil {
		s := p.signupSheet(r, id)
		s.Email, s.Alert = email, sentence(err)
		if _, bad := checkEmail(email); bad == nil {
			s.Focus = "password"
		}
		p.show(w, r, http.StatusOK, s)
		return
	}
	email, _ = checkEmail(email) // signUp has taken it.
	v.mail = letter{email, "confirm", p.directory.mail(email, "confirm")}
	p.visits.put(id, v)
	http.Redirect(w, r, sheet{Query: carried(r)}.Link("/confirm"), http.StatusSeeOther)
}

func (p *Pool) confirmSheet(r *http.Request, id string, v visit) sheet {
	s := sheet{
		Body: confirmBody, Title: "Confirm your address", Heading: "Confirm your address",
		CSRF: p.csrf(id), Query: carried(r), Email: v.mail.To, Focus: "code",
	}
	if v.mail.Purpose == "confirm" {
		s.Letter = v.mail
	}
	if s.Email == "" {
		s.Focus = "username"
	}
	return s
}

func (p *Pool) showConfirm(w http.ResponseWriter, r *http.Request) {
	id, v := p.visitor(w, r)
	p.show(w, r, http.StatusOK, p.confirmSheet(r, id, v))
}

func (p *Pool) postConfirm(w http.ResponseWriter, r *http.Request, id string, v visit) {
	email := r.PostFormValue("username")
	if email == "" {
		email = v.mail.To
	}
	if err := p.directory.confirm(email, r.PostFormValue("code")); err != nil && v.mail != (letter{To: email, Purpose: "confirmed"}) {
		s := p.confirmSheet(r, id, v)
		s.Email, s.Alert = email, sentence(err)
		p.show(w, r, http.StatusOK, s)
		return
	}
	p.toLogin(w, r, id, v, letter{To: email, Purpose: "confirmed"})
}

// toLogin goes to the login page, which says what was done.
func (p *Pool) toLogin(w http.ResponseWriter, r *http.Request, id string, v visit, done letter) {
	v.mail = done
	p.visits.put(id, v)
	if carried(r) != "" {
		http.Redirect(w, r, sheet{Query: carried(r)}.Link("/login"), http.StatusSeeOther)
		return
	}
	p.show(w, r, http.StatusOK, sheet{
		Title: "Done", Heading: "Done",
		Lead: "Go back to the app and sign in there: press l.",
	})
}

func (p *Pool) forgotSheet(r *http.Request, id string) sheet {
	return sheet{
		Body: forgotBody, Title: "Reset your password", Heading: "Reset your password",
		CSRF: p.csrf(id), Query: carried(r), Focus: "username",
		Lead: "A real pool would mail you a code. This one shows it on the next page.",
	}
}

func (p *Pool) showForgot(w http.ResponseWriter, r *http.Request) {
	id, _ := p.visitor(w, r)
	p.show(w, r, http.StatusOK, p.forgotSheet(r, id))
}

// postForgot goes on for unknown addresses as for known ones.
func (p *Pool) postForgot(w http.ResponseWriter, r *http.Request, id string, v visit) {
	email, err := checkEmail(r.PostFormValue("username"))
	if err != nil {
		s := p.forgotSheet(r, id)
		s.Email, s.Alert = r.PostFormValue("username"), sentence(err)
		p.show(w, r, http.StatusOK, s)
		return
	}
	v.mail = letter{email, "reset", p.directory.mail(email, "reset")}
	p.visits.put(id, v)
	http.Redirect(w, r, sheet{Query: carried(r)}.Link("/confirmForgotPassword"), http.StatusSeeOther)
}

func (p *Pool) resetSheet(r *http.Request, id string, v visit) sheet {
	s := sheet{
		Body: resetBody, Title: "Choose a new password", Heading: "Choose a new password", Rules: passwordRules,
		CSRF: p.csrf(id), Query: carried(r), Email: v.mail.To, Focus: "code",
	}
	if v.mail.Purpose == "reset" {
		s.Letter = v.mail
	}
	return s
}

func (p *Pool) showReset(w http.ResponseWriter, r *http.Request) {
	id, v := p.visitor(w, r)
	if v.mail.Purpose != "reset" {
		http.Redirect(w, r, sheet{Query: carried(r)}.Link("/forgotPassword"), http.StatusSeeOther)
		return
	}
	p.show(w, r, http.StatusOK, p.resetSheet(r, id, v))
}

func (p *Pool) postReset(w http.ResponseWriter, r *http.Request, id string, v visit) {
	if err := p.directory.reset(v.mail.To, r.PostFormValue("code"), r.PostFormValue("password")); err != nil && v.mail.Purpose != "changed" {
		s := p.resetSheet(r, id, v)
		s.Alert = sentence(err)
		if !errors.Is(err, errWrongCode) { // The code is still good, and need not be typed again.
			s.Focus, s.Code = "password", r.PostFormValue("code")
		}
		p.show(w, r, http.StatusOK, s)
		return
	}
	p.toLogin(w, r, id, v, letter{To: v.mail.To, Purpose: "changed"})
}
