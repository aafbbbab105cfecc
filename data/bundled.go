package data

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

//go:embed bundled/*.geojson
var bundled embed.FS

//go:embed demo/folder/data/agri_usda_1961_2019.csv
var agricultureUSDA string

//go:embed demo/folder/data/sf_bike_parking.csv
var bikeParking string

//go:embed demo/folder/data/bart_segments.csv
var segments string

// BundledCity reads the figures of the city that are part of the program.
func BundledCity() (c City, err error) {
	if c.Land, err = bundledLand(); err != nil {
		return City{}, err
	}
	c.Racks, err = bundledRows(bikeParking, func(r bundledRow) Point { return r.point(0) })
	if err != nil {
		return City{}, err
	}
	c.Segments, err = bundledRows(segments, func(r bundledRow) Segment {
		return Segment{From: r.point(0), To: r.point(2), Inbound: r.int(4), Outbound: r.int(5)}
	})
	if err != nil {
		return City{}, err
	}
	return c, nil
}

// bundledRow is a row of one of our own files, whose numbers a test has read.
type bundledRow []string

func (r bundledRow) float(i int) float64 {
	v, _ := strconv.ParseFloat(r[i], 64)
	return v
}
func (r bundledRow) int(i int) int     { return int(r.float(i)) }
func (r bundledRow) point(i int) Point { return Point{r.float(i), r.float(i + 1)} }

// bundledRows reads the rows below the heading of one of our own files, whose
// cells have no quotes. What it makes shares the memory of the program itself:
// this runs at every start.
func bundledRows[T any](text string, of func(bundledRow) T) ([]T, error) {
	if strings.Contains(text, `"`) {
		return nil, errors.New("read the bundled figures: a cell has quotes")
	}
	out := make([]T, 0, strings.Count(text, "\n"))
	var row bundledRow
	first := true
	for line := range strings.Lines(text) {
		cells := len(row)
		row = row[:0]
		for cell := range strings.SplitSeq(strings.TrimRight(line, "\r\n"), ",") {
			row = append(row, cell)
		}
		if first {
			first = false
			continue
		}
		if len(row) != cells {
			return nil, fmt.Errorf("read the bundled figures: %d cells in a row, not %d", len(row), cells)
		}
		out = append(out, of(row))
	}
	return out, nil
}

// bundledLand gives the coastline, and the islands and the strait that it is
// too coarse for. A ring inside land is water.
func bundledLand() ([][]Point, error) {
	land, err := bundledRings("sf_land_ne10m.geojson")
	if err != nil {
		return nil, err
	}
	islands, err := bundledRings("sf_islands.geojson")
	return append(land, islands...), err
}

func bundledRings(name string) ([][]Point, error) {
	b, err := bundled.ReadFile("bundled/" + name)
	if err != nil {
		return nil, fmt.Errorf("read the bundled coastline: %w", err)
	}
	var doc struct {
		Features []struct {
			Geometry struct {
				Coordinates [][][2]float64
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, fmt.Errorf("read the bundled coastline: %w", err)
	}
	var rings [][]Point
	for _, f := range doc.Features {
		for _, ring := range f.Geometry.Coordinates {
			points := make([]Point, len(ring))
			for i, c := range ring {
				points[i] = Point{c[0], c[1]}
			}
			rings = append(rings, points)
		}
	}
	return rings, nil
}

// BundledAgriculture reads the stand-in for the demo's live table: another
// series, which is never joined with it.
func BundledAgriculture() (Table, error) {
	heading, _, _ := strings.Cut(agricultureUSDA, "\n")
	names := strings.Split(strings.TrimRight(heading, "\r"), ",")
	t := Table{Columns: names[1:], index: map[string]int{}}
	_, err := bundledRows(agricultureUSDA, func(r bundledRow) struct{} {
		values := make([]float64, len(t.Columns))
		for i, cell := range r[1:] {
			v, err := strconv.ParseFloat(cell, 64)
			if values[i] = v; err != nil {
				values[i] = math.NaN()
			}
		}
		t.add(r[0], values)
		return struct{}{}
	})
	return t, err
}
