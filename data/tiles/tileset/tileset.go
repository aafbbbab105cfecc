// Package tileset gets tiles from where they are: a PMTiles archive in a file or
// at an address, an address with {z}/{x}/{y} in it, or a TileJSON that names one.
//
// Addresses are https, or http on this machine. Nothing is asked before it is
// needed; answers are bounded in size and time, kept in memory and on disk, and
// asked for again with their ETag after a week.
package tileset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/tiles"
)

// OpenFreeMap is a set of tiles of the whole world that needs no key. It is
// offered in words, and never asked by default.
const OpenFreeMap = "https://tiles.openfreemap.org/planet"

// Options are what a set is opened with.
type Options struct {
	// Open opens a file; nil = no file may be read.
	Open func(path string) (File, error)

	HTTP     *http.Client // nil = no address may be asked
	Offline  bool         // what is kept on disk may be used, and nothing else
	CacheDir string       // "" = nothing is kept on disk
	Now      func() time.Time
	Setting  string // what names the address, for errors
}

// File is an archive in a file.
type File interface {
	io.ReaderAt
	io.Closer
	Stat() (os.FileInfo, error)
}

// store is where the bytes of tiles are.
type store interface {
	// get returns the bytes of a tile; nil where there is none.
	get(ctx context.Context, id tiles.ID) ([]byte, error)
	zooms() (least, most int)
	credit() string
	close() error
}

// Limits of a set.
const (
	inMemory = 64 // tiles that are kept as ground
	atOnce   = 4  // requests
	onDisk   = 512
	// fresh is how long an answer is used without asking again.
	fresh = 7 * 24 * time.Hour
)

// Set is a set of tiles. It may be used by several goroutines.
type Set struct {
	from store

	mu    sync.Mutex
	tiles map[tiles.ID]*tiles.Tile // nil = there is none
	order []tiles.ID               // the oldest first
}

// Open opens a set by its address or by the path of an archive.
func Open(ctx context.Context, address string, o Options) (*Set, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	from, err := open(ctx, address, o)
	if err != nil {
		return nil, err
	}
	return &Set{from: from, tiles: map[tiles.ID]*tiles.Tile{}}, nil
}

func open(ctx context.Context, address string, o Options) (store, error) {
	if !strings.Contains(address, "://") {
		return openFile(ctx, address, o)
	}
	u, err := Address(address)
	if err != nil {
		return nil, err
	}
	if o.HTTP == nil {
		return nil, errors.New("no address is asked here")
	}
	dir := ""
	if o.CacheDir != "" {
		dir = filepath.Join(o.CacheDir, "tiles")
	}
	w := &web{o: o, host: u.Host, setting: cmp.Or(o.Setting, "the address of the ground"), cache: httpcache.New(dir, "", MaxAnswer).Keeping(onDisk)}
	switch {
	case strings.Contains(address, "{z}"):
		return &template{web: w, address: address, most: tilesOfTemplates}, nil
	case strings.HasSuffix(strings.ToLower(u.Path), ".pmtiles"):
		return openRemote(ctx, w, address)
	}
	return openTileJSON(ctx, w, address)
}

// Zooms returns the zooms that the set has.
func (s *Set) Zooms() (least, most int) { return s.from.zooms() }

// Credit returns whose work the tiles are, as plain text.
func (s *Set) Credit() string {
	return cmp.Or(Plain(s.from.credit()), "© OpenStreetMap contributors")
}

// Close closes the file of the set.
func (s *Set) Close() error { return s.from.close() }

// Load returns the ground of tiles, nil for those that there are none of. It
// asks for the first ones first, a few at a time, and ends at the first error.
func (s *Set) Load(ctx context.Context, ids []tiles.ID) ([]*tiles.Tile, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	out := make([]*tiles.Tile, len(ids))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(atOnce, len(ids)) {
		wg.Go(func() {
			defer fault.Recover()
			for i := range next {
				t, err := s.tile(ctx, ids[i])
				if err != nil {
					cancel(err)
					return
				}
				out[i] = t
			}
		})
	}
feed:
	for i := range ids {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return out, nil
}

// tile returns the ground of one tile.
func (s *Set) tile(ctx context.Context, id tiles.ID) (*tiles.Tile, error) {
	s.mu.Lock()
	t, ok := s.tiles[id]
	s.mu.Unlock()
	if ok {
		return t, nil
	}
	b, err := s.from.get(ctx, id)
	if err != nil {
		return nil, err
	}
	if b != nil {
		if t, err = tiles.Read(id, b); err != nil {
			return nil, fmt.Errorf("tile %d/%d/%d cannot be read: %w", id.Z, id.X, id.Y, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, had := s.tiles[id]; !had {
		s.order = append(s.order, id)
	}
	s.tiles[id] = t
	for len(s.order) > inMemory {
		delete(s.tiles, s.order[0])
		s.order = s.order[1:]
	}
	return t, nil
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// maxCredit is how much of a text is read, in bytes.
const maxCredit = 2000

// Plain is a text without its tags, as far as anybody would read it.
func Plain(text string) string {
	text = text[:min(len(text), maxCredit)]
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(text, " ")), " "))
}
