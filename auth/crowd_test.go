package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

// smallRing refuses what the keyrings of macOS and Windows refuse.
type smallRing struct{ *mapRing }

func (r smallRing) Set(service, item, text string) error {
	command := fmt.Sprintf("add-generic-password -U -s %s -a %s -w go-keyring-base64:%s\n", service, item, base64.StdEncoding.EncodeToString([]byte(text)))
	if len(command) > 4096 || len(text) > 2560 {
		return keyring.ErrSetDataTooBig
	}
	return r.mapRing.Set(service, item, text)
}

// The most that Cognito allows: a hundred groups with names of 128 characters,
// which make an access token of more than 18 kB.
func TestK3J22AHundredGroupsAreStoredAndRestored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	var groups []string
	for i := range 100 {
		groups = append(groups, fmt.Sprintf("%03d-%s", i, strings.Repeat("g", 124)))
		must(t, w.pool.AddGroup("guest@example.com", groups[i]))
	}
	small := func(o *Options) { o.Store = store.Keyring(smallRing{w.ring}) }
	s := w.process(small)
	got := w.signIn(s, "guest@example.com")
	slices.Sort(got.Groups)
	if !slices.Equal(got.Groups, groups) || got.TokenStore != "keyring" || got.Note != "" {
		t.Fatalf("signed in with %d groups, kept in %s, %q", len(got.Groups), got.TokenStore, got.Note)
	}
	if n := s.current().Saved.Access.Len(); n < 17_000 {
		t.Errorf("the access token has %d bytes", n)
	}
	w.pool.Faults().Down()
	again, err := w.process(small).Restore(t.Context())
	slices.Sort(again.Groups)
	if err != nil || !slices.Equal(again.Groups, groups) {
		t.Errorf("restored %d groups, %v", len(again.Groups), err)
	}
	w.pool.Faults().Clear()
	for _, group := range groups[1:] {
		must(t, w.pool.RemoveGroup("guest@example.com", group))
	}
	next := w.process(small)
	if got, err := next.Refresh(t.Context()); err != nil || !slices.Equal(got.Groups, groups[:1]) {
		t.Errorf("refreshed: %+v, %v", got, err)
	}
	if left := w.ring.count(); left != 4 { // the manifest and a chunk for each token
		t.Errorf("%d items are left of the large session", left)
	}
}

// What no store can take is signed in all the same.
func TestK3TokensThatNoStoreTakesStayInMemory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["custom:x"] = strings.Repeat("x", 150<<10) })
	s := w.process()
	if got, _, err := w.trySignIn(s, "guest@example.com"); err != nil || got.TokenStore != "keyring" {
		t.Errorf("a token below the limit: %+v, %v", got, err)
	}
	large := verified{saved: s.current().Saved, claims: s.current().Claims, persist: true}
	large.saved.Refresh = secret.New(strings.Repeat("r", 300<<10))
	if err := s.storeNew(large); err != nil && !errors.Is(err, errNotPersisted) {
		t.Error(err)
	}
	if got := s.current(); got.Persisted || !strings.Contains(s.session(got).Note, "refused an item of this size") {
		t.Errorf("a token over it: persisted %v, %q", got.Persisted, s.session(got).Note)
	}
}

// Without a keyring nothing is written anywhere else instead.
func TestK1NothingFallsBackToPlainText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.ring.failing(func(string, string) error { return errStore })
	s := w.process(trusting)
	w.signIn(s, "both@example.com")
	if _, err := s.Refresh(t.Context()); err != nil {
		t.Errorf("refreshed: %v", err)
	}
	saved, files := s.current().Saved, 0
	must(t, filepath.WalkDir(filepath.Dir(w.state), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return leaks(string(data), saved)
	}))
	if files == 0 {
		t.Error("no file was looked at")
	}
}

// A pin is made of an issuer whose keys fit the tokens, not of one they name.
func TestA5NothingIsPinnedBeforeTheTokensVerify(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["nonce"] = "another" })
	got, _, err := w.trySignIn(w.process(trusting), "analyst@example.com")
	if got.SignedIn() || err == nil {
		t.Fatalf("got %+v, %v", got, err)
	}
	if found, _ := filepath.Glob(filepath.Join(w.state, "auth", "*.issuer")); len(found) != 0 {
		t.Errorf("pinned %v", found)
	}
}
