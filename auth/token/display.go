package token

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token/strict"
)

// A pool's own code (a pre-token-generation trigger) and the identity
// providers behind it may put anything into claims that are shown alone. What
// is odd there is left out with a warning: the person can sign in and read
// why the name is missing.

// shown reads an optional string that decides nothing.
func (r *reader) shown(name string) string {
	if r.obj.Null(name) {
		return ""
	}
	s, err := strict.Text(r.obj[name])
	if err != nil {
		r.warn("The %s's %s is %s and was left out.", r.what, name, err)
	}
	return s
}

// shownBool reads an optional true or false that decides nothing. Anything
// else counts as false.
func (r *reader) shownBool(name string) bool {
	if r.obj.Null(name) {
		return false
	}
	b, err := strict.Bool(r.obj[name])
	if err != nil {
		r.warn("The %s's %s is %s and counts as false.", r.what, name, err)
	}
	return b
}

// leftOut warns of a claim whose name is not clear.
func (r *reader) leftOut(o strict.Odd) {
	if o.Like == "" {
		r.warn("The %s has the claim %s twice; neither counts.", r.what, session.Clean(o.Name, 60))
		return
	}
	r.warn("The %s has a claim %q, which can be taken for %q and was left out.", r.what, session.Clean(o.Name, 60), o.Like)
}

func (r *reader) warn(format string, args ...any) {
	r.warnings = append(r.warnings, fmt.Sprintf(format, args...))
}

// maxNamed is how many groups a warning names.
const maxNamed = 5

// groupsOfAccessAlone warns of groups in the access token that the ID token
// does not have, as a pre-token-generation trigger can make them; "" for none.
// The ID token alone says what opens: it is the one made for this client
// (aud) and bound to this sign-in (nonce).
func groupsOfAccessAlone(id, access []string) string {
	alone := slices.DeleteFunc(slices.Clone(access), func(g string) bool { return slices.Contains(id, g) })
	if len(alone) == 0 {
		return ""
	}
	named := make([]string, 0, maxNamed)
	for _, group := range alone[:min(len(alone), maxNamed)] {
		named = append(named, session.Clean(group, 40))
	}
	text := strings.Join(named, ", ")
	if more := len(alone) - len(named); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return "Your groups stand in the access token only: " + text +
		". Tabs open by the groups of the ID token; the user pool's administrator can add them there."
}
