package store

import (
	"errors"
	"strings"
	"testing"
)

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
		"a generation beyond all counting": {func(m map[string]string) {
			m[manifestItem(ana)] = strings.Replace(m[manifestItem(ana)], `"generation":1`, `"generation":18446744073709551615`, 1)
		}, "beyond all counting"},
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
