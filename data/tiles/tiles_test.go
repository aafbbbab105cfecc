package tiles_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/tiles"
)

func TestDecode(t *testing.T) {
	feature := drawn{tiles.Polygons, [][][2]int{square(0, 0, 100), square(10, 10, 20)}, map[string]any{
		"text": "Ωmega", "float": float32(0.5), "double": 1e-9, "minus": -1, "big": uint(1) << 52, "sint": int32(-7), "yes": true, "no": false,
	}}
	b := layerOf("things", feature, drawn{kind: tiles.Points, parts: [][][2]int{{{5, 6}, {-7, 8}}}})
	for name, b := range map[string][]byte{"plain": b, "packed": packed(b)} {
		t.Run("reads properties and places of a tile that is "+name, func(t *testing.T) {
			layers, err := tiles.Decode(b)
			if err != nil || len(layers) != 1 || layers[0].Name != "things" || layers[0].Len() != 2 {
				t.Fatalf("%v: %v", layers, err)
			}
			f, err := layers[0].Feature(0)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			if err := f.Each(func(key string, v any) { got[key] = v }); err != nil {
				t.Fatal(err)
			}
			want := map[string]any{"text": "Ωmega", "float": .5, "double": 1e-9, "minus": -1.0, "big": float64(1 << 52), "sint": -7.0, "yes": true, "no": false}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("it has %v, not %v", got, want)
			}
			parts, err := f.Parts()
			if err != nil || fmt.Sprint(parts) != "[[{0 0} {100 0} {100 100} {0 100}] [{10 10} {30 10} {30 30} {10 30}]]" {
				t.Errorf("its places are %v: %v", parts, err)
			}
			points, _ := layers[0].Feature(1)
			if parts, err := points.Parts(); err != nil || fmt.Sprint(parts) != "[[{5 6} {-7 8}]]" {
				t.Errorf("its points are %v: %v", parts, err)
			}
		})
	}
	for name, b := range map[string][]byte{
		"cut in a length":       {0x1a, 0x05, 0x01},
		"of an unknown type":    {0x1b},
		"a number without end":  slices.Repeat([]byte{0xff}, 20),
		"gzip that is cut":      packed(b)[:30],
		"an extent of nothing":  {0x1a, 0x02, 0x28, 0x00},
		"an extent of billions": {0x1a, 0x06, 0x28, 0xff, 0xff, 0xff, 0xff, 0x0f},
		"a value that is cut":   {0x1a, 0x03, 0x22, 0x01, 0x0a},
		"more layers than any":  slices.Repeat([]byte{0x1a, 0x00}, 300),
		"more items than any":   append([]byte{0x1a, 0x82, 0x80, 0x80, 0x01}, slices.Repeat([]byte{0x12, 0x00}, 1<<20+1)...),
		"a bomb":                packed(make([]byte, 20<<20)),
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			if layers, err := tiles.Decode(b); err == nil {
				t.Errorf("it is read, as %d layers", len(layers))
			}
		})
	}
	for name, geometry := range map[string][]byte{
		"a line without a beginning": {0x0a, 0x02, 0x02},
		"more points than bytes":     {0xf9, 0xff, 0x03, 0x02},
		"a command of nothing":       {0x01},
		"an unknown command":         {0x0b},
		"an end before a beginning":  {0x0f},
		"a point that is cut":        {0x09, 0x02},
		"a point too far away":       {0x09, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x02},
	} {
		t.Run("refuses places with "+name, func(t *testing.T) {
			var f, l, all message
			f.bytes(4, geometry)
			l.bytes(2, f)
			all.bytes(3, l)
			layers, err := tiles.Decode(all)
			if err != nil {
				t.Fatal(err)
			}
			one, err := layers[0].Feature(0)
			if err != nil {
				t.Fatal(err)
			}
			if parts, err := one.Parts(); err == nil {
				t.Errorf("they are %v", parts)
			}
		})
	}
}

func TestGroundIsTheSameInEverySchema(t *testing.T) {
	area, way, point := [][][2]int{square(100, 100, 800)}, [][][2]int{{{0, 0}, {2000, 2000}, {4096, 2000}}}, [][][2]int{{{2048, 2048}}}
	kinds := func(pairs ...any) (out []drawn) {
		for i := 0; i < len(pairs); i += 2 {
			d := drawn{kind: pairs[i].(tiles.Type), props: pairs[i+1].(map[string]any)}
			d.parts = map[tiles.Type][][][2]int{tiles.Polygons: area, tiles.Lines: way, tiles.Points: point}[d.kind]
			out = append(out, d)
		}
		return out
	}
	type p = map[string]any
	schemas := map[string][]byte{
		"OpenMapTiles": slices.Concat(
			layerOf("water", kinds(tiles.Polygons, p{"class": "lake"})...), layerOf("park", kinds(tiles.Polygons, p{"class": "national_park"})...),
			layerOf("transportation", kinds(tiles.Lines, p{"class": "motorway"}, tiles.Lines, p{"class": "minor"}, tiles.Lines, p{"class": "rail"}, tiles.Polygons, p{"class": "path"}, tiles.Lines, p{"class": "ferry"}, tiles.Lines, p{"class": "path"})...),
			layerOf("waterway", kinds(tiles.Lines, p{"class": "river"}, tiles.Lines, p{"class": "drain"})...),
			layerOf("boundary", kinds(tiles.Lines, p{"admin_level": 2, "maritime": 0}, tiles.Lines, p{"admin_level": 2, "maritime": 1}, tiles.Lines, p{"admin_level": 6})...),
			layerOf("building", kinds(tiles.Polygons, p{})...), layerOf("transportation_name", kinds(tiles.Lines, p{"name": "Rue", "class": "minor"})...),
			layerOf("place", kinds(tiles.Points, p{"class": "city", "name": "Here", "rank": 3}, tiles.Points, p{"class": "continent", "name": "All"})...),
			layerOf("poi", kinds(tiles.Points, p{"class": "bar"})...),
		),
		"Shortbread": slices.Concat(
			layerOf("water_polygons", kinds(tiles.Polygons, p{"kind": "water"}, tiles.Polygons, p{"kind": "swimming_pool"})...), layerOf("land", kinds(tiles.Polygons, p{"kind": "park"}, tiles.Polygons, p{"kind": "sand"})...),
			layerOf("streets", kinds(tiles.Lines, p{"kind": "motorway"}, tiles.Lines, p{"kind": "residential"}, tiles.Lines, p{"kind": "rail", "rail": true}, tiles.Lines, p{"kind": "subway", "rail": true}, tiles.Lines, p{"kind": "footway"})...),
			layerOf("water_lines", kinds(tiles.Lines, p{"kind": "river"}, tiles.Lines, p{"kind": "ditch"})...),
			layerOf("boundaries", kinds(tiles.Lines, p{"admin_level": 2, "maritime": false}, tiles.Lines, p{"admin_level": 2, "maritime": true})...),
			layerOf("buildings", kinds(tiles.Polygons, p{})...), layerOf("street_labels", kinds(tiles.Lines, p{"name": "Rue", "kind": "residential"})...),
			layerOf("place_labels", kinds(tiles.Points, p{"kind": "city", "name": "Here", "population": 1000000})...),
		),
		"Protomaps": slices.Concat(
			layerOf("earth", kinds(tiles.Polygons, p{})...),
			layerOf("water", kinds(tiles.Polygons, p{"kind": "lake"}, tiles.Lines, p{"kind": "river"}, tiles.Lines, p{"kind": "stream"})...), layerOf("landuse", kinds(tiles.Polygons, p{"kind": "park"})...),
			layerOf("roads", kinds(tiles.Lines, p{"kind": "highway", "kind_detail": "motorway"}, tiles.Lines, p{"kind": "minor_road", "kind_detail": "residential", "name": "Rue"}, tiles.Lines, p{"kind": "rail"}, tiles.Lines, p{"kind": "path", "kind_detail": "footway"})...),
			layerOf("boundaries", kinds(tiles.Lines, p{"kind": "country", "kind_detail": 2}, tiles.Lines, p{"kind": "region", "kind_detail": 4})...),
			layerOf("buildings", kinds(tiles.Polygons, p{"kind": "building"})...),
			layerOf("places", kinds(tiles.Points, p{"kind": "locality", "kind_detail": "city", "name": "Here", "population_rank": 12})...),
		),
		"Protomaps, old": slices.Concat(
			layerOf("earth", kinds(tiles.Polygons, p{})...), layerOf("physical_line", kinds(tiles.Lines, p{"pmap:kind": "waterway", "waterway": "river"})...),
			layerOf("water", kinds(tiles.Polygons, p{"natural": "water"}, tiles.Polygons, p{"leisure": "swimming_pool"})...), layerOf("landuse", kinds(tiles.Polygons, p{"pmap:kind": "park", "leisure": "garden"})...),
			layerOf("roads", kinds(tiles.Lines, p{"pmap:kind": "highway", "highway": "motorway_link"}, tiles.Lines, p{"pmap:kind": "minor_road", "highway": "living_street", "name": "Rue"}, tiles.Lines, p{"pmap:kind": "other", "highway": "steps"})...),
			layerOf("transit", kinds(tiles.Lines, p{"railway": "rail"}, tiles.Lines, p{"railway": "tram"})...),
			layerOf("boundaries", kinds(tiles.Lines, p{"pmap:min_admin_level": 2}, tiles.Lines, p{"pmap:min_admin_level": 8})...),
			layerOf("buildings", kinds(tiles.Polygons, p{"layer": 1})...),
			layerOf("places", kinds(tiles.Points, p{"pmap:kind": "city", "place": "city", "name": "Here", "population": "many"})...),
		),
	}
	for name, b := range schemas {
		t.Run(name, func(t *testing.T) {
			g := mustRead(t, tiles.ID{Z: 14, X: 8298, Y: 5635}, b)
			if !strings.HasPrefix(name, g.Schema) || g.Schema == "" {
				t.Errorf("it is read as %q", g.Schema)
			}
			var got []tiles.Class
			for _, a := range g.Areas {
				got = append(got, a.Class)
			}
			streets := 0
			for _, l := range g.Lines {
				if l.Class != tiles.Street {
					got = append(got, l.Class)
				}
				if l.Name == "Rue" {
					streets++
				}
			}
			for _, p := range g.Places {
				got = append(got, p.Class)
			}
			slices.Sort(got)
			want := []tiles.Class{tiles.Green, tiles.Water, tiles.Building, tiles.Border, tiles.River, tiles.Path, tiles.Rail, tiles.Minor, tiles.Motorway, tiles.City}
			if !slices.Equal(got, want) || streets != 1 {
				t.Errorf("the ground is %v with %d names of streets, not %v", got, streets, want)
			}
		})
	}
	t.Run("what is in no known schema is empty", func(t *testing.T) {
		if g := mustRead(t, tiles.ID{}, layerOf("cats", kinds(tiles.Points, p{"name": "Tom"})...)); g.Schema != "" || len(g.Places) != 0 {
			t.Errorf("it is %+v", g)
		}
	})
}

func TestATileWithMoreThanCanBeDrawnIsRefused(t *testing.T) {
	line := drawn{tiles.Lines, [][][2]int{{{0, 0}, {9, 9}}}, map[string]any{"class": "minor"}}
	var many []drawn
	for range 50_001 {
		many = append(many, line)
	}
	if _, err := tiles.Read(tiles.ID{Z: 14}, layerOf("transportation", many...)); err == nil || !strings.Contains(err.Error(), "more than 50000 shapes") {
		t.Errorf("it says %v", err)
	}
	if _, err := tiles.Read(tiles.ID{Z: 14}, layerOf("transportation", many[1:]...)); err != nil {
		t.Errorf("as many as can be drawn: %v", err)
	}
}

func TestGroundLiesInCommonSpace(t *testing.T) {
	b := layerOf("water", drawn{kind: tiles.Polygons, parts: [][][2]int{square(0, 0, 4096)}})
	g := mustRead(t, tiles.ID{Z: 2, X: 1, Y: 3}, append(b, layerOf("place", drawn{tiles.Points, [][][2]int{{{0, 0}, {-5, 3}, {4096, 9}}}, map[string]any{"class": "town", "name": "Corner"}})...))
	if a := g.Areas[0]; a.Lo != (tiles.Point{X: 128, Y: 0}) || a.Hi != (tiles.Point{X: 256, Y: 128}) {
		t.Errorf("the tile's water is from %v to %v", a.Lo, a.Hi)
	}
	if len(g.Places) != 1 || g.Places[0].At != (tiles.Point{X: 128, Y: 128}) {
		t.Errorf("places are %v: those outside of the tile are its neighbours'", g.Places)
	}
}

func TestNamesAreInLettersThatATerminalHas(t *testing.T) {
	for name, props := range map[string]map[string]any{
		"Köln":   {"name": "Köln", "name_en": "Cologne"},
		"Αθήνα":  {"name": "Αθήνα", "name_en": "Athens"},
		"Tokyo":  {"name": "東京", "name:en": "Tokyo"},
		"Africa": {"name": "Afrika;أفريقيا", "name_en": "Africa"},
		"東京":     {"name": "東京"},
	} {
		props["class"] = "city"
		g := mustRead(t, tiles.ID{}, layerOf("place", drawn{tiles.Points, [][][2]int{{{5, 5}}}, props}))
		g2 := mustRead(t, tiles.ID{}, append(layerOf("water"), layerOf("place", drawn{tiles.Points, [][][2]int{{{5, 5}}}, props})...))
		if places := append(g.Places, g2.Places...); len(places) == 0 || places[0].Name != name {
			t.Errorf("%v is called %v", props, places)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(layerOf("water", drawn{tiles.Polygons, [][][2]int{square(0, 0, 100)}, map[string]any{"class": "lake"}}))
	f.Add(layerOf("place", drawn{tiles.Points, [][][2]int{{{5, 6}}}, map[string]any{"class": "city", "name": "x", "rank": -1}}))
	f.Add(packed(layerOf("roads", drawn{tiles.Lines, [][][2]int{{{5, 6}, {7, 8}}}, map[string]any{"kind": "highway"}})))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := tiles.Read(tiles.ID{Z: 3, X: 1, Y: 2}, b)
		if err != nil {
			return
		}
		for _, a := range g.Areas {
			if len(a.Rings) == 0 || len(a.Rings[0]) < 3 || a.Lo.X > a.Hi.X {
				t.Errorf("an area is %+v", a)
			}
		}
		for _, l := range g.Lines {
			if len(l.Points) < 2 {
				t.Errorf("a line is %+v", l)
			}
		}
	})
}
