// Package data gives the figures that are part of the program, random walks, and
// files that no spreadsheet runs. It knows neither screen nor sign-in.
package data

// Point is a place on the earth in WGS84 degrees, longitude first.
type Point struct{ Lon, Lat float64 }

// Segment is a piece of BART track between two stops. Inbound and Outbound
// are passengers.
type Segment struct {
	From, To          Point
	Inbound, Outbound int
}

// City is what the sketch of the map shows. Racks holds one point for each row of
// the source, repeated points included. Land holds closed rings.
type City struct {
	Racks    []Point
	Segments []Segment
	Land     [][]Point
}
