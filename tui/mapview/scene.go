package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/land"
	"github.com/authtabs/tabgate/tui/cell"
)

// Scene is a scene of data/deck made ready to draw: projected and measured
// once.
type Scene struct {
	Deck   *deck.Scene
	layers []layer
	home   View
}

// layer is what one layer draws.
type layer struct {
	of    *deck.Layer
	discs []disc
}

// disc is a circle that lies on the ground.
type disc struct {
	at       spot
	radius   float64 // units of common space, or pixels
	fill     cell.RGB
	alpha    float64
	line     cell.RGB
	lineness float64 // alpha of the line
	width    float64 // of the line, as radius
}

// NewScene projects and measures a scene. It is slow: it belongs in a command.
func NewScene(d *deck.Scene) (*Scene, error) {
	if _, err := land.At(d.View.Zoom); err != nil { // unpacked now, not while a frame is drawn
		return nil, err
	}
	s := &Scene{Deck: d, home: ViewOf(d.View), layers: make([]layer, len(d.Layers))}
	for i, l := range d.Layers {
		s.layers[i] = newLayer(l)
	}
	return s, nil
}

func newLayer(l *deck.Layer) layer {
	out := layer{of: l, discs: make([]disc, len(l.Circles))}
	opacity := math.Pow(min(max(l.Opacity, 0), 1), 1/2.2)
	for i := range l.Circles {
		c := &l.Circles[i]
		d := disc{at: spotOf(c.At), radius: unitsOf(l.Radius, c.Radius, c.At.Lat)}
		if l.Filled {
			d.fill, d.alpha = paint(c.Fill, opacity)
		}
		if l.Stroked {
			d.line, d.lineness = paint(c.Line, opacity)
			d.width = unitsOf(l.Line, c.LineWidth, c.At.Lat)
		}
		out.discs[i] = d
	}
	return out
}

// unitsOf is a size in units of common space, where it is not in pixels.
func unitsOf(s deck.Size, v, lat float64) float64 {
	v *= s.Scale
	if s.Units == "meters" {
		return v * unitsPerMeter(min(max(lat, -89.9), 89.9))
	}
	return v
}

// pixelsOf is a size that unitsOf gave, in pixels of the web.
func (p *projection) pixelsOf(s deck.Size, v float64) float64 {
	if s.Units != "pixels" {
		v *= p.cam.scale
	}
	return min(max(v, s.Min), s.Max)
}

// paint is a colour and how much of it there is.
func paint(c deck.RGBA, opacity float64) (cell.RGB, float64) {
	return cell.RGB{c[0], c[1], c[2]}, float64(c[3]) / 255 * opacity
}

// Home is the view that one looks from at first.
func (s *Scene) Home() View { return s.home }

// Pick is one thing on the map: a layer and an index into its items. The zero
// Pick is nothing.
type Pick struct {
	OK    bool
	Layer int // of the scene's layers
	Index int
}

// Is reports whether p is one thing of a layer.
func (p Pick) Is(layer, index int) bool { return p.OK && p.Layer == layer && p.Index == index }

// Item returns what a pick is, as the scene has it.
func (s *Scene) Item(p Pick) (deck.Item, deck.Place) {
	if !p.OK {
		return deck.Item{}, deck.Place{}
	}
	c := s.Deck.Layers[p.Layer].Circles[p.Index]
	return c.Item, c.At
}

// shown reports whether a layer of a frame is drawn.
func (f *Frame) shown(i int) bool {
	return f.Scene.layers[i].of.Refused == "" && (i >= len(f.Hidden) || !f.Hidden[i])
}
