package mapview_test

import (
	"math"
	"testing"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// One's own places are in view at first, wherever they are; where some are in
// the original's view, that stays.
func TestTheFirstViewIsOfTheFilesPlaces(t *testing.T) {
	city, err := data.BundledCity()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		box  []data.Point
		want mapview.View
	}{
		"no file":             {nil, mapview.Demo},
		"places in the city":  {[]data.Point{{Lon: -122.5, Lat: 37.7}, {Lon: -122.4, Lat: 37.8}}, mapview.Demo},
		"places in Berlin":    {[]data.Point{{Lon: 13.3, Lat: 52.45}, {Lon: 13.5, Lat: 52.55}}, mapview.View{Lat: 52.5, Lon: 13.4, Zoom: 10.6, Pitch: 50}},
		"one place":           {[]data.Point{{Lon: 13.4, Lat: 52.5}, {Lon: 13.4, Lat: 52.5}}, mapview.View{Lat: 52.5, Lon: 13.4, Zoom: 14, Pitch: 50}},
		"places of a country": {[]data.Point{{Lon: 6, Lat: 47}, {Lon: 15, Lat: 55}}, mapview.View{Lat: 51, Lon: 10.5, Zoom: 8, Pitch: 50}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := city
			c.Box = tt.box
			got := mapview.NewScene(c).Home
			got.Zoom = math.Round(got.Zoom*10) / 10
			got.Lat, got.Lon = math.Round(got.Lat*1e6)/1e6, math.Round(got.Lon*1e6)/1e6
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
