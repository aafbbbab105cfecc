package localpool

import (
	"errors"
	"net/http"
)

// accountPages is where people sign up and choose a new password.
type accountPages struct{ forms }

func (a accountPages) signupPage(r *http.Request, id string, _ browserSession) page {
	p := a.page(r, id, "Create an account", "username")
	p.Body, p.Rules = signupBody, passwordRules
	return p
}

func (a accountPages) postSignup(w http.ResponseWriter, r *http.Request, id string, browser browserSession) {
	email := r.PostFormValue("username")
	if email == "" {
		email = r.PostFormValue("email")
	}
	password := r.PostFormValue("password")
	err := a.directory.signUp(email, password)
	if errors.Is(err, errTaken) {
		if _, known := a.directory.signIn(email, password); errors.Is(known, errUnconfirmed) {
			err = nil // the same person, who clicked twice or comes back
		}
	}
	if err != nil {
		p := a.signupPage(r, id, browser)
		p.Email, p.Alert = email, sentence(err)
		if _, bad := checkEmail(email); bad == nil {
			p.Focus = "password"
		}
		a.pages.show(w, r, http.StatusOK, p)
		return
	}
	email, _ = checkEmail(email) // signUp has taken it.
	a.mail(w, r, id, browser, email, "confirm", "/confirm")
}

func (a accountPages) confirmPage(r *http.Request, id string, browser browserSession) page {
	p := a.page(r, id, "Confirm your address", "code")
	p.Body, p.Email = confirmBody, browser.mail.To
	if browser.mail.Purpose == "confirm" {
		p.Letter = browser.mail
	}
	if p.Email == "" {
		p.Focus = "username"
	}
	return p
}

func (a accountPages) postConfirm(w http.ResponseWriter, r *http.Request, id string, browser browserSession) {
	email := r.PostFormValue("username")
	if email == "" {
		email = browser.mail.To
	}
	if err := a.directory.confirm(email, r.PostFormValue("code")); err != nil && browser.mail != (letter{To: email, Purpose: "confirmed"}) {
		p := a.confirmPage(r, id, browser)
		p.Email, p.Alert = email, sentence(err)
		a.pages.show(w, r, http.StatusOK, p)
		return
	}
	a.toLogin(w, r, id, browser, letter{To: email, Purpose: "confirmed"})
}

// toLogin goes to the login page, which says what was done.
func (a accountPages) toLogin(w http.ResponseWriter, r *http.Request, id string, browser browserSession, done letter) {
	browser.mail = done
	a.sessions.put(id, browser)
	if carried(r) != "" {
		redirectTo(w, r, "/login")
		return
	}
	a.pages.show(w, r, http.StatusOK, page{
		Title: "Done", Heading: "Done",
		Lead: "Go back to the app and sign in there: press l.",
	})
}

func (a accountPages) forgotPage(r *http.Request, id string, _ browserSession) page {
	p := a.page(r, id, "Reset your password", "username")
	p.Body, p.Lead = forgotBody, "A real pool would mail you a code. This one shows it on the next page."
	return p
}

// postForgot goes on for unknown addresses as for known ones.
func (a accountPages) postForgot(w http.ResponseWriter, r *http.Request, id string, browser browserSession) {
	email, err := checkEmail(r.PostFormValue("username"))
	if err != nil {
		p := a.forgotPage(r, id, browser)
		p.Email, p.Alert = r.PostFormValue("username"), sentence(err)
		a.pages.show(w, r, http.StatusOK, p)
		return
	}
	a.mail(w, r, id, browser, email, "reset", "/confirmForgotPassword")
}

func (a accountPages) resetPage(r *http.Request, id string, browser browserSession) page {
	p := a.page(r, id, "Choose a new password", "code")
	p.Body, p.Rules, p.Email = resetBody, passwordRules, browser.mail.To
	if browser.mail.Purpose == "reset" {
		p.Letter = browser.mail
	}
	return p
}

func (a accountPages) showReset(w http.ResponseWriter, r *http.Request) {
	id, browser := a.sessions.of(w, r)
	if browser.mail.Purpose != "reset" {
		redirectTo(w, r, "/forgotPassword")
		return
	}
	a.pages.show(w, r, http.StatusOK, a.resetPage(r, id, browser))
}

func (a accountPages) postReset(w http.ResponseWriter, r *http.Request, id string, browser browserSession) {
	if err := a.directory.reset(browser.mail.To, r.PostFormValue("code"), r.PostFormValue("password")); err != nil && browser.mail.Purpose != "changed" {
		p := a.resetPage(r, id, browser)
		p.Alert = sentence(err)
		if !errors.Is(err, errWrongCode) { // The code is still good, and need not be typed again.
			p.Focus, p.Code = "password", r.PostFormValue("code")
		}
		a.pages.show(w, r, http.StatusOK, p)
		return
	}
	a.toLogin(w, r, id, browser, letter{To: browser.mail.To, Purpose: "changed"})
}
