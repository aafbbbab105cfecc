package data

import "testing"

// within is the even-odd rule for one ring.
func within(p Point, ring []Point) (in bool) {
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(b.Lon-a.Lon)*(p.Lat-a.Lat)/(b.Lat-a.Lat) {
			in = !in
		}
	}
	return in
}

func TestTheBayHasItsIslands(t *testing.T) {
	land := bundledCity(t).Land
	tests := map[string]struct {
		at   Point
		land bool
	}{
		"San Francisco":                         {Point{-122.44, 37.76}, true},
		"the water off Fisherman's Wharf":       {Point{-122.41, 37.82}, false},
		"Treasure Island":                       {Point{-122.3705, 37.825}, true},
		"Yerba Buena Island":                    {Point{-122.3655, 37.8105}, true},
		"Angel Island":                          {Point{-122.4326, 37.8605}, true},
		"Alcatraz":                              {Point{-122.423, 37.827}, true},
		"Alameda":                               {Point{-122.27, 37.775}, true},
		"the estuary between it and Oakland":    {Point{-122.281, 37.793}, false},
		"Oakland":                               {Point{-122.27, 37.81}, true},
		"Oakland where the estuary turns south": {Point{-122.22, 37.78}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := false
			for _, ring := range land {
				in = in != within(tt.at, ring)
			}
			if in != tt.land {
				t.Errorf("land: %v", in)
			}
		})
	}
}

func TestNamesStandOnWhatTheyName(t *testing.T) {
	c := bundledCity(t)
	if len(c.Places) < 20 {
		t.Fatalf("only %d names", len(c.Places))
	}
	for _, p := range c.Places {
		in := false
		for _, ring := range c.Land {
			in = in != within(Point{p.Lon, p.Lat}, ring)
		}
		if in == p.Water {
			t.Errorf("%s stands on land: %v", p.Name, in)
		}
	}
}

// Rings that cross would turn land to water where they overlap.
func TestNoTwoShoresCross(t *testing.T) {
	side := func(a, b, p Point) float64 {
		return (b.Lon-a.Lon)*(p.Lat-a.Lat) - (b.Lat-a.Lat)*(p.Lon-a.Lon)
	}
	land := bundledCity(t).Land
	for i, ring := range land {
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			t.Errorf("ring %d is not closed", i)
		}
		for _, other := range land[i+1:] {
			for k := 1; k < len(ring); k++ {
				for m := 1; m < len(other); m++ {
					a, b, c, d := ring[k-1], ring[k], other[m-1], other[m]
					if side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0 {
						t.Errorf("%v-%v crosses %v-%v", a, b, c, d)
					}
				}
			}
		}
	}
}
