package vegaframe

import (
	"math"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega"
)

// numbers collects numbers and dates.
type numbers struct {
	col   vega.Column
	clock *clock // of dates
}

func (r *numbers) column() vega.Column { return r.col }

func (r *numbers) read(v *frame.Vector, n int) {
	before := len(r.col.Numbers)
	switch v.Type {
	case frame.Number:
		r.col.Numbers = append(r.col.Numbers, v.Floats[:n]...)
	case frame.Integer:
		for _, i := range v.Ints[:n] {
			r.col.Numbers = append(r.col.Numbers, float64(i))
		}
	case frame.Date:
		for _, days := range v.Ints[:n] {
			r.col.Numbers = append(r.col.Numbers, r.clock.millis(days*86400))
		}
	default:
		for i := range n {
			r.col.Numbers = append(r.col.Numbers, r.moment(v, i))
		}
	}
	if v.Null == nil {
		if r.col.Null != nil {
			r.col.Null = append(r.col.Null, make([]bool, n)...)
		}
		return
	}
	if r.col.Null == nil {
		r.col.Null = make([]bool, before, cap(r.col.Numbers))
	}
	r.col.Null = append(r.col.Null, v.Null[:n]...)
}

// moment is a datetime in milliseconds, without the parts of one.
func (r *numbers) moment(v *frame.Vector, i int) float64 {
	s, nanos, zone := v.Moment(i)
	ms := math.Floor(float64(nanos) / 1e6)
	if zone != frame.NoZone {
		return float64(s)*1000 + ms
	}
	return r.clock.millis(s) + ms
}

// booleans collects true and false.
type booleans struct{ col vega.Column }

func (r *booleans) column() vega.Column { return r.col }

func (r *booleans) read(v *frame.Vector, n int) {
	for i := range n {
		if v.IsNull(i) {
			r.col.Values = append(r.col.Values, nil)
			continue
		}
		r.col.Values = append(r.col.Values, v.Ints[i] != 0)
	}
}

// texts collects texts, each kept once.
type texts struct {
	col  vega.Column
	at   map[string]int32
	cell []byte
}

func (r *texts) column() vega.Column { return r.col }

func (r *texts) read(v *frame.Vector, n int) {
	for i := range n {
		if v.IsNull(i) {
			r.col.Codes = append(r.col.Codes, -1)
			continue
		}
		text := r.text(v, i)
		k, ok := r.at[string(text)]
		if !ok {
			k = int32(len(r.col.Texts))
			s := string(text)
			r.at[s] = k
			r.col.Texts = append(r.col.Texts, s)
		}
		r.col.Codes = append(r.col.Codes, k)
	}
}

func (r *texts) text(v *frame.Vector, i int) []byte {
	if v.Type == frame.Text || v.Type == frame.JSON {
		return v.Bytes(i)
	}
	r.cell = v.AppendCell(r.cell[:0], i)
	return r.cell
}
