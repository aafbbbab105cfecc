package source

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
)

// How long a page is left alone after a change, since it may be written in
// several steps, and how often is looked where the system does not tell.
const (
	pageQuiet = 20 * time.Millisecond
	pageMost  = 80 * time.Millisecond
	lookEvery = time.Second
	maxDirs   = 500 // that are looked into
)

// WatchFolder tells when something of which a folder's pages are made has
// changed: its settings, pages, specifications and texts. Changes that follow
// each other closely are told once. The channel is closed when ctx ends.
func WatchFolder(ctx context.Context, dir string) <-chan struct{} {
	return watchFolder(ctx, dir, systemNotifier)
}

func watchFolder(ctx context.Context, dir string, system func() (notifier, error)) <-chan struct{} {
	out := make(chan struct{})
	w := newWatcher(system)
	fault.Go(func() {
		defer close(out)
		defer w.close()
		sum, dirs := pageFiles(dir)
		s := w.subscribe(dirs, pageFile)
		defer func() { s.close() }()
		for waitChange(ctx, s) {
			now, in := pageFiles(dir)
			if !slices.Equal(in, dirs) {
				old := s
				s, dirs = w.subscribe(in, pageFile), in
				old.close()
				now, _ = pageFiles(dir)
			}
			if now == sum {
				continue
			}
			sum = now
			select {
			case out <- struct{}{}:
			case <-ctx.Done():
			}
		}
	})
	return out
}

// waitChange waits until something may have changed. It reports false when ctx
// ends.
func waitChange(ctx context.Context, s *subscription) bool {
	var look <-chan time.Time
	if s.polled {
		t := time.NewTimer(lookEvery)
		defer t.Stop()
		look = t.C
	}
	select {
	case <-s.C:
		return settle(ctx, s.C, pageQuiet, pageMost)
	case <-look:
		return true
	case <-ctx.Done():
		return false
	}
}

// pageFile reports whether pages may be made of a file. A directory without an
// ending in its name may be a new one.
func pageFile(path string) bool {
	name := filepath.Base(path)
	if strings.HasPrefix(name, ".") {
		return false
	}
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json", ".md", "":
		return true
	}
	return false
}

// pageFiles returns a sum of the names, sizes and times of the files that pages
// may be made of, and the directories that they may be in.
func pageFiles(dir string) (sum uint64, dirs []string) {
	h := fnv.New64a()
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error { // what cannot be read is as if it were not there
		switch {
		case err != nil:
			return nil
		case d.IsDir():
			if path != dir && strings.HasPrefix(d.Name(), ".") || len(dirs) == maxDirs {
				return filepath.SkipDir
			}
			dirs = append(dirs, path)
		case filepath.Ext(path) != "" && pageFile(path):
			if info, err := os.Stat(path); err == nil {
				fmt.Fprintf(h, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
			}
		}
		return nil
	})
	return h.Sum64(), dirs
}
