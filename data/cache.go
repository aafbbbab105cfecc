package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/natefinch/atomic"
)

// meta describes a cached body. Size and Sum tell a file that was cut short
// or changed from a whole one.
type meta struct {
	URL          string    `json:"url"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched"`
	Size         int       `json:"size"`
	Sum          string    `json:"sha256"`
}

// cache keeps answers in a directory, a body and its meta each. A cache
// without a directory holds nothing.
type cache struct{ dir string }

// load gives the body kept for an address. Anything amiss counts as nothing
// kept: it will be fetched again.
func (c cache) load(name, url string) ([]byte, meta, bool) {
	if c.dir == "" {
		return nil, meta{}, false
	}
	raw, err := readFile(c.metaPath(name), 64<<10)
	var m meta
	if err != nil || json.Unmarshal(raw, &m) != nil || m.URL != url {
		return nil, meta{}, false
	}
	body, err := readFile(c.path(name), maxBody)
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
	m.Size, m.Sum = len(body), sum(body)
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("make the cache directory: %w", err)
	}
	if err := atomic.WriteFile(c.path(name), bytes.NewReader(body)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return c.saveMeta(name, m)
}

func (c cache) saveMeta(name string, m meta) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	if err := atomic.WriteFile(c.metaPath(name), bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("write the cache: %w", err)
	}
	return nil
}

func (c cache) path(name string) string     { return filepath.Join(c.dir, name) }
func (c cache) metaPath(name string) string { return filepath.Join(c.dir, name+".meta.json") }

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// readFile reads a regular file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, limit)
}
