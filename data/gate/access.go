package gate

import (
	"slices"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// anyoneSignedIn, alone, opens to everybody who is signed in.
const anyoneSignedIn = "*"

// rule is who may open a page: members of any of the groups, byte for byte.
type rule []string

// access decides. Nothing else does.
//
//	groups | caller            | access
//	-------|-------------------|---------
//	none   | anyone            | open
//	any    | nobody            | sign_in
//	"*"    | somebody          | open
//	others | in one of them    | open
//	others | in none           | no_group
func (r rule) access(c *Caller) wire.Access {
	switch {
	case len(r) == 0:
		return wire.Open
	case c == nil:
		return wire.NeedSignIn
	case len(r) == 1 && r[0] == anyoneSignedIn:
		return wire.Open
	case slices.ContainsFunc(r, func(g string) bool { return slices.Contains(c.Groups, g) }):
		return wire.Open
	}
	return wire.NoGroup
}

// access is whether the page opens: each of its rules must. There are several
// where a folder is kept that has errors now, and says otherwise of the page.
func (p *servedPage) access(c *Caller) wire.Access {
	out := wire.Open
	for _, r := range p.rules {
		switch r.access(c) {
		case wire.NeedSignIn:
			return wire.NeedSignIn
		case wire.NoGroup:
			out = wire.NoGroup
		}
	}
	return out
}

// gated reports whether the page is closed to somebody.
func (p *servedPage) gated() bool {
	return slices.ContainsFunc(p.rules, func(r rule) bool { return len(r) > 0 })
}

// needs are the groups of which one opens the page, by the first rule that does
// not open to the caller.
func (p *servedPage) needs(c *Caller) []string {
	for _, r := range p.rules {
		if r.access(c) != wire.Open {
			return r
		}
	}
	return nil
}
