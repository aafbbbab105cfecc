package frame_test

import (
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// random is a vector of n cells, with whatever a vector of its type may have.
func random(r *rand.Rand, t frame.Type, n int) frame.Vector {
	v := frame.Vector{Type: t}
	nulls, nanos, zones := r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0
	for range n {
		switch {
		case nulls && r.IntN(3) == 0:
			v.AppendNull()
		case t == frame.Text || t == frame.JSON:
			v.AppendString("abcdefgh"[:r.IntN(9)])
		case t == frame.Number:
			v.AppendFloat(r.NormFloat64())
		case t == frame.Datetime || t == frame.Time:
			nano, zone := int32(0), frame.NoZone
			if nanos {
				nano = r.Int32N(1e9)
			}
			if zones {
				zone = int16(r.IntN(600) - 300)
			}
			v.AppendMoment(r.Int64N(86400), nano, zone)
		default:
			v.AppendInt(r.Int64N(2))
		}
	}
	return v
}

func TestVector_AppendRange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		kind := frame.Type(r.IntN(int(frame.JSON) + 1))
		got, want := frame.Vector{Type: kind}, frame.Vector{Type: kind}
		for range 3 {
			o := random(r, kind, r.IntN(20))
			from := r.IntN(o.Len() + 1)
			to := from + r.IntN(o.Len()-from+1)
			got.AppendRange(&o, from, to)
			for i := from; i < to; i++ {
				want.AppendFrom(&o, i)
			}
		}
		if got.Len() != want.Len() {
			t.Fatalf("%s: %d cells, want %d", kind, got.Len(), want.Len())
		}
		for i := range got.Len() {
			if got.String(i) != want.String(i) || got.IsNull(i) != want.IsNull(i) {
				t.Fatalf("%s: cell %d is %q, want %q", kind, i, got.String(i), want.String(i))
			}
		}
	}
}
