package mapview_test

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// frameOf is a frame of st.map's short form.
func frameOf(t testing.TB, text string) *mapview.Frame {
	t.Helper()
	d, err := deck.Parse([]byte(text), deck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := mapview.NewScene(d)
	if err != nil {
		t.Fatal(err)
	}
	return &mapview.Frame{Scene: s, View: s.Home(), Look: mapview.NewLook(pagetest.Env(t).Theme, termenv.TrueColor)}
}

const capitals = `{"data":[{"lat":48.86,"lon":2.35},{"lat":51.5,"lon":-0.12},{"lat":52.5,"lon":13.4},{"lat":40.4,"lon":-3.7},{"lat":41.9,"lon":12.5}],"size":60000,"color":"#ff00ff"}`

func TestCirclesAreDrawnAndFoundWhereTheyAre(t *testing.T) {
	f := frameOf(t, capitals)
	g, area := cell.NewGrid(80, 24), cell.Rect{W: 80, H: 24}
	var p mapview.Painter
	p.Paint(g, area, f)
	v := mapview.Viewport{View: f.View, Area: area}
	found := map[int]bool{}
	for y := range area.H {
		for x := range area.W {
			if pick := p.Under(area, f, x, y); pick.OK {
				item, at := f.Scene.Item(pick)
				found[item.Row] = true
				px, py := v.Pixel(x, y)
				place := v.Place(px, py)
				if d := (place.Lat-at.Lat)*(place.Lat-at.Lat) + (place.Lon-at.Lon)*(place.Lon-at.Lon); d > 2 {
					t.Errorf("cell %d,%d is at %v, and shows %v", x, y, place, at)
				}
				if c := g.At(x, y); apart(c.BG.RGB()) && apart(c.FG.RGB()) {
					t.Errorf("cell %d,%d holds a circle, and is %v on %v", x, y, c.FG, c.BG)
				}
			}
		}
	}
	if len(found) != 5 {
		t.Errorf("%d of 5 circles are found", len(found))
	}
}

// apart reports whether a colour has nothing of a magenta circle.
func apart(c cell.RGB) bool { return c[0] < 90 || c[2] < 90 || c[1] > c[0] }

func TestLandAndWaterAreSeenFromEverywhere(t *testing.T) {
	f := frameOf(t, capitals)
	f.View.Lat, f.View.Lon = 44.41, 8.93 // a coast at every zoom that the outlines know
	area := cell.Rect{W: 60, H: 20}
	var p mapview.Painter
	for zoom := 0.0; zoom <= 20; zoom++ {
		for _, pitch := range []float64{0, 60} {
			g := cell.NewGrid(area.W, area.H)
			f.View.Zoom, f.View.Pitch = zoom, pitch
			p.Paint(g, area, f)
			seen := map[cell.RGB]bool{}
			for y := range area.H {
				for x := range area.W {
					seen[g.At(x, y).BG.RGB()] = true
				}
			}
			if zoom <= 11 && len(seen) < 2 {
				t.Errorf("zoom %v, pitch %v: there is one colour alone", zoom, pitch)
			}
		}
	}
}

func TestEuropeAndChukotkaAreLand(t *testing.T) {
	f := frameOf(t, capitals)
	area := cell.Rect{W: 60, H: 20}
	ground := func(lat, lon float64) cell.RGB {
		f.View = mapview.View{Lat: lat, Lon: lon, Zoom: 9}
		g := cell.NewGrid(area.W, area.H)
		new(mapview.Painter).Paint(g, area, f)
		return g.At(30, 10).BG.RGB()
	}
	water := ground(30, -40)
	for name, at := range map[string][2]float64{"Auvergne": {45.8, 3.2}, "Siberia": {62, 100}, "west of 180°": {66.8, 178}, "east of 180°": {66.6, -175}, "Kansas": {38.5, -98}, "east of 180° counted on": {66.6, 185}} {
		if ground(at[0], at[1]) == water {
			t.Errorf("%s is water", name)
		}
	}
}

func TestFewColoursAreDrawnWithSigns(t *testing.T) {
	f := frameOf(t, capitals)
	f.Look = mapview.NewLook(pagetest.Env(t).Theme, termenv.Ascii)
	g := cell.NewGrid(60, 20)
	new(mapview.Painter).Paint(g, cell.Rect{W: 60, H: 20}, f)
	if text := g.String(); strings.TrimSpace(text) == "" {
		t.Error("nothing is drawn")
	}
}

func BenchmarkPaint(b *testing.B) {
	for name, zoom := range map[string]float64{"world": 1, "continent": 4, "city": 11} {
		b.Run(name, func(b *testing.B) {
			f := frameOf(b, capitals)
			f.View.Zoom = zoom
			g, area := cell.NewGrid(200, 60), cell.Rect{W: 200, H: 60}
			var p mapview.Painter
			b.ReportAllocs()
			for b.Loop() {
				p.Paint(g, area, f)
			}
		})
	}
}

func TestAMovedViewLooksAsOneThatWasNeverElsewhere(t *testing.T) {
	f := frameOf(t, capitals)
	area := cell.Rect{W: 60, H: 20}
	var moved mapview.Painter
	for _, v := range []mapview.View{
		{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 50}, {Lat: 37.7, Lon: -122.3, Zoom: 11.5, Pitch: 50, Bearing: 30}, {Lat: 37.7, Lon: -122.3, Zoom: 16},
		{Lat: 45, Lon: 8, Zoom: 4}, {Lat: 0, Lon: 178, Zoom: 1}, {Lat: 0, Lon: -178, Zoom: 1.2}, {Lat: 66, Lon: 179.9, Zoom: 5, Pitch: 60}, {Zoom: 0},
	} {
		f.View = v
		a, b := cell.NewGrid(area.W, area.H), cell.NewGrid(area.W, area.H)
		moved.Paint(a, area, f)
		new(mapview.Painter).Paint(b, area, f)
		if a.ANSI() != b.ANSI() {
			t.Errorf("%+v looks otherwise after other views", v)
		}
	}
}
