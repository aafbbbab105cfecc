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
	figures *figures // nil until they are there
	raster  canvas.Raster
	dots    canvas.Dots
	path    []canvas.Vec
}

// spot is where a sketch is drawn.
type spot struct {
	cell.Rect
	grid  *cell.Grid
	theme *theme.Theme
}

// clear makes the dots ready for a sketch.
func (s *sketches) clear(at spot) {
	s.dots.Resize(at.W, at.H)
	s.dots.ASCII = at.theme.Glyphs == theme.ASCII
}

// walk is the day's walk as a line of braille dots over its zero, with its
// last value marked.
func (s *sketches) walk(at spot) {
	t, w, values := at.theme, at.W, s.figures.walk
	lo, hi := span(values)
	s.clear(at)
	row := func(v float64) float64 { return (hi - v) / (hi - lo) * float64(at.H*4-2) }
	for col := 0; col < w*2; col += 4 {
		s.dots.Set(col, int(row(0)), t.Faint, 0)
	}
	s.path = s.path[:0]
	step := float64(w*2-3) / float64(len(values)-1)
	for i, v := range values {
		s.path = append(s.path, canvas.Vec{X: float64(i) * step, Y: row(v)})
	}
	s.dots.Stroke(s.path, 1, t.Series[0], 1)
	s.dots.Draw(at.grid, at.X, at.Y, nil)
	last := s.path[len(s.path)-1]
	at.grid.Text(at.X+w-1, at.Y+int(last.Y)/4, sign(t, "●", "o"), t.Series[2], cell.Bold)
}

// areas is the table's first two regions as translucent areas over each
// other; lines where there are not the colours to tell them apart.
func (s *sketches) areas(at spot) {
	t, f := at.theme, s.figures
	_, hi := span(f.areas...)
	if t.Renderer.ColorProfile() >= termenv.ANSI || t.Glyphs == theme.ASCII {
		s.outlines(at, hi)
		return
	}
	s.raster.Resize(at.W, at.H, 1, 8)
	s.raster.Clear(t.Background)
	for i, values := range f.areas {
		shape := s.curve(values, hi, s.raster.W, s.raster.H)
		shape = append(shape, canvas.Vec{X: float64(s.raster.W), Y: float64(s.raster.H)}, canvas.Vec{Y: float64(s.raster.H)})
		s.path = shape
		s.raster.Polygon([][]canvas.Vec{shape}, t.Series[i*2%len(t.Series)], .45)
	}
	s.raster.Encode(at.grid, at.X, at.Y, canvas.Eighth)
}

func (s *sketches) outlines(at spot, hi float64) {
	t := at.theme
	s.clear(at)
	for i, values := range s.figures.areas {
		s.dots.Stroke(s.curve(values, hi, at.W*2, at.H*4-1), 1, t.Series[i*2%len(t.Series)], uint8(i))
	}
	s.dots.Draw(at.grid, at.X, at.Y, nil)
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

// sign picks a character, or its stand-in where only ASCII can be shown.
func sign(t *theme.Theme, utf, ascii string) string {
	if t.Glyphs == theme.ASCII {
		return ascii
	}
	return utf
}
