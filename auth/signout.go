package auth

import (
	"context"
	"errors"
	"time"

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
	s.forgetPerson()
	if browser {
		steps = append(steps, s.signOutBrowser(ctx))
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
	if unlock, err := store.Lock(locking, s.dir, s.account); err == nil {
		defer unlock()
	}
	h := s.now()
	saved, loadErr := s.o.Store.Load(ctx, s.account)
	m, _ := store.ReadMark(s.dir, s.account)
	ended := max(m.Next(saved), m.Next(h.saved)) // above anything that another process may be saving
	s.drop(ended)                                // before the mark, so that Events knows it for our own
	s.pending.Store(false)
	endErr := store.End(s.dir, s.account, ended)
	if loadErr != nil || h.signedIn() && !h.kept {
		if !saved.Refresh.Empty() { // of whoever signed in before; it is deleted below
			_ = s.revoke(ctx, saved)
		}
		saved = h.saved
	}
	steps := []session.Step{s.revoke(ctx, saved), s.delete(ctx, loadErr, endErr)}
	if s.clearFormer(ctx) {
		steps[1].Text += " So was one that an earlier setting had left in the " + s.o.Former.Kind() + " store."
	}
	return steps
}

// clearFormer revokes and deletes the session that was left where sessions
// were kept under an earlier setting: nobody would look for it there again,
// its refresh token would work while it lasts, and in a file it would lie in
// plain text.
func (s *Service) clearFormer(ctx context.Context) bool {
	if s.o.Former == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, revoking)
	defer cancel()
	left, err := s.o.Former.Load(ctx, s.account)
	if err != nil && storeReason(err) != store.Damaged {
		return false
	}
	if !left.Refresh.Empty() {
		_ = s.client.Revoke(ctx, left.Refresh)
	}
	return s.o.Former.Delete(ctx, s.account) == nil
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

func (s *Service) delete(ctx context.Context, loadErr, endErr error) session.Step {
	step := session.Step{Name: "delete"}
	ctx, cancel := context.WithTimeout(ctx, deleting)
	defer cancel()
	step.Err = s.o.Store.Delete(ctx, s.account)
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

func (s *Service) signOutBrowser(ctx context.Context) session.Step {
	step := session.Step{Name: "browser"}
	address := s.client.LogoutURL()
	switch {
	case address == "":
		step.Text = "No sign-out address is set (LOGOUT_URI), so your browser may stay signed in for up to an hour."
		return step
	case s.o.Browser == nil:
		step.Text = "To sign out your browser too, open " + address + s.unseenPage()
		return step
	}
	note := s.showLastPage()
	if step.Err = s.o.Browser(ctx, address); step.Err != nil {
		s.endLastPage()
		step.Text = "To sign out your browser too, open " + address + " (" + step.Err.Error() + ")" + s.unseenPage()
		return step
	}
	step.Text = "Your browser was sent to the sign-out page." + note
	return step
}

// unseenPage says that the browser's last page may not load where a person
// opens the sign-out page by hand, at any time and on any machine.
func (s *Service) unseenPage() string {
	if uri := s.lastPage(); uri != "" {
		return " (you are signed out there even if the last page, " + session.Clean(uri, 200) + ", does not load)"
	}
	return ""
}
