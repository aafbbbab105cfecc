package canvas

import (
	"math"

	"github.com/authtabs/tabgate/tui/cell"
)

// Raster is a picture of W by H coloured samples, SX by SY of them to a
// character cell, which Encode turns into block characters. Its methods clip
// and keep their buffers, so that a frame allocates nothing.
type Raster struct {
	W, H, SX, SY int
	// Pix is one sample each: red, green and blue in the low three bytes, the
	// mark that was set when it was painted in the high one.
	Pix []uint32
	// Mark tags what opaque shapes paint from now on, so that MarkAt can tell
	// what is in front. Translucent shapes leave marks as they are.
	Mark uint8
	// Shield makes translucent shapes fainter on the samples with this mark or
	// a higher one, by the part ShieldAlpha; a Shield of 0 is none.
	Shield      uint8
	ShieldAlpha float64

	scan  scanner
	mask  []uint8 // what a stroke covers
	spans []run   // where in each row of the mask to look
}

// Resize makes the picture fit cols by rows cells of sx by sy samples. What
// was in it is lost.
func (r *Raster) Resize(cols, rows, sx, sy int) {
	r.SX, r.SY = max(sx, 1), max(sy, 1)
	r.W, r.H = max(cols, 0)*r.SX, max(rows, 0)*r.SY
	r.Pix = room(r.Pix, r.W*r.H)
	r.scan.resize(r.W, r.H)
}

func pack(c RGB) uint32 { return uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2]) }

func unpack(p uint32) RGB { return RGB{uint8(p >> 16), uint8(p >> 8), uint8(p)} }

// Clear paints everything in one colour and takes all marks off.
func (r *Raster) Clear(c RGB) {
	if len(r.Pix) == 0 {
		return
	}
	row := r.Pix[:r.W]
	for i := range row {
		row[i] = pack(c)
	}
	for y := 1; y < r.H; y++ {
		copy(r.Pix[y*r.W:(y+1)*r.W], row)
	}
}

// MarkAt returns the mark of the sample at a place; 0 outside.
func (r *Raster) MarkAt(x, y float64) uint8 {
	if !(x >= 0 && y >= 0 && x < float64(r.W) && y < float64(r.H)) {
		return 0
	}
	return uint8(r.Pix[int(y)*r.W+int(x)] >> 24)
}

// Convex paints a convex polygon. Alpha is 0 (nothing) to 1 (opaque).
func (r *Raster) Convex(pts []Vec, c RGB, alpha float64) {
	if len(pts) < 3 || len(r.Pix) == 0 {
		return
	}
	from, to := r.scan.convex(pts)
	for y := from; y < to; y++ {
		x0, x1 := r.scan.span(float64(r.scan.left[y]), float64(r.scan.right[y]))
		if x0 < x1 {
			r.span(r.Pix[y*r.W+x0:y*r.W+x1], c, alpha)
		}
	}
}

// Ramp is a colour that changes from Top at the height y of Y0 to Bottom at
// Y1, in steps of a character cell: a cell has only two colours, and steps
// within it would use them up.
type Ramp struct {
	Top, Bottom RGB
	Y0, Y1      float64
}

// at returns the colour in a row of samples of which sy make a cell.
func (p *Ramp) at(y, sy int) RGB {
	mid := float64(y/sy*sy) + float64(sy)/2
	return cell.Mix(p.Top, p.Bottom, (mid-p.Y0)/max(p.Y1-p.Y0, 1))
}

// ConvexRamp paints an opaque convex polygon in a colour that changes with the
// height.
func (r *Raster) ConvexRamp(pts []Vec, ramp Ramp) {
	if len(pts) < 3 || len(r.Pix) == 0 {
		return
	}
	from, to := r.scan.convex(pts)
	var c RGB
	for y := from; y < to; y++ {
		if y == from || y%r.SY == 0 {
			c = ramp.at(y, r.SY)
		}
		x0, x1 := r.scan.span(float64(r.scan.left[y]), float64(r.scan.right[y]))
		if x0 < x1 {
			r.span(r.Pix[y*r.W+x0:y*r.W+x1], c, 1)
		}
	}
}

// Polygon paints the inside of closed rings by the even-odd rule, so that a
// ring inside another is a hole.
func (r *Raster) Polygon(rings [][]Vec, c RGB, alpha float64) {
	if len(r.Pix) == 0 {
		return
	}
	from, to := r.scan.evenOdd(rings)
	for y := from; y < to; y++ {
		row := r.scan.row(y)
		for i := 0; i+1 < len(row); i += 2 {
			x0, x1 := r.scan.span(float64(row[i]), float64(row[i+1]))
			if x0 < x1 {
				r.span(r.Pix[y*r.W+x0:y*r.W+x1], c, alpha)
			}
		}
	}
}

// span paints neighbouring samples: opaque by setting, else by the "over"
// rule.
func (r *Raster) span(pix []uint32, c RGB, alpha float64) {
	if alpha >= 1 {
		p := pack(c) | uint32(r.Mark)<<24
		for i := range pix {
			pix[i] = p
		}
		return
	}
	over, shielded := newBlend(c, alpha), newBlend(c, alpha*r.ShieldAlpha)
	shield := uint32(math.MaxUint32)
	if r.Shield > 0 {
		shield = uint32(r.Shield) << 24
	}
	for i, p := range pix {
		if p < shield {
			pix[i] = over.on(p)
		} else {
			pix[i] = shielded.on(p)
		}
	}
}

// blend is a colour and an alpha, multiplied out: red and blue in one number.
type blend struct{ rb, g, rest uint32 }

func newBlend(c RGB, alpha float64) blend {
	a := uint32(min(max(alpha, 0), 1)*256 + 0.5)
	return blend{(pack(c) & 0xff00ff) * a, (pack(c) & 0x00ff00) * a, 256 - a}
}

func (b blend) on(p uint32) uint32 {
	return p&0xff000000 | ((p&0xff00ff)*b.rest+b.rb)>>8&0xff00ff | ((p&0x00ff00)*b.rest+b.g)>>8&0x00ff00
}

// Stroke paints a line along path, width samples wide with round joints. A
// path that crosses itself blends only once, because its coverage is gathered
// in a mask first.
func (r *Raster) Stroke(path []Vec, width float64, c RGB, alpha float64) {
	if len(path) < 2 || len(r.Pix) == 0 {
		return
	}
	if len(r.mask) != len(r.Pix) || len(r.spans) != r.H {
		r.mask, r.spans = room(r.mask, len(r.Pix)), room(r.spans, r.H)
		clear(r.mask)
		clear(r.spans)
	}
	top, bottom := r.H, 0
	strokePath(&r.scan, path, width, func(y, x0, x1 int) {
		top, bottom = min(top, y), max(bottom, y+1)
		row := r.mask[y*r.W+x0 : y*r.W+x1]
		for i := range row {
			row[i] = 1
		}
		if at := &r.spans[y]; at.to == 0 {
			*at = run{x0, x1}
		} else {
			*at = run{min(at.from, x0), max(at.to, x1)}
		}
	})
	for y := top; y < bottom; y++ {
		r.spreadMask(y, c, alpha)
	}
}

// run is a part of a row; nothing where to is 0.
type run struct{ from, to int }

// spreadMask paints where row y of the mask is set, and clears it.
func (r *Raster) spreadMask(y int, c RGB, alpha float64) {
	at := r.spans[y]
	r.spans[y] = run{}
	mask := r.mask[y*r.W : y*r.W+at.to]
	for x := at.from; x < len(mask); x++ {
		if mask[x] == 0 {
			continue
		}
		start := x
		for x < len(mask) && mask[x] != 0 {
			mask[x] = 0
			x++
		}
		r.span(r.Pix[y*r.W+start:y*r.W+x], c, alpha)
	}
}
