package data

import "math"

// The world in common space is a square of TileSize units. These are
// deck.gl's own numbers: another circumference moves the hexagons' borders
// and so changes the bins.
const (
	TileSize           = 512
	EarthCircumference = 40.03e6 // metres
)

// Mercator projects to Web Mercator common space: x to the east from 180°
// west, y to the north, both 0 to TileSize.
func Mercator(p Point) (x, y float64) {
	x = TileSize * (p.Lon + 180) / 360
	lat := p.Lat * math.Pi / 180
	y = TileSize * (math.Pi + math.Log(math.Tan(math.Pi/4+lat/2))) / (2 * math.Pi)
	return x, y
}

// Unproject is the inverse of Mercator.
func Unproject(x, y float64) Point {
	lat := 2*math.Atan(math.Exp(y/TileSize*2*math.Pi-math.Pi)) - math.Pi/2
	return Point{Lon: x/TileSize*360 - 180, Lat: lat * 180 / math.Pi}
}

// UnitsPerMeter is how many units of common space a metre takes at a latitude
// in degrees.
func UnitsPerMeter(lat float64) float64 {
	return TileSize / EarthCircumference / math.Cos(lat*math.Pi/180)
}

// Bounds is the smallest box around points; all zero for none.
func Bounds(points []Point) (min, max Point) {
	if len(points) == 0 {
		return min, max
	}
	min, max = points[0], points[0]
	for _, p := range points[1:] {
		min.Lon, max.Lon = math.Min(min.Lon, p.Lon), math.Max(max.Lon, p.Lon)
		min.Lat, max.Lat = math.Min(min.Lat, p.Lat), math.Max(max.Lat, p.Lat)
	}
	return min, max
}
