package walk

import (
	"math"

	"github.com/authtabs/tabgate/tui/chart"
)

const (
	leastSpan = 10 // indices that are always in view
	zoomStep  = 0.5
	panShare  = 1.0 / 8 // of the view, a key
)

// A window is the part of the walk in view. The zero window shows all of it
// and follows while it grows.
type window struct {
	lo, hi float64
	set    bool
}

// of gives the visible range of a walk of n points.
func (v window) of(n int) (lo, hi float64) {
	if v.set {
		return v.lo, v.hi
	}
	return chart.Domain(0, float64(max(1, n-1)))
}

// zoom makes the view narrower (factor below 1) or wider and keeps what is
// at x where it is.
func (v *window) zoom(n int, x, factor float64) {
	lo, hi := v.of(n)
	whole := window{}
	_, end := whole.of(n)
	span := min(max((hi-lo)*factor, leastSpan), end)
	share := 0.5
	if hi > lo {
		share = min(max((x-lo)/(hi-lo), 0), 1)
	}
	v.show(n, x-share*span, span)
}

// pan moves the view by a share of its width.
func (v *window) pan(n int, share float64) {
	lo, hi := v.of(n)
	v.show(n, lo+share*(hi-lo), hi-lo)
}

// show sets the view to span from lo on, inside the walk. All of it in view
// is the zero window again.
func (v *window) show(n int, lo, span float64) {
	whole := window{}
	_, end := whole.of(n)
	if span >= end {
		*v = whole
		return
	}
	lo = math.Min(math.Max(lo, 0), end-span)
	*v = window{lo, lo + span, true}
}

// hold moves the view as little as possible so that x is in it.
func (v *window) hold(n int, x float64) {
	lo, hi := v.of(n)
	switch {
	case x < lo:
		v.show(n, x, hi-lo)
	case x > hi:
		v.show(n, x-(hi-lo), hi-lo)
	}
}
