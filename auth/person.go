package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// lastPerson is who signed in last on a profile, as a file of the state
// directory. It holds no secret.
type lastPerson struct {
	Issuer string `json:"issuer"`
	Sub    string `json:"sub"`
	Name   string `json:"name"`
}

const (
	maxPerson = 16 << 10 // bytes of that file
	personExt = ".person"
)

// personFile is named after the profile alone: a profile whose user pool was
// exchanged brings somebody else, too.
func (s *Service) personFile() string {
	sum := sha256.Sum256([]byte("person of " + s.o.Profile))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:16])+personExt)
}

// somebodyElse compares who signed in with who did last on this profile, and
// returns nil where there is nothing to ask: the same person, the first one,
// or a local pool, whose people are made to be tried. Two issuers that one
// user pool id gives are one pool.
func (s *Service) somebodyElse(now session.Person) *session.Changed {
	data, err := store.ReadPrivate(s.personFile(), maxPerson)
	var last lastPerson
	if s.o.LocalPool || err != nil || json.Unmarshal(data, &last) != nil || last.Sub == "" {
		return nil
	}
	pool := func(issuer string) string {
		if slices.Contains(s.o.Issuers, issuer) {
			return s.o.Issuers[0]
		}
		return issuer
	}
	if last.Sub == now.Sub && pool(last.Issuer) == pool(now.Issuer) {
		return nil
	}
	return &session.Changed{Now: now, Before: session.Person{Sub: last.Sub, Issuer: last.Issuer, Name: last.Name}}
}

// rememberPerson keeps who signed in for the next time. A failure costs a
// question, or the lack of one, and no session.
func (s *Service) rememberPerson(p session.Person) {
	if s.o.LocalPool || store.PrivateDir(s.dir) != nil {
		return
	}
	name := []rune(p.Name)
	data, err := json.Marshal(lastPerson{p.Issuer, p.Sub, string(name[:min(len(name), 200)])})
	if err == nil {
		_ = store.WritePrivate(s.personFile(), data)
	}
}

// forgetPerson lets the next sign-in be anybody's: who signs out has said that
// they go.
func (s *Service) forgetPerson() { _ = os.Remove(s.personFile()) }

// forgetPersons does it for every profile.
func forgetPersons(dir string) {
	all, _ := os.ReadDir(dir)
	for _, file := range all {
		if filepath.Ext(file.Name()) == personExt {
			_ = os.Remove(filepath.Join(dir, file.Name()))
		}
	}
}

// undecided is a verified sign-in that waits for the person's word. Until then
// nothing of it is stored or announced. It is decided once; when its context
// ends first, that is a no.
type undecided struct {
	s      *Service
	v      verified
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	decided bool
}

var errDecided = errors.New("the question is no longer open; sign in again")

// decideLater makes v wait for an answer as long as a sign-in may take in the
// browser. A program that ends before waits for the revocation.
func (s *Service) decideLater(ctx context.Context, v verified) *undecided {
	u := &undecided{s: s, v: v}
	u.ctx, u.cancel = context.WithTimeout(ctx, s.o.Timeout)
	s.work.begin()
	context.AfterFunc(u.ctx, func() { u.refuse() })
	return u
}

// decide reports whether the caller is the one who decides.
func (u *undecided) decide() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	first := !u.decided
	u.decided = true
	return first
}

func (u *undecided) accept(ctx context.Context) (session.Session, error) {
	if !u.decide() {
		return session.Session{}, errDecided
	}
	defer u.s.work.end()
	defer u.cancel()
	h, err := u.s.keep(u.v, func() bool { return ctx.Err() != nil || u.ctx.Err() != nil })
	if err != nil {
		return session.Session{}, err
	}
	return u.s.session(h), nil
}

// refuse revokes what the sign-in brought; there is nothing to delete.
func (u *undecided) refuse() session.Step {
	if !u.decide() {
		return session.Step{Name: "revoke", Text: errDecided.Error(), Err: errDecided}
	}
	defer u.s.work.end()
	defer u.cancel()
	return u.s.revoke(context.WithoutCancel(u.ctx), u.v.saved)
}
