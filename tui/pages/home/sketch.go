package home

import (
	"math"
	"math/rand/v2"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/theme"
)

// sketches draws a small picture of each page, so that a tab's card says at a
// glance what is behind it. They show no data of anybody's: the shapes are
// made up here.
type sketches struct {
	raster canvas.Raster
	dots   canvas.Dots
}

// draw puts the sketch of a page into a rectangle of the grid.
func (s *sketches) draw(h *home, id string, x, y, w, ht int) {
	if w < 4 || ht < 1 {
		return
	}
	switch id {
	case "plotting":
		s.walk(h, x, y, w, ht)
	case "mapping":
		s.columns(h, x, y, w, ht)
	case "dataframe":
		s.areas(h, x, y, w, ht)
	}
}

// walk is a line of braille dots that ends in a bright one.
func (s *sketches) walk(h *home, x, y, w, ht int) {
	t := h.env.Theme
	s.dots.Resize(w, ht)
	for col := 0; col < w; col += 2 {
		s.dots.Set(col*2, ht*4-1, t.Faint, 0)
	}
	rng := rand.New(rand.NewPCG(11, 3))
	n := w * 2
	values := make([]float64, n)
	lo, hi, v := 0.0, 0.0, 0.0
	for i := range values {
		v += rng.NormFloat64()
		values[i] = v
		lo, hi = min(lo, v), max(hi, v)
	}
	path := make([]canvas.Vec, n)
	for i, v := range values {
		path[i] = canvas.Vec{X: float64(i), Y: (hi - v) / (hi - lo) * float64(ht*4-2)}
	}
	s.dots.Stroke(path, 1, t.Series[0], 1)
	s.dots.Draw(h.grid, x, y, nil)
	last := path[n-1]
	h.grid.Text(x+w-1, y+int(last.Y)/4, h.sign("●", "o"), t.Series[2], canvas.Bold)
}

// columns is a skyline of six-coloured columns seen at an angle, with an arc
// above it.
func (s *sketches) columns(h *home, x, y, w, ht int) {
	t := h.env.Theme
	plain := t.Renderer.ColorProfile() == termenv.Ascii
	mode := mode(t.Glyphs)
	sx, sy := mode.Samples()
	s.raster.Resize(w, ht, sx, sy)
	s.raster.Clear(t.Map.Land)
	if plain {
		s.raster.Clear(t.Background)
	}
	W, H := float64(s.raster.W), float64(s.raster.H)
	if !plain {
		s.raster.Polygon([][]canvas.Vec{{{X: 0, Y: 0}, {X: W * .16, Y: 0}, {X: W * .1, Y: H * .5}, {X: W * .2, Y: H}, {X: 0, Y: H}}}, t.Map.Water, 1)
	}
	rng := rand.New(rand.NewPCG(5, 8))
	step := float64(sx) * 2
	for row := 0; row < 3; row++ {
		base := H * (.62 + .17*float64(row))
		for cx := W*.2 + step*float64(row)*.5; cx < W*.94; cx += step {
			bump := math.Exp(-math.Pow((cx/W-.62)*4, 2)) + .12
			tall := bump * (.25 + rng.Float64()) * H * .42
			class := min(int(tall/(H*.42)*5.5), 5)
			s.column(cx, base, step*.8, tall, t.Map.Classes[class])
		}
	}
	s.raster.Encode(h.grid, x, y, mode)
	s.arc(h, x, y, w, ht)
}

// column is a box with a lit front and a darker side.
func (s *sketches) column(cx, base, w, tall float64, c theme.RGB) {
	rect := func(x0, x1 float64, c theme.RGB) {
		s.raster.Convex([]canvas.Vec{{X: x0, Y: base - tall}, {X: x1, Y: base - tall}, {X: x1, Y: base}, {X: x0, Y: base}}, c, 1)
	}
	rect(cx, cx+w*.6, c)
	rect(cx+w*.6, cx+w, canvas.Mix(c, theme.RGB{}, .4))
}

func (s *sketches) arc(h *home, x, y, w, ht int) {
	s.dots.Resize(w, ht)
	W, H := float64(w*2), float64(ht*4)
	path := make([]canvas.Vec, 33)
	for i := range path {
		a := math.Pi * float64(i) / 32
		path[i] = canvas.Vec{X: W * (.5 - .32*math.Cos(a)), Y: H * (.8 - .72*math.Sin(a))}
	}
	s.dots.Stroke(path, 1, h.env.Theme.Map.Arc, 1)
	s.dots.Draw(h.grid, x, y, nil)
}

// areas is three translucent areas over each other; lines where there are not
// the colours to tell them apart.
func (s *sketches) areas(h *home, x, y, w, ht int) {
	t := h.env.Theme
	if t.Renderer.ColorProfile() >= termenv.ANSI || t.Glyphs == theme.ASCII {
		s.outlines(h, x, y, w, ht)
		return
	}
	s.raster.Resize(w, ht, 1, 8)
	s.raster.Clear(t.Background)
	W, H := float64(s.raster.W), float64(s.raster.H)
	for i := range 3 {
		shape := []canvas.Vec{{X: W, Y: H}, {X: 0, Y: H}}
		for cx := 0.0; cx <= W; cx++ {
			shape = append(shape, canvas.Vec{X: cx, Y: H * (1 - height(i, cx/W))})
		}
		s.raster.Polygon([][]canvas.Vec{shape}, t.Series[[]int{0, 2, 4}[i]], .45)
	}
	s.raster.Encode(h.grid, x, y, canvas.Eighth)
}

func (s *sketches) outlines(h *home, x, y, w, ht int) {
	s.dots.Resize(w, ht)
	for i := range 3 {
		var path []canvas.Vec
		for cx := range w * 2 {
			path = append(path, canvas.Vec{X: float64(cx), Y: float64(ht*4-1) * (1 - height(i, float64(cx)/float64(w*2)))})
		}
		s.dots.Stroke(path, 1, h.env.Theme.Series[[]int{0, 2, 4}[i]], uint8(i))
	}
	s.dots.Draw(h.grid, x, y, nil)
}

// height is the i-th curve at u from 0 to 1.
func height(i int, u float64) float64 {
	switch i {
	case 0:
		return .25 + .65*u*u + .03*math.Sin(u*17)
	case 1:
		return .45 + .15*u + .05*math.Sin(u*11+1)
	}
	return .18 + .18*u + .04*math.Sin(u*23+2)
}

func mode(g theme.Glyphs) canvas.Mode {
	return map[theme.Glyphs]canvas.Mode{
		theme.Half: canvas.Half, theme.Quadrant: canvas.Quadrant, theme.Sextant: canvas.Sextant, theme.Octant: canvas.Octant,
	}[g]
}
