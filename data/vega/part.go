package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Continuous reports whether the scale measures, so that a part of it can be
// looked at.
func (s *Scale) Continuous() bool {
	return !s.discrete() && !s.steps() && len(s.Domain) == 2 && len(s.rng) == 2
}

// Discrete reports whether the domain is a list of values.
func (s *Scale) Discrete() bool { return s.discrete() }

// Timed reports whether the domain is dates.
func (s *Scale) Timed() bool { return s.timed() }

// Invert returns the value of a continuous scale at a position.
func (s *Scale) Invert(at float64) any {
	if !s.Continuous() || s.rng[0] == s.rng[1] {
		return math.NaN()
	}
	t := (at - s.rng[0]) / (s.rng[1] - s.rng[0])
	low, high := s.bend(s.low()), s.bend(s.high())
	v := s.unbend(low + (high-low)*t)
	if s.timed() {
		return js.Date(v)
	}
	return v
}

// part is the scale with another domain.
func (s *Scale) part(from, to any) *Scale {
	out := *s
	out.Domain = []any{from, to}
	return &out
}

// Nice widens two values of a continuous scale to round ones.
func (s *Scale) Nice(from, to any, count float64) (low, high any) {
	if !s.Continuous() {
		return from, to
	}
	out := s.part(from, to)
	out.nice(count, nil)
	if s.timed() {
		return js.Date(out.low()), js.Date(out.high())
	}
	return out.Domain[0], out.Domain[1]
}

// Within returns the ticks and the labels that the axis has where its scale
// shows only a part of its domain.
func (a *Axis) Within(from, to any) (ticks []any, labels []string) {
	if a.within == nil || !a.Scale.Continuous() {
		return a.Ticks, a.Labels
	}
	return a.within(a.Scale.part(from, to))
}
