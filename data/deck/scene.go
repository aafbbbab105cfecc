package deck

import "math"

// RGBA is a colour in whole parts of 255, before a layer's opacity.
type RGBA [4]uint8

// View is where one looks from: the place in the middle in degrees, the zoom of
// Web Mercator with tiles of 512 pixels, pitch and bearing in degrees.
type View struct{ Latitude, Longitude, Zoom, Pitch, Bearing float64 }

// Scene is what a file draws.
type Scene struct {
	View   View
	Fitted bool     // the file has no view: it was fitted to the places
	Layers []*Layer // in drawing order
	Style  string   // of the ground: "dark", "light", "roads" or "" for the theme's
	Title  string   // the description, one line
	Notes  []string // what was changed or ignored, one line each

	box, zero box // of all places, and of those at exactly 0,0
}

// Fit takes places into the box that a view without one is fitted to. Places at
// exactly 0,0 count only where there are no others.
func (s *Scene) Fit(places []Place) {
	for _, p := range places {
		if p.Lon == 0 && p.Lat == 0 {
			s.zero.add(p)
		} else {
			s.box.add(p)
		}
	}
}

// fitted is the box of the places.
func (s *Scene) fitted() box {
	if s.box.any {
		return s.box
	}
	return s.zero
}

// Layer is one layer. Which of its lists are filled follows from its type.
type Layer struct {
	ID, Type string
	Visible  bool
	Refused  string // why it is not drawn; "" = it is
	Items    int    // rows that its data has
	Skipped  map[string]int
	AtZero   int // rows at exactly 0,0
	Opacity  float64
	Pickable bool
	Notes    []string

	// Source is what its data are called, where these are named; Fields are the
	// fields that properties take as they are, by the names of the properties.
	Source string
	Fields map[string]string

	Extruded bool
	Stroked  bool
	Filled   bool

	Circles  []Circle
	Radius   Size // of circles
	Line     Size // of the strokes of circles and polygons
	Labels   []Label
	Icons    []Icon
	Text     Size // of labels and icons
	Arcs     []Arc
	Lines    []Line
	Paths    []Path
	Width    Size // of arcs, lines and paths
	Columns  []Column
	Column   ColumnShape
	Polygons []Polygon
	Bins     *Bins
	Screen   *ScreenGrid
	Heat     *Heat
	Trips    *Trips
	Coverage float64 // of cells of H3: how much of each is drawn, from its middle
	// GreatCircle tells arcs that follow the earth.
	GreatCircle bool

	tip *tooltip
}

// Place is a point in degrees, and a height in metres.
type Place struct{ Lon, Lat, Z float64 }

// Meters is how far two places are apart on the ground, near enough for places
// of one city.
func (p Place) Meters(to Place) float64 {
	x0, y0 := mercator(p.Lon, p.Lat)
	x1, y1 := mercator(to.Lon, to.Lat)
	return math.Hypot(x1-x0, y1-y0) / unitsPerMeter(min(max(p.Lat, -89.9), 89.9))
}

// Size turns values into pixels of the web.
type Size struct {
	Units    string // meters, common or pixels
	Scale    float64
	Min, Max float64 // pixels
}

// Meters returns a value in metres, and whether that is its unit.
func (s Size) Meters(v float64) (float64, bool) { return v * s.Scale, s.Units == "meters" }

// Pixels returns a value in pixels of the web, at a place and in a view. Metres
// count at the place's own latitude below zoom 12, and at the view's from there
// on, as deck.gl has it.
func (s Size) Pixels(v float64, at Place, view View) float64 {
	px := v * s.Scale
	switch s.Units {
	case "meters":
		lat := view.Latitude
		if view.Zoom < 12 {
			lat = min(max(at.Lat, -89.9), 89.9)
		}
		px *= unitsPerMeter(lat) * math.Exp2(view.Zoom)
	case "common":
		px *= math.Exp2(view.Zoom)
	}
	return min(max(px, s.Min), s.Max)
}

// Item is what every drawn row has.
type Item struct {
	Row   int    // of the data
	Hover string // the tooltip's words; "" = none
}

// Circle is a circle that lies on the ground.
type Circle struct {
	Item
	At         Place
	Radius     float64 // see Layer.Radius
	Fill, Line RGBA
	LineWidth  float64 // see Layer.Line
}

// Label is a text.
type Label struct {
	Item
	At               Place
	Text             string
	Size             float64
	Color            RGBA
	Anchor, Baseline string // start, middle, end; top, center, bottom
	Angle            float64
	Offset           [2]float64 // pixels to the right and down
}

// Icon is a picture that stands at a place. Name is its name or address.
type Icon struct {
	Item
	At    Place
	Name  string
	Size  float64
	Color RGBA
	Angle float64
}

// Arc is a bow from one place to another.
type Arc struct {
	Item
	Source, Target           Place
	SourceColor, TargetColor RGBA
	Width, Height, Tilt      float64
}

// Line is a straight line.
type Line struct {
	Item
	Source, Target Place
	Color          RGBA
	Width          float64
}

// Path is a line through places.
type Path struct {
	Item
	Points  []Place
	Color   RGBA
	Width   float64
	Times   []float64 // of a trip
	Feature bool      // it is a line of GeoJSON
}

// Trips says which part of the paths is seen.
type Trips struct {
	Time, Trail float64
	Fade        bool
}

// ColumnShape is what the columns of a layer have in common.
type ColumnShape struct {
	Radius   float64
	Units    string
	Coverage float64
	Sides    int
	Angle    float64
}

// Column is an upright column.
type Column struct {
	Item
	At         Place
	Elevation  float64 // metres
	Fill, Line RGBA
}

// Polygon is an area with holes; its first ring is the outer one, and no ring
// repeats its first place at its end.
type Polygon struct {
	Item
	Rings      [][]Place
	Elevation  float64 // metres
	Fill, Line RGBA
	Outlined   bool
	LineWidth  float64
	Feature    bool
	ID         string // of a cell of H3
	At         Place  // its middle, of a cell
}

// Bins are rows put together in hexagons or squares.
type Bins struct {
	Hexagons                     bool
	Size                         float64 // metres: radius of a hexagon, side of a square
	Coverage                     float64
	ColorDomain, ElevationDomain [2]float64
	Hidden                       int // bins outside the domains
	ScaleType                    string
	Range                        []RGBA
	Bins                         []Bin
}

// Bin is one hexagon or square.
type Bin struct {
	Item
	At                         Place
	Corners                    []Place // of the whole cell, before coverage
	Count                      int
	ColorValue, ElevationValue float64
	Class                      int // of the range; -1 where colours are blended
	Color                      [4]float64
	Elevation                  float64 // metres
	Rows                       []int
}

// ScreenGrid are rows put together in squares of the screen. They follow the
// view, and are counted anew for each.
type ScreenGrid struct {
	Cell, Margin float64 // pixels
	ScaleType    string
	Aggregation  string
	Domain       *[2]float64
	Range        []RGBA
	Points       []Weighted
}

// Weighted is a place with a weight.
type Weighted struct {
	Item
	At     Place
	Weight float64
}

// Heat is a smooth density.
type Heat struct {
	RadiusPx, Intensity, Threshold float64
	Mean                           bool
	Domain                         *[2]float64
	Range                          []RGBA
	Points                         []Weighted
}
