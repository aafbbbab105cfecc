package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2025, 11, 27, 12, 0, 0, 0, time.UTC)

// kept is a session as a sign-in stores it.
func kept(mark string) Saved {
	s := big(mark, 1290, 1165, 1852)
	s.Since = noon
	return s
}

func listed(t *testing.T, dir string, stores ...Store) []Entry {
	t.Helper()
	all, err := List(dir, stores...)
	must(t, err)
	return all
}

func TestR9TheIndexNamesEverySessionAndHoldsNoSecret(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "auth")
	if all := listed(t, dir); len(all) != 0 {
		t.Fatalf("nothing was ever stored: %v", all)
	}
	files, _ := fileIn(t)
	bob := Account{Issuer: "https://issuer.example", Domain: "http://127.0.0.1:9229", ClientID: "2example", Profile: "default"}
	must(t, Indexed(Keyring(newRing()), dir).Save(t.Context(), ana, kept("a")))
	must(t, Indexed(files, dir).Save(t.Context(), bob, kept("b")))
	all := listed(t, dir, files)
	if len(all) != 2 {
		t.Fatalf("listed %v", all)
	}
	for i, want := range []Entry{
		{Account: bob, Store: "file", Issuer: "https://issuer.example", Since: noon},
		{Account: ana, Store: "keyring", Issuer: "https://issuer.example", Since: noon},
	} {
		if all[i] != want {
			t.Errorf("got %+v, want %+v", all[i], want)
		}
	}
	if text := fmt.Sprint(all[0], "; ", all[1]); text != "profile default at 127.0.0.1:9229, in a file; profile work at demo.auth.eu-west-1.amazoncognito.com, in the keyring" {
		t.Errorf("in words: %s", text)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		for _, s := range []Saved{kept("a"), kept("b")} {
			for _, token := range []string{s.ID.Reveal(), s.Access.Reveal(), s.Refresh.Reveal()} {
				if strings.Contains(string(text), token[:24]) {
					t.Errorf("%s holds a token", e.Name())
				}
			}
		}
	}
}

func TestR9AnEntryLastsAsLongAsItsSession(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o700))
	ring := newRing()
	s := Indexed(Keyring(ring), dir)
	must(t, s.Save(t.Context(), ana, kept("a")))
	before := stat(t, entryFile(dir, ana, "keyring"))
	must(t, s.Save(t.Context(), ana, kept("b"))) // a refresh
	if after := stat(t, entryFile(dir, ana, "keyring")); !os.SameFile(before, after) {
		t.Error("a refresh wrote the entry again")
	}
	later := kept("c")
	later.Since = noon.Add(time.Hour)
	must(t, s.Save(t.Context(), ana, later)) // a sign-in
	if all := listed(t, dir); len(all) != 1 || !all[0].Since.Equal(later.Since) {
		t.Errorf("after another sign-in: %+v", all)
	}
	ring.before = func(_ int, op, _ string) error {
		if op == "delete" {
			return errors.New("org.freedesktop.Secret.Error.IsLocked")
		}
		return nil
	}
	if s.Delete(t.Context(), ana) == nil || len(listed(t, dir)) != 1 {
		t.Error("a session that could not be deleted left the index")
	}
	must(t, End(dir, ana, 2))
	if all := listed(t, dir); !all[0].Ended {
		t.Errorf("it was signed out: %+v", all)
	}
	ring.before = nil
	must(t, s.Delete(t.Context(), ana))
	if all := listed(t, dir); len(all) != 0 {
		t.Errorf("after delete: %+v", all)
	}
	must(t, s.Delete(t.Context(), ana))
}

// Empty notes are what earlier versions left; the rest is damage.
func TestR9ADamagedIndexStillNamesTheStoreOfEverySession(t *testing.T) {
	good, err := json.Marshal(entry{Owner: &ana, Issuer: "https://issuer.example", Since: noon})
	must(t, err)
	other := ana
	other.Domain = "https://evil.example"
	moved, err := json.Marshal(entry{Owner: &other})
	must(t, err)
	for name, content := range map[string]string{
		"an earlier version's note": "", "not JSON": "{", "another type": `{"owner":[],"since":7}`,
		"another domain than the key's": string(moved), "too long": strings.Repeat(" ", maxEntry) + string(good),
		"words that paint": `{"owner":{"profile":"\u001b]52;c;aGk=\u0007"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.Chmod(dir, 0o700))
			must(t, os.WriteFile(entryFile(dir, ana, "keyring"), []byte(content), 0o600))
			for _, noise := range []string{"x.keyring", ana.Key() + ".keyring.new-1", ana.Key() + ".lock", strings.ToUpper(ana.Key()) + "G.file", "../x.file"} {
				_ = os.WriteFile(filepath.Join(dir, filepath.Base(noise)), nil, 0o600)
			}
			all := listed(t, dir)
			if len(all) != 1 || all[0].Store != "keyring" || all[0].Account.Key() != ana.Key() || all[0].Account.Domain != "" {
				t.Fatalf("listed %+v", all)
			}
			checkSentence(t, all[0].String())
		})
	}
}

func TestR9TheIndexIsBoundedAndPrivate(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o700))
	for i := range maxEntries + 10 {
		must(t, os.WriteFile(entryFile(dir, Account{ClientID: fmt.Sprint(i)}, "keyring"), nil, 0o600))
	}
	if all := listed(t, dir); len(all) != maxEntries {
		t.Errorf("%d entries", len(all))
	}
	link := filepath.Join(t.TempDir(), "link")
	if os.Symlink(dir, link) == nil {
		if all, err := List(link); err == nil || len(all) != 0 {
			t.Errorf("through a link: %d entries", len(all))
		}
	}
}

// Sessions in files of an earlier version have no entry, and files that are
// gone may have one yet.
func TestR9FilesAreListedByWhatIsThere(t *testing.T) {
	files, where := fileIn(t)
	dir := filepath.Join(where, "auth")
	must(t, files.Save(t.Context(), ana, kept("a")))
	gone := Account{ClientID: "gone"}
	must(t, Indexed(files, dir).Save(t.Context(), gone, kept("b")))
	must(t, files.Delete(t.Context(), gone))
	must(t, os.WriteFile(filepath.Join(where, "odd.session"), nil, 0o600))
	all := listed(t, dir, Indexed(files, dir))
	if len(all) != 1 || all[0].Store != "file" || all[0].Account.Key() != ana.Key() {
		t.Errorf("listed %+v", all)
	}
}

// What the set itself says of its owner is what a session is revoked by.
func TestR10ASetSaysWhoseItIsAndCannotSayAnother(t *testing.T) {
	ring := newRing()
	files, where := fileIn(t)
	bare, ok := Keyed(ana.Key())
	if !ok {
		t.Fatal("no key")
	}
	for kind, s := range map[string]Store{"keyring": Keyring(ring), "file": files} {
		t.Run(kind, func(t *testing.T) {
			must(t, s.Save(t.Context(), ana, kept("a")))
			for _, a := range []Account{ana, bare} {
				if got, err := s.Load(t.Context(), a); err != nil || got.Owner != ana || !got.Since.Equal(noon) {
					t.Errorf("got %+v, %v", got, err)
				}
			}
			swap(t, ring, where, ana.Domain, "https://evil.example")
			for _, a := range []Account{ana, bare} {
				if got, err := s.Load(t.Context(), a); !errors.Is(err, ErrNotFound) || !got.Refresh.Empty() {
					t.Errorf("with another domain: %+v, %v", got, err)
				}
			}
			swap(t, ring, where, `"owner":`, `"former":`)
			for _, a := range []Account{ana, bare} {
				if got, err := s.Load(t.Context(), a); err != nil || got.Owner != (Account{}) || got.Refresh.Empty() {
					t.Errorf("a set of an earlier version: %+v, %v", got, err)
				}
			}
			must(t, s.Delete(t.Context(), bare))
		})
	}
	if len(ring.items) != 0 {
		t.Errorf("left in the keyring: %v", names(ring))
	}
	for _, odd := range []string{"", "x", ana.Key()[1:], ana.Key() + "0", "../" + ana.Key()[3:], strings.ToUpper(ana.Key())} {
		if _, ok := Keyed(odd); ok {
			t.Errorf("%q is a key", odd)
		}
	}
}

// swap replaces text in the manifest and the file of a stored session.
func swap(t *testing.T, ring *fakeRing, where, before, after string) {
	t.Helper()
	item := manifestItem(ana)
	if text, ok := ring.items[item]; ok {
		ring.items[item] = strings.ReplaceAll(text, before, after)
	}
	path := filepath.Join(where, ana.Key()+".session")
	if text, err := os.ReadFile(path); err == nil {
		must(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(text), before, after)), 0o600))
	}
}
