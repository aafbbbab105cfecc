package geo

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// motion is the mouse moving with no button down.
func motion(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonNone}
}

// over finds a cell of the page over which something of a layer lies.
func over(t *testing.T, a *Panel, layer int) (x, y int) {
	t.Helper()
	m := a.area()
	for y := m.Y + m.H/4; y < m.Y+m.H; y++ {
		for x := m.X; x < m.X+m.W; x += 2 {
			if p := a.under(x, y); p.OK && p.Layer == layer {
				return x, y
			}
		}
	}
	t.Fatalf("nothing of %s is on the map", layerNames[layer])
	return 0, 0
}

func TestThePageWantsMotionWhileThereIsAMapToRead(t *testing.T) {
	var _ page.Hoverer = (*Panel)(nil)
	a := demoPanel(t)
	a.SetSize(120, 38)
	if a.Hovering() {
		t.Error("there is no map yet")
	}
	pagetest.Open(t, a, 120, 38)
	pagetest.Settle(t, a.Update, a.Update(demoData(t)))
	if !a.Hovering() {
		t.Error("the map is there")
	}
	pagetest.Press(t, a, "/")
	if a.Hovering() {
		t.Error("a name is typed")
	}
	pagetest.Press(t, a, "esc")
	layers(t, a, "b", "e", "n", "f")
	if a.Hovering() {
		t.Error("no layer is shown")
	}
}

func TestWhatIsUnderTheMouseIsToldDrawnAndForgotten(t *testing.T) {
	for _, size := range [][2]int{{160, 43}, {100, 28}, {60, 18}} {
		for layer, name := range layerNames {
			a := open(t, size[0], size[1], termenv.TrueColor)
			for above := flows; above > layer; above-- { // What lies over it would be told.
				a.toggle(above)
			}
			before := drawn(a)
			x, y := over(t, a, layer)
			a.Update(motion(x, y))
			title, detail := a.figs.words(a.ctx(), a.under(x, y))
			got := text(a)
			if n := strings.Count(got, title); n == 0 || !strings.Contains(got, detail) {
				t.Errorf("%s at %v: %q, %q are not told in\n%s", name, size, title, detail, got)
			}
			picked := a.env.Theme.Map.Picked
			lit, g := cell.Mix(cell.RGB{}, picked, 0.88), cell.NewGrid(a.w, a.h) // the brightest wall
			a.Draw(g)
			seen := 0
			for _, c := range pagetest.Cells(g) {
				if c.BG.RGB() == picked || c.FG.RGB() == picked || c.BG.RGB() == lit {
					seen++
				}
			}
			if seen == 0 {
				t.Errorf("%s at %v: nothing is picked out", name, size)
			}
			a.Update(page.Left{})
			if drawn(a) != before {
				t.Errorf("%s at %v: it is still told when the mouse has left", name, size)
			}
		}
	}
}

func TestPointingAtAListedStopShowsItOnTheMap(t *testing.T) {
	a := open(t, 160, 50)
	drawn(a)
	row := a.zones[len(a.zones)-1]
	a.Update(motion(row.X+1, row.Y))
	drawn(a)
	if !is(a, a.hover, exits, row.Means.index) {
		t.Errorf("the map shows %+v", a.hover)
	}
	layers(t, a, "e")
	if drawn(a); !is(a, a.hover, names, row.Means.index) {
		t.Errorf("without circles the map shows %+v", a.hover)
	}
	a.Update(motion(2, 2))
	if drawn(a); a.hover.OK {
		t.Error("it is still shown")
	}
}

func TestTheCursorOutlivesTheMouseBesideTheMap(t *testing.T) {
	a := open(t, 120, 38)
	pagetest.Press(t, a, "d")
	a.Update(motion(1, 1))
	if a.pointer.kind != cursor {
		t.Error("motion beside the map took the cursor away")
	}
	a.Update(motion(80, 20))
	if a.pointer.kind != mouse || strings.Contains(text(a), "┼") {
		t.Error("the mouse does not take over")
	}
}

func TestADoubleClickComesNearer(t *testing.T) {
	a := open(t, 120, 38)
	now := pagetest.Noon
	a.env.Now = func() time.Time { return now }
	before := place(a, 90, 20)
	click := func(x, y int) []pagetest.Tick {
		cmd := a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		ticks, _ := pagetest.Settle(t, a.Update, cmd)
		release(a, x, y)
		return ticks
	}
	if ticks := click(90, 20); len(ticks) > 0 {
		t.Error("one click moves the map")
	}
	pinned := a.pinned
	now = now.Add(twoClicks / 2)
	pass(t, a, click(90, 20), func() {})
	if a.camera.view.Zoom != 12 || !near(place(a, 90, 20), before) || a.pinned != pinned {
		t.Errorf("zoom %v with %v under the pointer, want 12 with %v", a.camera.view.Zoom, place(a, 90, 20), before)
	}
	now = now.Add(twoClicks / 2)
	if len(click(90, 20)) > 0 {
		t.Error("the third click in a row counts as a second")
	}
	now = now.Add(twoClicks)
	if len(click(90, 20)) > 0 {
		t.Error("two slow clicks count as a double one")
	}
	if len(click(91, 20)) > 0 {
		t.Error("two clicks in different places count as a double one")
	}
}

func TestDraggingWithCtrlOrAltTurnsAndTilts(t *testing.T) {
	for name, change := range map[string]func(*tea.MouseMsg){"ctrl": func(m *tea.MouseMsg) { m.Ctrl = true }, "alt": func(m *tea.MouseMsg) { m.Alt = true }} {
		a := open(t, 120, 38)
		for i, action := range []tea.MouseAction{tea.MouseActionPress, tea.MouseActionMotion, tea.MouseActionRelease} {
			msg := tea.MouseMsg{X: 60 + 10*min(i, 1), Y: 20 - 2*min(i, 1), Action: action, Button: tea.MouseButtonLeft}
			change(&msg)
			a.Update(msg)
		}
		if a.camera.view.Bearing != 20 || a.camera.view.Pitch != 56 || a.camera.view.Place() != demoView.Place() || a.pinned.OK {
			t.Errorf("%s: %+v, pinned %v", name, a.camera.view, a.pinned)
		}
	}
}

func TestADragKeepsThePlaceInEveryView(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	a := open(t, 120, 38)
	for range many(300) {
		v := demoView
		v.Zoom, v.Pitch, v.Bearing = 10+r.Float64()*6, r.Float64()*60, r.Float64()*360-180
		a.camera.set(v)
		m := a.area()
		x, y := m.X+r.IntN(m.W), m.Y+m.H/3+r.IntN(m.H/2)
		grabbed := place(a, x, y)
		press(a, x, y, tea.MouseButtonLeft)
		x, y = x+r.IntN(9)-4, y+r.IntN(9)-4
		a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		if free := inside(a.camera.view.Place()); free && !near(place(a, x, y), grabbed) {
			t.Fatalf("%+v: %v is under the pointer, want %v", v, place(a, x, y), grabbed)
		}
		release(a, x, y)
	}
}

// inside reports whether a place is far from the edges of the map.
func inside(p mapview.Point) bool {
	return p.Lon > -122.6 && p.Lon < -122 && p.Lat > 37.5 && p.Lat < 38
}

// many thins a property test out where time is short, as under the race
// detector.
func many(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}
