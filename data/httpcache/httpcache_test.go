package httpcache_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/httpcache"
)

const (
	name    = "figures"
	address = "https://example.com/a.csv"
)

// kept is a directory with an answer that a caller was given.
func kept(t *testing.T, caller string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cache")
	if err := httpcache.New(dir, caller, 1<<20).Save(name, []byte("a,b\n"), httpcache.Meta{URL: address, Fetched: time.Unix(1, 0)}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A meta file that is put in another's place does not lend its body.
func TestT19AnEntryUnderAnothersNameIsNone(t *testing.T) {
	dir := kept(t, "alice")
	alice, bob := httpcache.New(dir, "alice", 1<<20), httpcache.New(dir, "bob", 1<<20)
	if _, _, ok := alice.Load(name, address); !ok {
		t.Fatal("alice has nothing")
	}
	for _, end := range []string{"", httpcache.MetaEnd} {
		if err := os.Rename(alice.Path(name, address)+end, bob.Path(name, address)+end); err != nil {
			t.Fatal(err)
		}
	}
	if body, _, ok := bob.Load(name, address); ok {
		t.Errorf("T-19 bob is given %q", body)
	}
}

func TestAFewAnswersAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	for i := range httpcache.MaxEntries + 3 {
		if err := httpcache.New(dir, fmt.Sprint(i), 1<<20).Save(name, []byte("a"), httpcache.Meta{URL: address, Fetched: time.Unix(int64(i), 0)}); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2*httpcache.MaxEntries {
		t.Errorf("%d files, %v", len(entries), err)
	}
	if _, _, ok := httpcache.New(dir, fmt.Sprint(httpcache.MaxEntries+2), 1<<20).Load(name, address); !ok {
		t.Error("the newest went")
	}
}

func TestU8ACacheThatOthersMayWriteIsNotUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("access lists, not modes and owners, protect folders on Windows")
	}
	for name, test := range map[string]struct {
		spoil func(dir string) error
		root  bool // only root can make it so
	}{
		"U-8 everybody may write the folder": {func(d string) error { return os.Chmod(d, 0o777) }, false},
		"U-8 also where it is sticky":        {func(d string) error { return os.Chmod(d, 0o777|os.ModeSticky) }, false},
		"U-8 another user owns the folder":   {func(d string) error { return os.Chown(d, 65534, 65534) }, true},
		"U-8 another user owns the figures": {func(d string) error {
			files, err := filepath.Glob(filepath.Join(d, "*"))
			for _, f := range files {
				err = errors.Join(err, os.Chown(f, 65534, 65534))
			}
			return err
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if test.root && os.Geteuid() != 0 {
				t.Skip("only root can give a file away")
			}
			dir := kept(t, "")
			if err := test.spoil(dir); err != nil {
				t.Fatal(err)
			}
			before, err := os.Stat(dir)
			if err != nil {
				t.Fatal(err)
			}
			c := httpcache.New(dir, "", 1<<20)
			if body, _, ok := c.Load("figures", address); ok {
				t.Errorf("planted figures are given: %q", body)
			}
			folder := !strings.Contains(name, "figures")
			if err := c.Save("figures", []byte("c"), httpcache.Meta{URL: address}); (err != nil) != folder {
				t.Errorf("saving gives %v", err)
			}
			if problem := c.Problem(); (problem != nil) != folder || folder && !strings.Contains(problem.Error(), dir) {
				t.Errorf("the problem is told as %v", problem)
			}
			if after, err := os.Stat(dir); err != nil || after.Mode() != before.Mode() {
				t.Errorf("the folder was changed: %v, %v", after.Mode(), err)
			}
		})
	}
}

func TestU8ACacheOfOnesOwnIsMadeAndUsed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	c := httpcache.New(dir, "", 1<<20)
	if problem := c.Problem(); problem != nil {
		t.Errorf("before it is there: %v", problem)
	}
	if err := c.Save(name, []byte("a"), httpcache.Meta{URL: address}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(dir)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	if body, _, ok := c.Load(name, address); !ok || string(body) != "a" {
		t.Errorf("%q, %v", body, ok)
	}
}
