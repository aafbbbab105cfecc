package mapview_test

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// around is a frame of a city at a zoom, with a circle in the middle.
func around(t testing.TB, zoom float64) *mapview.Frame {
	t.Helper()
	f := frameOf(t, `{"layers":[{"@@type":"ScatterplotLayer","data":[[2.35,48.86]],"getPosition":"@@=-","getRadius":30,"radiusUnits":"pixels","getFillColor":[255,0,255]}]}`)
	f.View = mapview.View{Lat: 48.86, Lon: 2.35, Zoom: zoom}
	return f
}

// groundOf makes tiles for all that a frame shows: green in the western half of
// each, a road of a class from corner to corner and ten from west to east, and names.
func groundOf(f *mapview.Frame, area cell.Rect, class tiles.Class) *mapview.Ground {
	var list []*tiles.Tile
	for i, id := range (mapview.Viewport{View: f.View, Area: area}).Tiles(0, 14) {
		lo, hi := id.Box()
		p := func(x, y float64) tiles.Point {
			return tiles.Point{X: lo.X + (hi.X-lo.X)*x, Y: lo.Y + (hi.Y-lo.Y)*y}
		}
		one := &tiles.Tile{
			ID: id, Schema: "OpenMapTiles",
			Areas:  []tiles.Area{{Class: tiles.Green, Lo: lo, Hi: p(.5, 1), Rings: [][]tiles.Point{{lo, p(.5, 0), p(.5, 1), p(0, 1)}}}},
			Lines:  []tiles.Line{{Class: class, Lo: lo, Hi: hi, Points: []tiles.Point{lo, hi}}},
			Places: []tiles.Place{{Class: tiles.City, At: p(.3, .3), Name: fmt.Sprintf("City%d", i), Rank: i}, {Class: tiles.Neighbourhood, At: p(.7, .3), Name: "Corner"}},
		}
		for y := .05; y < 1; y += .1 {
			one.Lines = append(one.Lines, tiles.Line{Class: class, Lo: p(0, y), Hi: p(1, y), Points: []tiles.Point{p(0, y), p(1, y)}, Name: "Long Street"})
		}
		list = append(list, one)
	}
	return mapview.NewGround(list, "Somebody's \x1bwork")
}

func themed(dark bool) *theme.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	r.SetHasDarkBackground(dark)
	return theme.New(r, theme.Options{Dark: dark, Glyphs: theme.Quadrant})
}

var wide = cell.Rect{W: 80, H: 24}

func drawGround(f *mapview.Frame) *cell.Grid {
	g := cell.NewGrid(wide.W, wide.H)
	new(mapview.Painter).Paint(g, wide, f)
	return g
}

func TestGround(t *testing.T) {
	for _, dark := range []bool{true, false} {
		t.Run(fmt.Sprintf("is far below what the map shows, dark is %v", dark), func(t *testing.T) {
			f := around(t, 14)
			f.Look = mapview.NewLook(themed(dark), termenv.TrueColor)
			f.Ground = groundOf(f, wide, tiles.Motorway)
			g := drawGround(f)
			roads, areas := 0, map[cell.RGB]bool{}
			for y := range wide.H {
				for x := range wide.W {
					c := g.At(x, y)
					if !apart(c.BG.RGB()) || strings.ContainsAny(g.Cluster(c), "abcdefghijklmnopqrstuvwxyz") {
						continue // the circle, and names
					}
					areas[c.BG.RGB()] = true
					if r := []rune(g.Cluster(c)); len(r) == 1 && r[0] > 0x2800 && r[0] < 0x2900 {
						roads++
						if k := cell.Contrast(c.FG.RGB(), f.Look.Land()); k > 2.01 || k < 1.3 {
							t.Fatalf("a road has a contrast of %.2f to the land", k)
						}
					} else if k := cell.Contrast(c.BG.RGB(), f.Look.Land()); k > 1.31 {
						t.Fatalf("an area has a contrast of %.2f to the land", k)
					}
				}
			}
			if roads < 60 || len(areas) < 2 {
				t.Errorf("%d cells of roads, %d colours of areas", roads, len(areas))
			}
		})
	}
	t.Run("gives way to what the map shows", func(t *testing.T) {
		f := around(t, 14)
		f.Ground = groundOf(f, wide, tiles.Motorway)
		bare, g := around(t, 14), drawGround(f)
		without := drawGround(bare)
		found := 0
		for y := range wide.H {
			for x := range wide.W {
				a, b := g.At(x, y), without.At(x, y)
				if !apart(b.FG.RGB()) && !apart(b.BG.RGB()) {
					found++
					if a.BG != b.BG || g.Cluster(a) != without.Cluster(b) {
						t.Errorf("cell %d,%d of the circle shows %q", x, y, g.Cluster(a))
					}
				}
			}
		}
		if found == 0 {
			t.Error("there is no circle")
		}
	})
	t.Run("says whose it is, in every size and with every number of colours", func(t *testing.T) {
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.Ascii} {
			for _, area := range []cell.Rect{{W: 80, H: 24}, {W: 30, H: 5}, {W: 12, H: 3}} {
				f := around(t, 12)
				f.Look = mapview.NewLook(pagetest.Env(t).Theme, profile)
				f.Ground = groundOf(f, area, tiles.Primary)
				g := cell.NewGrid(area.W, area.H)
				new(mapview.Painter).Paint(g, area, f)
				want := "Somebody's \ufffdwork"
				if got := g.String(); !strings.Contains(got, cell.Cut(want, area.W)) || strings.Contains(got, "\x1b") {
					t.Errorf("%v in %v:\n%s", profile, area, got)
				}
			}
		}
	})
	t.Run("shows classes at their zooms", func(t *testing.T) {
		for class, from := range map[tiles.Class]float64{tiles.Motorway: 8, tiles.Secondary: 11, tiles.Tertiary: 13, tiles.Minor: 14, tiles.Path: 15} {
			for _, zoom := range []float64{from - 1, from} {
				f := around(t, zoom)
				f.Hidden = []bool{true}
				f.Ground = groundOf(f, wide, class)
				dots := 0
				for _, r := range drawGround(f).String() {
					if r > 0x2800 && r < 0x2900 {
						dots++
					}
				}
				if (dots > 20) != (zoom == from) {
					t.Errorf("class %d at zoom %v has %d cells", class, zoom, dots)
				}
			}
		}
	})
	t.Run("names places, and streets from near by", func(t *testing.T) {
		f := around(t, 12)
		f.Ground = groundOf(f, wide, tiles.Primary)
		if text := drawGround(f).String(); !strings.Contains(text, "City0") || strings.Contains(text, "Corner") || strings.Contains(text, "Long Street") {
			t.Errorf("at zoom 12:\n%s", text)
		}
		f = around(t, 16)
		f.Ground = groundOf(f, wide, tiles.Primary)
		if text := drawGround(f).String(); !strings.Contains(text, "Long Street") {
			t.Errorf("at zoom 16:\n%s", text)
		}
	})
	t.Run("has no colours between its own where there are few", func(t *testing.T) {
		f := around(t, 14)
		f.Hidden = []bool{true}
		f.Look = mapview.NewLook(pagetest.Env(t).Theme, termenv.ANSI256)
		f.Ground = groundOf(f, wide, tiles.Path)
		g, seen := drawGround(f), map[cell.RGB]bool{}
		for y := range wide.H - 2 {
			for x := range wide.W {
				seen[g.At(x, y).BG.RGB()] = true
			}
		}
		if len(seen) != 2 {
			t.Errorf("land and green have %d colours: %v", len(seen), seen)
		}
	})
	t.Run("has all of an area's holes, however many there are", func(t *testing.T) {
		f := around(t, 12)
		f.Hidden = []bool{true}
		var list []*tiles.Tile
		for _, id := range (mapview.Viewport{View: f.View, Area: wide}).Tiles(0, 14) {
			lo, hi := id.Box()
			at := func(x, y, side float64) []tiles.Point {
				p := func(x, y float64) tiles.Point {
					return tiles.Point{X: lo.X + (hi.X-lo.X)*x, Y: lo.Y + (hi.Y-lo.Y)*y}
				}
				return []tiles.Point{p(x, y), p(x+side, y), p(x+side, y+side), p(x, y+side)}
			}
			sea := tiles.Area{Class: tiles.Water, Lo: lo, Hi: hi, Rings: [][]tiles.Point{at(0, 0, 1)}}
			for i := range 100 {
				sea.Rings = append(sea.Rings, at(float64(i)/100, .001, .0005))
			}
			sea.Rings = append(sea.Rings, at(.25, .25, .5))
			list = append(list, &tiles.Tile{ID: id, Schema: "OpenMapTiles", Areas: []tiles.Area{sea}})
		}
		f.Ground = mapview.NewGround(list, "")
		g, theme := drawGround(f), themed(true)
		v := mapview.Viewport{View: f.View, Area: wide}
		found := 0
		for _, t2 := range list {
			lo, hi := t2.ID.Box()
			for share, want := range map[float64]cell.RGB{.5: theme.Map.Land, .12: theme.Map.Water} {
				x, y := lo.X+(hi.X-lo.X)*share, lo.Y+(hi.Y-lo.Y)*share
				lat := 2*math.Atan(math.Exp(y/512*2*math.Pi-math.Pi)) - math.Pi/2
				if col, row, ok := v.Cell(x/512*360-180, lat*180/math.Pi); ok {
					if found++; g.At(col, row).BG.RGB() != want {
						t.Errorf("at %.2f of tile %v the ground is %v, not %v", share, t2.ID, g.At(col, row).BG.RGB(), want)
					}
				}
			}
		}
		if found == 0 {
			t.Error("no place is seen")
		}
	})
	t.Run("is the same in each frame", func(t *testing.T) {
		f := around(t, 13)
		f.Ground = groundOf(f, wide, tiles.Primary)
		first := drawGround(f)
		for range 5 {
			if again := drawGround(f); again.String() != first.String() {
				t.Fatalf("it was\n%s\nand is\n%s", first.String(), again.String())
			}
		}
	})
	t.Run("has no tiles where there are none", func(t *testing.T) {
		f := around(t, 9)
		f.Ground = mapview.NewGround([]*tiles.Tile{nil, {ID: tiles.ID{Z: 8}}}, "x")
		if f.Ground.Tiles() != 0 || drawGround(f).String() == "" {
			t.Error("tiles that are not there count")
		}
	})
}

func TestTilesThatAViewNeeds(t *testing.T) {
	at := func(zoom, pitch, bearing float64) mapview.View {
		return mapview.View{Lat: 48.86, Lon: 2.35, Zoom: zoom, Pitch: pitch, Bearing: bearing}
	}
	for zoom := 0.0; zoom <= 20; zoom++ {
		for _, pitch := range []float64{0, 30, 60} {
			for _, area := range []cell.Rect{{W: 80, H: 24}, {W: 200, H: 60}, {W: 20, H: 60}} {
				list := (mapview.Viewport{View: at(zoom, pitch, 30), Area: area}).Tiles(0, 14)
				if len(list) == 0 || len(list) > 16 {
					t.Fatalf("zoom %v, pitch %v, %v: %d tiles", zoom, pitch, area, len(list))
				}
				lo, hi := list[0].Box()
				if x, y := 512*(2.35+180)/360, 256+512*math.Asinh(math.Tan(48.86*math.Pi/180))/(2*math.Pi); x < lo.X || x > hi.X || y < lo.Y || y > hi.Y {
					t.Errorf("zoom %v, pitch %v: the first tile is %v, which is not in the middle", zoom, pitch, list[0])
				}
				for _, id := range list {
					if !id.Valid() || id.Z != list[0].Z || id.Z > 14 {
						t.Errorf("zoom %v: tile %v", zoom, id)
					}
				}
			}
		}
	}
	v := mapview.Viewport{View: at(8, 0, 0), Area: wide}
	if list := v.Tiles(12, 14); list != nil {
		t.Errorf("of a set that begins at zoom 12 a view from afar needs %v", list)
	}
	v.View.Zoom = 20
	if list := v.Tiles(0, 10); len(list) == 0 || list[0].Z != 10 {
		t.Errorf("of a set that ends at zoom 10 a view from near needs %v", list)
	}
	v.View = mapview.View{Lon: 179.9, Zoom: 5}
	east, west := 0, 0
	for _, id := range v.Tiles(0, 14) {
		if id.X > 8 {
			west++
		} else {
			east++
		}
	}
	if east == 0 || west == 0 {
		t.Errorf("on both sides of 180° there are %d and %d tiles", west, east)
	}
}

func BenchmarkGround(b *testing.B) {
	f := around(b, 15)
	area := cell.Rect{W: 200, H: 60}
	f.Ground = groundOf(f, area, tiles.Minor)
	g := cell.NewGrid(area.W, area.H)
	var p mapview.Painter
	b.ReportAllocs()
	for b.Loop() {
		p.Paint(g, area, f)
	}
}
