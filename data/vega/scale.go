package vega

import (
	"math"
	"time"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

// Scale maps values to positions, sizes or colours.
type Scale struct {
	Channel string
	// Type is linear, log, pow, sqrt, symlog, time, utc, band, point, ordinal,
	// quantile, quantize, threshold or bin-ordinal.
	Type string
	// Domain is the ends (numbers or dates) of a continuous scale, and any
	// between; the values of a discrete one; the edges of bins.
	Domain     []any
	Thresholds []float64 // of quantile and quantize

	Step, Bandwidth, start float64 // of band and point
	inner, outer           float64

	rng      []float64 // pixels, sizes, angles
	texts    []string  // colours, shapes, dashes
	ramp     func(t float64) rgb
	base     float64 // of log
	exponent float64 // of pow
	constant float64 // of symlog
	clamp    bool
	round    bool
	zero     int // 1: zero is in the domain by decision, -1: it is not in the one that is written
	zone     *time.Location
	places   map[string]int // of the values of a discrete domain
	samples  []float64      // of quantile: the sorted values
}

// discrete reports whether the domain is a list of values.
func (s *Scale) discrete() bool {
	switch s.Type {
	case "band", "point", "ordinal":
		return true
	}
	return false
}

// timed reports whether the domain is dates.
func (s *Scale) timed() bool { return s.Type == "time" || s.Type == "utc" }

// steps reports whether the scale cuts its domain into steps.
func (s *Scale) steps() bool {
	switch s.Type {
	case "quantile", "quantize", "threshold", "bin-ordinal":
		return true
	}
	return false
}

// low and high are the ends of a continuous domain.
func (s *Scale) low() float64  { return s.end(0) }
func (s *Scale) high() float64 { return s.end(len(s.Domain) - 1) }

// end is a value of the domain, NaN if there is none.
func (s *Scale) end(i int) float64 {
	if len(s.Domain) == 0 {
		return math.NaN()
	}
	return js.Number(s.Domain[i])
}

// bend is the transform that makes the scale linear.
func (s *Scale) bend(v float64) float64 {
	switch s.Type {
	case "log":
		if s.low() < 0 {
			return -math.Log(-v)
		}
		return math.Log(v)
	case "pow", "sqrt":
		return math.Copysign(math.Pow(math.Abs(v), s.exponent), v)
	case "symlog":
		return math.Copysign(math.Log1p(math.Abs(v/s.constant)), v)
	}
	return v
}

// unbend is the inverse of bend.
func (s *Scale) unbend(v float64) float64 {
	switch s.Type {
	case "log":
		if s.low() < 0 {
			return -math.Exp(-v)
		}
		return math.Exp(v)
	case "pow", "sqrt":
		return math.Copysign(math.Pow(math.Abs(v), 1/s.exponent), v)
	case "symlog":
		return math.Copysign(math.Expm1(math.Abs(v)), v) * s.constant
	}
	return v
}

// fraction returns where a value lies between the ends of a continuous
// domain, and in which piece of it.
func (s *Scale) fraction(v float64) (t float64, piece int) {
	n := len(s.Domain)
	if n < 2 {
		return 0.5, 0
	}
	at := func(i int) float64 { return s.bend(js.Number(s.Domain[i])) }
	x := s.bend(v)
	ascending := at(0) <= at(n-1)
	for piece < n-2 && (ascending && x > at(piece+1) || !ascending && x < at(piece+1)) {
		piece++
	}
	a, b := at(piece), at(piece+1)
	if a == b {
		return 0.5, piece
	}
	t = (x - a) / (b - a)
	if s.clamp {
		t = max(0, min(1, t))
	}
	return t, piece
}

// mapper returns what Map does for numbers, faster where the scale is a straight
// line.
func (s *Scale) mapper() func(float64) float64 {
	straight := s.Type == "linear" || s.timed()
	if !straight || len(s.Domain) != 2 || len(s.rng) != 2 || s.clamp || s.round || s.low() == s.high() {
		return func(f float64) float64 { return s.Map(f) }
	}
	low, span, from, to := s.low(), s.high()-s.low(), s.rng[0], s.rng[1]
	return func(f float64) float64 {
		t := (f - low) / span
		return from*(1-t) + to*t
	}
}

// Map returns the position, size or angle of a value; NaN if it has none.
func (s *Scale) Map(v any) float64 {
	if s.discrete() {
		return s.place(v)
	}
	if s.steps() {
		i := s.index(v)
		if i < 0 || len(s.rng) == 0 {
			return math.NaN()
		}
		return s.rng[min(i, len(s.rng)-1)]
	}
	if v == js.Undefined || len(s.Domain) == 0 {
		return math.NaN()
	}
	f := js.Number(v)
	if f != f {
		return f
	}
	t, piece := s.fraction(f)
	if len(s.rng) < 2 {
		return math.NaN()
	}
	piece = min(piece, len(s.rng)-2)
	if len(s.Domain) == 2 && len(s.rng) > 2 {
		piece = 0
	}
	out := s.rng[piece]*(1-t) + s.rng[piece+1]*t
	if s.round {
		out = math.Floor(out + 0.5)
	}
	return out
}

// place is the start of a value's band, or its point.
func (s *Scale) place(v any) float64 {
	i, ok := s.places[key(v)]
	if !ok {
		return math.NaN()
	}
	if s.Type == "ordinal" {
		if len(s.rng) == 0 {
			return math.NaN()
		}
		return s.rng[i%len(s.rng)]
	}
	if len(s.rng) == 2 && s.rng[0] > s.rng[1] {
		i = len(s.Domain) - 1 - i
	}
	return s.start + s.Step*float64(i)
}

// index is the step that a value lies in.
func (s *Scale) index(v any) int {
	if v == nil || v == js.Undefined {
		return -1
	}
	f := js.Number(v)
	if f != f {
		return -1
	}
	cuts := s.Thresholds
	switch s.Type {
	case "threshold":
		cuts = floats(s.Domain)
	case "bin-ordinal":
		edges := floats(s.Domain)
		i := 0
		for i < len(edges)-1 && f >= edges[i+1] {
			i++
		}
		return i
	}
	i := 0
	for i < len(cuts) && f >= cuts[i] {
		i++
	}
	return i
}

// Text returns the colour, shape or dash of a value; "" if it has none.
func (s *Scale) Text(v any) string {
	switch {
	case s.discrete():
		if i, ok := s.places[key(v)]; ok && len(s.texts) > 0 {
			return s.texts[i%len(s.texts)]
		}
		return ""
	case s.steps():
		if i := s.index(v); i >= 0 && len(s.texts) > 0 {
			return s.texts[min(i, len(s.texts)-1)]
		}
		return ""
	case s.ramp == nil || v == js.Undefined:
		return ""
	}
	f := js.Number(v)
	if f != f || len(s.Domain) == 0 {
		return ""
	}
	return s.ramp(s.rampAt(f)).String()
}

// rampAt returns the place of a value on a colour ramp, 0 to 1.
func (s *Scale) rampAt(f float64) float64 {
	t, piece := s.fraction(f)
	if n := len(s.Domain) - 1; n > 1 {
		t = (float64(piece) + t) / float64(n)
	}
	return t
}

func floats(list []any) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = js.Number(v)
	}
	return out
}

// band lays the values of a band or point scale out between the ends of its
// range.
func (s *Scale) band(from, to float64) {
	s.rng = []float64{from, to}
	low, high := min(from, to), max(from, to)
	n := float64(len(s.Domain))
	space := n - s.inner + 2*s.outer
	if n == 0 {
		s.Step, s.Bandwidth, s.start = high-low, 0, low
		return
	}
	s.Step = (high - low) / max(1, space)
	if s.round {
		s.Step = math.Floor(s.Step)
	}
	s.start = low + (high-low-s.Step*(n-s.inner))*0.5
	s.Bandwidth = s.Step * (1 - s.inner)
	if s.round {
		s.start, s.Bandwidth = math.Floor(s.start+0.5), math.Floor(s.Bandwidth+0.5)
	}
	if s.Type == "point" {
		s.Bandwidth = 0
	}
}

// bandspace is the size of n bands in steps.
func bandspace(n int, inner, outer float64) float64 {
	space := float64(n) - inner + 2*outer
	if n == 0 {
		return 0
	}
	return max(1, space)
}

// setDomain sets the values of a discrete domain.
func (s *Scale) setDomain(values []any) {
	s.Domain = values
	s.places = make(map[string]int, len(values))
	for i, v := range values {
		if _, ok := s.places[key(v)]; !ok {
			s.places[key(v)] = i
		}
	}
}

// nice widens a continuous domain to round numbers or dates.
func (s *Scale) nice(count float64, interval *d3.Interval) {
	n := len(s.Domain)
	if n < 2 {
		return
	}
	a, b := s.low(), s.high()
	if a != a || b != b || math.IsInf(a, 0) || math.IsInf(b, 0) {
		return
	}
	switch {
	case s.timed():
		if interval == nil {
			i := d3.TimeInterval(a, b, count, s.zone)
			interval = &i
		}
		a, b = interval.Nice(a, b)
	case s.Type == "log":
		a, b = s.nicePowers(a, b)
	default:
		a, b = d3.Nice(a, b, count)
	}
	s.Domain[0], s.Domain[n-1] = a, b
}

func (s *Scale) nicePowers(a, b float64) (float64, float64) {
	if a > b {
		b, a = s.nicePowers(b, a)
		return a, b
	}
	logb := math.Log(s.base)
	power := func(v float64, round func(float64) float64) float64 {
		e := math.Log(math.Abs(v)) / logb
		if near := math.Round(e); math.Abs(near-e) < 1e-12 {
			e = near
		}
		if v < 0 {
			return -math.Pow(s.base, -round(-e))
		}
		return math.Pow(s.base, round(e))
	}
	if a == 0 || b == 0 {
		return a, b
	}
	return power(a, math.Floor), power(b, math.Ceil)
}
