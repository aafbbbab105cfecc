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
