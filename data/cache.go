package data

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/natefinch/atomic"

	"github.com/authtabs/tabgate/auth/trusted"
)

// meta describes a cached body. Size and Sum tell a file that was cut short
// or changed from a whole one.
type meta struct {
	URL          string    `json:"url"`
	Caller       string    `json:"caller,omitempty"` // see cache
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched"`
	Size         int       `json:"size"`
	Sum          string    `json:"sha256"`
}

// cache keeps answers in a directory, a body and its meta each, under a name
// made of who asked and the address: what one caller was given is never
// another's. A cache without a directory holds nothing, and neither does one
// whose directory or files somebody else may have put there: their figures
// would be shown as ours.
type cache struct {
	dir    string
	caller string // hash of the caller's identity, "" for nobody
}

const (
	metaEnd    = ".meta.json"
	maxMeta    = 64 << 10 // bytes
	maxEntries = 16       // answers kept at most; the oldest go first
)

// newCache makes the cache of one caller.
func newCache(dir, caller string) cache {
	if caller != "" {
		caller = sum([]byte("caller " + caller))
	}
	return cache{dir, caller}
}

// problem says why the directory is not used, nil where it is or can be made.
func (c cache) problem() error {
	if c.dir == "" {
		return nil
	}
	err := trusted.CheckDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// load gives the body kept for an address. Anything amiss counts as nothing
// kept: it will be fetched again.
func (c cache) load(name, url string) ([]byte, meta, bool) {
	if c.dir == "" || c.problem() != nil {
		return nil, meta{}, false
	}
	path := c.path(name, url)
	raw, err := trusted.ReadFile(path+metaEnd, maxMeta)
	var m meta
	if err != nil || json.Unmarshal(raw, &m) != nil || m.URL != url || m.Caller != c.caller {
		return nil, meta{}, false
	}
	body, err := trusted.ReadFile(path, MaxBody)
	if err != nil || len(body) != m.Size || len(body) == 0 || sum(body) != m.Sum {
		return nil, meta{}, false
	}
	return body, m, true
}

// save replaces what is kept. The body goes first: until its meta follows,
// the pair does not match and counts as nothing kept.
func (c cache) save(name string, body []byte, m meta) error {
	if c.dir == "" {
		return nil
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("make the cache directory: %w", err)
	}
	if err := c.problem(); err != nil {
		return err
	}
	m.Size, m.Sum = len(body), sum(body)
	if err := atomic.WriteFile(c.path(name, m.URL), bytes.NewReader(body)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	if err := c.saveMeta(name, m); err != nil {
		return err
	}
	c.prune(name, c.path(name, m.URL))
	return nil
}

func (c cache) saveMeta(name string, m meta) error {
	if err := c.problem(); err != nil || c.dir == "" {
		return err
	}
	m.Caller = c.caller
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	if err := atomic.WriteFile(c.path(name, m.URL)+metaEnd, bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}

// remove takes an address out, its body last: without its meta a body counts
// as nothing kept. In a directory that cannot be written a file can still be
// emptied.
func (c cache) remove(name, url string) {
	if c.dir == "" || c.problem() != nil {
		return
	}
	path := c.path(name, url)
	for _, file := range []string{path + metaEnd, path} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			_ = os.Truncate(file, 0) // More cannot be done.
		}
	}
}

// prune removes the oldest answers beyond maxEntries, never the newest, and
// the one that earlier versions kept under the bare name.
func (c cache) prune(name, newest string) {
	_ = os.Remove(filepath.Join(c.dir, name))
	_ = os.Remove(filepath.Join(c.dir, name+metaEnd))
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	type kept struct {
		path string
		at   time.Time
	}
	var all []kept
	for _, e := range entries {
		body, is := strings.CutSuffix(e.Name(), metaEnd)
		path := filepath.Join(c.dir, body)
		if info, err := e.Info(); is && path != newest && err == nil && info.Mode().IsRegular() {
			all = append(all, kept{path, info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.path, b.path)) })
	for _, old := range all[min(maxEntries-1, len(all)):] {
		_ = os.Remove(old.path + metaEnd)
		_ = os.Remove(old.path)
	}
}

// path is where the body of an address is kept for this caller.
func (c cache) path(name, url string) string {
	return filepath.Join(c.dir, name+"-"+sum([]byte(c.caller + " " + url))[:16])
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
