package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// bins are the parameters of a binning after they were decided by the data.
type bins struct {
	start, stop, step float64
	low, high         float64 // the extent; values outside are dropped
}

// binOf decides the bins of values by the parameters of a bin property, as
// vega-statistics does.
func binOf(p node, values *vector, maxbins float64) bins {
	low, high := extentOf(values)
	if list, ok := p.get("extent").([]any); ok && len(list) == 2 {
		low, high = js.Number(list[0]), js.Number(list[1])
	} else if p.has("extent") {
		p.get("extent") // {param}: as if nothing were selected
	}
	if low > high {
		low, high = 0, 0
	}
	base := p.or("base", 10)
	maxbins = p.or("maxbins", maxbins)
	divide := []float64{5, 2}
	if list, ok := p.get("divide").([]any); ok {
		divide = nil
		for _, v := range list {
			divide = append(divide, js.Number(v))
		}
	}
	span := high - low
	if span == 0 {
		if span = math.Abs(low); span == 0 {
			span = 1
		}
	}
	step, given := p.number("step")
	if steps, ok := p.get("steps").([]any); !given && ok && len(steps) > 0 {
		i := 0
		for i < len(steps) && js.Number(steps[i]) < span/maxbins {
			i++
		}
		step, given = js.Number(steps[max(0, i-1)]), true
	}
	if !given {
		step = binStep(span, maxbins, base, divide, p.or("minstep", 0))
	}
	if !(step > 0) || span/step > 1e6 {
		refuse(p.path, "asks for more than a million bins")
	}
	precision := 0.0
	if v := math.Log(step); v < 0 {
		precision = math.Trunc(-v/math.Log(base)) + 1
	}
	epsilon := math.Pow(base, -precision-1)
	b := bins{start: low, stop: high, step: step, low: low, high: high}
	if p.flag("nice", true) {
		v := math.Floor(low/step+epsilon) * step
		if low < v {
			v -= step
		}
		b.start, b.stop = v, math.Ceil(high/step)*step
	}
	if b.stop == b.start {
		b.stop = b.start + step
	}
	b.stop = b.start + math.Ceil((b.stop-b.start)/step)*step // another one, where steps are not exact
	if anchor, ok := p.number("anchor"); ok {
		shift := anchor - (b.start + step*math.Floor((anchor-b.start)/step))
		b.start, b.stop = b.start+shift, b.stop+shift
	}
	return b
}

func binStep(span, maxbins, base float64, divide []float64, minstep float64) float64 {
	logb := math.Log(base)
	level := math.Ceil(math.Log(maxbins) / logb)
	step := max(minstep, math.Pow(base, math.Floor(math.Log(span)/logb+0.5)-level))
	for math.Ceil(span/step) > maxbins {
		step *= base
	}
	for _, d := range divide {
		if v := step / d; v >= minstep && span/v <= maxbins {
			step = v
		}
	}
	return step
}

// bin returns the start of the bin of a value: nil where the value is none,
// infinite outside the bins.
func (b bins) bin(v any) any {
	if v == nil || v == js.Undefined || v == "" {
		return nil
	}
	f := js.Number(v)
	if f != f {
		return nil
	}
	return b.begin(f)
}

// begin returns the start of the bin of a number.
func (b bins) begin(f float64) float64 {
	switch {
	case f < b.start:
		return math.Inf(-1)
	case f > b.stop:
		return math.Inf(1)
	}
	f = max(b.start, min(f, b.stop-b.step))
	return b.start + b.step*math.Floor(1e-14+(f-b.start)/b.step)
}

// cut returns the starts and ends of the bins of values.
func (b bins) cut(col *vector) (starts, ends *vector) {
	if !col.typed() {
		list := col.list()
		from, to := make([]any, len(list)), make([]any, len(list))
		for i, v := range list {
			from[i] = b.bin(v)
			to[i] = b.end(from[i])
		}
		return boxedVector(from), boxedVector(to)
	}
	n := len(col.nums)
	starts = &vector{nums: make([]float64, n), null: make([]bool, n)}
	ends = &vector{nums: make([]float64, n), null: starts.null}
	for i := range col.nums {
		f, ok := col.number(i)
		if starts.null[i] = !ok; ok {
			starts.nums[i] = b.begin(f)
			ends.nums[i] = starts.nums[i] + b.step
		}
	}
	return starts, ends
}

// end returns the end of the bin that starts at v.
func (b bins) end(v any) any {
	if f, ok := v.(float64); ok {
		return f + b.step
	}
	return nil
}

// edges returns the starts of all bins and the end of the last.
func (b bins) edges() []float64 {
	var all []float64
	for i := 0.0; ; i++ {
		v := b.start + i*b.step
		if v > b.stop+b.step/2 {
			return all
		}
		all = append(all, v)
	}
}

// extentOf is extent of a vector.
func extentOf(v *vector) (low, high float64) {
	if v.typed() {
		low, high = math.Inf(1), math.Inf(-1)
		for i := range v.nums {
			if f, ok := v.number(i); ok {
				low, high = min(low, f), max(high, f)
			}
		}
		return low, high
	}
	return extent(v.list())
}

// extent returns the least and the greatest number of values; low > high if
// there is none.
func extent(values []any) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v == nil || v == js.Undefined || v == "" {
			continue
		}
		if f := js.Number(v); f == f {
			low, high = min(low, f), max(high, f)
		}
	}
	return low, high
}
