package mapping

import (
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
)

// flight is a way from one view to another.
type flight struct {
	on       bool
	seq      int
	from, to View
	step     int
	dip      float64 // how far it zooms out on the way
}

// flown is one tick of a flight.
type flown struct{ seq int }

const (
	flightSteps = 24
	flightTick  = 33 * time.Millisecond
)

// land ends a flight where it is.
func (f *flight) land() { f.on = false }

// flyTo goes to a view: on a way that zooms out as far as the distance needs,
// or at once where motion is not wanted.
func (a *atlas) flyTo(to View) tea.Cmd {
	if a.env.ReducedMotion || a.env.Still {
		a.flight.land()
		a.move(to)
		return nil
	}
	x0, y0 := data.Mercator(a.view.place())
	x1, y1 := data.Mercator(to.place())
	pixels := math.Hypot(x1-x0, y1-y0) * math.Exp2(min(a.view.Zoom, to.Zoom))
	a.flight = flight{
		on: true, seq: a.flight.seq + 1, from: a.view, to: to,
		dip: min(max(math.Log2(pixels/webHeight), 0), 2),
	}
	return a.tick()
}

func (a *atlas) tick() tea.Cmd {
	seq := a.flight.seq
	return a.env.Tick(flightTick, func(time.Time) tea.Msg { return flown{seq} })
}

// fly takes one step of the flight that the tick belongs to.
func (a *atlas) fly(m flown) tea.Cmd {
	f := &a.flight
	if !f.on || m.seq != f.seq {
		return nil
	}
	f.step++
	if f.step >= flightSteps {
		a.arrive()
		return nil
	}
	a.move(f.at(float64(f.step) / flightSteps))
	return a.tick()
}

// arrive ends a flight at its goal, for example because nobody looks.
func (a *atlas) arrive() {
	if a.flight.on {
		a.flight.land()
		a.move(a.flight.to)
	}
}

// at is the view at a part t of the way.
func (f *flight) at(t float64) View {
	e := smooth(t)
	mix := func(a, b float64) float64 { return a + (b-a)*e }
	return View{
		Lat: mix(f.from.Lat, f.to.Lat), Lon: mix(f.from.Lon, f.to.Lon),
		Zoom:  mix(f.from.Zoom, f.to.Zoom) - f.dip*4*t*(1-t),
		Pitch: mix(f.from.Pitch, f.to.Pitch), Bearing: mix(f.from.Bearing, f.to.Bearing),
	}
}
