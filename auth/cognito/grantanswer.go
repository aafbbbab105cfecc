package cognito

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/auth/token/strict"
)

// grantAnswer is a token answer as far as we use it (RFC 6749 sections 5.1
// and 5.2). expires_in is left out on purpose: the tokens say it themselves,
// signed.
type grantAnswer struct {
	Access      string `json:"access_token,omitempty"`
	ID          string `json:"id_token,omitempty"`
	Refresh     string `json:"refresh_token,omitempty"`
	Type        string `json:"token_type,omitempty"`
	Error       string `json:"error,omitempty"`
	Description string `json:"error_description,omitempty"`
	problem     error
}

var guardedGrant = strict.NewGuard("access_token", "id_token", "refresh_token", "token_type", "expires_in",
	"scope", "error", "error_description", "error_uri")

// readGrant reads an answer strictly. A problem leaves the other fields empty,
// but for those of an error.
func readGrant(a *answer) grantAnswer {
	if !a.json {
		return grantAnswer{problem: errors.New("it is not JSON")}
	}
	obj, err := guardedGrant.Parse(a.body)
	if err != nil {
		return grantAnswer{problem: err}
	}
	var g grantAnswer
	for _, field := range []struct {
		name string
		to   *string
		most int
	}{
		{"error", &g.Error, 1 << 10},
		{"error_description", &g.Description, 64 << 10},
		{"access_token", &g.Access, token.MaxToken},
		{"id_token", &g.ID, token.MaxToken},
		{"refresh_token", &g.Refresh, token.MaxToken},
		{"token_type", &g.Type, 64},
	} {
		if obj.Null(field.name) {
			continue
		}
		s, err := strict.Text(obj[field.name])
		if err != nil || len(s) > field.most {
			return grantAnswer{Error: g.Error, problem: errors.New(field.name + " is not a text of sane length")}
		}
		*field.to = s
	}
	return g
}

// check looks for what every good answer must hold.
func (g grantAnswer) check(status int) grantAnswer {
	switch {
	case g.problem != nil || g.Error != "" || status != http.StatusOK:
	case !strings.EqualFold(g.Type, "Bearer"):
		g.problem = errors.New("token_type is not Bearer")
	case g.Access == "" || !printable(g.Access):
		g.problem = errors.New("access_token is missing or has odd characters")
	case !printable(g.ID) || !printable(g.Refresh):
		g.problem = errors.New("a token has odd characters")
	}
	return g
}

// canonical is what x/oauth2 gets to read: the checked fields and nothing
// else.
func (g grantAnswer) canonical() []byte {
	if g.problem != nil {
		g = grantAnswer{Error: g.Error}
	}
	data, err := json.Marshal(g)
	if err != nil {
		return nil
	}
	return data
}
