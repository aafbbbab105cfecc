package tileset

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/data/tiles/pmtiles"
)

// archive is a PMTiles archive in a file.
type archive struct {
	*pmtiles.Archive
	file File
}

func openFile(ctx context.Context, path string, o Options) (store, error) {
	if o.Open == nil {
		return nil, errors.New("no file is read here")
	}
	f, err := o.Open(path)
	if err != nil {
		return nil, err
	}
	a, err := pmtiles.Open(ctx, part{f})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return &archive{a, f}, nil
}

func (a *archive) get(ctx context.Context, id tiles.ID) ([]byte, error) { return a.Tile(ctx, id) }
func (a *archive) zooms() (least, most int)                             { return a.MinZoom, a.MaxZoom }
func (a *archive) credit() string                                       { return a.Attribution }
func (a *archive) close() error                                         { return a.file.Close() }

// part reads parts of a file.
type part struct{ f File }

// Range implements pmtiles.Bytes.
func (p part) Range(ctx context.Context, offset, n int64) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	info, err := p.f.Stat()
	if err != nil {
		return nil, err
	}
	n = min(n, max(info.Size()-offset, 0))
	b := make([]byte, n)
	got, err := p.f.ReadAt(b, offset)
	if errors.Is(err, io.EOF) {
		err = nil // it was cut while it was read
	}
	return b[:got], err
}
