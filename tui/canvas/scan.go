package canvas

import "math"

// Vec is a place in a picture, x to the right and y down. The sample or dot
// in column i and row j is the square from i, j to i+1, j+1.
type Vec struct{ X, Y float64 }

// scanner turns polygons into horizontal spans of the squares whose centres
// lie inside. It keeps its buffers between calls.
type scanner struct {
	w, h        int
	left, right []float32 // of a convex polygon, for each row
	ends        []int32   // of any polygon: where each row's crossings end
	first       int       // its first row
	cross       []float32
}

// resize makes room for h rows of w squares.
func (s *scanner) resize(w, h int) {
	s.w, s.h = w, h
	if cap(s.left) < h+1 {
		s.left, s.right = make([]float32, h+1), make([]float32, h+1)
		s.ends = make([]int32, h+2)
	}
	s.left, s.right, s.ends = s.left[:h+1], s.right[:h+1], s.ends[:h+2]
}

// rows returns the rows whose centres lie between two heights, cut to the
// picture. Heights beyond any picture, and NaN, give none.
func (s *scanner) rows(y0, y1 float64) (from, to int) {
	from = int(math.Ceil(clampTo(y0, -1, float64(s.h)+1) - 0.5))
	to = int(math.Ceil(clampTo(y1, -1, float64(s.h)+1) - 0.5))
	return max(from, 0), min(to, s.h)
}

func clampTo(v, lo, hi float64) float64 {
	if !(v > lo) {
		return lo
	}
	return min(v, hi)
}

// span cuts a run from x0 to x1 to whole squares inside the picture.
func (s *scanner) span(x0, x1 float64) (from, to int) {
	from = int(math.Ceil(clampTo(x0, -1, float64(s.w)+1) - 0.5))
	to = int(math.Ceil(clampTo(x1, -1, float64(s.w)+1) - 0.5))
	return max(from, 0), min(to, s.w)
}

// convex fills left and right for the rows of a convex polygon and gives the
// rows from..to that it reaches.
func (s *scanner) convex(pts []Vec) (from, to int) {
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, p := range pts {
		top, bottom = min(top, p.Y), max(bottom, p.Y)
	}
	from, to = s.rows(top, bottom)
	for y := from; y < to; y++ {
		s.left[y], s.right[y] = math.MaxFloat32, -math.MaxFloat32
	}
	a := pts[len(pts)-1]
	for _, b := range pts {
		lo, hi := a, b
		if lo.Y > hi.Y {
			lo, hi = hi, lo
		}
		a = b
		y0, y1 := s.rows(lo.Y, hi.Y)
		if y0 >= y1 {
			continue
		}
		slope := (hi.X - lo.X) / (hi.Y - lo.Y)
		x := lo.X + (float64(y0)+0.5-lo.Y)*slope
		for y := y0; y < y1; y++ {
			v := float32(x)
			s.left[y], s.right[y] = min(s.left[y], v), max(s.right[y], v)
			x += slope
		}
	}
	return from, to
}

// evenOdd gathers the crossings of rings with the rows that they reach, which it
// returns; row y's are then cross[ends[y-1]:ends[y]], sorted. It counts first and
// places afterwards, so that no row needs a list of its own.
func (s *scanner) evenOdd(rings [][]Vec) (from, to int) {
	s.first, to = s.reach(rings)
	if from = s.first; from >= to {
		return from, to
	}
	clear(s.ends[from : to+1])
	s.eachEdge(rings, func(y int, _ float32) { s.ends[y+1]++ })
	for y := from + 1; y <= to; y++ {
		s.ends[y] += s.ends[y-1]
	}
	n := int(s.ends[to])
	if cap(s.cross) < n {
		s.cross = make([]float32, n+n/2)
	}
	s.cross = s.cross[:n]
	s.eachEdge(rings, func(y int, x float32) {
		i := s.ends[y]
		s.cross[i] = x
		s.ends[y]++
	})
	for y := from; y < to; y++ {
		sortFew(s.row(y))
	}
	return from, to
}

// reach returns the rows that rings reach.
func (s *scanner) reach(rings [][]Vec) (from, to int) {
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, ring := range rings {
		for _, p := range ring {
			if p.Y < top {
				top = p.Y
			}
			if p.Y > bottom {
				bottom = p.Y
			}
		}
	}
	return s.rows(top, bottom)
}

// row returns the crossings of row y after evenOdd.
func (s *scanner) row(y int) []float32 {
	start := int32(0)
	if y > s.first {
		start = s.ends[y-1]
	}
	return s.cross[start:s.ends[y]]
}

func (s *scanner) eachEdge(rings [][]Vec, visit func(y int, x float32)) {
	for _, ring := range rings {
		if len(ring) < 3 {
			continue
		}
		a := ring[len(ring)-1]
		for _, b := range ring {
			lo, hi := a, b
			if lo.Y > hi.Y {
				lo, hi = hi, lo
			}
			a = b
			y0, y1 := s.rows(lo.Y, hi.Y)
			if y0 >= y1 || !(lo.Y <= hi.Y) { // NaN
				continue
			}
			slope := (hi.X - lo.X) / (hi.Y - lo.Y)
			x := lo.X + (float64(y0)+0.5-lo.Y)*slope
			for y := y0; y < y1; y++ {
				visit(y, float32(x))
				x += slope
			}
		}
	}
}

// sortFew sorts a handful of numbers.
func sortFew(v []float32) {
	for i := 1; i < len(v); i++ {
		for j := i; j > 0 && v[j] < v[j-1]; j-- {
			v[j], v[j-1] = v[j-1], v[j]
		}
	}
}
