package mapview

import (
	"fmt"
	"math"

	"github.com/authtabs/tabgate/data"
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

// Demo is the view of the original.
var Demo = View{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 50}

// How far one can go. Beyond 60 degrees the horizon would be in the picture.
const (
	minZoom, maxZoom = 8, 17
	maxPitch         = 60
)

// within keeps a view inside its limits and its middle inside a box.
func (v View) within(lo, hi data.Point) View {
	v.Zoom = min(max(v.Zoom, minZoom), maxZoom)
	v.Pitch = min(max(v.Pitch, 0), maxPitch)
	v.Bearing = math.Mod(v.Bearing, 360)
	if v.Bearing > 180 {
		v.Bearing -= 360
	} else if v.Bearing <= -180 {
		v.Bearing += 360
	}
	v.Lon = min(max(v.Lon, lo.Lon), hi.Lon)
	v.Lat = min(max(v.Lat, lo.Lat), hi.Lat)
	return v
}

// metersPerPixel is the scale in the middle of the picture.
func (v View) metersPerPixel() float64 {
	return 1 / (data.UnitsPerMeter(v.Lat) * math.Exp2(v.Zoom))
}

// Place is where the middle of a view is.
func (v View) Place() data.Point { return data.Point{Lon: v.Lon, Lat: v.Lat} }

// webHeight is the height of the original's map in pixels. The map shows the
// same extent whatever the number of rows.
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

// Coordinates writes a place in degrees.
func Coordinates(lat, lon float64) string { return fmt.Sprintf("%.4f, %.4f", lat, lon) }

// smooth is GLSL's smoothstep from 0 to 1, by which deck.gl spaces the
// points of an arc.
func smooth(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}
