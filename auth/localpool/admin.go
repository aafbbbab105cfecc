package localpool

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// showAdmin is the demo's admin page. Its key comes once in the address and
// then lives in a cookie, so that it does not stay in the address bar.
func (p *Pool) showAdmin(w http.ResponseWriter, r *http.Request) {
	if key := r.URL.Query().Get("key"); key != "" && p.adminKey.Equal(key) {
		http.SetCookie(w, &http.Cookie{
			Name: p.cookie("admin"), Value: key, Path: "/admin", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		http.Redirect(w, r, "/admin", http.StatusSeeOther)
		return
	}
	if !p.isAdmin(r) {
		p.showFailure(w, r, http.StatusForbidden, "This page needs its key",
			"Open it with the whole address, which the pool printed at its start.")
		return
	}
	id, _ := p.visitor(w, r)
	p.show(w, r, http.StatusOK, p.adminSheet(id))
}

func (p *Pool) isAdmin(r *http.Request) bool {
	c, err := r.Cookie(p.cookie("admin"))
	return err == nil && p.adminKey.Equal(c.Value)
}

func (p *Pool) adminSheet(id string) sheet {
	s := sheet{
		Body: adminBody, Title: "People and groups", Heading: "People and groups", Wide: true, CSRF: p.csrf(id),
		Lead:  "A change shows in a person's tokens from their next refresh on: ctrl+r in the app.",
		Users: p.Users(), Groups: []string{CreditAnalysts, Underwriters},
	}
	for _, u := range s.Users {
		s.Groups = append(s.Groups, u.Groups...)
	}
	s.Groups = slices.Compact(slices.Sorted(slices.Values(s.Groups)))
	return s
}

func (p *Pool) postAdmin(w http.ResponseWriter, r *http.Request, id string, _ visit) {
	if !p.isAdmin(r) {
		p.showFailure(w, r, http.StatusForbidden, "This page needs its key",
			"Open it with the whole address, which the pool printed at its start.")
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
	s := p.adminSheet(id)
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
