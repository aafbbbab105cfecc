package mapping

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// motion is the mouse moving with no button down.
func motion(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonNone}
}

// over finds a cell of the page over which something of a layer lies.
func over(t *testing.T, a *atlas, layer int) (x, y int) {
	t.Helper()
	m := a.arrange().area
	for y := m.y + m.h/4; y < m.y+m.h; y++ {
		for x := m.x; x < m.x+m.w; x += 2 {
			if p := a.under(x, y); p.ok && p.layer == layer {
				return x, y
			}
		}
	}
	t.Fatalf("nothing of %s is on the map", layerNames[layer])
	return 0, 0
}

func TestThePageWantsMotionWhileThereIsAMapToRead(t *testing.T) {
	var _ page.Hoverer = (*atlas)(nil)
	a := newMap(pagetest.Env(t), city(t), Options{})
	a.SetSize(120, 38)
	if a.Hovering() {
		t.Error("there is no map yet")
	}
	pagetest.Open(t, a, 120, 38)
	if !a.Hovering() {
		t.Error("the map is there")
	}
	pagetest.Press(t, a, "/")
	if a.Hovering() {
		t.Error("a name is typed")
	}
	pagetest.Press(t, a, "esc", "b", "e", "n", "f")
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
			title, detail := a.scene.words(a.under(x, y))
			got := text(a)
			if n := strings.Count(got, title); n == 0 || !strings.Contains(got, detail) {
				t.Errorf("%s at %v: %q, %q are not told in\n%s", name, size, title, detail, got)
			}
			picked := a.env.Theme.Map.Picked
			seen := 0
			for _, c := range pagetest.Cells(a.grid) {
				if c.BG.RGB() == picked || c.FG.RGB() == picked || c.BG.RGB() == shade(picked, wallLight[0]) {
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

func TestATipNeverCoversWhatItTellsOf(t *testing.T) {
	s := bundled(t)
	r := rand.New(rand.NewPCG(11, 12))
	tips := 0
	for range many(300) {
		v := randomView(r)
		v.Zoom = 10 + 3*r.Float64()
		cols, rows := tipMinW+r.IntN(150), tipMinH+r.IntN(40)
		p, _, f := painted(t, s, v, cols, rows, pick{})
		x, y := r.IntN(cols), r.IntN(rows)
		if f.picked = p.at(f, x, y); !f.picked.ok {
			continue
		}
		tip := p.tipPlace(f, rect{x, y, 20, 2})
		if tip.x < 0 || tip.y < 0 || tip.x+tip.w > cols || tip.y+tip.h > rows {
			t.Fatalf("the tip %v leaves the map of %dx%d", tip, cols, rows)
		}
		if tip.has(x, y) {
			t.Fatalf("the tip %v covers the pointer at %d, %d", tip, x, y)
		}
		if p.clear(tip) {
			tips++
			continue
		}
		// What fills the map cannot be left free; then nothing near is.
		for _, step := range tipSteps {
			at := rect{x + step[0], y + step[1], 20, 2}
			if step[0] < 0 {
				at.x -= 19
			}
			if step[1] < 0 {
				at.y--
			}
			if at.x >= 0 && at.y >= 0 && at.x+20 <= cols && at.y+2 <= rows && p.clear(at) {
				t.Fatalf("the tip covers what is picked though %v is free", at)
			}
		}
	}
	if tips < many(300)/20 {
		t.Errorf("only %d tips were free", tips)
	}
}

func TestPointingAtAListedStopShowsItOnTheMap(t *testing.T) {
	a := open(t, 160, 50)
	drawn(a)
	row := a.zones[len(a.zones)-1]
	a.Update(motion(row.X+1, row.Y))
	drawn(a)
	if !a.hover.is(exits, row.Means.index) {
		t.Errorf("the map shows %+v", a.hover)
	}
	pagetest.Press(t, a, "e")
	if drawn(a); !a.hover.is(names, row.Means.index) {
		t.Errorf("without circles the map shows %+v", a.hover)
	}
	a.Update(motion(2, 2))
	if drawn(a); a.hover.ok {
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
	if a.view.Zoom != 12 || !near(place(a, 90, 20), before) || a.pinned != pinned {
		t.Errorf("zoom %v with %v under the pointer, want 12 with %v", a.view.Zoom, place(a, 90, 20), before)
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
		if a.view.Bearing != 20 || a.view.Pitch != 56 || a.view.place() != Demo.place() || a.pinned.ok {
			t.Errorf("%s: %+v, pinned %v", name, a.view, a.pinned)
		}
	}
}

func TestADragKeepsThePlaceInEveryView(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range many(300) {
		a := open(t, 120, 38)
		v := Demo
		v.Zoom, v.Pitch, v.Bearing = 10+r.Float64()*6, r.Float64()*maxPitch, r.Float64()*360-180
		a.move(v)
		m := a.arrange().area
		x, y := m.x+r.IntN(m.w), m.y+m.h/3+r.IntN(m.h/2)
		grabbed := place(a, x, y)
		press(a, x, y, tea.MouseButtonLeft)
		x, y = x+r.IntN(9)-4, y+r.IntN(9)-4
		a.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		if free := a.view == a.view.within(data.Point{Lon: -122.6, Lat: 37.5}, data.Point{Lon: -122, Lat: 38}); free && !near(place(a, x, y), grabbed) {
			t.Fatalf("%+v: %v is under the pointer, want %v", v, place(a, x, y), grabbed)
		}
		release(a, x, y)
	}
}
