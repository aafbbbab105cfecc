// Package pmtiles reads archives of tiles, PMTiles 3, wherever their bytes are.
package pmtiles

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/authtabs/tabgate/data/tiles"
)

// Limits of an archive.
const (
	headerSize   = 127
	firstRead    = 16384    // header and root, by the specification
	maxDirectory = 1 << 20  // bytes, unpacked
	maxPacked    = 16 << 20 // bytes of a tile or directory as it is stored
	maxMetadata  = 4 << 20  // bytes, unpacked
	maxDepth     = 3        // of directories below the root
	keptEntries  = 1 << 18  // of directories below the root that are kept in memory
)

// Bytes are the bytes of an archive, wherever they are.
type Bytes interface {
	// Range returns n bytes from an offset, or fewer where the archive ends.
	Range(ctx context.Context, offset, n int64) ([]byte, error)
}

// Archive is a PMTiles archive of vector tiles. It may be used by several
// goroutines.
type Archive struct {
	MinZoom, MaxZoom int
	Attribution      string // as it stands in the archive
	Bounds           [4]float64

	from                 Bytes
	leaves, data         extent
	internal, tile       uint8
	root                 []entry
	mu                   sync.Mutex
	kept                 map[uint64][]entry
	entries              int // of kept
	metadata, rootExtent extent
}

// extent is a part of an archive.
type extent struct{ offset, length uint64 }

// entry is a line of a directory: tiles from an id on that are the same, or a
// directory further down where run is 0.
type entry struct{ id, run, length, offset uint64 }

// Open reads the header and the root of an archive.
func Open(ctx context.Context, from Bytes) (*Archive, error) {
	head, err := from.Range(ctx, 0, firstRead)
	if err != nil {
		return nil, err
	}
	a := &Archive{from: from, kept: map[uint64][]entry{}}
	if err := a.header(head); err != nil {
		return nil, err
	}
	root, err := a.part(ctx, head, a.rootExtent)
	if err != nil {
		return nil, err
	}
	if a.root, err = directory(root, a.internal); err != nil {
		return nil, err
	}
	return a, a.describe(ctx, head)
}

// header reads the first 127 bytes.
func (a *Archive) header(b []byte) error {
	switch {
	case len(b) < headerSize || string(b[:7]) != "PMTiles":
		return errors.New("it is no PMTiles archive")
	case b[7] != 3:
		return fmt.Errorf("it is a PMTiles archive of version %d, and only 3 is read", b[7])
	case b[99] > 1:
		return fmt.Errorf("it holds pictures, not vector tiles (type %d)", b[99])
	}
	at := func(i int) extent {
		return extent{binary.LittleEndian.Uint64(b[i:]), binary.LittleEndian.Uint64(b[i+8:])}
	}
	a.rootExtent, a.metadata, a.leaves, a.data = at(8), at(24), at(40), at(56)
	a.internal, a.tile = b[97], b[98]
	a.MinZoom, a.MaxZoom = int(b[100]), int(b[101])
	if a.MaxZoom > tiles.MaxZoom || a.MinZoom > a.MaxZoom {
		return fmt.Errorf("its zooms, %d to %d, cannot be", a.MinZoom, a.MaxZoom)
	}
	for i := range a.Bounds {
		a.Bounds[i] = float64(int32(binary.LittleEndian.Uint32(b[102+4*i:]))) / 1e7
	}
	return nil
}

// part returns a part of the archive, of what is at hand where it is there.
func (a *Archive) part(ctx context.Context, head []byte, e extent) ([]byte, error) {
	if e.length > maxPacked || e.offset > 1<<62 {
		return nil, errors.New("the archive names a part of it that cannot be")
	}
	if e.offset+e.length <= uint64(len(head)) {
		return head[e.offset : e.offset+e.length], nil
	}
	b, err := a.from.Range(ctx, int64(e.offset), int64(e.length))
	if err == nil && uint64(len(b)) != e.length {
		err = errors.New("the archive is cut short")
	}
	return b, err
}

// describe reads what the archive says of itself. Archives without it are as
// good.
func (a *Archive) describe(ctx context.Context, head []byte) error {
	if a.metadata.length == 0 {
		return nil
	}
	b, err := a.part(ctx, head, a.metadata)
	if err != nil {
		return err
	}
	var m struct {
		Attribution string `json:"attribution"`
	}
	if b, err = unpack(b, a.internal, maxMetadata); err == nil && json.Unmarshal(b, &m) == nil {
		a.Attribution = m.Attribution
	}
	return nil
}

// Tile returns the bytes of a tile; nil where the archive has none.
func (a *Archive) Tile(ctx context.Context, id tiles.ID) ([]byte, error) {
	if !id.Valid() || id.Z < a.MinZoom || id.Z > a.MaxZoom {
		return nil, nil
	}
	at, list := place(id), a.root
	for range maxDepth + 1 {
		e, ok := find(list, at)
		switch {
		case !ok || e.run > 0 && at-e.id >= e.run:
			return nil, nil
		case e.run > 0:
			b, err := a.part(ctx, nil, extent{a.data.offset + e.offset, e.length})
			if err != nil {
				return nil, err
			}
			return unpack(b, a.tile, tiles.MaxTile)
		}
		var err error
		if list, err = a.leaf(ctx, e); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the archive's directories lie too deep")
}

// leaf returns a directory below the root.
func (a *Archive) leaf(ctx context.Context, e entry) ([]entry, error) {
	at := a.leaves.offset + e.offset
	a.mu.Lock()
	list, ok := a.kept[at]
	a.mu.Unlock()
	if ok {
		return list, nil
	}
	b, err := a.part(ctx, nil, extent{at, e.length})
	if err != nil {
		return nil, err
	}
	if list, err = directory(b, a.internal); err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.entries += len(list); a.entries > keptEntries {
		clear(a.kept)
		a.entries = len(list)
	}
	a.kept[at] = list
	return list, nil
}
