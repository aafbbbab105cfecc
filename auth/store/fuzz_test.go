package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

// FuzzManifest puts anything into a keyring in the place of a session: what is
// read is either what the manifest describes or called damaged in one clean
// line, and a new sign-in and a sign-out get over it.
func FuzzManifest(f *testing.F) {
	good := big("x", 1300, 1200, 4000)
	m, err := compose(ana, good, "a")
	if err != nil {
		f.Fatal(err)
	}
	whole, err := json.Marshal(m)
	if err != nil {
		f.Fatal(err)
	}
	text := string(whole)
	for _, seed := range []string{
		text, "", "null", "{}", "[]", "\x00\xff{", text[:len(text)/2], text + text,
		strings.Replace(text, `"bytes":1300`, `"bytes":-1`, 1), strings.Replace(text, `"bytes":1300`, `"bytes":99999999999999999999`, 1),
		strings.Replace(text, `"bytes":1300`, `"bytes":1e3`, 1), strings.Replace(text, `"slot":"a"`, `"slot":"../a"`, 1),
		strings.Replace(text, `"version":1`, `"Version":1,"VERSION":1`, 1), strings.Replace(text, `"generation":1`, `"generation":18446744073709551615`, 1),
		strings.ReplaceAll(text, `"bytes":1300`, `"bytes":0`),
		strings.Replace(text, `"generation":1`, `"generation":1099511627776`, 1), strings.Replace(text, `"generation":1`, `"generation":1099511627777`, 1),
		strings.Replace(text, `"generation":1`, `"generation":1,"Generation":0`, 1), strings.Replace(text, `"generation":1`, `"generation":-1`, 1),
	} {
		f.Add(seed, good.ID.Reveal())
	}
	f.Fuzz(func(t *testing.T, manifest, chunk string) {
		ring := newRing()
		ring.items[manifestItem(ana)] = manifest
		for _, slot := range slots {
			for _, token := range tokens {
				ring.items[chunkItem(ana, slot, token, 0)], ring.items[chunkItem(ana, slot, token, 1)] = chunk, chunk
			}
		}
		s := Keyring(ring)
		got, err := s.Load(t.Context(), ana)
		checkLoaded(t, manifest, got, err)
		if most := 2 + 3*(maxToken/chunkSize+1); ring.calls > most {
			t.Errorf("it made %d calls, want at most %d", ring.calls, most)
		}
		if err := s.Save(t.Context(), ana, good); err != nil {
			t.Fatalf("a sign-in after it: %v", err)
		}
		if got, err := s.Load(t.Context(), ana); err != nil || !same(got, good) {
			t.Errorf("the sign-in after it cannot be read: %v", err)
		}
		ring.items[manifestItem(ana)] = manifest
		if err := s.Delete(t.Context(), ana); err != nil || len(ring.items) != 0 {
			t.Errorf("the sign-out left %d items, %v", len(ring.items), err)
		}
	})
}

func checkLoaded(t *testing.T, manifest string, got Saved, err error) {
	t.Helper()
	var e *Error
	switch {
	case err == nil:
		m, damage := parse(ana, manifest)
		if damage != nil || !fits(got.ID, m.ID) || !fits(got.Access, m.Access) || !fits(got.Refresh, m.Refresh) {
			t.Errorf("what was read is not what %q describes", manifest)
		}
	case !errors.As(err, &e) || e.Reason != Damaged || !same(got, Saved{}):
		t.Errorf("got %v", err)
	case strings.ContainsAny(err.Error(), "\n\r\x1b\a\u009b"):
		t.Errorf("not one clean line: %q", err)
	}
}

func fits(got secret.Text, p part) bool {
	return got.Len() == p.Bytes && (p.Bytes == 0 || digest(got.Reveal()) == p.SHA256)
}
