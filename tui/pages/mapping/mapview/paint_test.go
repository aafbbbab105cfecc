package mapview

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// painted draws a frame of all layers and gives the painter and the grid.
func painted(t testing.TB, s *Scene, v View, cols, rows int, picked Pick) (*Painter, *cell.Grid, *Frame) {
	t.Helper()
	th := pagetest.Env(t, termenv.TrueColor).Theme
	g := cell.NewGrid(cols, rows)
	g.Fill(th.Background)
	f := &Frame{Scene: s, View: v, Layers: Layers{true, true, true, true}, Look: NewLook(th, Original, termenv.TrueColor), Picked: picked}
	p := &Painter{}
	p.Paint(g, cell.Rect{X: 0, Y: 0, W: cols, H: rows}, f)
	return p, g, f
}

// many thins a property test out where time is short, as under the race
// detector.
func many(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

func TestLabelsNeverOverlap(t *testing.T) {
	s := bundled(t)
	r := rand.New(rand.NewPCG(7, 8))
	for range many(300) {
		v := randomView(r)
		cols, rows := 20+r.IntN(200), 4+r.IntN(60)
		picked := Pick{r.IntN(2) == 0, r.IntN(4), r.IntN(44)}
		p, g, _ := painted(t, s, v, cols, rows, picked)
		cells := 0
		for _, c := range pagetest.Cells(g) {
			if c.Rune() > ' ' && c.Rune() < 0x2500 {
				cells++
			}
		}
		for i, a := range p.labels.list {
			if a.x < 0 || a.y < 0 || a.x+a.w > cols || a.y >= rows {
				t.Fatalf("%q is outside", a.text)
			}
			if a.emphasised {
				cells -= a.w
			}
			for _, b := range p.labels.list[:i] {
				if a.y == b.y && a.x <= b.x+b.w && b.x <= a.x+a.w {
					t.Fatalf("%q and %q are not a cell apart", a.text, b.text)
				}
			}
		}
		if cells > cols*rows*12/100 {
			t.Fatalf("labels take %d of %d cells", cells, cols*rows)
		}
	}
}

func TestNamesNeverCoverWhatIsPicked(t *testing.T) {
	s := bundled(t)
	r := rand.New(rand.NewPCG(15, 16))
	seen := 0
	for range many(400) {
		v := randomView(r)
		v.Zoom, v.Lat, v.Lon = 9+5*r.Float64(), 37.72+0.08*r.Float64(), -122.48+0.12*r.Float64()
		cols, rows := 30+r.IntN(150), 8+r.IntN(50)
		picked := Pick{true, Bikes, r.IntN(len(s.Columns))}
		if r.IntN(2) == 0 {
			picked = Pick{true, Flows, r.IntN(len(s.Flows))}
		}
		p, g, f := painted(t, s, v, cols, rows, picked)
		p.labels.reset(cols, rows)
		p.labels.keepFree(&p.projection, f)
		for i, taken := range p.labels.taken {
			if !taken {
				continue
			}
			seen++
			if c := pagetest.Cells(g)[i]; c.Rune() > ' ' && c.Rune() < 0x2500 {
				t.Fatalf("%+v, %dx%d: %q covers a cell of %+v", v, cols, rows, c.Rune(), picked)
			}
		}
	}
	if seen < many(1000) {
		t.Errorf("only %d cells of picked things were looked at", seen)
	}
}

func TestThePickedStopIsNamed(t *testing.T) {
	s := bundled(t)
	for i := range s.Stops {
		p, _, _ := painted(t, s, Demo, 100, 30, Pick{true, Exits, i})
		at, _ := p.cam.project(s.Stops[i].at.x, s.Stops[i].at.y, 0)
		if col, row := p.cell(at); col < 0 || row < 0 || col >= 100 || row >= 30 {
			continue
		}
		if len(p.labels.list) == 0 || p.labels.list[0].stop != i || !p.labels.list[0].emphasised {
			t.Errorf("the picked stop %s has no label", s.Stops[i].Name)
		}
	}
}

func TestNamesStandInTheOrderOfTheirStops(t *testing.T) {
	p, _, _ := painted(t, bundled(t), Demo, 133, 42, Pick{})
	rows := map[string]int{}
	for _, l := range p.labels.list {
		rows[l.text] = l.y
	}
	for _, pair := range [][2]string{{"Embarcadero", "Montgomery St."}, {"Montgomery St.", "Civic Center/UN Plaza"}, {"16th St. Mission", "24th St. Mission"}} {
		north, ok := rows[pair[0]]
		south, ok2 := rows[pair[1]]
		if !ok || !ok2 || north > south {
			t.Errorf("%s stands in row %d, %s in row %d", pair[0], north, pair[1], south)
		}
	}
}

func TestTheMapNamesItsWatersAndTowns(t *testing.T) {
	s := bundled(t)
	_, g, f := painted(t, s, View{Lat: 37.72, Lon: -122.35, Zoom: 9.8}, 140, 44, Pick{})
	got := g.String()
	for _, name := range []string{"San Francisco Bay", "Pacific Ocean", "Hayward"} {
		if n := strings.Count(got, name); n != 1 {
			t.Errorf("%s is written %d times:\n%s", name, n, got)
		}
	}
	for name, c := range map[string][2]cell.RGB{"towns": {f.Look.town, f.Look.Land}, "waters": {f.Look.sea, f.Look.water}} {
		if ratio := cell.Contrast(c[0], c[1]); ratio < 4.5 {
			t.Errorf("%s have a contrast of %.2f", name, ratio)
		}
	}
}

func TestTheBusiestStopsAreNamedFirst(t *testing.T) {
	p, _, _ := painted(t, bundled(t), Demo, 80, 18, Pick{})
	s := bundled(t)
	if len(p.labels.list) < 4 {
		t.Fatalf("only %d labels", len(p.labels.list))
	}
	if got := s.Stops[p.labels.list[0].stop].Short; got != "Embarcadero" {
		t.Errorf("the first label is %s", got)
	}
}

func TestWhatIsUnderACellIsWhatIsDrawnThere(t *testing.T) {
	s := bundled(t)
	p, g, f := painted(t, s, Demo, 160, 45, Pick{})
	f.Layers = Layers{true, false, false, false}
	found, missed := 0, 0
	for i := range s.Columns {
		pr, ok := p.prismOf(&s.Columns[i])
		if !ok || i%4 != 0 {
			continue
		}
		col, row := p.cell(canvas.Vec{X: pr.middle.X / p.k, Y: pr.middle.Y / p.ky})
		if col < 0 || row < 0 || col >= 160 || row >= 45 {
			continue
		}
		sample := (row*p.raster.SY+p.raster.SY/2)*p.raster.W + col*p.raster.SX + p.raster.SX/2
		around := func() (out [16]uint32) { // the samples in the middle of the cell
			for k := range out {
				out[k] = p.raster.Pix[sample+(k/4-2)*p.raster.W+k%4-2]
			}
			return out
		}
		f.Picked = Pick{}
		p.Paint(g, p.area, f)
		before := around()
		if f.Picked = p.Under(p.area, f, col, row); !f.Picked.OK {
			continue
		}
		p.Paint(g, p.area, f)
		if around() == before {
			missed++
		}
		found++
	}
	// A sliver narrower than a sample can be told and not be drawn.
	if found < 80 || missed > 1 {
		t.Errorf("%d columns were found under the middle of a top, %d of them are not drawn there", found, missed)
	}
}

func TestTheTopmostLayerIsPicked(t *testing.T) {
	s := NewScene(data.City{
		Racks:    []data.Point{{Lon: -122.4, Lat: 37.76}},
		Stations: []data.Station{{Name: "Middle (MID)", Lon: -122.4, Lat: 37.76, Exits: 20000}},
		Segments: []data.Segment{{From: data.Point{Lon: -122.41, Lat: 37.76}, To: data.Point{Lon: -122.39, Lat: 37.76}, Outbound: 4}},
	})
	v := View{Lat: 37.76, Lon: -122.4, Zoom: 13}
	p, _, f := painted(t, s, v, 80, 24, Pick{})
	l := p.labels.list[0]
	tests := map[string]struct {
		Layers   Layers
		col, row int
		want     int
	}{
		"the arc is over all":           {Layers{true, true, true, true}, 40, 12, Flows},
		"then the names":                {Layers{true, true, true, false}, l.x, l.y, Names},
		"then the circles":              {Layers{true, true, false, false}, 40, 12, Exits},
		"then the hexagons":             {Layers{true, false, false, false}, 40, 12, Bikes},
		"a layer that is off is no hit": {Layers{false, false, true, false}, 2, 2, -1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f.Layers = tt.Layers
			got := p.at(f, p.labels.list, tt.col, tt.row)
			if got.OK != (tt.want >= 0) || got.OK && got.Layer != tt.want {
				t.Errorf("got %+v, want layer %d", got, tt.want)
			}
		})
	}
}

func TestNearerColumnsHideFartherOnes(t *testing.T) {
	p, g, f := painted(t, bundled(t), View{Lat: 37.79, Lon: -122.4, Zoom: 14, Pitch: 60}, 120, 40, Pick{})
	for i := 1; i < len(p.order); i++ {
		if p.depths[p.order[i-1]] < p.depths[p.order[i]] {
			t.Fatal("a farther column is drawn after a nearer one")
		}
	}
	if g.At(60, 39).BG.RGB() == f.Look.water {
		t.Error("nothing stands in the middle of downtown")
	}
}

func TestTheMapShowsWhereItEnds(t *testing.T) {
	s := bundled(t)
	far := Demo
	far.Zoom = minZoom
	tests := map[string]struct {
		view View
		ends bool
	}{
		"the demo's view lies inside": {Demo, false},
		"from far away it ends":       {far, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, g, f := painted(t, s, tt.view, 100, 30, Pick{})
			seen := 0
			for _, c := range pagetest.Cells(g) {
				if c.BG.RGB() == f.Look.beyond {
					seen++
				}
			}
			if (seen > 0) != tt.ends {
				t.Errorf("%d cells beyond the map", seen)
			}
			if corner := g.At(0, 0).BG.RGB(); tt.ends && corner != f.Look.beyond {
				t.Errorf("the corner is %v", corner)
			}
		})
	}
}

func TestTheShoreIsLandOrWaterInFewColours(t *testing.T) {
	for _, dark := range []bool{true, false} {
		env := pagetest.Env(t, termenv.ANSI256)
		env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
		l := NewLook(env.Theme, Original, termenv.ANSI256)
		f := &Frame{Scene: bundled(t), View: Demo, Layers: Layers{false, false, true, false}, Look: l}
		g := cell.NewGrid(120, 40)
		(&Painter{}).Paint(g, cell.Rect{X: 0, Y: 0, W: 120, H: 40}, f)
		shore := 0
		for _, c := range pagetest.Cells(g) {
			if c.Rune() < 0x2800 || c.FG.RGB() != l.coast {
				continue
			}
			shore++
			if c.BG.RGB() != l.Land && c.BG.RGB() != l.water {
				t.Fatalf("dark %v: a cell of the shore is %v", dark, c.BG)
			}
		}
		if shore < 100 {
			t.Errorf("only %d cells of shore", shore)
		}
	}
}

func TestHugeZoomsAndOddCitiesDraw(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	odd := NewScene(data.City{
		Racks:    []data.Point{{Lon: 180, Lat: 85}, {Lon: -180, Lat: -85}, {Lon: -122.4, Lat: 37.76}},
		Stations: []data.Station{{Lon: -122.4, Lat: 37.76, Exits: 1 << 40}, {Name: "", Exits: -5}},
		Segments: []data.Segment{{Outbound: 1 << 40}},
		Land:     [][]data.Point{{}, {{Lon: 1, Lat: 1}}, {{Lon: -180, Lat: -85}, {Lon: 180, Lat: -85}, {Lon: 0, Lat: 85}}},
	})
	for _, s := range []*Scene{bundled(t), odd} {
		for range many(40) {
			v := randomView(r)
			cols, rows := 1+r.IntN(120), 1+r.IntN(50)
			painted(t, s, v, cols, rows, Pick{})
		}
	}
}
