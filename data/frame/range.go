package frame

// AppendRange appends the cells from one place up to another of a vector of
// the same type.
func (v *Vector) AppendRange(o *Vector, from, to int) {
	if from >= to {
		return
	}
	n := v.n
	v.Null = joined(v.Null, o.Null, n, from, to, false)
	v.Nanos = joined(v.Nanos, o.Nanos, n, from, to, 0)
	v.Zones = joined(v.Zones, o.Zones, n, from, to, NoZone)
	switch v.Type {
	case Text, JSON:
		v.appendTexts(o, from, to)
	case Number:
		v.Floats = append(v.Floats, o.Floats[from:to]...)
	default:
		v.Ints = append(v.Ints, o.Ints[from:to]...)
	}
	v.n += to - from
}

// joined appends a part of a vector that is made when it is needed: nil stands
// for n cells, or for those appended, of a value.
func joined[T any](have, more []T, n, from, to int, value T) []T {
	if more == nil && have == nil {
		return nil
	}
	if have == nil {
		have = appendTimes(make([]T, 0, max(n+to-from, 64)), value, n)
	}
	if more == nil {
		return appendTimes(have, value, to-from)
	}
	return append(have, more[from:to]...)
}

func appendTimes[T any](dst []T, value T, n int) []T {
	for range n {
		dst = append(dst, value)
	}
	return dst
}

func (v *Vector) appendTexts(o *Vector, from, to int) {
	begin := o.start
	if from > 0 {
		begin = o.ends[from-1]
	}
	shift := len(v.text) - begin
	v.text = append(v.text, o.text[begin:o.ends[to-1]]...)
	for _, end := range o.ends[from:to] {
		v.ends = append(v.ends, end+shift)
	}
}
