package data

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A file of places, in any shape and under any of their names, takes the place
// of the list that its columns are of.
func TestAFileOfPlaces(t *testing.T) {
	feature := func(geometry string) string {
		return `{"type":"Feature","geometry":` + geometry + `,"properties":{"n":1}}`
	}
	point := `{"type":"Point","coordinates":[-122.4,37.7]}`
	line, area := feature(`{"type":"LineString","coordinates":[[1,2],[3,4]]}`), feature(`{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}`)
	tests := map[string]struct {
		name, text string
		racks      int
		note       string
	}{
		"the original's list":             {"a.json", `[{"lon":-122.4,"lat":37.7,"racks":3}]`, 1, ""},
		"latitude and longitude":          {"a.csv", "id,latitude,longitude\n1,37.7,-122.4\n2,37.8,-122.5\n", 2, ""},
		"lat and lng":                     {"a.csv", "LAT,LNG\n37.7,-122.4\n", 1, ""},
		"lat and long":                    {"a.csv", "Lat,Long\n37.7,-122.4\n", 1, ""},
		"names that end so":               {"a.csv", "start_lat,start lng\n37.7,-122.4\n", 1, ""},
		"decimal commas":                  {"a.csv", "lat;lon\n37,71;-122,42\n37,72;-122,43\n", 2, ""},
		"a line a row":                    {"a.ndjson", "{\"lat\":37.7,\"lon\":-122.4}\nnot json\n{\"lat\":37.8,\"lon\":-122.4}\n", 2, ""},
		"columns":                         {"a.json", `{"lat":[37.7,37.8],"lon":[-122.4,-122.5]}`, 2, ""},
		"numbers as text":                 {"a.json", `[{"lat":"37.7","lon":"-122.4"},{"lat":"x","lon":"-122.4"}]`, 1, "2 rows: 1 without a place skipped"},
		"GeoJSON":                         {"a.geojson", `{"type":"FeatureCollection","features":[` + feature(point) + "," + feature("null") + `]}`, 1, "2 rows: 1 without a place skipped"},
		"GeoJSON with other shapes":       {"a.geojson", `{"type":"FeatureCollection","features":[` + feature(point) + "," + line + `]}`, 1, "2 rows: 1 line left out"},
		"GeoJSON with many shapes":        {"a.geojson", `{"type":"FeatureCollection","features":[` + strings.Join([]string{feature(point), line, line, feature(`{"type":"MultiLineString","coordinates":[]}`), area, area, feature("null")}, ",") + `]}`, 1, "7 rows: 3 lines and 2 areas left out, 1 without a place skipped"},
		"GeoJSON with all shapes":         {"a.geojson", `{"type":"FeatureCollection","features":[` + strings.Join([]string{feature(point), line, area, feature(`{"type":"MultiPoint","coordinates":[[1,2]]}`), feature(`{"type":"GeometryCollection","geometries":[]}`)}, ",") + `]}`, 1, "5 rows: 1 line, 1 area, 1 group of points and 1 collection of shapes left out"},
		"compressed":                      {"a.csv.gz", zipped(t, "lat,lon\n37.7,-122.4\n"), 1, ""},
		"bad rows":                        {"a.csv", "lat,lon\n37.7,-122.4\n,1\nNaN,2\n95,3\n89,4\n0,0\n1,190\n1,-400\n", 3, "8 rows: 2 without a place skipped, 3 outside the map skipped, 1 at 0,0"},
		"latitude and longitude mixed up": {"a.csv", "lat,lon\n-122.4,37.7\n-122.5,37.8\n37.7,-122.4\n", 1, "3 rows: 2 outside the map skipped, latitude and longitude look swapped"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			city, err := NewSource(Options{File: writeFile(t, tt.name, tt.text), Offline: true}).City(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(city.Racks) != tt.racks || city.Origin.Note != tt.note || city.Origin.Kind != File || len(city.Stations) != 44 {
				t.Errorf("%d places, %q, %d stations, from %+v", len(city.Racks), city.Origin.Note, len(city.Stations), city.Origin)
			}
			if tt.note != "" && !strings.Contains(strings.Join(city.Notes, "\n"), "places: "+tt.note) {
				t.Errorf("the notes are %q", city.Notes)
			}
		})
	}
}

func TestAFileOfStopsOrOfFlows(t *testing.T) {
	stops := writeFile(t, "a.csv", "name,Code,longitude,latitude,entries,exits\nLafayette,LF,-122.1,37.9,1,2000\nNowhere,NW,,,1,1\nNone,NN,-122,37,x,\n")
	city, err := NewSource(Options{File: stops, Offline: true}).City(t.Context())
	if err != nil || len(city.Stations) != 2 || city.Stations[0] != (Station{Code: "LF", Name: "Lafayette", Lon: -122.1, Lat: 37.9, Entries: 1, Exits: 2000}) || city.Stations[1].Exits != 0 {
		t.Errorf("%+v, %v", city.Stations, err)
	}
	flows := writeFile(t, "a.json", `[{"lon":-122.1,"lat":37.9,"lon2":-122.2,"lat2":37.8,"inbound":1,"outbound":70000},{"lon":-122.1,"lat":37.9,"lon2":null,"lat2":37.8}]`)
	city, err = NewSource(Options{File: flows, Offline: true}).City(t.Context())
	if err != nil || len(city.Segments) != 1 || city.Segments[0] != (Segment{From: Point{-122.1, 37.9}, To: Point{-122.2, 37.8}, Inbound: 1, Outbound: 70000}) {
		t.Errorf("%+v, %v", city.Segments, err)
	}
}

func TestAFileWithoutPlacesSaysWhatItNeeds(t *testing.T) {
	for name, tt := range map[string]struct{ text, says string }{
		"no columns of that name": {"a,b\n1,2\n", "name two columns lat and lon"},
		"one of the two":          {"lat,b\n1,2\n", "name two columns lat and lon"},
		"nothing left":            {"lat,lon\n,\n95,1\n", "none of its rows has a place that can be shown (2 rows: 1 without a place skipped, 1 outside the map skipped)"},
		"areas alone":             {`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]},"properties":{}}]}`, "none of its rows has a place that can be shown (1 rows: 1 area left out)"},
		"no rows":                 {"lat,lon\n", "none of its rows has a place"},
		"nothing":                 {"", "it is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewSource(Options{File: writeFile(t, "own.csv", tt.text), Offline: true}).City(t.Context())
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "own.csv") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v does not say %q", err, tt.says)
			}
		})
	}
}
