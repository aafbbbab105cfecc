package geo

import (
	"cmp"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// camera is where the map is looked at from, and the way that it is on: a
// flight, or a glide, which a key that is held down lengthens with each repeat.
type camera struct {
	view   mapview.View
	flying bool
	flight mapview.Flight
	seq    int       // of the flight
	last   time.Time // the tick before
	nudged time.Time // when a key last moved the view
	way    way       // where it went
}

// flown is one tick of a flight.
type flown struct {
	seq int
	at  time.Time
}

const (
	// flightTick is as short as most screens show a picture.
	flightTick = 16 * time.Millisecond
	// heldTime is the longest time between two repeats of a key that is held
	// down.
	heldTime = 150 * time.Millisecond
)

// goal is where the view will come to rest: keys that are pressed while it
// glides count from there.
func (c *camera) goal() mapview.View {
	if c.flying && c.flight.Gliding() {
		return c.flight.Goal()
	}
	return c.view
}

// set goes to a view at once and ends a flight where it is.
func (c *camera) set(v mapview.View) { c.flying, c.view = false, v.Within() }

// flyTo goes to a view: on a way that zooms out as far as the distance needs,
// or at once where motion is not wanted.
func (c *camera) flyTo(env page.Env, to mapview.View) tea.Cmd {
	return c.depart(env, mapview.NewFlight(c.view, to.Within()))
}

// glideTo goes to a view that is near: at once for a single key, which then
// costs one frame, and evenly for one that is held down, the first step at
// once.
func (c *camera) glideTo(env page.Env, to mapview.View, keep *mapview.Anchor, area rect) tea.Cmd {
	now := env.Now()
	way := wayOf(c.goal(), to)
	held := way == c.way && now.Sub(c.nudged) < heldTime
	c.nudged, c.way = now, way
	cmd := c.depart(env, mapview.NewGlide(c.view, to.Within(), keep))
	switch {
	case cmd == nil:
	case held:
		c.step(flightTick, area)
	default:
		c.arrive()
		cmd = nil
	}
	return cmd
}

// way is where a key goes, by the sign of each change. A key that is held down
// goes the same way again.
type way struct{ east, north, near, tilt, turn int }

func wayOf(from, to mapview.View) way {
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

func (c *camera) depart(env page.Env, f mapview.Flight) tea.Cmd {
	if env.ReducedMotion || env.Still || env.Tick == nil || f.Goal() == c.view {
		c.set(f.Goal())
		return nil
	}
	c.flying, c.flight, c.last = true, f, time.Time{}
	c.seq++
	return c.tick(env)
}

func (c *camera) tick(env page.Env) tea.Cmd {
	seq := c.seq
	return env.Tick(flightTick, func(at time.Time) tea.Msg { return flown{seq, at} })
}

// fly takes one step of the flight that the tick belongs to. A tick that comes
// late moves it on by as much, within reason.
func (c *camera) fly(env page.Env, m flown, area rect) tea.Cmd {
	if !c.flying || m.seq != c.seq {
		return nil
	}
	by := flightTick
	if !c.last.IsZero() {
		by = min(max(m.at.Sub(c.last), flightTick/2), 6*flightTick)
	}
	c.last = m.at
	if c.step(by, area); !c.flying {
		return nil
	}
	return c.tick(env)
}

// step moves the flight on, to its end at most.
func (c *camera) step(by time.Duration, area rect) {
	next, v, arrived := c.flight.Step(by, area)
	c.flight, c.view, c.flying = next, v.Within(), !arrived
}

// arrive ends a flight at its goal, for example because nobody looks.
func (c *camera) arrive() {
	if c.flying {
		c.set(c.flight.Goal())
	}
}
