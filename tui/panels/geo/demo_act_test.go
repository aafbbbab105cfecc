package geo

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

func press(a *Panel, x, y int, b tea.MouseButton) {
	a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: b})
}

func release(a *Panel, x, y int) {
	a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease})
}

// travel presses keys and lets the time pass until the view has come to rest.
func travel(t *testing.T, a *Panel, keys ...string) {
	t.Helper()
	for _, k := range keys {
		ticks, _ := pagetest.Press(t, a, k)
		pass(t, a, ticks, func() {})
	}
}

// pass lets the time pass, one tick after another, and counts them.
func pass(t *testing.T, a *Panel, ticks []pagetest.Tick, each func()) (n int) {
	t.Helper()
	now := pagetest.Noon
	for len(ticks) > 0 {
		now = now.Add(ticks[0].After)
		more, _ := pagetest.Settle(t, a.Update, a.Update(ticks[0].Make(now)))
		ticks = append(ticks[1:], more...)
		if n++; n > 1000 {
			t.Fatal("the map never comes to rest")
		}
		each()
	}
	return n
}

// place gives the place under a cell of the page.
func place(a *Panel, x, y int) mapview.Point {
	v := a.viewport(a.camera.view)
	return v.Place(v.Pixel(x, y))
}

func near(a, b mapview.Point) bool { return math.Hypot(a.Lon-b.Lon, a.Lat-b.Lat) < 1e-6 }

func TestOneKeyPansAnEighthOfTheView(t *testing.T) {
	for k, want := range map[string][2]float64{"up": {0, -1}, "down": {0, 1}, "left": {-1, 0}, "right": {1, 0}} {
		a := open(t, 120, 38)
		v := a.viewport(a.camera.view)
		w, h := mapview.Picture(v.Area.W, v.Area.H)
		there := v.Place(w/2+want[0]*w/8, h/2+want[1]*h/8)
		travel(t, a, k)
		if !near(a.camera.view.Place(), there) {
			t.Errorf("%s went to %v, want %v", k, a.camera.view.Place(), there)
		}
	}
}

func TestKeysChangeTheView(t *testing.T) {
	tests := map[string]struct {
		keys []string
		want mapview.View
	}{
		"zoom":               {[]string{"+", "+", "-"}, mapview.View{Lat: 37.76, Lon: -122.4, Zoom: 11.5, Pitch: 50, Bearing: 0}},
		"tilt":               {[]string{"]", "]", "]", "]"}, mapview.View{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 60, Bearing: 0}},
		"flat":               {strings.Split(strings.Repeat("[", 12), ""), mapview.View{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 0, Bearing: 0}},
		"turn":               {[]string{">", ">", "<"}, mapview.View{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 50, Bearing: 15}},
		"and back to normal": {[]string{"+", "up", "]", ">", "0"}, demoView},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := open(t, 120, 38)
			travel(t, a, tt.keys...)
			got := a.camera.view
			if !near(got.Place(), tt.want.Place()) || got.Zoom != tt.want.Zoom || got.Pitch != tt.want.Pitch || got.Bearing != tt.want.Bearing {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestTheWheelZoomsAboutThePointer(t *testing.T) {
	a := open(t, 120, 38)
	before := place(a, 100, 20)
	for range 5 {
		press(a, 100, 20, tea.MouseButtonWheelUp)
	}
	press(a, 100, 20, tea.MouseButtonWheelDown)
	if got := place(a, 100, 20); !near(got, before) || a.camera.view.Zoom != 12 {
		t.Errorf("%v under the pointer at zoom %v, want %v at 12", got, a.camera.view.Zoom, before)
	}
	press(a, 3, 20, tea.MouseButtonWheelUp)
	if a.camera.view.Zoom != 12 {
		t.Error("the wheel over the panel zooms the map")
	}
}

func TestADragKeepsThePlaceUnderThePointer(t *testing.T) {
	a := open(t, 120, 38)
	grabbed := place(a, 60, 20)
	press(a, 60, 20, tea.MouseButtonLeft)
	for i := range 20 {
		a.Update(tea.MouseMsg{X: 60 + i, Y: 20 + i/2, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
	}
	if got := place(a, 79, 29); !near(got, grabbed) {
		t.Errorf("%v is under the pointer, want %v", got, grabbed)
	}
	release(a, 79, 29)
	if a.drag.on || a.pinned.OK {
		t.Error("the drag goes on, or counted as a click")
	}
}

func TestTheRightButtonTurnsAndTilts(t *testing.T) {
	a := open(t, 120, 38)
	press(a, 60, 20, tea.MouseButtonRight)
	a.Update(tea.MouseMsg{X: 70, Y: 18, Action: tea.MouseActionMotion, Button: tea.MouseButtonRight})
	release(a, 70, 18)
	if a.camera.view.Bearing != 20 || a.camera.view.Pitch != 56 {
		t.Errorf("bearing %v, pitch %v, want 20 and 56", a.camera.view.Bearing, a.camera.view.Pitch)
	}
}

func TestTheReadOutTellsTheFigures(t *testing.T) {
	a := open(t, 160, 43)
	layers(t, a, "e", "n", "f")
	area, seen := a.area(), map[int]bool{}
	drawn(a)
	told := 0
	for i := range area.W * area.H {
		x, y := area.X+i%area.W, area.Y+i/area.W
		if at := a.under(x, y); !at.OK || seen[at.Index] {
			continue
		} else {
			seen[at.Index] = true
		}
		a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion})
		got := text(a)
		if !a.hover.OK {
			continue
		}
		told++
		c := a.figs.scene.Deck.Layers[bikes].Bins.Bins[a.hover.Index]
		if !strings.Contains(got, mapview.Count(c.Count)+" bike rack") || !strings.Contains(got, mapview.Count(int(c.Elevation+.5))+" m high") {
			t.Fatalf("%d racks, %v m are not in\n%s", c.Count, c.Elevation, got)
		}
	}
	if told < 200 {
		t.Errorf("only %d hexagons were told", told)
	}
}

func TestTheCursorReadsTheMapWithoutAMouse(t *testing.T) {
	a := open(t, 120, 38)
	pagetest.Press(t, a, "d")
	if a.pointer.kind != cursor || !strings.Contains(text(a), "┼") {
		t.Fatal("no cursor")
	}
	pagetest.Press(t, a, "shift+up", "shift+up", "w")
	if !a.hover.OK && drawn(a) != "" && !a.hover.OK {
		t.Log("nothing is under the cursor here")
	}
	under := place(a, a.pointer.x, a.pointer.y)
	if got := text(a); !strings.Contains(got, mapview.Coordinates(under.Lat, under.Lon, 11)) {
		t.Errorf("%v is not told", under)
	}
	travel(t, a, "enter")
	if !near(a.camera.view.Place(), under) {
		t.Errorf("centred on %v, want %v", a.camera.view.Place(), under)
	}
	for range 99 {
		pagetest.Press(t, a, "shift+left", "shift+down")
	}
	if area := a.area(); !area.Has(a.pointer.x, a.pointer.y) {
		t.Error("the cursor left the map")
	}
	pagetest.Press(t, a, "esc")
	if strings.Contains(text(a), "┼") {
		t.Error("esc does not put the cursor away")
	}
}

func TestAClickPinsWhatIsThereAndAnotherLetsGo(t *testing.T) {
	a := open(t, 160, 43)
	drawn(a)
	area := a.area()
	x, y := over(t, a, names)
	press(a, x, y, tea.MouseButtonLeft)
	release(a, x, y)
	if !a.pinned.OK {
		t.Fatal("nothing is pinned")
	}
	a.Update(tea.MouseMsg{X: 2, Y: 30, Action: tea.MouseActionMotion})
	if title, _ := a.figs.words(a.ctx(), a.pinned); !strings.Contains(text(a), title) {
		t.Errorf("%s is not on the page", title)
	}
	press(a, area.X+1, area.Y+area.H-1, tea.MouseButtonLeft)
	release(a, area.X+1, area.Y+area.H-1)
	if a.pinned.OK {
		t.Error("the click on nothing did not let go")
	}
}

func TestFindingAStopFliesThere(t *testing.T) {
	a := open(t, 120, 38)
	pagetest.Press(t, a, "/")
	if !a.Capturing() {
		t.Fatal("typing is not captured")
	}
	pagetest.Press(t, a, "m", "o", "n", "t", "q")
	if !strings.Contains(text(a), "No results") {
		t.Errorf("a name that is not there:\n%s", text(a))
	}
	pagetest.Press(t, a, "backspace")
	ticks, _ := pagetest.Press(t, a, "enter")
	if a.Capturing() || len(ticks) != 1 {
		t.Fatalf("capturing %v, %d ticks", a.Capturing(), len(ticks))
	}
	steps := pass(t, a, ticks, func() { pagetest.Fits(t, drawn(a), 120, 38) })
	st, _ := nameOf(a, a.pinned)
	if st.name != "Montgomery St. (MONT)" || !near(a.camera.view.Place(), mapview.Point{Lon: st.at.Lon, Lat: st.at.Lat}) || steps != int(mapview.FlightTime/flightTick) {
		t.Errorf("at %s, %+v after %d steps", st.name, a.camera.view, steps)
	}
	if got := text(a); strings.Count(got, "Montgomery St.") < 2 { // beside the map, and on it
		t.Errorf("the stop has no name on the map:\n%s", got)
	}
	if got := text(a); !strings.Contains(got, "Montgomery St. (MONT)") || !strings.Contains(got, "45,128 exits") {
		t.Errorf("the stop is not told:\n%s", got)
	}
}

func TestAListedStopIsAClickAway(t *testing.T) {
	a := open(t, 160, 50)
	drawn(a)
	row := a.zones[len(a.zones)-1]
	if row.Means.kind != listedName || !strings.Contains(text(a), "Most exits") {
		t.Fatalf("no list of stops: %+v", row)
	}
	cmd := a.Update(tea.MouseMsg{X: row.X + 2, Y: row.Y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	if cmd == nil || !is(a, a.pinned, exits, row.Means.index) {
		t.Errorf("pinned %+v, want stop %d", a.pinned, row.Means.index)
	}
}

func TestFlightsEndWhenNobodyLooksOrAKeyIsPressed(t *testing.T) {
	tests := map[string]func(*Panel){
		"hidden":      func(a *Panel) { a.Update(page.Hidden{}) },
		"another key": func(a *Panel) { a.Update(pagetest.Key("up")) },
		"the wheel":   func(a *Panel) { press(a, 80, 20, tea.MouseButtonWheelUp) },
	}
	for name, stop := range tests {
		t.Run(name, func(t *testing.T) {
			a := open(t, 120, 38)
			ticks, _ := pagetest.Press(t, a, "/", "enter")
			stop(a)
			view := a.camera.view
			if more := a.Update(ticks[0].Fire()); more != nil || a.camera.view != view {
				t.Error("the flight goes on")
			}
			if name == "hidden" && a.camera.view.Zoom != demoView.Zoom+nearer {
				t.Error("the flight did not arrive")
			}
		})
	}
}

func TestASingleKeyMovesAtOnceAndAHeldOneGlides(t *testing.T) {
	a := open(t, 120, 38)
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	a.env.Now = func() time.Time { return now }
	press := func(after time.Duration) []pagetest.Tick {
		now = now.Add(after)
		ticks, _ := pagetest.Press(t, a, "right")
		return ticks
	}
	if ticks := press(0); len(ticks) != 0 || a.camera.view.Lon <= demoView.Lon {
		t.Fatalf("%d ticks, lon %v after one key", len(ticks), a.camera.view.Lon)
	}
	step := a.camera.view.Lon - demoView.Lon
	ticks := press(33 * time.Millisecond)
	if moved := a.camera.view.Lon - demoView.Lon - step; len(ticks) != 1 || moved <= 0 || moved >= step {
		t.Fatalf("%d ticks, %v of %v after a repeat", len(ticks), moved, step)
	}
	pass(t, a, ticks, func() {})
	if moved := a.camera.view.Lon - demoView.Lon; math.Abs(moved-2*step) > 1e-9 {
		t.Errorf("moved %v by two keys of %v", moved, step)
	}
	if ticks := press(time.Second); len(ticks) != 0 {
		t.Error("a key after a pause glides")
	}
	now = now.Add(33 * time.Millisecond)
	for _, other := range []string{"left", "right", "up", "down", "+", "-", "]", "[", ">", "<"} {
		if ticks, _ := pagetest.Press(t, a, other); len(ticks) != 0 {
			t.Errorf("%s glides, as if another key were held down", other)
		}
	}
}

func TestReducedMotionGoesThereAtOnce(t *testing.T) {
	a := open(t, 120, 38)
	a.env.ReducedMotion = true
	ticks, _ := pagetest.Press(t, a, "/", "enter")
	if len(ticks) != 0 || a.camera.view.Zoom != demoView.Zoom+nearer {
		t.Errorf("%d ticks, zoom %v", len(ticks), a.camera.view.Zoom)
	}
}

func TestTypingInTheFinder(t *testing.T) {
	a := open(t, 120, 38)
	pagetest.Press(t, a, "/", "1", "q", "?")
	a.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("a\x1b\n" + strings.Repeat("é", 99)), Paste: true})
	if got := a.finder.field.String(); !strings.HasPrefix(got, "1q?a é") || utf8.RuneCountInString(got) != finderLength {
		t.Errorf("typed %q", got)
	}
	pagetest.Press(t, a, "ctrl+u", "down", "down", "up")
	if a.finder.at != 1 || len(a.finder.found) != 44 {
		t.Errorf("at %d of %d", a.finder.at, len(a.finder.found))
	}
	drawn(a)
	row := a.zones[len(a.zones)-1]
	press(a, row.X+3, row.Y, tea.MouseButtonLeft)
	if a.Capturing() || !a.pinned.OK || func() bool { _, n := nameOf(a, a.pinned); return n != row.Means.index }() {
		t.Errorf("the click took %+v", a.pinned)
	}
	pagetest.Press(t, a, "/", "esc")
	if a.Capturing() {
		t.Error("esc does not end the search")
	}
}

func TestThePaletteKeyGoesRound(t *testing.T) {
	a := open(t, 80, 22, termenv.TrueColor)
	frames := map[string]bool{}
	for range 3 {
		frames[drawn(a)] = true
		if _, msgs := pagetest.Press(t, a, "p"); len(msgs) != 1 {
			t.Errorf("said %v", msgs)
		}
	}
	if len(frames) != 3 || a.palette != mapview.Original {
		t.Errorf("%d different palettes, ended with %v", len(frames), a.palette)
	}
}

func TestExportsHaveTheShapesOfTheContract(t *testing.T) {
	a := open(t, 80, 22)
	layers(t, a, "f")
	var b bytes.Buffer
	if err := a.Export("json", &b); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		View   map[string]float64
		Layers []struct {
			Name, Kind string
			Visible    bool
			RadiusM    int `json:"radius_m"`
			Hexagons   []struct {
				Lon, Lat     float64
				Count, Class int
				ElevationM   float64 `json:"elevation_m"`
			}
			Stops []struct {
				Name    string
				Exits   int
				RadiusM float64 `json:"radius_m"`
			}
			Labels []struct{ Text string }
			Arcs   []struct {
				From, To [2]float64
				Outbound int
				WidthPx  float64 `json:"width_px"`
			}
		}
	}
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err == nil {
		t.Log("every field is known")
	}
	if len(doc.Layers) != 4 || doc.View["zoom"] != 11 || doc.View["pitch"] != 50 || len(doc.View) != 5 {
		t.Fatalf("%d layers, view %v", len(doc.Layers), doc.View)
	}
	l := doc.Layers
	if l[0].Kind != "hexagon" || l[0].RadiusM != 200 || len(l[0].Hexagons) != 444 || l[1].Kind != "scatterplot" || len(l[1].Stops) != 44 {
		t.Errorf("hexagons or stops: %+v", l[0].Name)
	}
	if l[2].Kind != "text" || len(l[2].Labels) != 44 || l[3].Kind != "arc" || len(l[3].Arcs) != 45 || l[3].Visible || !l[0].Visible {
		t.Errorf("names or arcs: %+v", l[3].Name)
	}
	b.Reset()
	if err := a.Export("csv", &b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 445 || strings.Join(rows[0], ",") != "lon,lat,count,class,elevation_m" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if err := demoPanel(t).Export("csv", &b); !errors.Is(err, ErrNotYet) {
		t.Errorf("before loading: %v", err)
	}
}

func TestSavingTellsWhere(t *testing.T) {
	a := open(t, 80, 22)
	_, msgs := pagetest.Press(t, a, "e", "c")
	if len(msgs) != 1 || msgs[0] != (page.Notice{Text: "Saved /exports/mapping.csv"}) {
		t.Errorf("%v", msgs)
	}
	a.env.Save = func(string, []byte) (string, error) { return "", errors.New("disk full") }
	_, msgs = pagetest.Press(t, a, "e", "j")
	if f, ok := msgs[0].(page.Failed); !ok || f.Err.Error() != "export the map: disk full" {
		t.Errorf("%v", msgs)
	}
}

func BenchmarkFrame200x60(b *testing.B) {
	tests := map[string]struct {
		profile termenv.Profile
		glyphs  theme.Glyphs
		dark    bool
	}{
		"truecolor": {termenv.TrueColor, theme.Quadrant, true}, "light": {termenv.TrueColor, theme.Quadrant, false},
		"octant": {termenv.TrueColor, theme.Octant, true}, "sextant": {termenv.TrueColor, theme.Sextant, true},
		"256": {termenv.ANSI256, theme.Quadrant, true}, "none": {termenv.Ascii, theme.Quadrant, true},
	}
	for name, tt := range tests {
		b.Run(name, func(b *testing.B) {
			a := open(b, 200, 60, tt.profile)
			a.env.Theme.Rebuild(theme.Options{Dark: tt.dark, Glyphs: tt.glyphs})
			g, target := cell.NewGrid(200, 60), page.Target(a.env.Theme)
			b.ReportAllocs()
			for b.Loop() {
				a.stale = true
				a.Draw(g)
				target.Reduce(g)
			}
		})
	}
}

func BenchmarkPan160x45(b *testing.B) {
	a := open(b, 160, 45, termenv.TrueColor)
	keys := []tea.KeyMsg{pagetest.Key("right"), pagetest.Key("left")}
	g := cell.NewGrid(160, 45)
	for i := 0; b.Loop(); i++ {
		a.Update(keys[i%2])
		a.Draw(g)
	}
	b.ReportMetric(float64(len(g.ANSI())), "bytes/frame")
}

func TestALostReleaseEndsADrag(t *testing.T) {
	a := open(t, 120, 38)
	x, y := 70, 20
	a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	a.Update(tea.MouseMsg{X: x + 4, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
	dragged := a.camera.view
	a.Update(tea.MouseMsg{X: x + 20, Y: y + 5, Action: tea.MouseActionMotion})
	if a.camera.view != dragged || a.drag.on || a.pointer.kind != mouse {
		t.Errorf("without a button the map still moves: %+v", a.camera.view)
	}
}
