package tiles_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/data/tiles/pmtiles"
)

// realTiles is where tiles of others lie, which are never part of the project.
func realTiles(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("TABGATE_TILES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "deck", "tiles")
	}
	if _, err := os.Stat(filepath.Join(dir, "facts.json")); err != nil {
		t.Skip("real tiles are not there: they are OpenStreetMap's and no part of the project (TABGATE_TILES names their folder)")
	}
	return dir
}

// file is an archive in a file.
type file struct{ *os.File }

func (f file) Range(_ context.Context, offset, n int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b := make([]byte, max(min(n, info.Size()-offset), 0))
	_, err = f.ReadAt(b, offset)
	return b, err
}

func openArchive(t testing.TB, path string) (*pmtiles.Archive, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return pmtiles.Open(t.Context(), file{f})
}

// layerFacts are what a layer holds, as the facts say it.
type layerFacts struct {
	Extent   int            `json:"extent"`
	Features int            `json:"features"`
	Points   int            `json:"points"`
	Lines    int            `json:"lines"`
	Polygons int            `json:"polygons"`
	Vertices int            `json:"vertices"`
	Classes  map[string]int `json:"classes"`
}

func factsOf(t *testing.T, b []byte) map[string]layerFacts {
	t.Helper()
	layers, err := tiles.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]layerFacts{}
	for _, l := range layers {
		f := layerFacts{Extent: l.Extent, Features: l.Len(), Classes: map[string]int{}}
		types := [4]int{}
		for i := range l.Len() {
			one, err := l.Feature(i)
			if err != nil {
				t.Fatal(err)
			}
			types[one.Type]++
			parts, err := one.Parts()
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range parts {
				f.Vertices += len(p)
			}
			p := map[string]any{}
			if err := one.Each(func(key string, v any) { p[key] = v }); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"class", "kind", "pmap:kind"} {
				if v, ok := p[key]; ok {
					f.Classes[fmt.Sprint(v)]++
					break
				}
			}
		}
		f.Points, f.Lines, f.Polygons = types[1], types[2], types[3]
		out[l.Name] = f
	}
	return out
}

func TestRealTilesAreReadAsTheyAre(t *testing.T) {
	dir := realTiles(t)
	text, err := os.ReadFile(filepath.Join(dir, "facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]layerFacts{}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if len(want) < 6 {
		t.Fatalf("only %d tiles in the facts", len(want))
	}
	for name, layers := range want {
		t.Run(name, func(t *testing.T) {
			got := factsOf(t, readReal(t, dir, name))
			for l, f := range layers {
				if a, b := fmt.Sprint(got[l]), fmt.Sprint(f); a != b {
					t.Errorf("layer %s is %s, not %s", l, a, b)
				}
			}
			if len(got) != len(layers) {
				t.Errorf("%d layers, not %d", len(got), len(layers))
			}
		})
	}
}

// readReal reads a tile that the facts name: a file, or one of an archive as
// "pmtiles/x.pmtiles 14/8704/5972".
func readReal(t testing.TB, dir, name string) []byte {
	t.Helper()
	path, at, archive := strings.Cut(name, " ")
	if !archive {
		b, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	a, err := openArchive(t, filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	var id tiles.ID
	if _, err := fmt.Sscanf(strings.ReplaceAll(at, " ", "/"), "%d/%d/%d", &id.Z, &id.X, &id.Y); err != nil {
		t.Fatal(err)
	}
	b, err := a.Tile(t.Context(), id)
	if err != nil || b == nil {
		t.Fatalf("tile %s: %v", at, err)
	}
	return b
}

func TestGroundOfRealTiles(t *testing.T) {
	dir := realTiles(t)
	for _, c := range []struct {
		name, schema string
		id           tiles.ID
	}{
		{"omt/14-8298-5635.mvt.gz", "OpenMapTiles", tiles.ID{Z: 14, X: 8298, Y: 5635}},
		{"omt/10-531-340.mvt.gz", "OpenMapTiles", tiles.ID{Z: 10, X: 531, Y: 340}},
		{"omt/openfreemap-0-0-0.mvt.gz", "OpenMapTiles", tiles.ID{}},
		{"pmtiles/firenze.pmtiles 14/8704/5972", "Protomaps", tiles.ID{Z: 14, X: 8704, Y: 5972}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := tiles.Read(c.id, readReal(t, dir, c.name))
			if err != nil {
				t.Fatal(err)
			}
			if g.Schema != c.schema || len(g.Areas) == 0 || len(g.Places) == 0 || len(g.Lines) == 0 {
				t.Errorf("%s: %d areas, %d lines, %d places", g.Schema, len(g.Areas), len(g.Lines), len(g.Places))
			}
			lo, hi := c.id.Box()
			for _, p := range g.Places {
				if p.At.X < lo.X || p.At.X > hi.X || p.At.Y < lo.Y || p.At.Y > hi.Y {
					t.Fatalf("%s is outside of its tile", p.Name)
				}
			}
		})
	}
}

func BenchmarkReadParis(b *testing.B) {
	text := readReal(b, realTiles(b), "omt/14-8298-5635.mvt.gz")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tiles.Read(tiles.ID{Z: 14, X: 8298, Y: 5635}, text); err != nil {
			b.Fatal(err)
		}
	}
}
