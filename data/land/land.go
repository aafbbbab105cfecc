// Package land is the land of the whole world, from Natural Earth (1:10 m,
// public domain), for the ground of maps. Its lattice is 0.0036° by 0.0017°,
// some 400 m by 190 m at the equator: a coast, and no lakes.
package land

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the rings
	"encoding/binary"
	"errors"
	"io"
	"math"
	"sync"
)

//go:embed land.bin.gz
var packed []byte

// maxUnpacked bounds what the rings unpack to.
const maxUnpacked = 8 << 20

// Point is a place in the common space of Web Mercator: 0 to 512 to the east
// and to the north.
type Point struct{ X, Y float64 }

// Ring is the outline of land, or of water within it. It ends where it begins,
// and may reach over the edges of common space: what lies there is on the other
// side of the world too, 512 away.
type Ring struct {
	Lo, Hi Point
	Points []Point
}

// levels are the zooms up to which the outlines are coarser: each leaves out
// what is smaller than a pixel there.
var levels = [...]float64{1, 3, 5, 7}

// world is the land as it was unpacked, and its coarser outlines.
type world struct {
	once   sync.Once
	full   []Ring
	err    error
	seams  map[seam]bool
	mu     sync.Mutex
	coarse [len(levels)][]Ring
}

var earth world

// At returns the outlines for a zoom of tiles of 512 pixels. The first call
// unpacks them, which takes some 30 ms: it belongs in a command.
func At(zoom float64) ([]Ring, error) {
	earth.once.Do(func() {
		if earth.full, earth.err = unpack(packed); earth.err == nil {
			var more []Ring
			more, earth.seams = islands(earth.full)
			earth.full = append(earth.full, more...)
		}
	})
	if earth.err != nil {
		return nil, earth.err
	}
	for i, z := range levels {
		if zoom <= z {
			return earth.level(i), nil
		}
	}
	return earth.full, nil
}

// level returns the outlines of a level, and makes them if nobody has.
func (w *world) level(i int) []Ring {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.coarse[i] == nil {
		w.coarse[i] = thin(w.full, 1/math.Exp2(levels[i]))
	}
	return w.coarse[i]
}

// thin leaves out the points that are nearer than least to the one before, and
// the rings that are smaller.
func thin(rings []Ring, least float64) []Ring {
	var out []Ring
	for _, r := range rings {
		if r.Hi.X-r.Lo.X < least && r.Hi.Y-r.Lo.Y < least {
			continue
		}
		points := []Point{r.Points[0]}
		for i, p := range r.Points[1:] {
			last := points[len(points)-1]
			if i == len(r.Points)-2 || math.Hypot(p.X-last.X, p.Y-last.Y) >= least {
				points = append(points, p)
			}
		}
		if len(points) > 3 {
			out = append(out, NewRing(points))
		}
	}
	return out
}

// NewRing is a ring of points, which ends where it begins.
func NewRing(points []Point) Ring {
	r := Ring{points[0], points[0], points}
	for _, p := range points {
		r.Lo = Point{min(r.Lo.X, p.X), min(r.Lo.Y, p.Y)}
		r.Hi = Point{max(r.Hi.X, p.X), max(r.Hi.Y, p.Y)}
	}
	return r
}

var errBroken = errors.New("the outlines of the land are broken")

// unpack reads the rings: the lattice, then for each ring the count of its
// points and the steps between them.
func unpack(packed []byte) ([]Ring, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(z, maxUnpacked))
	if err != nil || len(text) < 32 {
		return nil, errors.Join(errBroken, err)
	}
	var lattice [4]float64
	for i := range lattice {
		lattice[i] = float64(int64(binary.LittleEndian.Uint64(text[8*i:]))) / 1e15
	}
	var rings []Ring
	for rest := text[32:]; len(rest) > 0; {
		n, used := binary.Uvarint(rest)
		if used <= 0 || n < 3 || n > uint64(len(rest)) {
			return nil, errBroken
		}
		rest = rest[used:]
		points := make([]Point, n)
		var x, y int64
		for i := range points {
			for _, v := range [2]*int64{&x, &y} {
				step, used := binary.Varint(rest)
				if used <= 0 {
					return nil, errBroken
				}
				*v += step
				rest = rest[used:]
			}
			points[i] = project(lattice[2]+float64(x)*lattice[0], lattice[3]+float64(y)*lattice[1])
		}
		rings = append(rings, NewRing(unrolled(points)))
	}
	return rings, nil
}

// unrolled is a ring without jumps where the world ends: one that crosses 180°
// goes on to the east of it, and one that goes round the pole is closed below
// the map.
func unrolled(points []Point) []Point {
	shift := 0.0
	for i := 1; i < len(points); i++ {
		points[i].X += shift
		for step := points[i].X - points[i-1].X; math.Abs(step) > 256; step = points[i].X - points[i-1].X {
			by := math.Copysign(512, -step)
			points[i].X += by
			shift += by
		}
	}
	first, last := points[0], points[len(points)-1]
	if math.Abs(first.X-last.X) > 1 {
		points = append(points, Point{last.X, below}, Point{first.X, below}, first)
	}
	// Most of a ring lies in common space itself.
	r := NewRing(points)
	if by := 512 * math.Floor((r.Lo.X+r.Hi.X)/2/512); by != 0 {
		for i := range points {
			points[i].X -= by
		}
	}
	return points
}

// below is south of all that maps show.
const below = -8

// project is Web Mercator. Its ends are where the world is a square.
func project(lon, lat float64) Point {
	lat = min(max(lat, -85.0511), 85.0511) * math.Pi / 180
	return Point{512 * (lon + 180) / 360, 512 * (math.Pi + math.Log(math.Tan(math.Pi/4+lat/2))) / (2 * math.Pi)}
}

// Coast reports whether the line between two points of a ring is coast: the
// edges of the world, where outlines are cut, are none.
func Coast(a, b Point) bool {
	const edge = 1e-3
	if earth.seams[seam{a, b}] {
		return false
	}
	return !(a.X < edge && b.X < edge || a.X > 512-edge && b.X > 512-edge && a.X < 512+edge && b.X < 512+edge || a.Y < 1.5 && b.Y < 1.5 || a.Y < 0 || b.Y < 0)
}
