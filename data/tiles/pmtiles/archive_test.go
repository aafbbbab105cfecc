package pmtiles_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/data/tiles/pmtiles"
)

// line is an entry of an archive that is written for a test.
type line struct{ id, run, length, offset uint64 }

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

// directoryOf writes a directory, packed.
func directoryOf(list []line) []byte {
	b := binary.AppendUvarint(nil, uint64(len(list)))
	last := uint64(0)
	for _, e := range list {
		b = binary.AppendUvarint(b, e.id-last)
		last = e.id
	}
	for _, e := range list {
		b = binary.AppendUvarint(b, e.run)
	}
	for _, e := range list {
		b = binary.AppendUvarint(b, e.length)
	}
	for i, e := range list {
		if i > 0 && e.offset == list[i-1].offset+list[i-1].length {
			b = binary.AppendUvarint(b, 0)
		} else {
			b = binary.AppendUvarint(b, e.offset+1)
		}
	}
	return packed(b)
}

// archiveOf writes an archive of the tiles with some ids, each with its own
// contents. Where deep, the root names a directory of one tile each.
func archiveOf(ids []uint64, contents [][]byte, deep bool) []byte {
	var data, leaves []byte
	var list, root []line
	for i, id := range ids {
		b := packed(contents[i])
		list = append(list, line{id, 1, uint64(len(b)), uint64(len(data))})
		data = append(data, b...)
	}
	if root = list; deep {
		root = nil
		for _, e := range list {
			d := directoryOf([]line{e})
			root = append(root, line{e.id, 0, uint64(len(d)), uint64(len(leaves))})
			leaves = append(leaves, d...)
		}
	}
	dir, about := directoryOf(root), packed([]byte(`{"attribution":"<b>somebody</b>"}`))
	h := make([]byte, 127)
	copy(h, "PMTiles\x03")
	at := uint64(127)
	for i, part := range [][]byte{dir, about, leaves, data} {
		binary.LittleEndian.PutUint64(h[8+16*i:], at)
		binary.LittleEndian.PutUint64(h[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
	}
	h[96], h[97], h[98], h[99], h[100], h[101] = 1, 2, 2, 1, 0, 14
	return slices.Concat(h, dir, about, leaves, data)
}

// inMemory are the bytes of an archive.
type inMemory []byte

func (m inMemory) Range(_ context.Context, offset, n int64) ([]byte, error) {
	if offset > int64(len(m)) {
		return nil, nil
	}
	return m[offset:min(offset+n, int64(len(m)))], nil
}

func TestArchive(t *testing.T) {
	ids := []uint64{0, 1, 2, 3, 4, 317221125}
	contents := [][]byte{[]byte("world"), []byte("1/0/0"), []byte("1/0/1"), []byte("1/1/1"), []byte("1/1/0"), []byte("florence")}
	at := []tiles.ID{{}, {Z: 1}, {Z: 1, Y: 1}, {Z: 1, X: 1, Y: 1}, {Z: 1, X: 1}, {Z: 14, X: 8704, Y: 5972}}
	for _, deep := range []bool{false, true} {
		t.Run(fmt.Sprintf("finds its tiles, deep is %v", deep), func(t *testing.T) {
			a, err := pmtiles.Open(t.Context(), inMemory(archiveOf(ids, contents, deep)))
			if err != nil {
				t.Fatal(err)
			}
			if a.MaxZoom != 14 || a.Attribution != "<b>somebody</b>" {
				t.Errorf("it says %+v", a)
			}
			for i, id := range at {
				for range 2 {
					if b, err := a.Tile(t.Context(), id); err != nil || string(b) != string(contents[i]) {
						t.Errorf("tile %v is %q: %v", id, b, err)
					}
				}
			}
			for _, id := range []tiles.ID{{Z: 2}, {Z: 14, X: 8704, Y: 5971}, {Z: 15}, {Z: -1}, {Z: 1, X: 2}} {
				if b, err := a.Tile(t.Context(), id); err != nil || b != nil {
					t.Errorf("tile %v, which is not there, is %q: %v", id, b, err)
				}
			}
		})
	}
	whole := archiveOf(ids, contents, true)
	t.Run("is refused where it is cut", func(t *testing.T) {
		for n := range len(whole) {
			a, err := pmtiles.Open(t.Context(), inMemory(whole[:n]))
			if err != nil {
				continue
			}
			if b, err := a.Tile(t.Context(), at[5]); err == nil {
				t.Fatalf("cut after %d of %d bytes, a tile is %q", n, len(whole), b)
			}
		}
	})
	t.Run("hands on what its bytes say", func(t *testing.T) {
		if _, err := pmtiles.Open(t.Context(), unreadable{}); !errors.Is(err, errAway) {
			t.Errorf("it says %v", err)
		}
	})
	t.Run("is refused where directories name each other", func(t *testing.T) {
		leaf := directoryOf([]line{{0, 0, 0, 0}})
		for range 4 { // the length of a directory is part of it
			leaf = directoryOf([]line{{0, 0, uint64(len(leaf)), 0}})
		}
		h := archiveOf(nil, nil, false)[:127]
		put := func(i int, offset, length int) {
			for k, v := range []int{offset, length} {
				for n := range 8 {
					h[i+8*k+n] = byte(v >> (8 * n))
				}
			}
		}
		put(8, 127, len(leaf))
		put(24, 127, 0)
		put(40, 127, len(leaf))
		a, err := pmtiles.Open(t.Context(), inMemory(append(h, leaf...)))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := a.Tile(t.Context(), tiles.ID{}); err == nil || !strings.Contains(err.Error(), "too deep") {
			t.Errorf("it gives %q: %v", b, err)
		}
	})
}

var errAway = errors.New("away")

type unreadable struct{}

func (unreadable) Range(context.Context, int64, int64) ([]byte, error) { return nil, errAway }

func TestRealArchivesAreReadOrRefused(t *testing.T) {
	dir := os.Getenv("TABGATE_TILES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "deck", "tiles")
	}
	dir = filepath.Join(dir, "pmtiles")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("real archives are not there: they are OpenStreetMap's and no part of the project (TABGATE_TILES names their folder)")
	}
	for name, want := range map[string]string{
		"empty.pmtiles":              "it is no PMTiles archive",
		"invalid.pmtiles":            "it is no PMTiles archive",
		"invalid_v4.pmtiles":         "version 4",
		"single_tile_brotli.pmtiles": "it holds pictures",
		"test_fixture_1.pmtiles":     "",
		"leaf.pmtiles":               "",
		"firenze.pmtiles":            "",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := read(t, filepath.Join(dir, name))
			if want != "" {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("it says %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			b, err := a.Tile(t.Context(), tiles.ID{})
			if err != nil || b == nil {
				t.Errorf("the world's tile is %d bytes: %v", len(b), err)
			}
		})
	}
}

// read opens an archive in a file, as bytes in memory.
func read(t *testing.T, path string) (*pmtiles.Archive, error) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return pmtiles.Open(t.Context(), inMemory(b))
}

func FuzzArchive(f *testing.F) {
	whole := archiveOf([]uint64{0, 1, 7}, [][]byte{[]byte("a"), []byte("b"), []byte("c")}, false)
	f.Add(whole)
	f.Add(archiveOf([]uint64{0, 1, 7}, [][]byte{[]byte("a"), []byte("b"), []byte("c")}, true))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := pmtiles.Open(t.Context(), inMemory(b))
		if err != nil {
			return
		}
		for z := range 5 {
			if b, err := a.Tile(t.Context(), tiles.ID{Z: z}); err == nil && len(b) > tiles.MaxTile {
				t.Errorf("a tile has %d bytes", len(b))
			}
		}
	})
}
