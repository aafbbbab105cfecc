package localpool

import "testing"

// What the tests of package faults need of those here.
var (
	Start    = start
	Claims   = claims
	EqualAny = equalAny
	NewClock = newClock
	TestKeys = testKeys
)

const Verifier = verifier

type App = app

func (a *app) Redirect() string                               { return a.redirect }
func (a *app) SignIn(t *testing.T, email string) string       { return a.signIn(t, email) }
func (a *app) Session(t *testing.T, email string) JSON        { return a.session(t, email) }
func (a *app) Refresh(t *testing.T, token string) (int, JSON) { return a.refresh(t, token) }
func (a *app) Token(t *testing.T, pairs ...string) (int, JSON) {
	return a.token(t, pairs...)
}
