package canvas

import (
	"math/bits"

	"github.com/authtabs/tabgate/tui/cell"
)

// Mode is a set of block characters, coarse to fine.
type Mode int

// The modes, and how many pixels a cell has in each. Eighth divides a cell
// once, at an eighth of its height, which suits the edge of an area chart.
const (
	Spaces   Mode = iota // 1 by 1, coloured spaces: for terminals without Unicode
	Half                 // 1 by 2
	Quadrant             // 2 by 2
	Sextant              // 2 by 3
	Octant               // 2 by 4
	Eighth               // 1 by 8
)

// manyCells is from where on a picture is drawn with a quarter of the samples:
// nobody sees the corners of so small a cell, and all of them would take
// megabytes. No screen that one can read has as many; a wall of them has.
const manyCells = 1 << 15

// Samples is how many samples a cell of a Raster should have for the mode in a
// picture of so many cells: 32 nearly square ones, or 24 where the cell is
// divided in three; 8 or 6 in a very large picture. Pictures of 500 by 200
// cells take 3 MiB so.
func (m Mode) Samples(cells int) (sx, sy int) {
	sx, sy = 4, 8
	if m == Sextant {
		sy = 6
	}
	if cells >= manyCells && m != Eighth {
		return sx / 2, sy / 2
	}
	return sx, sy
}

func (m Mode) pixels() (nx, ny int) {
	switch m {
	case Half:
		return 1, 2
	case Quadrant:
		return 2, 2
	case Sextant:
		return 2, 3
	case Octant:
		return 2, 4
	case Eighth:
		return 1, 8
	}
	return 1, 1
}

// flat is how far two pixels of a cell may differ (sum of squares) before the
// cell is worth a block character. It keeps noise and bytes down.
const flat = 40

// Encode draws the picture on g with its top left cell at x, y: each cell gets
// the two colours and the block character with the least squared error.
func (r *Raster) Encode(g *cell.Grid, x, y int, m Mode) {
	if r.W == 0 || r.H == 0 {
		return
	}
	nx, ny := m.pixels()
	if r.SX%nx != 0 || r.SY%ny != 0 {
		nx, ny, m = 1, 1, Spaces
	}
	var px [8]pixel
	for row := 0; row < r.H/r.SY; row++ {
		for col := 0; col < r.W/r.SX; col++ {
			c := g.At(x+col, y+row)
			if c == nil {
				continue
			}
			base := row*r.SY*r.W + col*r.SX
			if p, ok := r.uniform(base); ok {
				color := unpack(p)
				*c = cell.New(' ', color, color, 0)
				continue
			}
			r.sample(base, nx, ny, &px)
			*c = m.cell(px[:nx*ny])
		}
	}
}

// uniform reports whether all samples of a cell have one colour, as most do.
func (r *Raster) uniform(base int) (uint32, bool) {
	first := r.Pix[base] << 8
	for y := 0; y < r.SY; y++ {
		for _, p := range r.Pix[base+y*r.W : base+y*r.W+r.SX] {
			if p<<8 != first {
				return 0, false
			}
		}
	}
	return first >> 8, true
}

// pixel is a colour whose parts can be added up.
type pixel struct{ r, g, b int32 }

func (p pixel) plus(q pixel) pixel { return pixel{p.r + q.r, p.g + q.g, p.b + q.b} }
func (p pixel) less(q pixel) pixel { return pixel{p.r - q.r, p.g - q.g, p.b - q.b} }
func (p pixel) rgb() RGB           { return RGB{uint8(p.r), uint8(p.g), uint8(p.b)} }

// sample fills px with the colours of nx by ny parts of a cell: for each part
// the colour that most of its samples have, mixed with those of its samples
// that are close to it. A mean of all would be softer, but a cell has only two
// colours, and half-tones along every edge use them up and leave a murky rim.
func (r *Raster) sample(base, nx, ny int, px *[8]pixel) {
	w, h := r.SX/nx, r.SY/ny
	var votes ballot
	for j := 0; j < ny; j++ {
		for i := 0; i < nx; i++ {
			votes.n = 0
			start := base + j*h*r.W + i*w
			for y := 0; y < h; y++ {
				for _, p := range r.Pix[start+y*r.W : start+y*r.W+w] {
					votes.add(p & 0xffffff)
				}
			}
			px[j*nx+i] = votes.winner()
		}
	}
}

// cell chooses the character and its two colours for the pixels of one cell.
func (m Mode) cell(px []pixel) cell.Cell {
	var sum pixel
	lo, hi := px[0], px[0]
	for _, p := range px {
		sum = pixel{sum.r + p.r, sum.g + p.g, sum.b + p.b}
		lo = pixel{min(lo.r, p.r), min(lo.g, p.g), min(lo.b, p.b)}
		hi = pixel{max(hi.r, p.r), max(hi.g, p.g), max(hi.b, p.b)}
	}
	n := int32(len(px))
	mean := pixel{sum.r / n, sum.g / n, sum.b / n}
	dr, dg, db := hi.r-lo.r, hi.g-lo.g, hi.b-lo.b
	if n == 1 || dr*dr+dg*dg+db*db <= flat {
		return cell.New(' ', mean.rgb(), mean.rgb(), 0)
	}
	var mask uint
	if two, ok := twoColors(px); ok && m != Eighth {
		mask = two
	} else if m == Eighth {
		mask = bestStep(px, sum)
	} else {
		mask = bestSplit(px, sum)
	}
	if m != Eighth && 2*bits.OnesCount(mask) > int(n) {
		mask ^= 1<<n - 1 // The sparser of two complements: fonts draw it better.
	}
	fg, bg := means(px, sum, mask)
	return cell.New(m.glyph(mask), fg, bg, 0)
}

// twoColors returns the mask of the pixels unlike the first where there are
// only two colours, as in most cells: then there is nothing to search for.
func twoColors(px []pixel) (mask uint, ok bool) {
	first, other := px[0], px[0]
	for i, p := range px {
		switch {
		case p == first:
			continue
		case mask == 0:
			other = p
		case p != other:
			return 0, false
		}
		mask |= 1 << i
	}
	return mask, true
}

// share is the pixels of a cell that have one colour: their sum, their number and
// their mask.
type share struct {
	color, sum pixel
	n          int
	mask       uint
}

// bestSplit returns the mask of the pixels that should share the first colour
// so that the squared error is least. The error is the sum of all squares,
// which is the same for every mask, less |S|²/n for each of the two groups, so
// the largest of those sums wins. Pixels of one colour belong together, and
// masks are visited in Gray code order: each step moves one colour from one
// group to the other.
func bestSplit(px []pixel, sum pixel) uint {
	var all [8]share
	m := 0
	for i, p := range px {
		j := 0
		for j < m && all[j].color != p {
			j++
		}
		if j == m {
			all[j] = share{color: p}
			m++
		}
		s := &all[j]
		s.sum, s.n, s.mask = s.sum.plus(p), s.n+1, s.mask|1<<i
	}
	var in pixel
	var mask, best uint
	var most int64 = -1
	k := 0
	for i := uint(1); i < 1<<(m-1); i++ {
		s := &all[bits.TrailingZeros(i)]
		if mask ^= s.mask; mask&s.mask != 0 {
			in, k = in.plus(s.sum), k+s.n
		} else {
			in, k = in.less(s.sum), k-s.n
		}
		if v := score(in, k) + score(sum.less(in), len(px)-k); v > most {
			most, best = v, mask
		}
	}
	return best
}

// bestStep is bestSplit for the masks whose pixels are the lowest ones.
func bestStep(px []pixel, sum pixel) uint {
	n := len(px)
	var in pixel
	var best uint
	var most int64 = -1
	for k := 1; k < n; k++ {
		p := px[n-k]
		in = pixel{in.r + p.r, in.g + p.g, in.b + p.b}
		if s := score(in, k) + score(pixel{sum.r - in.r, sum.g - in.g, sum.b - in.b}, n-k); s > most {
			most, best = s, (1<<k-1)<<(n-k)
		}
	}
	return best
}

// score is |S|²/k, times 840 so that it is a whole number for every k to 8.
func score(s pixel, k int) int64 {
	return (int64(s.r)*int64(s.r) + int64(s.g)*int64(s.g) + int64(s.b)*int64(s.b)) * shares[k]
}

var shares = [9]int64{0, 840, 420, 280, 210, 168, 140, 120, 105}

func means(px []pixel, sum pixel, mask uint) (fg, bg RGB) {
	var in pixel
	for i, p := range px {
		if mask&(1<<i) != 0 {
			in = pixel{in.r + p.r, in.g + p.g, in.b + p.b}
		}
	}
	k := int32(max(bits.OnesCount(mask), 1))
	rest := max(int32(len(px))-k, 1)
	fg = pixel{in.r / k, in.g / k, in.b / k}.rgb()
	return fg, pixel{(sum.r - in.r) / rest, (sum.g - in.g) / rest, (sum.b - in.b) / rest}.rgb()
}
