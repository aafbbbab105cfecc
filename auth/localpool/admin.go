package localpool

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// openAdmin takes the key out of the address bar: it leads to a room that
// this browser alone can use.
func (p *Pool) openAdmin(w http.ResponseWriter, r *http.Request) {
	if key := r.URL.Query().Get("key"); key == "" || !p.adminKey.Equal(key) {
		p.refuseAdmin(w, r)
		return
	}
	one := p.rooms.open()
	http.SetCookie(w, &http.Cookie{
		Name: p.cookie("admin"), Value: one.cookie.Reveal(), Path: one.path, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, one.path, http.StatusSeeOther)
}

func (p *Pool) showAdmin(w http.ResponseWriter, r *http.Request) {
	one, ok := p.room(r)
	if !ok {
		p.refuseAdmin(w, r)
		return
	}
	p.show(w, r, http.StatusOK, p.adminSheet(one))
}

func (p *Pool) refuseAdmin(w http.ResponseWriter, r *http.Request) {
	p.showFailure(w, r, http.StatusForbidden, "This page needs its key",
		"Open it with the whole address, which the pool printed at its start.")
}

func (p *Pool) adminSheet(one room) sheet {
	s := sheet{
		Body: adminBody, Title: "People and groups", Heading: "People and groups", Wide: true, CSRF: p.csrf(one.name()),
		Lead:  "A change shows in a person's tokens from their next refresh on: ctrl+r in the app.",
		Users: p.Users(), Groups: []string{CreditAnalysts, Underwriters},
	}
	for _, u := range s.Users {
		s.Groups = append(s.Groups, u.Groups...)
	}
	s.Groups = slices.Compact(slices.Sorted(slices.Values(s.Groups)))
	return s
}

func (p *Pool) postAdmin(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	one, ok := p.room(r)
	if !ok || r.ParseForm() != nil || !p.fromOurForm(r, one.name()) {
		p.refuseAdmin(w, r)
		return
	}
	email, group := r.PostFormValue("email"), strings.TrimSpace(r.PostFormValue("group"))
	var err error
	var done string
	switch r.PostFormValue("do") {
	case "add":
		done, err = email+" is in "+group+" now.", p.AddGroup(email, group)
	case "remove":
		done, err = email+" is no longer in "+group+".", p.RemoveGroup(email, group)
	case "signout":
		done, err = "All sign-ins of "+email+" have ended.", p.SignOutEverywhere(email)
	default:
		err = errors.New("nothing was asked for")
	}
	s := p.adminSheet(one)
	if s.Notice = done; err != nil {
		s.Notice, s.Alert = "", sentence(err)
	}
	p.show(w, r, http.StatusOK, s)
}

// apiOnly lets in who knows the key of the admin API. Pages of a browser
// cannot: they do not know it, and may not send it across origins.
func (p *Pool) apiOnly(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || !p.apiKey.Equal(key) {
			refuse(w, http.StatusUnauthorized, "the key of the admin API is missing or wrong", "")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		do(w, r)
	}
}

func (p *Pool) apiUsers(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, p.Users())
}

// groupChange is what POST /admin/api/groups takes.
type groupChange struct {
	Email  string `json:"email"`
	Group  string `json:"group"`
	Remove bool   `json:"remove"`
}

func (p *Pool) apiGroups(w http.ResponseWriter, r *http.Request) {
	var c groupChange
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		refuse(w, http.StatusBadRequest, "expected {email, group, remove}", "")
		return
	}
	do := p.AddGroup
	if c.Remove {
		do = p.RemoveGroup
	}
	if err := do(c.Email, c.Group); err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error(), "")
		return
	}
	writeJSON(w, http.StatusOK, p.Users())
}
