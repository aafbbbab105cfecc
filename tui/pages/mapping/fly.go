package mapping

import (
	"cmp"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
)

// flight is a way from one view to another: a glide, which a key that is held
// down lengthens with each repeat, or a way to a place that was asked for.
type flight struct {
	on       bool
	seq      int
	from, to View
	glide    bool
	dip      float64       // how far it zooms out on the way
	anchor   *anchor       // what stays where it is
	passed   time.Duration // since it began
	last     time.Time     // the tick before
}

// anchor is a place of common space that stays under a pixel.
type anchor struct{ x, y, px, py float64 }

// flown is one tick of a flight.
type flown struct {
	seq int
	at  time.Time
}

// How long ways take. The clock ticks as often as most screens show a picture.
const (
	flightTime = 800 * time.Millisecond
	glideTime  = 80 * time.Millisecond
	flightTick = 16 * time.Millisecond
	// heldTime is the longest time between two repeats of a key that is held
	// down, or between two notches of a wheel that keeps turning.
	heldTime = 150 * time.Millisecond
)

// land ends a flight where it is.
func (f *flight) land() { f.on = false }

// goal is where the view will come to rest: keys that are pressed while it
// glides count from there.
func (a *atlas) goal() View {
	if a.flight.on && a.flight.glide {
		return a.flight.to
	}
	return a.view
}

// stillness says that motion is not wanted.
func (a *atlas) stillness() bool { return a.env.ReducedMotion || a.env.Still }

// flyTo goes to a view: on a way that zooms out as far as the distance needs,
// or at once where motion is not wanted.
func (a *atlas) flyTo(to View) tea.Cmd {
	x0, y0 := data.Mercator(a.view.place())
	x1, y1 := data.Mercator(to.place())
	pixels := math.Hypot(x1-x0, y1-y0) * math.Exp2(min(a.view.Zoom, to.Zoom))
	return a.depart(flight{to: to, dip: min(max(math.Log2(pixels/webHeight), 0), 2)})
}

// glideTo goes to a view that is near: at once for a single key, which then
// costs one frame, and evenly for one that is held down, the first step at
// once.
func (a *atlas) glideTo(to View, keep *anchor) tea.Cmd {
	now := a.env.Now()
	way := wayOf(a.goal(), to)
	held := way == a.way && now.Sub(a.nudged) < heldTime
	a.nudged, a.way = now, way
	cmd := a.depart(flight{to: to, glide: true, anchor: keep})
	switch {
	case cmd == nil:
	case held:
		a.step(flightTick)
	default:
		a.arrive()
		cmd = nil
	}
	return cmd
}

// way is where a key goes, by the sign of each change. A key that is held down
// goes the same way again.
type way struct{ east, north, near, tilt, turn int }

func wayOf(from, to View) way {
	sign := func(by float64) int {
		if math.Abs(by) < 1e-9 { // of a degree: what computing it leaves
			return 0
		}
		return cmp.Compare(by, 0)
	}
	if near := sign(to.Zoom - from.Zoom); near != 0 {
		return way{near: near} // the middle moves along, now here, now there
	}
	return way{
		sign(to.Lon - from.Lon), sign(to.Lat - from.Lat), 0,
		sign(to.Pitch - from.Pitch), sign(to.Bearing - from.Bearing),
	}
}

func (a *atlas) depart(f flight) tea.Cmd {
	if a.ready() {
		f.to = f.to.within(a.scene.lo, a.scene.hi)
	}
	if a.stillness() || f.to == a.view {
		a.flight.land()
		a.move(f.to)
		return nil
	}
	f.on, f.seq, f.from = true, a.flight.seq+1, a.view
	f.from.Bearing = f.to.Bearing - turnBetween(f.from.Bearing, f.to.Bearing)
	a.flight = f
	return a.tick()
}

// turnBetween is the shorter way round from one bearing to another, -180 to
// 180 degrees.
func turnBetween(from, to float64) float64 {
	return math.Mod(to-from+540, 360) - 180
}

func (a *atlas) tick() tea.Cmd {
	seq := a.flight.seq
	return a.env.Tick(flightTick, func(at time.Time) tea.Msg { return flown{seq, at} })
}

// fly takes one step of the flight that the tick belongs to. A tick that comes
// late moves it on by as much, within reason.
func (a *atlas) fly(m flown) tea.Cmd {
	f := &a.flight
	if !f.on || m.seq != f.seq {
		return nil
	}
	by := flightTick
	if !f.last.IsZero() {
		by = min(max(m.at.Sub(f.last), flightTick/2), 6*flightTick)
	}
	f.last = m.at
	if a.step(by) {
		return nil
	}
	return a.tick()
}

// step moves the flight on and says whether it has arrived.
func (a *atlas) step(by time.Duration) (arrived bool) {
	f := &a.flight
	f.passed += by
	whole := flightTime
	if f.glide {
		whole = glideTime
	}
	if f.passed >= whole {
		a.arrive()
		return true
	}
	v := f.at(float64(f.passed) / float64(whole))
	if k := f.anchor; k != nil {
		w, h := a.pictureSize()
		v = anchored(v, w, h, k.x, k.y, k.px, k.py)
	}
	a.move(v)
	return false
}

// arrive ends a flight at its goal, for example because nobody looks.
func (a *atlas) arrive() {
	if a.flight.on {
		a.flight.land()
		a.move(a.flight.to)
	}
}

// at is the view at a part t of the way. A glide starts at full speed, so that
// a key that is held down moves the map evenly.
func (f *flight) at(t float64) View {
	e := smooth(t)
	if f.glide {
		e = 1 - (1-t)*(1-t)
	}
	mix := func(a, b float64) float64 { return a + (b-a)*e }
	return View{
		Lat: mix(f.from.Lat, f.to.Lat), Lon: mix(f.from.Lon, f.to.Lon),
		Zoom:  mix(f.from.Zoom, f.to.Zoom) - f.dip*4*t*(1-t),
		Pitch: mix(f.from.Pitch, f.to.Pitch), Bearing: mix(f.from.Bearing, f.to.Bearing),
	}
}
