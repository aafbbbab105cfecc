// Package data gives the figures that the pages show: live, cached, bundled
// or from a file. It knows neither screen nor sign-in.
package data

// Point is a place on the earth in WGS84 degrees, longitude first.
type Point struct{ Lon, Lat float64 }

// Station is a BART stop. Entries and Exits are passengers on an average
// weekday; the period is not stated by the source.
type Station struct {
	Code, Name     string // "LF", "Lafayette (LAFY)"
	Lon, Lat       float64
	Entries, Exits int
}

// Segment is a piece of BART track between two stops. Inbound and Outbound
// are passengers.
type Segment struct {
	From, To          Point
	Inbound, Outbound int
}

// Place is a name on the map: of a water, or of a town or an island.
type Place struct {
	Name     string
	Water    bool
	Lon, Lat float64
}

// City is everything that the map shows. Racks holds one point for each row
// of the source, repeated points included. Land holds closed rings, Places the
// names of towns and waters, the most important first; a name that comes
// again has other places to stand at, of which one is enough.
type City struct {
	Racks    []Point
	Stations []Station
	Segments []Segment
	Land     [][]Point
	Places   []Place
	Origin   Origin
	// Notes tell how a file was read in the place of a list, and Box is what its
	// places lie in, but for those at exactly 0,0: two corners, or none.
	Notes []string
	Box   []Point
}
