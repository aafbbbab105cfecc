package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// paintHeat paints a density: what the weights of the places make in each cell
// of the map, in distances of the flat map.
func (b *brush) paintHeat(h *deck.Heat) {
	w, high := b.area.W, b.area.H
	density, count := b.density(h, w, high)
	most := 0.0
	for i, v := range density {
		if h.Mean && count[i] > 1 {
			density[i] = v / count[i]
		}
		most = max(most, density[i])
	}
	least := most * h.Threshold
	if h.Domain != nil {
		least, most = h.Domain[0], h.Domain[1]
	}
	if !(most > 0) {
		return
	}
	for y := range high {
		for x := range w {
			v := density[y*w+x] * h.Intensity
			if v <= 0 {
				continue
			}
			c, alpha := blend(h.Range, min(v/most, 1))
			if least > 0 {
				alpha *= min(1, v/least)
			}
			b.block(float64(x), float64(y), 1, 1, c, alpha)
		}
	}
}

// density is the sum of the kernels at the middle of each cell.
func (b *brush) density(h *deck.Heat, w, high int) (sum, count []float64) {
	sum, count = make([]float64, w*high), make([]float64, w*high)
	cw, ch := b.cam.w/float64(w), b.cam.h/float64(high)
	for i := range h.Points {
		p := &h.Points[i]
		s := spotOf(p.At)
		if !b.near(s, h.RadiusPx/b.cam.scale) {
			continue
		}
		at, depth := b.cam.project(s.x, s.y, 0)
		if depth <= b.cam.near {
			continue
		}
		for y := max(int((at.Y-h.RadiusPx)/ch), 0); y <= min(int((at.Y+h.RadiusPx)/ch), high-1); y++ {
			for x := max(int((at.X-h.RadiusPx)/cw), 0); x <= min(int((at.X+h.RadiusPx)/cw), w-1); x++ {
				k := deck.Kernel(math.Hypot((float64(x)+.5)*cw-at.X, (float64(y)+.5)*ch-at.Y) / h.RadiusPx)
				sum[y*w+x] += p.Weight * k
				count[y*w+x] += k
			}
		}
	}
	return sum, count
}

// blend is the colour at a part of a range.
func blend(colors []deck.RGBA, part float64) (cell.RGB, float64) {
	x := part * float64(len(colors)-1)
	i := min(int(x), len(colors)-1)
	a, z := colors[i], colors[min(i+1, len(colors)-1)]
	from, af := paint(a, 1)
	to, zf := paint(z, 1)
	return cell.Mix(from, to, x-float64(i)), af + (zf-af)*(x-float64(i))
}

// block paints a rectangle of cells of the map.
func (b *brush) block(x, y, w, h float64, c cell.RGB, alpha float64) {
	sx, sy := float64(b.sx), float64(b.sy)
	ring := [4]canvas.Vec{{X: x * sx, Y: y * sy}, {X: (x + w) * sx, Y: y * sy}, {X: (x + w) * sx, Y: (y + h) * sy}, {X: x * sx, Y: (y + h) * sy}}
	b.raster.Convex(ring[:], c, min(alpha, 1))
}

// paintScreen paints the squares of a grid of the screen.
func (b *brush) paintScreen(s *deck.ScreenGrid, v View) {
	cells, _ := s.Cells(deck.View{Latitude: v.Lat, Longitude: v.Lon, Zoom: v.Zoom, Pitch: v.Pitch, Bearing: v.Bearing}, b.cam.w, b.cam.h)
	perX, perY := float64(b.area.W)/b.cam.w, float64(b.area.H)/b.cam.h
	for i := range cells {
		c := &cells[i]
		size := s.Cell - s.Margin
		color := cell.RGB{uint8(c.Color[0] + .5), uint8(c.Color[1] + .5), uint8(c.Color[2] + .5)}
		b.block(float64(c.Col)*s.Cell*perX, float64(c.Row)*s.Cell*perY, size*perX, size*perY, color, c.Color[3]/255)
	}
}
