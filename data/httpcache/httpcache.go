// Package httpcache keeps what addresses answered, for when they do not. What
// one caller was given is never another's, and nothing is taken from files that
// somebody else may have written.
package httpcache

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

// Meta describes a cached body. Size and Sum tell a file that was cut short
// or changed from a whole one.
type Meta struct {
	URL          string    `json:"url"`
	Caller       string    `json:"caller,omitempty"` // see Cache
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched"`
	Size         int       `json:"size"`
	Sum          string    `json:"sha256"`
}

// Cache keeps answers in a directory, a body and its meta each, under a name
// made of who asked and the address: what one caller was given is never
// another's. A cache without a directory holds nothing, and neither does one
// whose directory or files somebody else may have put there: their figures
// would be shown as ours.
type Cache struct {
	dir    string
	caller string // hash of the caller's identity, "" for nobody
	most   int64  // bytes of an answer
	keep   int    // answers
}

const (
	// MetaEnd is how the name of a file ends that describes another.
	MetaEnd = ".meta.json"
	maxMeta = 64 << 10 // bytes
	// MaxEntries is how many answers are kept at most where nothing else is said;
	// the oldest go first.
	MaxEntries = 64
)

// New makes the cache of one caller, of answers of so many bytes at most.
func New(dir, caller string, most int64) Cache {
	if caller != "" {
		caller = sum([]byte("caller " + caller))
	}
	return Cache{dir, caller, most, MaxEntries}
}

// Keeping is the cache with so many answers at most.
func (c Cache) Keeping(entries int) Cache {
	c.keep = entries
	return c
}

// Problem says why the directory is not used, nil where it is or can be made.
func (c Cache) Problem() error {
	if c.dir == "" {
		return nil
	}
	err := trusted.CheckDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Load gives the body kept for an address. Anything amiss counts as nothing
// kept: it will be fetched again.
func (c Cache) Load(name, url string) ([]byte, Meta, bool) {
	if c.dir == "" || c.Problem() != nil {
		return nil, Meta{}, false
	}
	path := c.Path(name, url)
	raw, err := trusted.ReadFile(path+MetaEnd, maxMeta)
	var m Meta
	if err != nil || json.Unmarshal(raw, &m) != nil || m.URL != url || m.Caller != c.caller {
		return nil, Meta{}, false
	}
	body, err := trusted.ReadFile(path, c.most)
	if err != nil || len(body) != m.Size || len(body) == 0 || sum(body) != m.Sum {
		return nil, Meta{}, false
	}
	return body, m, true
}

// Save replaces what is kept, by nothing where that is too long. The body goes
// first: until its meta follows, the pair does not match and counts as nothing
// kept.
func (c Cache) Save(name string, body []byte, m Meta) error {
	if c.dir == "" {
		return nil
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("make the cache directory: %w", err)
	}
	if err := c.Problem(); err != nil {
		return err
	}
	if int64(len(body)) > c.most {
		c.Remove(name, m.URL)
		return nil
	}
	m.Size, m.Sum = len(body), sum(body)
	if err := atomic.WriteFile(c.Path(name, m.URL), bytes.NewReader(body)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	if err := c.SaveMeta(name, m); err != nil {
		return err
	}
	c.prune(name, c.Path(name, m.URL))
	return nil
}

func (c Cache) SaveMeta(name string, m Meta) error {
	if err := c.Problem(); err != nil || c.dir == "" {
		return err
	}
	m.Caller = c.caller
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	if err := atomic.WriteFile(c.Path(name, m.URL)+MetaEnd, bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}

// Remove takes an address out, its body last: without its meta a body counts
// as nothing kept. In a directory that cannot be written a file can still be
// emptied.
func (c Cache) Remove(name, url string) {
	if c.dir == "" || c.Problem() != nil {
		return
	}
	path := c.Path(name, url)
	for _, file := range []string{path + MetaEnd, path} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			_ = os.Truncate(file, 0) // More cannot be done.
		}
	}
}

// prune removes the oldest answers beyond those it keeps, never the newest, and
// the one that earlier versions kept under the bare name.
func (c Cache) prune(name, newest string) {
	_ = os.Remove(filepath.Join(c.dir, name))
	_ = os.Remove(filepath.Join(c.dir, name+MetaEnd))
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
		body, is := strings.CutSuffix(e.Name(), MetaEnd)
		path := filepath.Join(c.dir, body)
		if info, err := e.Info(); is && path != newest && err == nil && info.Mode().IsRegular() {
			all = append(all, kept{path, info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.path, b.path)) })
	for _, old := range all[min(max(c.keep-1, 0), len(all)):] {
		_ = os.Remove(old.path + MetaEnd)
		_ = os.Remove(old.path)
	}
}

// Path is where the body of an address is kept for this caller.
func (c Cache) Path(name, url string) string {
	return filepath.Join(c.dir, name+"-"+sum([]byte(c.caller + " " + url))[:16])
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
