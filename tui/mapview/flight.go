package mapview

import (
	"math"
	"time"

	"github.com/authtabs/tabgate/tui/cell"
)

// How long a flight and a glide take.
const (
	FlightTime = 800 * time.Millisecond
	GlideTime  = 80 * time.Millisecond
)

// Flight is a way from one view to another: a glide to a view that is near, or
// a way to a place that was asked for.
type Flight struct {
	from, to View
	glide    bool
	dip      float64       // how far it zooms out on the way
	keep     *Anchor       // what stays where it is
	passed   time.Duration // since it began
}

// NewFlight returns the way to a view, which zooms out as far as the distance
// needs.
func NewFlight(from, to View) Flight {
	x0, y0 := mercator(from.Lon, from.Lat)
	x1, y1 := mercator(to.Lon, to.Lat)
	pixels := math.Hypot(x1-x0, y1-y0) * math.Exp2(min(from.Zoom, to.Zoom))
	return Flight{from: turned(from, to), to: to, dip: min(max(math.Log2(pixels/webHeight), 0), 2)}
}

// NewGlide returns the way to a view that is near. The anchor stays where it
// is; nil is none.
func NewGlide(from, to View, keep *Anchor) Flight {
	return Flight{from: turned(from, to), to: to, glide: true, keep: keep}
}

// turned is from with its bearing written so that the way to the other is the
// shorter way round.
func turned(from, to View) View {
	from.Bearing = to.Bearing - turnBetween(from.Bearing, to.Bearing)
	return from
}

// turnBetween is the shorter way round from one bearing to another, -180 to
// 180 degrees.
func turnBetween(from, to float64) float64 {
	return math.Mod(to-from+540, 360) - 180
}

// Goal is the view at the end.
func (f Flight) Goal() View { return f.to }

// Gliding reports whether it is a glide.
func (f Flight) Gliding() bool { return f.glide }

// Step moves a flight on, over a map of an area; arrived reports whether it is
// at its goal.
func (f Flight) Step(by time.Duration, area cell.Rect) (next Flight, v View, arrived bool) {
	f.passed += by
	whole := FlightTime
	if f.glide {
		whole = GlideTime
	}
	if f.passed >= whole {
		return f, f.to, true
	}
	v = f.at(float64(f.passed) / float64(whole))
	if k := f.keep; k != nil {
		v = Viewport{v, area}.Drag(*k, k.px, k.py)
	}
	return f, v, false
}

// at is the view at a part t of the way. A glide starts at full speed, so that
// a key that is held down moves the map evenly.
func (f Flight) at(t float64) View {
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
