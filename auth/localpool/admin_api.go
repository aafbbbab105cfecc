package localpool

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
)

// adminAPI lets other processes of the same user change the people: see Admin.
type adminAPI struct {
	people people
	key    secret.Text // written by Publish
}

// only lets in who knows the key of the admin API. Pages of a browser
// cannot: they do not know it, and may not send it across origins.
func (a adminAPI) only(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || !a.key.Equal(key) {
			refuse(w, http.StatusUnauthorized, "the key of the admin API is missing or wrong", "")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		do(w, r)
	}
}

func (a adminAPI) users(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, a.people.Users())
}

// groupChange is what POST /admin/api/groups takes.
type groupChange struct {
	Email  string `json:"email"`
	Group  string `json:"group"`
	Remove bool   `json:"remove"`
}

func (a adminAPI) changeGroup(w http.ResponseWriter, r *http.Request) {
	var c groupChange
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		refuse(w, http.StatusBadRequest, "expected {email, group, remove}", "")
		return
	}
	do := a.people.AddGroup
	if c.Remove {
		do = a.people.RemoveGroup
	}
	if err := do(c.Email, c.Group); err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error(), "")
		return
	}
	writeJSON(w, http.StatusOK, a.people.Users())
}
