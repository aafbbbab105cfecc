package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"golang.org/x/sync/errgroup"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// atOnce is how many sessions EndAll ends at the same time.
const atOnce = 4

// AllOptions are what EndAll works with. No configuration is needed.
type AllOptions struct {
	Stores   []store.Store // all that may have a session of this user, whichever is chosen now
	StateDir string        // as in Options; "" has no sessions
	HTTP     *http.Client  // nil is cognito.HTTPClient(nil)
	// Secret gives the secret of an app client at its own user pool, empty
	// where it has none or none is at hand. nil has none.
	Secret func(store.Account) secret.Text
}

// Ended is what became of one session. Err is nil when nothing of it is left
// on this machine.
type Ended struct {
	Entry store.Entry
	Text  string // one plain sentence
	Err   error
}

// EndAll ends every session that this user's stores hold, whatever user pool,
// client and profile it is of: other processes are told, its refresh token is
// revoked at its own domain, and it is deleted, offline too. What a session's
// domain is, the session says; the index is only asked where sessions lie.
// An error means that the index could not be read.
func EndAll(ctx context.Context, o AllOptions) ([]Ended, error) {
	if o.StateDir != "" {
		forgetPersons(marks(o.StateDir))
	}
	all, err := Stored(o.StateDir, o.Stores...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if o.HTTP == nil {
		o.HTTP = cognito.HTTPClient(nil)
	}
	ctx = context.WithoutCancel(ctx) // half a sign-out helps nobody
	ended := make([]Ended, len(all))
	var work errgroup.Group
	work.SetLimit(atOnce)
	for i, entry := range all {
		work.Go(func() error {
			defer fault.Recover()
			ended[i] = o.end(ctx, marks(o.StateDir), entry)
			return nil
		})
	}
	return ended, work.Wait()
}

// end is signOutHere for a session of which only the key and the store are
// known.
func (o AllOptions) end(ctx context.Context, dir string, e store.Entry) Ended {
	stored := storage{store: o.storeOf(e.Store, dir), dir: dir, account: e.Account}
	if stored.store == nil {
		err := errors.New("there is no " + e.Store + " store here")
		return Ended{e, session.Clean(e.String()+": "+err.Error(), 400) + ".", err}
	}
	locking, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	if unlock, err := stored.lock(locking); err == nil {
		defer unlock()
	}
	saved, loadErr := stored.loadAny(ctx)
	m, _ := stored.mark()
	var endErr, err error
	var unrevoked string
	_, effects := lifecycle.Step(lifecycle.State{}, lifecycle.SignedOut{Mark: m, Stored: saved, Unloaded: loadErr != nil})
	for _, effect := range effects {
		switch effect := effect.(type) {
		case lifecycle.MarkEnded:
			endErr = stored.markEnded(effect.Generation)
		case lifecycle.Revoke:
			unrevoked = o.revoke(ctx, effect.Saved)
		case lifecycle.Delete:
			deleting, cancel := context.WithTimeout(ctx, deleting)
			defer cancel()
			err = stored.delete(deleting)
		}
	}
	return Ended{e, session.Clean(e.String()+": "+outcome(loadErr, endErr, unrevoked, err), 400) + ".", err}
}

func (o AllOptions) storeOf(kind, dir string) store.Store {
	for _, s := range o.Stores {
		if s.Kind() == kind {
			return store.Indexed(s, dir)
		}
	}
	return nil
}

// outcome puts into words what became of a session: whether it could be read,
// whether other processes were told, why its refresh token was not revoked,
// and whether it was deleted.
func outcome(loadErr, endErr error, unrevoked string, deleteErr error) string {
	switch {
	case deleteErr != nil && endErr == nil:
		return "could not be deleted, but is marked as signed out and will not be used: " + deleteErr.Error()
	case deleteErr != nil:
		return "could not be deleted: " + deleteErr.Error()
	case storeReason(loadErr) == store.Damaged:
		return "was damaged, and is deleted; its refresh token ends by itself"
	case errors.Is(loadErr, store.ErrNotFound):
		return "was gone already"
	case loadErr != nil:
		return "deleted here; its refresh token ends by itself, for it could not be read: " + loadErr.Error()
	case unrevoked != "":
		return "deleted here; its refresh token ends by itself, for " + unrevoked
	}
	return "revoked and deleted"
}

// revoke ends the refresh token at the user pool that the session itself
// names, and gives the reason why it could not, or "".
func (o AllOptions) revoke(ctx context.Context, saved store.Saved) string {
	if saved.Refresh.Empty() {
		return ""
	}
	domain, err := url.Parse(saved.Owner.Domain)
	if err != nil || saved.Owner.Domain == "" {
		return "an earlier version did not store which user pool it is of"
	}
	var key secret.Text
	if o.Secret != nil {
		key = o.Secret(saved.Owner)
	}
	client, err := cognito.New(cognito.Config{Domain: domain, ClientID: saved.Owner.ClientID, ClientSecret: key, Issuer: saved.Owner.Issuer}, o.HTTP)
	if err != nil {
		return "its user pool cannot be asked: " + cause(err)
	}
	ctx, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	err = client.Revoke(ctx, saved.Refresh)
	switch {
	case err == nil:
		return ""
	case key.Empty() && isUnknownClient(err):
		return "revoking it needs the app client's secret, which is not at hand"
	}
	return "it could not be revoked: " + cause(err)
}

// isUnknownClient reports whether a pool does not know a client as it
// introduced itself: one that has a secret came without it.
func isUnknownClient(err error) bool {
	var failed *cognito.Error
	return errors.As(err, &failed) && failed.Code == "invalid_client"
}

// Stored lists the sessions that this user's stores hold, as the index in the
// state directory has them; no keyring is asked.
func Stored(stateDir string, stores ...store.Store) ([]store.Entry, error) {
	if stateDir == "" {
		return nil, nil
	}
	return store.List(marks(stateDir), stores...)
}

// Owns reports whether an entry is this account's session in its own store.
func (s *Service) Owns(e store.Entry) bool {
	return e.Account.Key() == s.storage.account.Key() && e.Store == s.opts.Store.Kind()
}
