package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func run(seed uint64) []float64 {
	w := NewWalk(seed)
	all := []float64{w.Start()}
	for rows := w.Step(); rows != nil; rows = w.Step() {
		all = append(all, rows...)
	}
	return all
}

func TestWalkFollowsTheSeedAlgorithm(t *testing.T) {
	rng := rand.New(rand.NewPCG(42, 0))
	want := []float64{rng.NormFloat64()}
	for range WalkSteps {
		last, sum := want[len(want)-1], 0.0
		for range WalkRows {
			sum += rng.NormFloat64()
			want = append(want, last+sum)
		}
	}
	got := run(42)
	if len(got) != 501 || len(want) != 501 {
		t.Fatalf("%d points, want 501", len(got))
	}
	for i := range got {
		if math.Abs(got[i]-want[i]) > 1e-9 {
			t.Fatalf("point %d is %g, want %g", i, got[i], want[i])
		}
	}
}

func TestWalkIsReproducible(t *testing.T) {
	if !slices.Equal(run(7), run(7)) {
		t.Error("the same seed gave two walks")
	}
	if slices.Equal(run(7), run(8)) {
		t.Error("two seeds gave the same walk")
	}
}
