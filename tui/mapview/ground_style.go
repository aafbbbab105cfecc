package mapview

import (
	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/tui/cell"
)

// roadLevels are how many heights the dots of roads have among each other.
const roadLevels = uint8(tiles.Motorway-tiles.Border) + 1

// between is the zooms at which a class is drawn, in whole ones.
type between struct{ from, to int }

// seenAt says what is drawn at which zoom.
var seenAt = map[tiles.Class]between{
	tiles.Built: {11, 20}, tiles.Green: {11, 20}, tiles.Water: {0, 20}, tiles.Building: {15, 20},
	tiles.Border: {0, 20}, tiles.River: {13, 20},
	tiles.Motorway: {8, 20}, tiles.Trunk: {8, 20}, tiles.Primary: {8, 20}, tiles.Secondary: {11, 20}, tiles.Rail: {11, 20},
	tiles.Tertiary: {13, 20}, tiles.Minor: {14, 20}, tiles.Service: {15, 20}, tiles.Path: {15, 20}, tiles.Street: {15, 20},
	tiles.Country: {0, 7}, tiles.City: {3, 14}, tiles.Town: {8, 15}, tiles.Suburb: {11, 16}, tiles.Neighbourhood: {14, 20},
}

// shows reports whether a class is drawn at a zoom.
func shows(c tiles.Class, zoom float64) bool {
	b, z := seenAt[c], int(zoom+.5)
	return z >= b.from && z <= b.to
}

// The contrasts of the ground to the land, at most: what the map is about has
// to win. Areas may not be told from it at a glance; roads may.
const (
	areaContrast = 1.3
	roadContrast = 2.0
)

// roadContrasts are the contrasts of lines to the land: a minor road is half as
// bright as a large one.
var roadContrasts = map[tiles.Class]float64{
	tiles.Border: 1.9, tiles.Motorway: roadContrast, tiles.Trunk: 1.9, tiles.Primary: 1.75, tiles.Secondary: 1.6, tiles.Tertiary: 1.5,
	tiles.Minor: 1.35, tiles.Service: 1.25, tiles.Path: 1.25, tiles.Rail: 1.5,
}

// groundStyle are the colours of the ground under a look.
type groundStyle struct {
	fills [tiles.Building + 1]cell.RGB
	lines [tiles.Motorway + 1]cell.RGB
}

// hues are what areas are tinted with.
var hues = map[tiles.Class]cell.RGB{tiles.Green: {64, 150, 84}, tiles.Built: {150, 132, 120}, tiles.Building: {150, 150, 160}}

func (l *Look) groundStyle() (s groundStyle) {
	s.fills[tiles.Water] = l.water
	s.fills[tiles.Green] = towards(l.land, hues[tiles.Green], 1.2)
	s.fills[tiles.Built] = towards(l.land, hues[tiles.Built], 1.08)
	s.fills[tiles.Building] = towards(l.land, hues[tiles.Building], areaContrast)
	end := cell.Readable(l.land, l.land, 21) // black or white
	for c, ratio := range roadContrasts {
		s.lines[c] = towards(l.land, end, ratio)
	}
	s.lines[tiles.River] = l.water
	return s
}

// towards is a colour moved towards another, as far as a contrast to it allows.
func towards(from, to cell.RGB, ratio float64) cell.RGB {
	out := from
	for t := 0.02; t <= 1; t += 0.02 {
		c := cell.Mix(from, to, t)
		if cell.Contrast(c, from) > ratio {
			break
		}
		out = c
	}
	return out
}
