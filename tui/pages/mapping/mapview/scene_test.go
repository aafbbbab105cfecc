package mapview

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data"
)

func bundled(t testing.TB) *Scene {
	t.Helper()
	c, err := data.BundledCity()
	if err != nil {
		t.Fatal(err)
	}
	return NewScene(c)
}

func parseLength(t *testing.T, s string) (meters float64) {
	t.Helper()
	var unit string
	if _, err := fmt.Sscanf(s, "%f %s", &meters, &unit); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if unit == "km" {
		meters *= 1000
	}
	return meters
}

func TestTheSceneHasTheOriginalsHexagons(t *testing.T) {
	s := bundled(t)
	if len(s.Columns) != 444 || s.least != 1 || s.most != 47 {
		t.Errorf("%d hexagons of %d to %d, want 444 of 1 to 47", len(s.Columns), s.least, s.most)
	}
	if got := s.Classes(); got != [6]int{345, 65, 20, 10, 3, 1} {
		t.Errorf("classes %v", got)
	}
	if got := strings.Join(s.ranges2(), " "); got != "1–8 9–16 17–23 24–31 32–39 40–47" {
		t.Errorf("legend %s", got)
	}
	for _, c := range s.Columns {
		if want := 4000 * float64(c.Count-1) / 46; math.Abs(c.ElevationM-want) > 1e-9 {
			t.Errorf("%d racks are %v m high, want %v", c.Count, c.ElevationM, want)
		}
	}
}

func (s *Scene) ranges2() []string { r := s.Ranges(); return r[:] }

func TestCirclesHaveTheOriginalsRadii(t *testing.T) {
	s := bundled(t)
	radius := map[string]float64{}
	for _, st := range s.Stops {
		radius[st.Short] = st.RadiusM
	}
	if len(s.Stops) != 44 {
		t.Errorf("%d stops, want 44", len(s.Stops))
	}
	for name, want := range map[string]float64{
		"Embarcadero": 2347.6, "Montgomery St.": 2256.4, "Powell St.": 1281.1, "Civic Center/UN Plaza": 1131.3,
	} {
		if got := radius[name]; math.Abs(got-want) > 0.06 {
			t.Errorf("%s: %v m, want %v", name, got, want)
		}
	}
	if s.Stops[s.Busiest[0]].Short != "Embarcadero" {
		t.Errorf("the busiest stop is %s", s.Stops[s.Busiest[0]].Short)
	}
}

func TestArcsHaveTheOriginalsWidthsAndHeights(t *testing.T) {
	s := bundled(t)
	thin, widest := 0, 0.0
	for _, f := range s.Flows {
		if f.WidthPx == 3 {
			thin++
		}
		widest = max(widest, f.WidthPx)
		if f.fromStop == "" || f.toStop == "" {
			t.Errorf("an arc from %q to %q has no name", f.fromStop, f.toStop)
		}
	}
	if len(s.Flows) != 45 || thin != 26 || math.Abs(widest-11.1316) > 1e-9 {
		t.Errorf("%d arcs, %d of 3 px, the widest %v px; want 45, 26, 11.1316", len(s.Flows), thin, widest)
	}
	if got := rise(0.5); got != 0.5 {
		t.Errorf("an arc is %v of its chord high, want half", got)
	}
	for r := 0.0; r <= 1; r += 0.05 {
		if d := math.Hypot(r-0.5, rise(r)); math.Abs(d-0.5) > 1e-9 {
			t.Errorf("at %v the arc is %v from the middle of its chord, want half", r, d)
		}
	}
}

func TestTheArcsOfTheDemoGoFromStopToStop(t *testing.T) {
	s := bundled(t)
	var busiest Flow
	for _, f := range s.Flows {
		if f.Outbound > busiest.Outbound {
			busiest = f
		}
	}
	if busiest.Outbound != 111316 {
		t.Fatalf("the largest flow is %d", busiest.Outbound)
	}
	if got := busiest.fromStop + ", " + busiest.toStop; got != "Embarcadero, West Oakland" && got != "West Oakland, Embarcadero" {
		t.Errorf("the largest flow goes between %s", got)
	}
}

func TestNamesFromOutsideAreCleaned(t *testing.T) {
	s := NewScene(data.City{Stations: []data.Station{{Name: "Evil\x1b[2J\u202eStop (EVIL)", Lon: -122.4, Lat: 37.76}}})
	if got := s.Stops[0].Short; got != "Evil�[2J�Stop" {
		t.Errorf("%q", got)
	}
}

func TestACityOfNothingHasAScene(t *testing.T) {
	s := NewScene(data.City{})
	if got := s.ranges2(); len(got) != 6 || len(s.Columns) != 0 {
		t.Errorf("%v", got)
	}
}

func TestOnlyTheShoreIsCoast(t *testing.T) {
	s := bundled(t)
	lo, hi := spotOf(data.Point{Lon: -122.75, Lat: 37.3}), spotOf(data.Point{Lon: -121.65, Lat: 38.25})
	for _, e := range s.coast {
		for _, edge := range [][2]float64{{lo.x, e[0].x}, {hi.x, e[0].x}} {
			if e[0].x == e[1].x && edge[0] == edge[1] {
				t.Errorf("the end of the figures is drawn as coast: %v", e)
			}
		}
	}
	n := 0
	for _, ring := range s.land {
		n += len(ring) - 1
	}
	if len(s.coast) < n-20 || len(s.coast) >= n {
		t.Errorf("%d pieces of coast of %d edges", len(s.coast), n)
	}
}

func TestAStraitOpensToTheSea(t *testing.T) {
	land := [][]data.Point{
		{{Lon: 0, Lat: 0}, {Lon: 0, Lat: 4}, {Lon: 4, Lat: 4}, {Lon: 3, Lat: 2}, {Lon: 3, Lat: 1}, {Lon: 4, Lat: 0}, {Lon: 0, Lat: 0}},
		{{Lon: 3, Lat: 2}, {Lon: 1, Lat: 2}, {Lon: 1, Lat: 1}, {Lon: 3, Lat: 1}, {Lon: 3, Lat: 2}},
	}
	s := NewScene(data.City{Land: land})
	a, b := spotOf(data.Point{Lon: 3, Lat: 2}), spotOf(data.Point{Lon: 3, Lat: 1})
	for _, e := range s.coast {
		if e == [2]spot{a, b} || e == [2]spot{b, a} {
			t.Error("the mouth is drawn as shore")
		}
	}
	if len(s.coast) != 5 { // Two edges of the outer ring, three of the strait.
		t.Errorf("%d pieces of coast: %v", len(s.coast), s.coast)
	}
}
