package data

import (
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

func TestCityReadsTheOriginalsShapes(t *testing.T) {
	bodies := map[string]string{
		"bike_rental_stats.json": `[{"address":"x","racks":1,"spaces":2,"lon":-122.42,"lat":37.78}]`,
		"bart_stop_stats.json":   `[{"name":"Lafayette (LAFY)","code":"LF","address":"y","entries":"3481","exits":"3616","lon":-122.12,"lat":37.89}]`,
		"bart_path_stats.json":   `[{"inbound":72633,"outbound":74735,"lon":-122.26,"lat":37.8,"lon2":-122.27,"lat2":37.81}]`,
	}
	net := &fakeNet{answer: func(r *http.Request) (int, string, http.Header) {
		return 200, bodies[filepath.Base(r.URL.Path)], nil
	}}
	c, err := source(t.TempDir(), net, noon).City(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c.Racks, c.Stations, c.Segments); got != "[{-122.42 37.78}] [{LF Lafayette (LAFY) -122.12 37.89 3481 3616}] [{{-122.26 37.8} {-122.27 37.81} 72633 74735}]" {
		t.Error(got)
	}
	if c.Origin.Kind != Live || len(c.Land) == 0 {
		t.Errorf("%+v, %d rings", c.Origin, len(c.Land))
	}
}

func TestDecodeRefusesWhatTheMapCannotShow(t *testing.T) {
	cases := map[string]struct{ body, want string }{
		"no figures":        {"<html>", "web page"},
		"no place":          {`{"lon":1}`, "name two columns lat and lon"},
		"an empty list":     {`[]`, "name two columns lat and lon"},
		"cut short":         {`[{"lon":1,"lat":2}`, "ends early"},
		"no latitude":       {`[{"lon":1}]`, "name two columns lat and lon"},
		"a far latitude":    {`[{"lon":1,"lat":2},{"lon":1,"lat":97}]`, "2 rows: 1 outside the map"},
		"a far longitude":   {`[{"lon":361,"lat":2}]`, "1 outside the map"},
		"text for a number": {`[{"lon":"east","lat":2}]`, "1 without a place"},
		"not a number":      {`[{"lon":"NaN","lat":2}]`, "1 without a place"},
		"null":              {`[{"lon":null,"lat":2}]`, "1 without a place"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := decodeBikes([]byte(c.body)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	if _, err := decodeStations([]byte(`[{"name":"x","lon":1,"lat":2,"exits":"-3"}]`)); err == nil {
		t.Error("fewer than no passengers were taken")
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`[]`, `[{"lon":1,"lat":2}]`, `[{"name":"x","lon":"1","lat":2,"exits":"3"}]`, `[{"lon":1,"lat":2,"lon2":3,"lat2":"4","outbound":1e3}]`, `[{`, `[null]`, `[[1]]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		bikes, err := decodeBikes(body)
		for _, p := range bikes {
			if x, y := Mercator(p); err == nil && (math.IsNaN(x+y) || math.IsInf(x+y, 0)) {
				t.Errorf("%v is nowhere on the map", p)
			}
		}
		decodeStations(body)
		decodePaths(body)
		decodeAgriculture(body)
	})
}
