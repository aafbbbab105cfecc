package tour

import (
	"cmp"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
)

// says is what a page must show to a person of the pool, by the page's groups
// and the person's: the screen is compared with it.
func (t *tour) says(p dashboard.Page, who string) string {
	mine := t.groups(who)
	mayOpen := slices.ContainsFunc(p.Groups, func(g string) bool {
		return slices.Contains(mine, g) || g == session.AnyoneSignedIn && who != ""
	})
	switch {
	case len(p.Groups) > 0 && who == "":
		return locked
	case len(p.Groups) > 0 && !mayOpen:
		return refused
	case p.Personal && who != "":
		return who
	}
	return p.Shows
}

// groups are a person's groups in the pool now.
func (t *tour) groups(who string) []string {
	for _, u := range t.Pool.Users() {
		if u.Email == who {
			return u.Groups
		}
	}
	return nil
}

func verdictOf(says string) string { return cmp.Or(verdicts[says], "open") }
