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

// City is everything that the map shows. Racks holds one point for each row
// of the source, repeated points included. Land holds closed rings.
type City struct {
	Racks    []Point
	Stations []Station
	Segments []Segment
	Land     [][]Point
	Origin   Origin
}
