package places_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/places"
	"github.com/authtabs/tabgate/data/textfile"
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
		"GeoJSON with other shapes":       {"a.geojson", `{"type":"FeatureCollection","features":[` + feature(point) + "," + line + `]}`, 1, ""},
		"GeoJSON with many shapes":        {"a.geojson", `{"type":"FeatureCollection","features":[` + strings.Join([]string{feature(point), line, line, feature(`{"type":"MultiLineString","coordinates":[]}`), area, area, feature("null")}, ",") + `]}`, 1, "7 rows: 1 line left out, 1 without a place skipped"},
		"GeoJSON with all shapes":         {"a.geojson", `{"type":"FeatureCollection","features":[` + strings.Join([]string{feature(point), line, area, feature(`{"type":"MultiPoint","coordinates":[[1,2]]}`), feature(`{"type":"GeometryCollection","geometries":[]}`)}, ",") + `]}`, 1, "5 rows: 1 collection of shapes left out"},
		"compressed":                      {"a.csv.gz", zipped(t, "lat,lon\n37.7,-122.4\n"), 1, ""},
		"bad rows":                        {"a.csv", "lat,lon\n37.7,-122.4\n,1\nNaN,2\n95,3\n89,4\n0,0\n1,190\n1,-400\n", 3, "8 rows: 2 without a place skipped, 3 outside the map skipped, 1 at 0,0"},
		"latitude and longitude mixed up": {"a.csv", "lat,lon\n-122.4,37.7\n-122.5,37.8\n37.7,-122.4\n", 1, "3 rows: 2 outside the map skipped, latitude and longitude look swapped"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := places.Read(t.Context(), writeFile(t, tt.name, tt.text), textfile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if f.Frame.Len() != tt.racks || f.Told != tt.note || f.Frame.Origin().Kind != "file" || f.Kind != places.Points {
				t.Errorf("%d places of kind %v, %q, from %+v", f.Frame.Len(), f.Kind, f.Told, f.Frame.Origin())
			}
			if tt.note != "" && !strings.Contains(strings.Join(f.Notes, "\n"), "places: "+tt.note) {
				t.Errorf("the notes are %q", f.Notes)
			}
		})
	}
}

// Lines and areas are kept as they are written, and the box holds them. What has no
// position on the map is left out.
func TestLinesAndAreas(t *testing.T) {
	line, area := `{"type":"LineString","coordinates":[[13.4,52.5],[13.5,52.6]]}`, `{"type":"Polygon","coordinates":[[[13.1,52.4],[13.2,52.4],[13.2,52.45],[13.1,52.4]]]}`
	several := `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[13.45,52.7]},` + line + `]}`
	list := []string{line, area, several}
	for _, bad := range []string{`"LineString","coordinates":[[13.4,95],[13.5,52.6]]`, `"Polygon","coordinates":[[["a","b"]]]`, `"LineString","coordinates":7`, `"Polygon"`, `"MultiPoint","coordinates":[[]]`} {
		list = append(list, `{"type":`+bad+`}`)
	}
	text := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + strings.Join(list, `},{"type":"Feature","properties":{},"geometry":`) + `}]}`
	f, err := places.Read(t.Context(), writeFile(t, "a.geojson", text), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Frame.Len() != 0 || len(f.Shapes) != 3 || string(f.Shapes[0]) != line || string(f.Shapes[1]) != area || string(f.Shapes[2]) != several {
		t.Errorf("%d places, %q", f.Frame.Len(), f.Shapes)
	}
	if want := "8 rows: 2 lines, 2 areas and 1 group of points left out"; f.Told != want {
		t.Errorf("told %q, want %q", f.Told, want)
	}
	if want := []places.Point{{Lon: 13.1, Lat: 52.4}, {Lon: 13.5, Lat: 52.7}}; !slices.Equal(f.Box, want) {
		t.Errorf("the box is %v, want %v", f.Box, want)
	}
}

func TestAFileOfStopsOrOfFlows(t *testing.T) {
	stops := writeFile(t, "a.csv", "name,Code,longitude,latitude,entries,exits\nLafayette,LF,-122.1,37.9,1,2000\nNowhere,NW,,,1,1\nNone,NN,-122,37,x,\n")
	for path, want := range map[string]string{
		stops: "lon,lat,name,code,entries,exits\n-122.1,37.9,Lafayette,LF,1,2000\n-122,37,None,NN,0,0\n",
		writeFile(t, "a.json", `[{"lon":-122.1,"lat":37.9,"lon2":-122.2,"lat2":37.8,"inbound":1,"outbound":70000},{"lon":-122.1,"lat":37.9,"lon2":null,"lat2":37.8}]`): "lon,lat,lon2,lat2,inbound,outbound\n-122.1,37.9,-122.2,37.8,1,70000\n",
	} {
		f, err := places.Read(t.Context(), path, textfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := frame.WriteCSV(t.Context(), f.Frame, &got); err != nil || got.String() != want {
			t.Errorf("%q, %v, want %q", got.String(), err, want)
		}
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
			_, err := places.Read(t.Context(), writeFile(t, "own.csv", tt.text), textfile.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "own.csv") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v does not say %q", err, tt.says)
			}
		})
	}
}
