package auth

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

func TestSignInWhereATriggerChangesTheTokens(t *testing.T) {
	const person = "both@example.com"
	tests := map[string]struct {
		change func(*faults.Draft)
		groups int
		note   string
	}{
		"T-14 a look-alike of the email": {func(d *faults.Draft) { d.Claims["Email"] = "eve@example.com" }, 2, `"Email"`},
		"T-14 email_verified is True":    {func(d *faults.Draft) { d.Claims["email_verified"] = "True" }, 2, "email_verified"},
		"J-27 the groups stand in the access token alone": {func(d *faults.Draft) {
			if d.Use == "id" {
				delete(d.Claims, "cognito:groups")
			}
		}, 0, "access token only: CreditAnalysts, Underwriters"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.pool.Faults().Tokens(test.change)
			s := w.process()
			got := w.signIn(s, person)
			if len(got.Groups) != test.groups || got.Email != person || !strings.Contains(got.Note, test.note) {
				t.Errorf("got %+v", got)
			}
			again, err := w.process().Restore(t.Context())
			if err != nil || len(again.Groups) != test.groups || !strings.Contains(again.Note, test.note) {
				t.Errorf("the next start has %+v, %v", again, err)
			}
			renewed, err := s.Refresh(t.Context())
			if err != nil || len(renewed.Groups) != test.groups {
				t.Errorf("refreshed to %+v, %v", renewed, err)
			}
		})
	}
}
