package mapview

import (
	"fmt"
	"math"

	"github.com/authtabs/tabgate/data/deck"
)

// View is where one looks from: the place in the middle in degrees, the zoom
// of Web Mercator with tiles of 512 pixels, and pitch and bearing in degrees.
type View struct {
	Lat     float64 `json:"lat"`
	Lon     float64 `json:"lon"`
	Zoom    float64 `json:"zoom"`
	Pitch   float64 `json:"pitch"`
	Bearing float64 `json:"bearing"`
}

// ViewOf returns the view of a scene.
func ViewOf(v deck.View) View {
	return View{v.Latitude, v.Longitude, v.Zoom, v.Pitch, v.Bearing}
}

// Point is a place in degrees.
type Point struct{ Lon, Lat float64 }

// How far one can go. Beyond 60 degrees the horizon would be in the picture.
const (
	minZoom, maxZoom = 0, 20
	maxPitch         = 60
	maxLat           = 85
)

// Within is a view inside its limits.
func (v View) Within() View {
	v.Zoom = min(max(v.Zoom, minZoom), maxZoom)
	v.Pitch = min(max(v.Pitch, 0), maxPitch)
	v.Bearing = math.Mod(v.Bearing, 360)
	if v.Bearing > 180 {
		v.Bearing -= 360
	} else if v.Bearing <= -180 {
		v.Bearing += 360
	}
	v.Lon = min(max(v.Lon, -360), 360)
	v.Lat = min(max(v.Lat, -maxLat), maxLat)
	return v
}

// metersPerPixel is the scale in the middle of the picture.
func (v View) metersPerPixel() float64 {
	return 1 / (unitsPerMeter(v.Lat) * math.Exp2(v.Zoom))
}

// Place is where the middle of a view is.
func (v View) Place() Point { return Point{v.Lon, v.Lat} }

// webHeight is the height of a map in pixels, as pydeck and Streamlit have it.
// The map shows the same extent whatever the number of rows.
const webHeight = 500

// Picture is the size in pixels of the web of a map of some cells, which are
// twice as high as wide. The shorter side shows what 500 pixels show.
func Picture(cols, rows int) (w, h float64) {
	if rows <= 0 || cols <= 0 {
		return 0, 0
	}
	h = max(webHeight, webHeight*2*float64(rows)/float64(cols))
	return h * float64(cols) / float64(2*rows), h
}

// Coordinates writes a place in degrees, as exactly as a zoom shows it.
func Coordinates(lat, lon, zoom float64) string {
	decimals := int(min(max(math.Round(zoom/3.4)+1, 1), 6))
	return fmt.Sprintf("%.*f, %.*f", decimals, lat, decimals, lon)
}

// smooth is GLSL's smoothstep from 0 to 1, by which deck.gl spaces the
// points of an arc.
func smooth(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}

// The world in common space is a square of tile units; these are deck.gl's own
// numbers.
const (
	tile          = 512
	circumference = 40.03e6 // metres
)

func mercator(lon, lat float64) (x, y float64) {
	rad := min(max(lat, -89.9), 89.9) * math.Pi / 180
	return tile * (lon + 180) / 360, tile * (math.Pi + math.Log(math.Tan(math.Pi/4+rad/2))) / (2 * math.Pi)
}

// unproject is the inverse of mercator.
func unproject(x, y float64) Point {
	lat := 2*math.Atan(math.Exp(y/tile*2*math.Pi-math.Pi)) - math.Pi/2
	return Point{Lon: x/tile*360 - 180, Lat: lat * 180 / math.Pi}
}

// unitsPerMeter is how many units of common space a metre takes at a latitude.
func unitsPerMeter(lat float64) float64 {
	return tile / circumference / math.Cos(lat*math.Pi/180)
}

// spot is a place in common space.
type spot struct{ x, y float64 }

func spotOf(p deck.Place) spot {
	x, y := mercator(p.Lon, p.Lat)
	return spot{x, y}
}
