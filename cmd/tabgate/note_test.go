package main

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// Whoever wonders why a tab stays locked asks whoami.
func TestJ27LoginAndWhoamiTellOfGroupsInTheAccessTokenAlone(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	pool.Faults().Tokens(func(d *faults.Draft) {
		if d.Use == "id" {
			delete(d.Claims, "cognito:groups")
		}
	})
	const want = "Your groups stand in the access token only: Underwriters."
	if got := p.signIn(pool, "underwriter@example.com"); got.code != 0 || !strings.Contains(got.err, want) {
		t.Errorf("login: exit %d: %s", got.code, got.err)
	}
	if got := p.run("whoami"); got.code != 0 || !strings.Contains(got.err, want) || strings.Contains(got.out, "Underwriters") {
		t.Errorf("whoami: exit %d: %s%s", got.code, got.out, got.err)
	}
	if got := p.run("show", "plotting"); got.code != exitNoAccess {
		t.Errorf("show: exit %d: %s", got.code, got.err)
	}
}
