package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// Signing out works without a network: these bound its three steps.
const (
	revoking = 5 * time.Second
	deleting = 10 * time.Second
)

// SignOut ends the session: it tells every process, revokes the refresh
// token, deletes what is stored, offline too, and with browser opens the
// pool's sign-out page, or else the browser would sign the same person in
// again for an hour. Each step is tried whatever became of the others.
func (s *Service) SignOut(ctx context.Context, browser bool) []session.Step {
	ctx = context.WithoutCancel(ctx) // half a sign-out helps nobody
	steps := s.signOutHere(ctx)
	s.person.forget()
	if browser {
		steps = append(steps, s.SignOutBrowser(ctx))
	}
	return steps
}

func (s *Service) signOutHere(ctx context.Context) []session.Step {
	s.work.begin()
	defer s.work.end()
	// A process that hangs with the lock must not keep anybody signed in: the
	// mark below stops it from writing its tokens back.
	locking, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	if unlock, err := s.storage.lock(locking); err == nil {
		defer unlock()
	}
	stored, loadErr := s.storage.loadAny(ctx)
	m, _ := s.storage.mark()
	steps := make([]session.Step, 2)
	var endErr error
	for _, effect := range s.state.step(lifecycle.SignedOut{Mark: m, Stored: stored, Unloaded: loadErr != nil}) {
		switch e := effect.(type) {
		case lifecycle.MarkEnded:
			endErr = s.storage.markEnded(e.Generation)
		case lifecycle.Revoke:
			steps[0] = s.revoke(ctx, e.Saved) // the last one is the session's own
		case lifecycle.Delete:
			steps[1] = s.storage.signOut(ctx, loadErr, endErr)
		}
	}
	if s.clearFormer(ctx) {
		steps[1].Text += " So was one that an earlier setting had left in the " + s.opts.Former.Kind() + " store."
	}
	return steps
}

// clearFormer revokes and deletes the session that was left where sessions
// were stored under an earlier setting: nobody would look for it there again,
// its refresh token would work while it lasts, and in a file it would lie in
// plain text.
func (s *Service) clearFormer(ctx context.Context) bool {
	if s.opts.Former == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	left, err := s.opts.Former.Load(ctx, s.storage.account)
	if err != nil && storeReason(err) != store.Damaged {
		return false
	}
	if !left.Refresh.Empty() {
		_ = s.client.Revoke(ctx, left.Refresh)
	}
	return s.opts.Former.Delete(ctx, s.storage.account) == nil
}

func (s *Service) revoke(ctx context.Context, saved store.Saved) session.Step {
	step := session.Step{Name: "revoke"}
	if saved.Refresh.Empty() {
		step.Text = "There was no refresh token to revoke."
		return step
	}
	ctx, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	if step.Err = s.client.Revoke(ctx, saved.Refresh); step.Err != nil {
		step.Text = "The refresh token could not be revoked and ends by itself: " + cause(step.Err)
		return step
	}
	step.Text = "The refresh token was revoked."
	return step
}

// SignOutBrowser is the last step of SignOut alone.
func (s *Service) SignOutBrowser(ctx context.Context) session.Step {
	ctx = context.WithoutCancel(ctx)
	step := session.Step{Name: "browser"}
	address := s.client.LogoutURL()
	switch {
	case address == "" && s.opts.Cognito.LogoutURI != "":
		step.Text = "No sign-out page of the provider is known, so your browser may stay signed in there."
		return step
	case address == "":
		step.Text = "No sign-out address is set (LOGOUT_URI), so your browser may stay signed in for up to an hour."
		return step
	case s.opts.Browser == nil:
		step.Text = "To sign out your browser too, open " + address + s.lastPage.unseen()
		return step
	}
	note := s.lastPage.show()
	if step.Err = s.opts.Browser(ctx, address); step.Err != nil {
		s.lastPage.end()
		step.Text = "To sign out your browser too, open " + address + " (" + step.Err.Error() + ")" + s.lastPage.unseen()
		return step
	}
	step.Text = "Your browser was sent to the sign-out page." + note
	return step
}

// AwaitLastPage waits until the browser has the page on which a sign-out ends,
// and reports whether that is over: the page is gone a few seconds after the
// sign-out, whoever came. The end of ctx ends the wait alone.
func (s *Service) AwaitLastPage(ctx context.Context) (over bool) { return s.lastPage.await(ctx) }

// signOut deletes the session, whose reading and whose mark may have failed.
func (t storage) signOut(ctx context.Context, loadErr, endErr error) session.Step {
	step := session.Step{Name: "delete"}
	ctx, cancel := context.WithTimeout(ctx, deleting)
	defer cancel()
	step.Err = t.delete(ctx)
	switch {
	case step.Err != nil && endErr == nil:
		step.Text = "The stored session could not be deleted, but is marked as signed out and will not be used: " + step.Err.Error()
	case step.Err != nil:
		step.Text = "The stored session could not be deleted: " + step.Err.Error()
	case endErr != nil && !errors.Is(loadErr, store.ErrNotFound):
		step.Text, step.Err = "The stored session was deleted, but other tabgates could not be told: "+endErr.Error(), endErr
	case errors.Is(loadErr, store.ErrNotFound):
		step.Text = "There was no stored session to delete."
	default:
		step.Text = "The stored session was deleted."
	}
	return step
}
