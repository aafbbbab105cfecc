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
	rank   []Pick // names, in the order in which they are written
}

// layer is what one layer draws, of one kind or of several.
type layer struct {
	of      *deck.Layer
	discs   []disc
	prisms  []prism
	bows    []bow
	strokes []stroke
	areas   []area
	names   []name
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
	s.rank = rank(s.layers)
	return s, nil
}

func newLayer(l *deck.Layer) layer {
	opacity := math.Pow(min(max(l.Opacity, 0), 1), 1/2.2)
	out := layer{of: l}
	out.discs = newDiscs(l, opacity)
	out.prisms = newPrisms(l, opacity)
	out.bows = newBows(l, opacity)
	out.strokes = newStrokes(l, opacity)
	out.areas = newAreas(l, opacity)
	out.names = newNames(l, opacity)
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

// spotsOf are places in common space.
func spotsOf(list []deck.Place) []spot {
	out := make([]spot, len(list))
	for i, p := range list {
		out[i] = spotOf(p)
	}
	return out
}

// Home is the view that one looks from at first.
func (s *Scene) Home() View { return s.home }

// Kind is a kind of shape.
type Kind uint8

// The kinds, from the ground up.
const (
	Area Kind = iota
	Disc
	Prism
	Stroke
	Bow
	Name
)

// Pick is one thing on the map: a layer, a kind of shape and an index into its
// shapes of that kind. The zero Pick is nothing.
type Pick struct {
	OK    bool
	Layer int // of the scene's layers
	Kind  Kind
	Index int
}

// Item returns what a pick is, as the scene has it, and where it is.
func (s *Scene) Item(p Pick) (deck.Item, deck.Place) {
	if !p.OK {
		return deck.Item{}, deck.Place{}
	}
	l := s.Deck.Layers[p.Layer]
	switch p.Kind {
	case Area:
		c := &l.Polygons[p.Index]
		return c.Item, c.Rings[0][0]
	case Disc:
		return l.Circles[p.Index].Item, l.Circles[p.Index].At
	case Prism:
		return prismItem(l, p.Index)
	case Stroke:
		if p.Index < len(l.Lines) {
			return l.Lines[p.Index].Item, l.Lines[p.Index].Source
		}
		c := &l.Paths[p.Index-len(l.Lines)]
		return c.Item, c.Points[0]
	case Bow:
		return l.Arcs[p.Index].Item, l.Arcs[p.Index].Source
	}
	if p.Index < len(l.Labels) {
		return l.Labels[p.Index].Item, l.Labels[p.Index].At
	}
	c := &l.Icons[p.Index-len(l.Labels)]
	return c.Item, c.At
}

// shown reports whether a layer of a frame is drawn.
func (f *Frame) shown(i int) bool {
	return f.Scene.layers[i].of.Refused == "" && (i >= len(f.Hidden) || !f.Hidden[i])
}

// is reports whether a shape is the picked one.
func (f *Frame) is(layer int, kind Kind, index int) bool {
	return f.Picked == Pick{true, layer, kind, index}
}
