package land_test

import (
	"math"
	"testing"

	"github.com/authtabs/tabgate/data/land"
)

// on reports whether a place in degrees is land, by the even-odd rule.
func on(t *testing.T, zoom, lon, lat float64) (in bool) {
	t.Helper()
	rings, err := land.At(zoom)
	if err != nil {
		t.Fatal(err)
	}
	x, rad := 512*(lon+180)/360, lat*math.Pi/180
	y := 512 * (math.Pi + math.Log(math.Tan(math.Pi/4+rad/2))) / (2 * math.Pi)
	for _, r := range rings {
		for i := 1; i < len(r.Points); i++ {
			a, b := r.Points[i-1], r.Points[i]
			for _, x := range [3]float64{x - 512, x, x + 512} {
				if (a.Y > y) != (b.Y > y) && x < a.X+(b.X-a.X)*(y-a.Y)/(b.Y-a.Y) {
					in = !in
				}
			}
		}
	}
	return in
}

func TestPlacesAreOnLandOrNot(t *testing.T) {
	for _, tt := range []struct {
		name     string
		lon, lat float64
		want     bool
	}{
		{"Paris", 2.35, 48.86, true}, {"Nairobi", 36.82, -1.29, true}, {"Tokyo", 139.7, 35.69, true}, {"Sydney", 150.9, -33.85, true}, {"Reykjavik", -21.85, 64.12, true}, {"Anchorage", -149.8, 61.15, true},
		{"the South Pole's rim", 0, -80, true}, {"Chukotka west of 180°", 178, 66.8, true}, {"Chukotka east of 180°", -175, 66.6, true}, {"Wrangel Island", 179.5, 71.1, true}, {"Fiji's Vanua Levu", 179.3, -16.6, true}, {"Antarctica", 100, -80, true}, {"the Atlantic", -30, 30, false}, {"the Pacific", -150, 0, false}, {"the Mediterranean", 5, 39.5, false}, {"the Caspian Sea", 50.5, 41.5, false},
	} {
		for _, zoom := range []float64{0, 3, 6, 12} {
			if got := on(t, zoom, tt.lon, tt.lat); got != tt.want {
				t.Errorf("%s at zoom %v is land: %v", tt.name, zoom, got)
			}
		}
	}
}

func TestNoOutlineJumpsAcrossTheWorld(t *testing.T) {
	for _, zoom := range []float64{0, 12} {
		rings, err := land.At(zoom)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rings {
			for i := 1; i < len(r.Points); i++ {
				if a, b := r.Points[i-1], r.Points[i]; math.Abs(a.X-b.X) > 64 && land.Coast(a, b) {
					t.Errorf("zoom %v: a coast from %v to %v", zoom, a, b)
				}
			}
		}
	}
}

func TestOutlinesAreCoarserFarAway(t *testing.T) {
	count := func(zoom float64) (n int) {
		rings, err := land.At(zoom)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rings {
			n += len(r.Points)
			if p, q := r.Points[0], r.Points[len(r.Points)-1]; p != q {
				t.Fatalf("a ring at zoom %v does not close: %v, %v", zoom, p, q)
			}
		}
		return n
	}
	far, middle, near := count(1), count(5), count(12)
	if far > 30_000 || middle > near*3/4 || near < 400_000 {
		t.Errorf("%d points at zoom 1, %d at 5, %d at 12", far, middle, near)
	}
}

func TestTheBayHasItsIslands(t *testing.T) {
	for _, tt := range []struct {
		name     string
		lon, lat float64
		want     bool
	}{
		{"San Francisco", -122.44, 37.76, true}, {"the water off Fisherman's Wharf", -122.41, 37.82, false},
		{"Treasure Island", -122.3705, 37.825, true}, {"Yerba Buena Island", -122.3655, 37.8105, true},
		{"Angel Island", -122.4326, 37.8605, true}, {"Alcatraz", -122.423, 37.827, true}, {"Alameda", -122.27, 37.775, true},
		{"the estuary between it and Oakland", -122.281, 37.793, false}, {"Oakland", -122.27, 37.81, true},
		{"Oakland where the estuary turns south", -122.22, 37.78, true},
	} {
		if got := on(t, 11, tt.lon, tt.lat); got != tt.want {
			t.Errorf("%s is land: %v", tt.name, got)
		}
	}
}

func TestAStraitMeetsTheSeaWithoutACoast(t *testing.T) {
	rings, err := land.At(11)
	if err != nil {
		t.Fatal(err)
	}
	open := 0
	for i := range 4 { // the islands come last
		r := rings[len(rings)-4+i]
		for k := 1; k < len(r.Points); k++ {
			if !land.Coast(r.Points[k-1], r.Points[k]) {
				open++
			}
		}
	}
	if open != 2 {
		t.Errorf("%d edges of the islands are no coast, not the 2 at the ends of the strait", open)
	}
}

func TestNamesStandInTheirWaterOrOnTheirLand(t *testing.T) {
	if got := land.Places(3); len(got) != 0 {
		t.Errorf("the world has %d names", len(got))
	}
	all := land.Places(11)
	if len(all) < 25 {
		t.Fatalf("there are %d names", len(all))
	}
	for _, p := range all {
		lon, lat := p.At.X/512*360-180, (2*math.Atan(math.Exp(p.At.Y/512*2*math.Pi-math.Pi))-math.Pi/2)*180/math.Pi
		if on(t, 11, lon, lat) == p.Water {
			t.Errorf("%s, water %v, stands elsewhere", p.Name, p.Water)
		}
	}
}
