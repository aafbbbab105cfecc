package data

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
)

//go:embed bundled
var bundled embed.FS

// BundledCity reads the figures that are part of the program.
func BundledCity() (City, error) {
	var c City
	var err error
	if c.Land, err = bundledLand(); err != nil {
		return City{}, err
	}
	racks, err := bundledRows("sf_bike_parking.csv")
	if err != nil {
		return City{}, err
	}
	for _, r := range racks {
		c.Racks = append(c.Racks, r.point(0))
	}
	stations, err := bundledRows("bart_stations.csv")
	if err != nil {
		return City{}, err
	}
	for _, r := range stations {
		p := r.point(4)
		c.Stations = append(c.Stations, Station{
			Code: r[0], Name: r[1], Entries: r.int(2), Exits: r.int(3), Lon: p.Lon, Lat: p.Lat,
		})
	}
	segments, err := bundledRows("bart_segments.csv")
	if err != nil {
		return City{}, err
	}
	for _, r := range segments {
		c.Segments = append(c.Segments, Segment{
			From: r.point(0), To: r.point(2), Inbound: r.int(4), Outbound: r.int(5),
		})
	}
	places, err := bundledRows("sf_places.csv")
	if err != nil {
		return City{}, err
	}
	for _, r := range places {
		p := r.point(2)
		c.Places = append(c.Places, Place{Name: r[0], Water: r[1] == "water", Lon: p.Lon, Lat: p.Lat})
	}
	c.Origin = Origin{Kind: Bundled, Name: cityName, Licence: cityLicence}
	return c, nil
}

const (
	cityName    = "Streamlit examples; coast: Natural Earth"
	cityLicence = "Apache-2.0; Natural Earth: public domain; islands and names: own work"
)

// bundledRow is a row of one of our own files, whose numbers a test has read.
type bundledRow []string

func (r bundledRow) float(i int) float64 {
	v, _ := strconv.ParseFloat(r[i], 64)
	return v
}
func (r bundledRow) int(i int) int     { return int(r.float(i)) }
func (r bundledRow) point(i int) Point { return Point{r.float(i), r.float(i + 1)} }

func bundledRows(name string) ([]bundledRow, error) {
	b, err := bundled.ReadFile("bundled/" + name)
	if err != nil {
		return nil, fmt.Errorf("read the bundled figures: %w", err)
	}
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the bundled file %s: %w", name, err)
	}
	rows := make([]bundledRow, 0, len(all))
	for _, r := range all[1:] {
		rows = append(rows, r)
	}
	return rows, nil
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
	f, err := bundled.Open("bundled/agri_usda_1961_2019.csv")
	if err != nil {
		return Table{}, fmt.Errorf("read the bundled table: %w", err)
	}
	defer f.Close()
	t, err := ReadTable(f)
	t.Unit = AgricultureUnit
	t.Origin = Origin{
		Kind: Bundled, Unit: "thousands of constant 2015 US$", Licence: "public domain",
		Name:   "USDA agricultural output, constant 2015 US$",
		Credit: "USDA Economic Research Service, Our World in Data",
	}
	return t, err
}
