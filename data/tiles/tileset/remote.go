package tileset

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/data/tiles/pmtiles"
)

// remote is a PMTiles archive at an address, read in parts.
type remote struct {
	*web
	address string
	mu      sync.Mutex
	etag    string // of all parts that are used together
	archive *pmtiles.Archive
}

func openRemote(ctx context.Context, w *web, address string) (store, error) {
	r := &remote{web: w, address: address}
	return r, r.open(ctx)
}

// open reads the beginning of the archive.
func (r *remote) open(ctx context.Context) error {
	r.mu.Lock()
	r.etag = ""
	r.mu.Unlock()
	a, err := pmtiles.Open(ctx, r)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.archive = a
	r.mu.Unlock()
	return nil
}

func (r *remote) held() (*pmtiles.Archive, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.archive, r.etag
}

func (r *remote) zooms() (least, most int) {
	a, _ := r.held()
	return a.MinZoom, a.MaxZoom
}

func (r *remote) credit() string {
	a, _ := r.held()
	return a.Attribution
}

// get reads a tile. An archive that was replaced is opened again, once.
func (r *remote) get(ctx context.Context, id tiles.ID) ([]byte, error) {
	a, _ := r.held()
	b, err := a.Tile(ctx, id)
	if !errors.Is(err, errReplaced) {
		return b, err
	}
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	a, _ = r.held()
	return a.Tile(ctx, id)
}

var errReplaced = errors.New("the archive was replaced while it was read")

// Range implements pmtiles.Bytes. Parts of one ETag belong together.
func (r *remote) Range(ctx context.Context, offset, n int64) ([]byte, error) {
	key := fmt.Sprintf("%s#%d-%d", r.address, offset, offset+n-1)
	_, etag := r.held()
	kept, m, ok := r.cache.Load(cacheName, key)
	age := r.o.Now().Sub(m.Fetched)
	if ok && m.ETag != "" && (etag == m.ETag || etag == "" && (r.o.Offline || age >= 0 && age < fresh)) {
		r.hold(m.ETag)
		return kept, nil
	}
	a, err := r.do(ctx, r.address, http.Header{"Range": {fmt.Sprintf("bytes=%d-%d", offset, offset+n-1)}}, n)
	switch {
	case a.status == http.StatusRequestedRangeNotSatisfiable:
		return nil, nil // it ends before
	case err != nil:
		return nil, r.fail(err)
	case a.status != http.StatusPartialContent || !begins(a.contentRange, offset):
		return nil, fmt.Errorf("%s gives no parts of files, which an archive is read in", r.host)
	case etag != "" && a.etag != etag:
		return nil, errReplaced
	}
	r.hold(a.etag)
	if a.etag != "" && len(a.body) > 0 {
		_ = r.cache.Save(cacheName, a.body, httpcache.Meta{URL: key, ETag: a.etag, Fetched: r.o.Now()})
	}
	return a.body, nil
}

func (r *remote) hold(etag string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.etag = etag
}

// begins reports whether a Content-Range begins at an offset.
func begins(text string, offset int64) bool {
	var from int64
	_, err := fmt.Sscanf(text, "bytes %d-", &from)
	return err == nil && from == offset
}
