package h3_test

import (
	"bufio"
	"compress/gzip"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/deck/h3"
)

// facts are cells with their middles and outlines, as h3-js gives them: all
// cells of resolution 0, the pentagons of every resolution and what is around
// them, cells across the edges of the icosahedron, and some anywhere.
func facts(t *testing.T) (lines []string) {
	t.Helper()
	path := "testdata/cells.txt.gz"
	if more := os.Getenv("H3_FACTS"); more != "" {
		path = more
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(z); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines
}

func point(t *testing.T, text string) h3.Point {
	t.Helper()
	lat, lon, _ := strings.Cut(text, ",")
	a, err := strconv.ParseFloat(lat, 64)
	if err != nil {
		t.Fatal(err)
	}
	b, err := strconv.ParseFloat(lon, 64)
	if err != nil {
		t.Fatal(err)
	}
	return h3.Point{Lat: a, Lon: b}
}

// apart is how far two places are from each other, in degrees.
func apart(p, q h3.Point) float64 {
	lon := math.Remainder(p.Lon-q.Lon, 360) * math.Cos(p.Lat*math.Pi/180)
	return math.Hypot(p.Lat-q.Lat, lon)
}

func TestCellsAreWhereH3HasThem(t *testing.T) {
	const exact = 1e-8
	lines := facts(t)
	if len(lines) < 1000 {
		t.Fatalf("only %d cells", len(lines))
	}
	pentagons, bent := 0, 0
	for _, line := range lines {
		words := strings.Fields(line)
		c, ok := h3.Parse(words[0])
		if !ok {
			t.Fatalf("%s is no cell", words[0])
		}
		if p := c.Center(); apart(p, point(t, words[1])) > exact {
			t.Fatalf("%s is at %v, not %s", words[0], p, words[1])
		}
		got, want := c.Boundary(), words[2:]
		if len(got) != len(want) {
			t.Fatalf("%s has %d points, not %d", words[0], len(got), len(want))
		}
		for i, p := range got {
			if apart(p, point(t, want[i])) > exact {
				t.Fatalf("point %d of %s is %v, not %s", i, words[0], p, want[i])
			}
		}
		if c.Pentagon() {
			pentagons++
		} else if len(got) > 6 {
			bent++
		}
	}
	if pentagons != 12*16 || bent < 100 {
		t.Errorf("%d pentagons and %d bent hexagons are in the facts", pentagons, bent)
	}
}

func TestWhatIsNoCellIsRefused(t *testing.T) {
	for _, name := range []string{
		"", "not a cell", "0", "ffffffffffffffff", "85283473ffffff", "0x85283473fffffff",
		"95283473fffffff",   // the mode of an edge
		"85f83473fffffff",   // base cell 124
		"852834777ffffff70", // too long
		"8528347ffffffff",   // no direction at its resolution
		"852834730ffffff",   // a direction below its resolution
		"820847fffffffff",   // the side that a pentagon lacks
	} {
		if c, ok := h3.Parse(name); ok {
			t.Errorf("%q is cell %x", name, uint64(c))
		}
	}
}

func FuzzCells(f *testing.F) {
	f.Add(uint64(0x85283473fffffff))
	f.Add(uint64(0x820807fffffffff))
	f.Fuzz(func(t *testing.T, v uint64) {
		c, ok := h3.Parse(strconv.FormatUint(v, 16))
		if !ok {
			return
		}
		p := c.Center()
		if n := len(c.Boundary()); n < 5 || n > 10 || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 {
			t.Errorf("%x has %d points around %v", v, n, p)
		}
	})
}
