package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestK3ASessionOfAnySizeComesBackWholeWithinEveryPlatformsLimit(t *testing.T) {
	limits := map[string]func(service, user, text string) bool{
		"macOS": macOS, "Windows": windowsLimit, "Linux": nil,
	}
	sessions := map[string]Saved{
		"tokens as Cognito gives them":     big("x", 1745, 1165, 1852),
		"exactly one chunk each":           big("x", chunkSize, chunkSize, chunkSize),
		"one byte more than a chunk":       big("x", chunkSize+1, chunkSize+1, chunkSize+1),
		"a hundred groups with long names": big("x", 19000, 18600, 9000),
		"no refresh token":                 big("x", 1290, 1165, 0),
		"the largest token that is taken":  big("x", maxToken, 1165, 1852),
	}
	for limit, fits := range limits {
		for name, want := range sessions {
			t.Run(limit+": "+name, func(t *testing.T) {
				ring := newRing()
				ring.fits = fits
				s := Keyring(ring)
				if err := s.Probe(t.Context()); err != nil {
					t.Fatalf("probe: %v", err)
				}
				if err := s.Save(t.Context(), ana, want); err != nil {
					t.Fatalf("save: %v", err)
				}
				got, err := s.Load(t.Context(), ana)
				if err != nil || !same(got, want) {
					t.Errorf("load: %v, the same: %v", err, same(got, want))
				}
			})
		}
	}
}

func TestK3ATokenTooLargeIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	ring := newRing()
	err := Keyring(ring).Save(t.Context(), ana, big("x", maxToken+1, 1, 1))
	var e *Error
	if !errors.As(err, &e) || e.Reason != TooBig || len(ring.items) != 0 {
		t.Errorf("got %v with %d items", err, len(ring.items))
	}
}

// A kill between any two keyring calls must leave the old session or the new
// one, never a mixture and never nothing; and the next save clears what the
// killed one left.
func TestK3ASaveCutShortAnywhereLeavesTheOldOrTheNewSession(t *testing.T) {
	killed := errors.New("killed")
	before, after := big("old", 4000, 1200, 5800), big("new", 1300, 6000, 1900)
	for at := 1; ; at++ {
		ring := newRing()
		s := Keyring(ring)
		if err := s.Save(t.Context(), ana, before); err != nil {
			t.Fatal(err)
		}
		ring.calls, ring.before = 0, func(call int, _, _ string) error {
			if call >= at {
				return killed
			}
			return nil
		}
		saveErr := s.Save(t.Context(), ana, after)
		finished := ring.calls < at
		ring.before = nil
		got, err := s.Load(t.Context(), ana)
		if err != nil || !same(got, before) && !same(got, after) || saveErr == nil && !same(got, after) {
			t.Fatalf("killed at call %d: load gives %v; save gave %v", at, err, saveErr)
		}
		last := big("end", 2000, 100, 100)
		if err := s.Save(t.Context(), ana, last); err != nil {
			t.Fatal(err)
		}
		if want := 1 + 2 + 1 + 1; len(ring.items) != want {
			t.Fatalf("killed at call %d: %d items after the next save, want %d: %v", at, len(ring.items), want, names(ring))
		}
		if finished {
			return
		}
	}
}

// The same for a sign-out: after a kill at any call nobody is signed in or the
// old session is whole, and the next delete leaves nothing.
func TestK5ADeleteCutShortAnywhereIsFinishedByTheNext(t *testing.T) {
	for at := 1; ; at++ {
		ring := newRing()
		s := Keyring(ring)
		whole := big("x", 4000, 1200, 5800)
		if err := s.Save(t.Context(), ana, whole); err != nil {
			t.Fatal(err)
		}
		ring.calls, ring.before = 0, func(call int, _, _ string) error {
			if call >= at {
				return errors.New("org.freedesktop.Secret.Error.IsLocked")
			}
			return nil
		}
		err := s.Delete(t.Context(), ana)
		finished := ring.calls < at
		if !finished && err == nil {
			t.Fatalf("failing from call %d on: the failure is not reported", at)
		}
		ring.before = nil
		if got, err := s.Load(t.Context(), ana); !errors.Is(err, ErrNotFound) && !same(got, whole) {
			t.Fatalf("failing from call %d on: load gives %v", at, err)
		}
		if err := s.Delete(t.Context(), ana); err != nil || len(ring.items) != 0 {
			t.Fatalf("failing from call %d on: then %v, left %v", at, err, names(ring))
		}
		if finished {
			return
		}
	}
}

func names(r *fakeRing) []string {
	var all []string
	for name := range r.items {
		all = append(all, strings.TrimPrefix(name, ana.Key()))
	}
	return all
}

func TestK7NoTwoAccountsShareAnItem(t *testing.T) {
	accounts := []Account{
		ana,
		{Domain: ana.Domain, ClientID: ana.ClientID},
		{Domain: ana.Domain, ClientID: "2example", Profile: ana.Profile},
		{Domain: "https://other.example", ClientID: ana.ClientID, Profile: ana.Profile},
		{Issuer: "https://issuer.example", Domain: ana.Domain, ClientID: ana.ClientID, Profile: ana.Profile},
		{Issuer: "https://issuer.example/2", Domain: ana.Domain, ClientID: ana.ClientID, Profile: ana.Profile},
		{Domain: ana.Domain, ClientID: ana.ClientID + "w", Profile: "ork"},
		{Domain: ana.Domain, ClientID: ana.ClientID, Profile: "../work"},
	}
	s := Keyring(newRing())
	for i, a := range accounts {
		if err := s.Save(t.Context(), a, big(fmt.Sprint(i), 1300, 1200, 100)); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range accounts {
		got, err := s.Load(t.Context(), a)
		if err != nil || !same(got, big(fmt.Sprint(i), 1300, 1200, 100)) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	if err := s.Delete(t.Context(), accounts[1]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), accounts[0]); err != nil {
		t.Errorf("deleting one account took another: %v", err)
	}
}

func TestK2TheProbeFindsAStoreThatKeepsNothing(t *testing.T) {
	forgets := newRing()
	forgets.before = func(_ int, op, user string) error {
		if op == "get" {
			return keyring.ErrNotFound
		}
		return nil
	}
	small := newRing()
	small.fits = func(_, _, text string) bool { return len(text) < 1000 }
	locked := newRing()
	locked.before = func(int, string, string) error { return errors.New("failed to unlock correct collection '/x'") }
	tests := map[string]struct {
		ring *fakeRing
		want Reason
	}{
		"it forgets":                     {forgets, Other},
		"it takes short items only":      {small, TooBig},
		"its prompt was dismissed":       {locked, Dismissed},
		"it works and is left untouched": {newRing(), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := Keyring(test.ring).Probe(t.Context())
			var e *Error
			if test.want == "" && err != nil || test.want != "" && (!errors.As(err, &e) || e.Reason != test.want) {
				t.Errorf("got %v", err)
			}
			if test.want == "" && len(test.ring.items) != 0 {
				t.Errorf("left %v", names(test.ring))
			}
		})
	}
}
