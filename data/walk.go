package data

import "math/rand/v2"

// The shape of a walk: one value, then WalkSteps steps of WalkRows rows each.
const (
	WalkSteps  = 100
	WalkRows   = 5
	WalkPoints = 1 + WalkSteps*WalkRows
)

// Walk is the random walk of the plotting demo. The same seed gives the same
// walk everywhere.
type Walk struct {
	rng   *rand.Rand
	start float64
	last  float64
	steps int
	whole int
}

// NewWalk draws the first value, N(0,1), of a walk of WalkSteps steps.
func NewWalk(seed uint64) *Walk { return NewWalkOf(seed, WalkSteps) }

// NewWalkOf draws the first value, N(0,1), of a walk of some steps. One with more
// steps begins as one with fewer.
func NewWalkOf(seed uint64, steps int) *Walk {
	rng := rand.New(rand.NewPCG(seed, 0))
	v := rng.NormFloat64()
	return &Walk{rng: rng, start: v, last: v, whole: steps}
}

// Whole is how many steps the walk has.
func (w *Walk) Whole() int { return w.whole }

// Start is the first value.
func (w *Walk) Start() float64 { return w.start }

// Steps is how many steps were taken, 0 to Whole.
func (w *Walk) Steps() int { return w.steps }

// Step gives the next WalkRows rows: the last value plus the cumulative sum
// of as many N(0,1) draws. It gives nil once the walk is finished.
func (w *Walk) Step() []float64 {
	if w.steps >= w.whole {
		return nil
	}
	w.steps++
	rows := make([]float64, WalkRows)
	for i := range rows {
		w.last += w.rng.NormFloat64()
		rows[i] = w.last
	}
	return rows
}
