package pmtiles

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/andybalholm/brotli"

	"github.com/authtabs/tabgate/data/tiles"
)

var errDirectory = errors.New("a directory of the archive is broken")

// directory reads a directory: how many entries, then their ids, runs, lengths
// and offsets, each as steps from the entry before.
func directory(b []byte, packed uint8) ([]entry, error) {
	b, err := unpack(b, packed, maxDirectory)
	if err != nil {
		return nil, err
	}
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b))/4 {
		return nil, errDirectory
	}
	b = b[used:]
	list := make([]entry, n)
	id := uint64(0)
	for column := range 4 {
		for i := range list {
			v, used := binary.Uvarint(b)
			if used <= 0 {
				return nil, errDirectory
			}
			b = b[used:]
			switch e := &list[i]; column {
			case 0:
				if id += v; id < v || v == 0 && i > 0 {
					return nil, errDirectory
				}
				e.id = id
			case 1:
				e.run = v
			case 2:
				e.length = v
			case 3:
				if e.offset = v - 1; v == 0 {
					if i == 0 {
						return nil, errDirectory
					}
					e.offset = list[i-1].offset + list[i-1].length
				}
			}
		}
	}
	return list, nil
}

// find returns the last entry whose id is no greater.
func find(list []entry, id uint64) (entry, bool) {
	lo, hi := 0, len(list)
	for lo < hi {
		if mid := (lo + hi) / 2; list[mid].id <= id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return entry{}, false
	}
	return list[lo-1], true
}

// The packings, as PMTiles numbers them.
const (
	packedUnknown = iota
	packedNone
	packedGzip
	packedBrotli
	packedZstd
)

// unpack returns what is packed as the header says it is.
func unpack(b []byte, how uint8, most int) ([]byte, error) {
	switch how {
	case packedUnknown, packedNone, packedGzip, packedZstd:
		return tiles.Unpack(b, most)
	case packedBrotli:
		return tiles.ReadUnpacked(brotli.NewReader(bytes.NewReader(b)), most)
	}
	return nil, fmt.Errorf("packing %d is not known", how)
}

// place is the number of a tile in archives: after all tiles of the zooms
// before, along the Hilbert curve of its own.
func place(t tiles.ID) uint64 {
	id := (uint64(1)<<(2*t.Z) - 1) / 3
	x, y := uint64(t.X), uint64(t.Y)
	for s := uint64(1) << t.Z / 2; s > 0; s /= 2 {
		var rx, ry uint64
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		id += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x, s-1-y // the lower bits are all that counts from here
			}
			x, y = y, x
		}
	}
	return id
}
