// Package faults makes a local pool misbehave, for tests: endpoints that hang
// up, answer nonsense or too much, tokens that are forged, a clock that is
// wrong. The program does not have it.
//
// New makes a pool with switches; Pool.Faults sets them while it serves. The
// pool knows only localpool.Hooks, which are in pool.go: handler.go stands
// before its endpoints, and forge.go in the place of its signer.
package faults

import (
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// Pool is a local pool with switches.
type Pool struct {
	*localpool.Pool
	faults *Faults
}

// New makes a pool as [localpool.New] does, with no fault set.
func New(o localpool.Options) (*Pool, error) {
	f := &Faults{}
	p, err := localpool.New(f.In(o))
	if err != nil {
		return nil, err
	}
	return &Pool{p, f}, nil
}

// Faults are the pool's switches.
func (p *Pool) Faults() *Faults { return p.faults }

// In are the options of a pool that has these faults.
func (f *Faults) In(o localpool.Options) localpool.Options {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	o.Now = func() time.Time { return now().Add(f.skewed()) }
	o.Hooks = hooks{f}
	return o
}

// hooks is what the pool calls.
type hooks struct{ *Faults }

// TokenRequest counts token requests by grant.
func (f hooks) TokenRequest(grant string) { f.count(localpool.Token + " " + grant) }

// Sign forges a token where a test changes tokens; ok is false where none does.
func (f hooks) Sign(use string, claims JSON, keys *localpool.Keys) (signed string, ok bool, err error) {
	change := f.drafts()
	if change == nil {
		return "", false, nil
	}
	key, id, err := keys.Signing(use)
	if err != nil {
		return "", true, fmt.Errorf("local pool: make keys: %w", err)
	}
	d := &Draft{Use: use, Claims: claims, Header: JSON{"kid": id, "alg": "RS256"}}
	change(d)
	signed, err = d.forge(keys, key)
	return signed, true, err
}
