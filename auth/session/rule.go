package session

import (
	"slices"
	"time"
)

// AnyoneSignedIn as the only group of a Rule opens to every live session.
const AnyoneSignedIn = "*"

// Rule says who may open a page. The zero Rule opens to anyone.
type Rule struct {
	Groups []string // any one of them opens
}

// Verdict is the gate's answer.
type Verdict int

const (
	Open       Verdict = iota // come in
	NeedSignIn                // nobody is signed in, or the session has ended
	NeedGroup                 // somebody is, but in none of the groups
)

// String gives the verdict as `tabgate pages --json` spells it.
func (v Verdict) String() string {
	return [...]string{"open", "sign_in", "no_group"}[v]
}

// Check is the gate. It decides, and nothing else in the program does:
//
//	rule      | session        | verdict
//	----------|----------------|-----------
//	no groups | any            | Open
//	any       | nobody, ended  | NeedSignIn
//	"*"       | live           | Open
//	groups    | in one of them | Open
//	groups    | in none        | NeedGroup
//
// A lock in a client is politeness: whoever serves the data must check the
// access token as well.
func (r Rule) Check(s Session, now time.Time) Verdict {
	switch {
	case len(r.Groups) == 0:
		return Open
	case !s.Live(now):
		return NeedSignIn
	case slices.Contains(r.Groups, AnyoneSignedIn), slices.ContainsFunc(r.Groups, s.In):
		return Open
	}
	return NeedGroup
}
