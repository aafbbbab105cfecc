package query

import (
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// maxOutliers is how many of the least and greatest rows are kept.
const maxOutliers = 5

// outlier is a row with its value, as a word that compares like it.
type outlier struct {
	word  uint64
	nanos int32
	zone  int16
	row   uint32
}

// outliers are the rows with the least or the greatest values, the furthest out
// first.
type outliers struct {
	greatest bool
	list     [maxOutliers]outlier
	n        int
}

// order is a word that compares like a number.
func floatOrder(f float64) uint64 {
	bits := floatKey(f)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// orderFloat is the number of a word.
func orderFloat(w uint64) float64 {
	if w>>63 == 1 {
		return math.Float64frombits(w &^ (1 << 63))
	}
	return math.Float64frombits(^w)
}

// further reports whether a value is further out than that of a row that was
// taken.
func (o *outliers) further(word uint64, nanos int32, than *outlier) bool {
	if word == than.word {
		if o.greatest {
			return nanos > than.nanos
		}
		return nanos < than.nanos
	}
	return word > than.word == o.greatest
}

// take takes a row if it is one of the furthest out.
func (o *outliers) take(x outlier) {
	at := o.n
	for at > 0 && o.further(x.word, x.nanos, &o.list[at-1]) {
		at--
	}
	if at == maxOutliers {
		return
	}
	o.n = min(o.n+1, maxOutliers)
	copy(o.list[at+1:o.n], o.list[at:])
	o.list[at] = x
}

// rows are the places of the rows.
func (o *outliers) rows() []uint32 {
	out := make([]uint32, o.n)
	for i := range out {
		out[i] = o.list[i].row
	}
	return out
}

// cell appends the value of the row that is furthest out.
func (o *outliers) cell(v *frame.Vector) {
	x := o.list[0]
	switch v.Type {
	case frame.Number:
		v.AppendFloat(orderFloat(x.word))
	case frame.Datetime, frame.Time:
		v.AppendMoment(int64(x.word^1<<63), x.nanos, x.zone)
	default:
		v.AppendInt(int64(x.word ^ 1<<63))
	}
}

// order reports in which direction values go.
type order struct {
	rising, falling bool
	last            uint64
	begun           bool
}

func (o *order) next(word uint64) {
	if o.begun {
		o.rising, o.falling = o.rising && word > o.last, o.falling && word < o.last
	}
	o.last, o.begun = word, true
}

// ordered reports whether the values of a type have words that compare like
// them.
func ordered(t frame.Type) bool { return t != frame.Text && t != frame.JSON && t != frame.Boolean }

// outliers looks for rows that are further out than those known, and in which
// direction the values go.
func (t *tally) outliers(first int, v *frame.Vector) {
	if !ordered(v.Type) {
		return
	}
	for i := range v.Len() {
		if v.IsNull(i) {
			continue
		}
		x := outlier{zone: frame.NoZone, row: uint32(first + i)}
		if v.Type == frame.Number {
			x.word = floatOrder(v.Floats[i])
		} else {
			x.word = uint64(v.Ints[i]) ^ 1<<63
		}
		if t.order.rising || t.order.falling || !t.order.begun {
			t.order.next(x.word)
		}
		if v.Nanos != nil {
			x.nanos = v.Nanos[i]
		}
		if v.Zones != nil {
			x.zone = v.Zones[i]
		}
		if t.least.n < maxOutliers || x.word <= t.least.list[maxOutliers-1].word {
			t.least.take(x)
		}
		if t.most.n < maxOutliers || x.word >= t.most.list[maxOutliers-1].word {
			t.most.take(x)
		}
	}
}
