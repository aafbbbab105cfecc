package canvas

// Seams darkens, in the pixels that a mode divides a cell into, those whose
// mark differs from the mark of the pixel to the right or below, where both
// have one: a line exactly a pixel wide between neighbours of one colour. Light
// is what remains of the colour, 0 to 1.
func (r *Raster) Seams(m Mode, light float64) {
	nx, ny := m.pixels()
	if r.SX%nx != 0 || r.SY%ny != 0 || light >= 1 {
		return
	}
	w, h := r.SX/nx, r.SY/ny
	keep := uint32(max(light, 0)*256 + 0.5)
	for y := 0; y < r.H; y += h {
		row := r.Pix[(y+h/2)*r.W:]
		below := row[:0]
		if y+h < r.H {
			below = r.Pix[(y+h+h/2)*r.W:]
		}
		for x := 0; x < r.W; x += w {
			mark := row[x+w/2] >> 24
			if mark == 0 {
				continue
			}
			if x+w < r.W && parts(mark, row[x+w+w/2]>>24) || len(below) > 0 && parts(mark, below[x+w/2]>>24) {
				r.darken(x, y, w, h, keep)
			}
		}
	}
}

func parts(a, b uint32) bool { return b != 0 && a != b }

func (r *Raster) darken(x, y, w, h int, keep uint32) {
	for row := y; row < y+h; row++ {
		pix := r.Pix[row*r.W+x : row*r.W+x+w]
		for i, p := range pix {
			pix[i] = p&0xff000000 | (p&0xff00ff)*keep>>8&0xff00ff | (p&0x00ff00)*keep>>8&0x00ff00
		}
	}
}
