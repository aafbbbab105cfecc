package query

import (
	"hash/maphash"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/frame"
)

// Bounds of what a tally holds of a column.
const (
	maxCounted = 100_000
	maxText    = 32 << 20
)

// tally counts the cells of one column. As long as there are few different
// values each is counted, and the statistics are made of values and counts; of
// more, the values themselves are kept, up to a number.
type tally struct {
	col     frame.Column
	rows    int // of the frame
	nulls   int
	dict    *dict
	counts  []int // by number
	numbers []uint32
	over    *overflow // nil = each different value is counted
	least   outliers
	most    outliers
	order   order
	texts   Texts
	zoned   bool
}

// overflow is what is kept of a column with too many different values to count
// each.
type overflow struct {
	sketch    *sketch
	sample    sample
	wholes    wholeSum
	floats    floatSum
	moments   moments
	zeros     int
	negatives int
	infinite  int
	batch     []float64
}

func newTally(col frame.Column, rows int) *tally {
	t := &tally{col: col, rows: rows, dict: newDict()}
	t.most.greatest = true
	t.texts.Shortest = math.MaxInt
	t.order.rising, t.order.falling = ordered(col.Type), ordered(col.Type)
	return t
}

// add counts the cells of a batch.
func (t *tally) add(first int, v *frame.Vector) {
	n := v.Len()
	t.zoned = t.zoned || v.Zones != nil
	t.outliers(first, v)
	if t.over != nil {
		t.addOver(v)
		return
	}
	t.numbers = slices.Grow(t.numbers[:0], n)[:n]
	t.dict.number(v, t.numbers)
	for len(t.counts) < t.dict.len() {
		t.counts = append(t.counts, 0)
	}
	for _, id := range t.numbers {
		if id == none {
			t.nulls++
		} else {
			t.counts[id]++
		}
	}
	if t.dict.len() > maxCounted || len(t.dict.text) > maxText {
		t.spill()
	}
}

// spill begins to keep the values themselves. Only frequent ones are counted on.
func (t *tally) spill() {
	t.over = &overflow{sketch: newSketch(t.dict)}
	t.over.sketch.repeated = slices.Max(t.counts) > 1
	t.over.sample.values = make([]float64, 0, min(t.rows, maxExact))
	defer t.keepFrequent()
	switch t.col.Type {
	case frame.Text, frame.JSON:
		for id := range t.counts {
			t.length(t.dict.textOf(uint32(id)))
		}
	case frame.Boolean:
	default:
		v := frame.Vector{Type: t.col.Type}
		for id, count := range t.counts {
			t.dict.appendTo(&v, uint32(id), t.zoned)
			t.over.addTimes(&v, id, count)
		}
	}
}

// rareShare is the share of rows up to which a value is rare, and not counted
// where there are too many different ones.
const rareShare = 1.0 / 1000

// keepFrequent drops the values that are rare so far.
func (t *tally) keepFrequent() {
	rows := 0
	for _, n := range t.counts {
		rows += n
	}
	all, counts := t.dict, t.counts
	t.dict, t.counts = newDict(), nil
	t.dict.seed = all.seed
	v := frame.Vector{Type: t.col.Type}
	number := make([]uint32, 1)
	for id, n := range counts {
		if float64(n) <= max(1, rareShare*float64(rows)) {
			continue
		}
		v.Reset(t.col.Type)
		all.appendTo(&v, uint32(id), false)
		t.dict.number(&v, number)
		t.counts = append(t.counts, n)
	}
}

// length takes the length of a text.
func (t *tally) length(text []byte) {
	n := utf8.RuneCount(text)
	t.texts.Shortest, t.texts.Longest = min(t.texts.Shortest, n), max(t.texts.Longest, n)
}

// addOver counts cells of which there are too many different ones.
func (t *tally) addOver(v *frame.Vector) {
	text := t.col.Type == frame.Text || t.col.Type == frame.JSON
	for i := range v.Len() {
		if v.IsNull(i) {
			t.nulls++
			continue
		}
		id, hash := t.dict.find(v, i)
		if id != none {
			t.counts[id]++
			continue
		}
		t.over.sketch.hash(hash)
		if text {
			t.length(v.Bytes(i))
		}
	}
	if !text {
		t.over.add(v)
	}
}

// find returns the number of cell i, none if it has none, and its hash.
func (d *dict) find(v *frame.Vector, i int) (id uint32, hash uint64) {
	switch v.Type {
	case frame.Text, frame.JSON:
		b := v.Bytes(i)
		h := maphash.Bytes(d.seed, b)
		mask := uint64(len(d.slots) - 1)
		for at := h & mask; d.slots[at] != 0; at = (at + 1) & mask {
			if id := uint32(d.slots[at]) - 1; d.slots[at]>>32 == h>>32 && string(d.textOf(id)) == string(b) {
				return id, h
			}
		}
		return none, h
	case frame.Number:
		return d.findWord(floatKey(v.Floats[i]), 0)
	case frame.Datetime, frame.Time:
		s, n, _ := v.Moment(i)
		return d.findWord(uint64(s), uint32(n))
	}
	return d.findWord(uint64(v.Ints[i]), 0)
}

func (d *dict) findWord(w uint64, x uint32) (id uint32, hash uint64) {
	h := hashOf(w, x)
	mask := uint64(len(d.slots) - 1)
	for at := h & mask; d.slots[at] != 0; at = (at + 1) & mask {
		if id := uint32(d.slots[at]) - 1; d.slots[at]>>32 == h>>32 && d.is(id, w, x) {
			return id, h
		}
	}
	return none, h
}

// add adds the values of cells that are numbers, dates or times.
func (o *overflow) add(v *frame.Vector) {
	o.batch = o.batch[:0]
	for i := range v.Len() {
		if v.IsNull(i) {
			continue
		}
		x, _ := v.Float(i)
		if !o.count(x, 1) {
			continue
		}
		if v.Type == frame.Integer {
			o.wholes.add(v.Ints[i])
		} else {
			o.floats.add(x)
		}
		o.sample.add(x)
		o.batch = append(o.batch, x)
	}
	o.moments.add(o.batch)
}

// addTimes adds cell i a number of times.
func (o *overflow) addTimes(v *frame.Vector, i, times int) {
	x, _ := v.Float(i)
	if !o.count(x, times) {
		return
	}
	for range times {
		if v.Type == frame.Integer {
			o.wholes.add(v.Ints[i])
		} else {
			o.floats.add(x)
		}
		o.sample.add(x)
	}
	o.moments.merge(times, x, 0)
}

// count counts what kind of number a value is, and reports whether it is
// finite.
func (o *overflow) count(x float64, times int) bool {
	switch {
	case math.IsInf(x, 0):
		o.infinite += times
		return false
	case x == 0:
		o.zeros += times
	case x < 0:
		o.negatives += times
	}
	return true
}
