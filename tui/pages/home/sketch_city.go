package home

import (
	"math"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// The part of the world that the sketch of the map shows: its middle, how much
// must fit across and down in degrees of longitude, and how high the tallest
// column is. Things that lie flat are as high as they are at a pitch of 50°.
const (
	sketchWide, sketchHigh = 0.22, 0.135
	sketchColumn           = 0.042
	sketchTilt             = 0.64
)

var middle = data.Point{Lon: -122.395, Lat: 37.772}

// lens turns places into samples or dots of a picture.
type lens struct{ cx, cy, kx, ky, w, h float64 }

func newLens(w, ht int, across, down float64) lens {
	k := min(float64(w)/sketchWide, float64(2*ht)/sketchHigh)
	mid := flat(middle)[0]
	return lens{mid.X, mid.Y, k * across, k / 2 * down, float64(w) * across, float64(ht) * down}
}

func (l lens) at(v canvas.Vec, up float64) canvas.Vec {
	return canvas.Vec{X: l.w/2 + (v.X-l.cx)*l.kx, Y: l.h*.56 + ((v.Y-l.cy)*sketchTilt-up)*l.ky}
}

// city is the map from the south: land and water, the racks' columns from far
// to near, and the passengers' arcs.
func (s *sketches) city(at spot) {
	t := at.theme
	plain := t.Renderer.ColorProfile() >= termenv.ANSI
	mode := mode(t.Glyphs)
	sx, sy := mode.Samples(at.W * at.H)
	s.raster.Resize(at.W, at.H, sx, sy)
	l := newLens(at.W, at.H, float64(sx), float64(sy))
	s.raster.Clear(t.Background)
	if !plain {
		s.raster.Clear(t.Map.Water)
		s.raster.Polygon(s.rings(s.figures.land, l), t.Map.Land, 1)
	}
	for _, c := range s.figures.columns {
		s.column(l.at(c.at, 0), l.at(c.at, c.tall*sketchColumn), float64(sx), t.Map.Classes[c.class])
	}
	s.raster.Encode(at.grid, at.X, at.Y, mode)
	s.arcs(at)
}

func (s *sketches) rings(land [][]canvas.Vec, l lens) [][]canvas.Vec {
	out := make([][]canvas.Vec, len(land))
	for i, ring := range land {
		for _, v := range ring {
			out[i] = append(out[i], l.at(v, 0))
		}
	}
	return out
}

// column is a box with a lit front and a darker side, about half a character wide.
func (s *sketches) column(foot, top canvas.Vec, wide float64, c theme.RGB) {
	wide, flat := wide*.5, wide*.45
	rect := func(x0, x1 float64, c theme.RGB) {
		s.raster.Convex([]canvas.Vec{{X: x0, Y: top.Y - flat}, {X: x1, Y: top.Y - flat}, {X: x1, Y: foot.Y + flat}, {X: x0, Y: foot.Y + flat}}, c, 1)
	}
	rect(foot.X-wide/2, foot.X+wide/2, cell.Mix(c, theme.RGB{}, .4))
	rect(foot.X-wide/2, foot.X+wide/6, c)
}

func (s *sketches) arcs(at spot) {
	s.clear(at)
	l := newLens(at.W, at.H, 2, 4)
	for _, a := range s.figures.arcs {
		s.path = s.path[:0]
		length := math.Hypot(a.to.X-a.from.X, a.to.Y-a.from.Y)
		for i := range 25 {
			r := float64(i) / 24
			v := canvas.Vec{X: a.from.X + (a.to.X-a.from.X)*r, Y: a.from.Y + (a.to.Y-a.from.Y)*r}
			s.path = append(s.path, l.at(v, math.Sqrt(r*(1-r))*length*.77))
		}
		s.dots.Stroke(s.path, 1, at.theme.Map.Arc, 1)
	}
	s.dots.Draw(at.grid, at.X, at.Y, nil)
}
