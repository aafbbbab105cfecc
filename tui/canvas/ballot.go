package canvas

// ballot counts colours. Those that come after the eighth new one are not
// counted: none of them can be common.
type ballot struct {
	n      int
	colors [8]uint32
	counts [8]int
}

func (b *ballot) add(p uint32) {
	for i := range b.n {
		if b.colors[i] == p {
			b.counts[i]++
			return
		}
	}
	if b.n < len(b.colors) {
		b.colors[b.n], b.counts[b.n] = p, 1
		b.n++
	}
}

// kin is how close (sum of squares) colours are that are mixed: shades of one
// thing are, two things are not.
const kin = 3 * 72 * 72

func (b *ballot) winner() pixel {
	best := 0
	for i := 1; i < b.n; i++ {
		if b.counts[i] > b.counts[best] {
			best = i
		}
	}
	first := pixelOf(b.colors[best])
	if b.n == 1 {
		return first
	}
	var sum pixel
	var n int32
	for i := range b.n {
		p, k := pixelOf(b.colors[i]), int32(b.counts[i])
		if dr, dg, db := p.r-first.r, p.g-first.g, p.b-first.b; dr*dr+dg*dg+db*db <= kin {
			sum = pixel{sum.r + k*p.r, sum.g + k*p.g, sum.b + k*p.b}
			n += k
		}
	}
	return pixel{sum.r / n, sum.g / n, sum.b / n}
}

func pixelOf(p uint32) pixel {
	return pixel{int32(p >> 16 & 0xff), int32(p >> 8 & 0xff), int32(p & 0xff)}
}
