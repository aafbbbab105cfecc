package deck

import "math"

// The world in common space is a square of tile units; these are deck.gl's own
// numbers.
const (
	tile          = 512
	circumference = 40.03e6 // metres
)

// mercator projects degrees to common space: x to the east, y to the north.
func mercator(lon, lat float64) (x, y float64) {
	x = tile * (lon + 180) / 360
	rad := lat * math.Pi / 180
	return x, tile * (math.Pi + math.Log(math.Tan(math.Pi/4+rad/2))) / (2 * math.Pi)
}

// unproject is the inverse of mercator.
func unproject(x, y float64) Place {
	lat := 2*math.Atan(math.Exp(y/tile*2*math.Pi-math.Pi)) - math.Pi/2
	return Place{Lon: x/tile*360 - 180, Lat: lat * 180 / math.Pi}
}

// unitsPerMeter is how many units of common space a metre takes at a latitude.
func unitsPerMeter(lat float64) float64 {
	return tile / circumference / math.Cos(lat*math.Pi/180)
}
