package main

import (
	"fmt"
	"math"
)

// The town is made up. Places are in metres to the east and north of its middle.
const (
	townLat, townLon = 47.0, 3.0
	townLevel        = 12 // the zoom of its tiles: all of it is drawn at once
)

// feature is a part of the town.
type feature struct {
	layer  string
	kind   int // 1 point, 2 line, 3 polygon
	points [][2]float64
	props  map[string]string
}

// town lists its parts.
func town() (out []feature) {
	add := func(layer string, kind int, class, name string, points ...[2]float64) {
		props := map[string]string{"class": class}
		if name != "" {
			props["name"] = name
		}
		out = append(out, feature{layer, kind, points, props})
	}
	add("landuse", 3, "residential", "", oval(0, 100, 3600, 2500)...)
	for _, wood := range [][4]float64{{-3900, 2300, 1300, 800}, {4200, -2300, 1500, 900}, {4300, 2500, 900, 600}, {-2100, -2500, 1100, 500}} {
		add("landcover", 3, "wood", "", oval(wood[0], wood[1], wood[2], wood[3])...)
	}
	for _, park := range [][4]float64{{-900, 600, 420, 300}, {1500, 700, 260, 330}, {600, -1500, 500, 240}, {-2300, -500, 300, 380}} {
		add("park", 3, "park", "", oval(park[0], park[1], park[2], park[3])...)
	}
	add("water", 3, "river", "", river()...)
	add("water", 3, "lake", "", oval(2700, 1500, 420, 250)...)
	for i := range 10 {
		a := float64(i) * math.Pi / 5
		sin, cos := math.Sincos(a + .15)
		class := "secondary"
		if i%5 == 0 {
			class = "trunk"
		} else if i%2 == 0 {
			class = "primary"
		}
		add("transportation", 2, class, "", [2]float64{500 * cos, 350 * sin}, [2]float64{2000 * cos, 1500 * math.Sin(a+.2)}, [2]float64{6500 * cos, 4600 * math.Sin(a+.24)})
	}
	add("transportation", 2, "primary", "", closed(oval(0, 0, 800, 560))...)
	add("transportation", 2, "secondary", "", closed(oval(0, 50, 2000, 1400))...)
	add("transportation", 2, "motorway", "", closed(oval(0, 100, 4300, 2950))...)
	add("transportation", 2, "rail", "", [2]float64{-7000, -2600}, [2]float64{-2600, -900}, [2]float64{-900, -760}, [2]float64{1400, -700}, [2]float64{3200, 300}, [2]float64{7000, 1300})
	for i := -9; i <= 9; i++ {
		x := float64(i) * 230
		half := math.Sqrt(max(0, 1-x*x/(2300*2300))) * 1500
		add("transportation", 2, "tertiary", "", [2]float64{x, -half}, [2]float64{x + 140, half})
		y := float64(i) * 150
		wide := math.Sqrt(max(0, 1-y*y/(1500*1500))) * 2300
		add("transportation", 2, "tertiary", "", [2]float64{-wide, y}, [2]float64{wide, y + 90})
	}
	for name, at := range map[string][3]float64{"Tilebury": {0, 180, 0}, "Norton": {-300, 2000, 1}, "Eastgate": {2900, -300, 1}, "Southbank": {-400, -1800, 1}, "Mill End": {-3000, 300, 1}} {
		class := "city"
		if at[2] > 0 {
			class = "suburb"
		}
		add("place", 1, class, name, [2]float64{at[0], at[1]})
	}
	return out
}

// oval is an oval around a place.
func oval(x, y, across, up float64) (out [][2]float64) {
	for i := range 40 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 20)
		out = append(out, [2]float64{x + across*cos, y + up*sin})
	}
	return out
}

func closed(ring [][2]float64) [][2]float64 { return append(ring, ring[0]) }

// river is the river, from bank to bank.
func river() (out [][2]float64) {
	bank := func(x, side float64) [2]float64 {
		return [2]float64{x, -420 + 320*math.Sin(x/1500) + side*(75+15*math.Sin(x/700))}
	}
	for x := -9000.0; x <= 9000; x += 150 {
		out = append(out, bank(x, 1))
	}
	for x := 9000.0; x >= -9000; x -= 150 {
		out = append(out, bank(x, -1))
	}
	return out
}

// world places a point of the town on the world, 0 to 1 from the north-west.
func world(p [2]float64) (x, y float64) {
	const circumference = 40.03e6
	scale := 1 / circumference / math.Cos(townLat*math.Pi/180)
	x = (townLon+180)/360 + p[0]*scale
	y = .5 - math.Asinh(math.Tan(townLat*math.Pi/180))/(2*math.Pi) - p[1]*scale
	return x, y
}

// townArchive is the town as an archive of one level.
func townArchive() []byte {
	const n = 1 << townLevel
	const extent = 4096
	parts := map[[2]int]map[string]*layer{}
	for _, f := range town() {
		lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
		for _, p := range f.points {
			x, y := world(p)
			lo, hi = [2]float64{min(lo[0], x), min(lo[1], y)}, [2]float64{max(hi[0], x), max(hi[1], y)}
		}
		for ty := int(lo[1] * n); ty <= int(hi[1]*n); ty++ {
			for tx := int(lo[0] * n); tx <= int(hi[0]*n); tx++ {
				at := [2]int{tx, ty}
				if parts[at] == nil {
					parts[at] = map[string]*layer{}
				}
				if parts[at][f.layer] == nil {
					parts[at][f.layer] = &layer{name: f.layer}
				}
				var points [][2]int
				for _, p := range f.points {
					x, y := world(p)
					points = append(points, [2]int{int(math.Round((x*n - float64(tx)) * extent)), int(math.Round((y*n - float64(ty)) * extent))})
				}
				parts[at][f.layer].add(f.kind, points, f.props)
			}
		}
	}
	return archive(townLevel, parts, fmt.Sprintf(`{"attribution":"%s"}`, "A town that is made up"))
}
