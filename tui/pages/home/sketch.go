package home

import (
	"math"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// sketches draws a small picture of each page from real figures, so that a
// tab's card says at a glance what is behind it.
type sketches struct {
	raster canvas.Raster
	dots   canvas.Dots
	path   []canvas.Vec
}

// A sketch draws a picture into a rectangle of the grid, and says what it
// shows, most telling first.
type sketch struct {
	draw   func(s *sketches, h *home, x, y, w, ht int)
	legend func(f *figures, t *theme.Theme) []entry
}

// drawn are the sketches by the names that pages know them by
// (dashboard.Page.Sketch).
var drawn = map[string]sketch{
	"walk":  {(*sketches).walk, (*figures).walkLegend},
	"city":  {(*sketches).city, (*figures).cityLegend},
	"areas": {(*sketches).areas, (*figures).areasLegend},
}

// draw puts the sketch of that name, if there is one, into a rectangle of the
// grid.
func (s *sketches) draw(h *home, name string, x, y, w, ht int) {
	if p, ok := drawn[name]; ok && w >= 4 && ht >= 1 && h.figures != nil {
		p.draw(s, h, x, y, w, ht)
	}
}

// legend says what the sketch of that name shows.
func (h *home) legend(name string) []entry {
	if p, ok := drawn[name]; ok && h.figures != nil {
		return p.legend(h.figures, h.env.Theme)
	}
	return nil
}

// walk is the day's walk as a line of braille dots over its zero, with its
// last value marked.
func (s *sketches) walk(h *home, x, y, w, ht int) {
	t, values := h.env.Theme, h.figures.walk
	lo, hi := reach(values)
	s.dots.Resize(w, ht)
	s.dots.ASCII = t.Glyphs == theme.ASCII
	row := func(v float64) float64 { return (hi - v) / (hi - lo) * float64(ht*4-2) }
	for col := 0; col < w*2; col += 4 {
		s.dots.Set(col, int(row(0)), t.Faint, 0)
	}
	s.path = s.path[:0]
	step := float64(w*2-3) / float64(len(values)-1)
	for i, v := range values {
		s.path = append(s.path, canvas.Vec{X: float64(i) * step, Y: row(v)})
	}
	s.dots.Stroke(s.path, 1, t.Series[0], 1)
	s.dots.Draw(h.grid, x, y, nil)
	last := s.path[len(s.path)-1]
	h.grid.Text(x+w-1, y+int(last.Y)/4, h.sign("●", "o"), t.Series[2], cell.Bold)
}

// areas is the table's first two regions as translucent areas over each
// other; lines where there are not the colours to tell them apart.
func (s *sketches) areas(h *home, x, y, w, ht int) {
	t, f := h.env.Theme, h.figures
	_, hi := reach(f.areas...)
	if t.Renderer.ColorProfile() >= termenv.ANSI || t.Glyphs == theme.ASCII {
		s.outlines(h, x, y, w, ht, hi)
		return
	}
	s.raster.Resize(w, ht, 1, 8)
	s.raster.Clear(t.Background)
	for i, values := range f.areas {
		shape := s.curve(values, hi, s.raster.W, s.raster.H)
		shape = append(shape, canvas.Vec{X: float64(s.raster.W), Y: float64(s.raster.H)}, canvas.Vec{Y: float64(s.raster.H)})
		s.path = shape
		s.raster.Polygon([][]canvas.Vec{shape}, t.Series[i*2%len(t.Series)], .45)
	}
	s.raster.Encode(h.grid, x, y, canvas.Eighth)
}

func (s *sketches) outlines(h *home, x, y, w, ht int, hi float64) {
	t := h.env.Theme
	s.dots.Resize(w, ht)
	s.dots.ASCII = t.Glyphs == theme.ASCII
	for i, values := range h.figures.areas {
		s.dots.Stroke(s.curve(values, hi, w*2, ht*4-1), 1, t.Series[i*2%len(t.Series)], uint8(i))
	}
	s.dots.Draw(h.grid, x, y, nil)
}

// curve is a row of values over w by ht squares; a gap is nothing produced.
func (s *sketches) curve(values []float64, hi float64, w, ht int) []canvas.Vec {
	s.path = s.path[:0]
	for i, v := range values {
		if math.IsNaN(v) {
			v = 0
		}
		s.path = append(s.path, canvas.Vec{X: float64(w) * float64(i) / float64(max(len(values)-1, 1)), Y: float64(ht) * (1 - v/hi)})
	}
	return s.path
}

func mode(g theme.Glyphs) canvas.Mode {
	return map[theme.Glyphs]canvas.Mode{
		theme.Half: canvas.Half, theme.Quadrant: canvas.Quadrant, theme.Sextant: canvas.Sextant, theme.Octant: canvas.Octant,
	}[g]
}
