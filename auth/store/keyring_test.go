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

func TestK3K4WhatIsNotTheStoredSetIsRefused(t *testing.T) {
	other := ana
	other.ClientID = "2example"
	item := func(slot, token string, n int) string { return chunkItem(ana, slot, token, n) }
	tests := map[string]struct {
		spoil func(map[string]string)
		want  string
	}{
		"a missing chunk": {func(m map[string]string) { delete(m, item("a", "refresh", 1)) }, "missing"},
		"other bytes in a chunk": {func(m map[string]string) {
			m[item("a", "id", 0)] = strings.ToUpper(m[item("a", "id", 0)])
		}, "not the one"},
		"a chunk cut short": {func(m map[string]string) { m[item("a", "id", 0)] = m[item("a", "id", 0)][1:] }, "not the one"},
		"two tokens exchanged": {func(m map[string]string) {
			m[item("a", "id", 0)], m[item("a", "access", 0)] = m[item("a", "access", 0)], m[item("a", "id", 0)]
		}, "not the one"},
		"chunks of another generation": {func(m map[string]string) { m[item("a", "access", 0)] = "old" }, "not the one"},
		"garbage instead of JSON":      {func(m map[string]string) { m[manifestItem(ana)] = "\x00\xff{" }, "not readable"},
		"an empty manifest":            {func(m map[string]string) { m[manifestItem(ana)] = "" }, "not readable"},
		"JSON null":                    {func(m map[string]string) { m[manifestItem(ana)] = "null" }, "version"},
		"JSON of other types":          {func(m map[string]string) { m[manifestItem(ana)] = `{"version":"1","id":[]}` }, "not readable"},
		"a version from the future": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], `"version":1`, `"version":9`, 1)
		}, "version 9"},
		"another account's manifest": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], ana.Key(), other.Key(), 1)
		}, "another account"},
		"a slot that climbs out": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], `"slot":"a"`, `"slot":"../b"`, 1)
		}, "no slot"},
		"a negative length": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], `"bytes":1300`, `"bytes":-1`, 1)
		}, "-1 bytes"},
		"a length that would read for ever": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], `"bytes":1300`, `"bytes":99999999999`, 1)
		}, "99999999999 bytes"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ring := newRing()
			s := Keyring(ring)
			if err := s.Save(t.Context(), ana, big("x", 1300, 1200, 4000)); err != nil {
				t.Fatal(err)
			}
			test.spoil(ring.items)
			got, err := s.Load(t.Context(), ana)
			var e *Error
			if !errors.As(err, &e) || e.Reason != Damaged || !errors.Is(err, ErrNotFound) || !same(got, Saved{}) {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "sign in again") {
				t.Errorf("the sentence is %q, want something with %q", err, test.want)
			}
			if err := s.Delete(t.Context(), ana); err != nil || len(ring.items) != 0 {
				t.Errorf("cleaning: %v, left %v", err, names(ring))
			}
		})
	}
}

// While this process reads the old set, another replaces it: what is gone then
// is no damage, and Load gives the new set.
func TestK3ALoadDuringASaveElsewhereGivesTheNewSession(t *testing.T) {
	ring := newRing()
	s := Keyring(ring)
	older, newer := big("old", 1300, 1200, 4000), big("new", 2500, 1200, 100)
	if err := s.Save(t.Context(), ana, older); err != nil {
		t.Fatal(err)
	}
	elsewhere := newRing()
	if err := Keyring(elsewhere).Save(t.Context(), ana, older); err != nil {
		t.Fatal(err)
	}
	if err := Keyring(elsewhere).Save(t.Context(), ana, newer); err != nil {
		t.Fatal(err)
	}
	ring.calls, ring.before = 0, func(call int, _, _ string) error {
		if call == 3 { // the manifest and a first chunk have been read
			ring.items = elsewhere.items
		}
		return nil
	}
	got, err := s.Load(t.Context(), ana)
	if err != nil || !same(got, newer) {
		t.Errorf("got %v, the new session: %v", err, same(got, newer))
	}
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
