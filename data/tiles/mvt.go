package tiles

import (
	"errors"
	"fmt"
	"math"
)

// Limits of a tile. What has more is an error.
const (
	MaxTile   = 16 << 20 // bytes, unpacked
	maxLayers = 256
	maxItems  = 1 << 20 // features, keys and values of all layers
	maxExtent = 1 << 22
	maxCursor = 1 << 30 // how far a place may be from the tile's corner
)

// Type is what the places of a feature make.
type Type uint8

// The types, as tiles number them.
const (
	Unknown Type = iota
	Points
	Lines
	Polygons
)

// Layer is one layer of a tile.
type Layer struct {
	Name     string
	Extent   int // units that a side of the tile has
	Version  int
	keys     []string
	values   []any
	features []wire
}

// Feature is one thing of a layer. Its properties and places are read when they
// are asked for.
type Feature struct {
	Type     Type
	layer    *Layer
	tags     wire
	geometry wire
}

// XY is a place in a tile, in units of its layer: x to the east, y to the south.
type XY struct{ X, Y int32 }

// Decode reads a tile, packed or not.
func Decode(b []byte) ([]*Layer, error) {
	parts, err := split(b)
	if err != nil {
		return nil, err
	}
	var layers []*Layer
	items := maxItems
	for _, p := range parts {
		l, err := newLayer(p.bytes, &items)
		if err != nil {
			return nil, err
		}
		layers = append(layers, l)
	}
	return layers, nil
}

// part is a layer that is not read yet.
type part struct {
	name  string
	bytes wire
}

// split unpacks a tile and finds its layers.
func split(b []byte) (parts []part, err error) {
	b, err = Unpack(b, MaxTile)
	if err != nil {
		return nil, err
	}
	err = wire(b).each(func(f field) error {
		if f.id != 3 || f.kind != 2 {
			return nil
		}
		if len(parts) == maxLayers {
			return fmt.Errorf("the tile has more than %d layers", maxLayers)
		}
		p := part{bytes: f.bytes}
		err := f.bytes.each(func(f field) error {
			if f.id == 1 && f.kind == 2 {
				p.name = string(f.bytes)
			}
			return nil
		})
		parts = append(parts, p)
		return err
	})
	return parts, err
}

// newLayer reads a layer. Items is how many features, keys and values it may
// have, and is counted down.
func newLayer(b wire, items *int) (*Layer, error) {
	l := &Layer{Extent: 4096, Version: 1}
	err := b.each(func(f field) error {
		if *items--; *items < 0 {
			return fmt.Errorf("the tile has more than %d features, keys and values", maxItems)
		}
		switch {
		case f.id == 1 && f.kind == 2:
			l.Name = string(f.bytes)
		case f.id == 2 && f.kind == 2:
			l.features = append(l.features, f.bytes)
		case f.id == 3 && f.kind == 2:
			l.keys = append(l.keys, string(f.bytes))
		case f.id == 4 && f.kind == 2:
			v, err := value(f.bytes)
			l.values = append(l.values, v)
			return err
		case f.id == 5 && f.kind == 0:
			if f.value == 0 || f.value > maxExtent {
				return fmt.Errorf("a layer's extent of %d cannot be", f.value)
			}
			l.Extent = int(f.value)
		case f.id == 15 && f.kind == 0:
			l.Version = int(min(f.value, math.MaxInt32))
		}
		return nil
	})
	return l, err
}

// value reads a property's value: text, number, or true and false; nil = none
// that is known.
func value(b wire) (v any, err error) {
	err = b.each(func(f field) error {
		switch {
		case f.id == 1 && f.kind == 2:
			v = string(f.bytes)
		case f.id == 2 && f.kind == 5:
			v = float64(math.Float32frombits(uint32(f.value)))
		case f.id == 3 && f.kind == 1:
			v = math.Float64frombits(f.value)
		case f.id == 4 && f.kind == 0:
			v = float64(int64(f.value))
		case f.id == 5 && f.kind == 0:
			v = float64(f.value)
		case f.id == 6 && f.kind == 0:
			v = float64(zigzag(f.value))
		case f.id == 7 && f.kind == 0:
			v = f.value != 0
		}
		return nil
	})
	return v, err
}

// Len is how many features a layer has.
func (l *Layer) Len() int { return len(l.features) }

// Feature reads the i-th feature.
func (l *Layer) Feature(i int) (out Feature, err error) {
	out.layer = l
	err = l.features[i].each(func(f field) error {
		switch {
		case f.id == 2 && f.kind == 2:
			out.tags = f.bytes
		case f.id == 3 && f.kind == 0:
			out.Type = Type(min(f.value, 255))
			if out.Type > Polygons {
				out.Type = Unknown
			}
		case f.id == 4 && f.kind == 2:
			out.geometry = f.bytes
		}
		return nil
	})
	return out, err
}

var errTags = errors.New("a feature names a property that its layer does not have")

// Each visits the properties of a feature.
func (f *Feature) Each(visit func(key string, v any)) error {
	key := -1
	err := f.tags.packed(func(v uint64) error {
		switch {
		case key < 0 && v < uint64(len(f.layer.keys)):
			key = int(v)
		case key >= 0 && v < uint64(len(f.layer.values)):
			visit(f.layer.keys[key], f.layer.values[v])
			key = -1
		default:
			return errTags
		}
		return nil
	})
	if err == nil && key >= 0 {
		return errTags
	}
	return err
}

var errGeometry = errors.New("the places of a feature cannot be read")

// Parts reads the places of a feature: all points in one part, a part for each
// line, and one for each ring of a polygon, without its first place again.
func (f *Feature) Parts() (parts [][]XY, err error) {
	x, y := int64(0), int64(0)
	for g := f.geometry; len(g) > 0; {
		command, err := g.varint()
		if err != nil {
			return nil, err
		}
		id, count := command&7, command>>3
		if id == 7 && count == 1 && len(parts) > 0 {
			continue
		}
		if id != 1 && id != 2 || count == 0 || count > uint64(len(g)) || id == 2 && len(parts) == 0 {
			return nil, errGeometry
		}
		if id == 1 && (len(parts) == 0 || f.Type != Points) {
			parts = append(parts, nil)
		}
		part := &parts[len(parts)-1]
		for range count {
			dx, errX := g.varint()
			dy, errY := g.varint()
			if errX != nil || errY != nil {
				return nil, errCut
			}
			x, y = x+zigzag(dx), y+zigzag(dy)
			if x > maxCursor || y > maxCursor || x < -maxCursor || y < -maxCursor {
				return nil, errGeometry
			}
			*part = append(*part, XY{int32(x), int32(y)})
		}
	}
	return parts, nil
}
