package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

func TestR8SigningOutDoesEachStepAndSaysHowItWent(t *testing.T) {
	t.Parallel()
	var opened []string
	tests := map[string]struct {
		change func(*Options)
		before func(*world, *Service)
		want   []string // a part of each step's text
		failed []string // the steps with an error
	}{
		"all goes well": {
			func(o *Options) {
				o.Browser = func(_ context.Context, u string) error { opened = append(opened, u); return nil }
			},
			func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "sent to the sign-out page"},
			nil,
		},
		"without a browser the address is given": {
			func(*Options) {}, func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "/logout?client_id="},
			nil,
		},
		"the browser does not start": {
			func(o *Options) { o.Browser = func(context.Context, string) error { return errors.New("it failed") } },
			func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "it failed"},
			[]string{"browser"},
		},
		"no sign-out address is set": {
			func(o *Options) { o.Cognito.LogoutURI = "" }, func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "LOGOUT_URI"},
			nil,
		},
		"offline the session is deleted all the same": {
			func(*Options) {}, func(w *world, _ *Service) { w.pool.Close() },
			[]string{"could not be revoked", "was deleted", "/logout?"},
			[]string{"revoke"},
		},
		"revocation is off for the client": {
			func(*Options) {},
			func(w *world, _ *Service) {
				w.pool.Faults().Set(localpool.Revoke, faults.OAuthError(400, "invalid_request", "revocation off"))
			},
			[]string{"could not be revoked", "was deleted", "/logout?"},
			[]string{"revoke"},
		},
		"K-5 the keyring does not delete": {
			func(*Options) {},
			func(w *world, _ *Service) {
				w.ring.failing(func(op, _ string) error {
					if op == "delete" {
						return errors.New("org.freedesktop.Secret.Error.IsLocked")
					}
					return nil
				})
			},
			[]string{"was revoked", "could not be deleted, but is marked as signed out", "/logout?"},
			[]string{"delete"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s := w.process(test.change)
			w.signIn(s, "both@example.com")
			test.before(w, s)
			steps := s.SignOut(t.Context(), true)
			var names, failed []string
			for i, step := range steps {
				names = append(names, step.Name)
				if step.Err != nil {
					failed = append(failed, step.Name)
				}
				if !strings.Contains(step.Text, test.want[i]) {
					t.Errorf("%s: %q, want something with %q", step.Name, step.Text, test.want[i])
				}
			}
			if !slices.Equal(names, []string{"revoke", "delete", "browser"}) || !slices.Equal(failed, test.failed) {
				t.Errorf("steps %v, failed %v", names, failed)
			}
			w.ring.failing(nil)
			again := w.process()
			if got, err := again.Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("the next start: %+v, %v", got, err)
			}
			again.Close()
			if w.ring.count() != 0 {
				t.Errorf("%d items are left in the end", w.ring.count())
			}
		})
	}
	if len(opened) != 1 || !strings.Contains(opened[0], "/logout?") {
		t.Errorf("opened %v", opened)
	}
}

func TestR8TheRefreshTokenIsRevokedBeforeItIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "both@example.com")
	w.ring.failing(func(op, _ string) error {
		if op == "delete" && w.pool.Faults().Seen(localpool.Revoke) != 1 {
			t.Error("deleted before it was revoked")
		}
		return nil
	})
	s.SignOut(t.Context(), false)
}

func TestSigningOutNobodyIsNoFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	for _, step := range w.process().SignOut(t.Context(), false) {
		if step.Err != nil || !strings.HasPrefix(step.Text, "There was no") {
			t.Errorf("%+v", step)
		}
	}
}

func TestJ24J25UserInfoIsAskedForTheSessionsPersonAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	got := w.signIn(s, "both@example.com")
	info, err := s.UserInfo(t.Context())
	if err != nil || info.Sub != got.Sub || info.Email != "both@example.com" {
		t.Errorf("got %+v, %v", info, err)
	}
	w.pool.Faults().Set(localpool.UserInfo, faults.Fault{Patch: func(f localpool.JSON) { f["sub"] = "another" }})
	if info, err := s.UserInfo(t.Context()); err == nil || info.Sub != "" {
		t.Errorf("another person: %+v, %v", info, err)
	}
	w.pool.Faults().Set(localpool.UserInfo, faults.Fault{Patch: func(f localpool.JSON) {
		f["cognito:groups"], f["groups"], f["custom:groups"] = []string{"Administrators"}, []string{"Administrators"}, "Administrators"
	}})
	if _, err := s.UserInfo(t.Context()); err != nil || !slices.Equal(s.session(s.current()).Groups, got.Groups) {
		t.Errorf("J-24: after userInfo named a group: %q, %v", s.session(s.current()).Groups, err)
	}
	if _, err := w.process(func(o *Options) { o.Profile = "other" }).UserInfo(t.Context()); !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := s.Token(t.Context(), "refresh"); err == nil {
		t.Error("the refresh token was handed out")
	}
}
