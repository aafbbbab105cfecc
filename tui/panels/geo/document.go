package geo

import (
	"encoding/json"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/mapview"
)

// document is a map as JSON: where one looks from, and what its layers draw. The
// lists are called as the sources are, and the figures as their fields.
type document struct {
	View   mapview.View `json:"view"`
	Layers []object     `json:"layers"`
}

// documentOf is everything that is on the map.
func documentOf(f *figures, v mapview.View) document {
	out := document{View: v, Layers: []object{}}
	for i, l := range f.scene.Deck.Layers {
		out.Layers = append(out.Layers, layerOf(f, i, l))
	}
	return out
}

// kinds are what the layers with lists of their own are called.
var kinds = map[string]string{"HexagonLayer": "hexagon", "GridLayer": "grid", "ScatterplotLayer": "scatterplot", "TextLayer": "text", "ArcLayer": "arc"}

func layerOf(f *figures, i int, l *deck.Layer) object {
	o := objectOf("name", l.ID, "kind", kinds[l.Type], "visible", f.shown(i))
	if kinds[l.Type] == "" {
		o.set("kind", l.Type)
	}
	if l.Refused != "" {
		o.set("refused", l.Refused)
	}
	if l.Bins != nil {
		what, size := "squares", "cell_m"
		if l.Bins.Hexagons {
			what, size = "hexagons", "radius_m"
		}
		o.set(size, l.Bins.Size)
		o.set(what, binsOf(l.Bins))
	}
	if l.Type == "ScatterplotLayer" {
		name := l.Source
		if name == "" {
			name = "circles"
		}
		o.set(name, circlesOf(f, l))
	}
	if l.Type == "TextLayer" {
		o.set("labels", labelsOf(l))
	}
	if l.Type == "ArcLayer" {
		o.set("arcs", arcsOf(l))
	}
	return o
}

// object is an object of JSON whose members keep their order.
type object struct{ members []member }

type member struct {
	name  string
	value any
}

// objectOf makes an object of names and values in turn.
func objectOf(pairs ...any) (o object) {
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func (o *object) set(name string, v any) { o.members = append(o.members, member{name, v}) }

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, m := range o.members {
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}

func binsOf(b *deck.Bins) []any {
	out := []any{}
	for _, c := range inOrder(b) {
		o := objectOf("lon", c.At.Lon, "lat", c.At.Lat, "count", c.Count, "class", c.Class, "elevation_m", c.Elevation)
		if c.ColorValue != float64(c.Count) {
			o.set("value", c.ColorValue)
		}
		out = append(out, o)
	}
	return out
}

func circlesOf(f *figures, l *deck.Layer) []any {
	out := []any{}
	for i := range l.Circles {
		c := &l.Circles[i]
		o := object{}
		if k, ok := f.index.places[c.At]; ok {
			o.set("name", f.index.list[k].name)
		}
		o.set("lon", c.At.Lon)
		o.set("lat", c.At.Lat)
		if field := l.Fields["getRadius"]; field != "" {
			o.set(field, c.Radius)
		}
		if m, ok := l.Radius.Meters(c.Radius); ok {
			o.set("radius_m", m)
		} else if l.Radius.Units == "pixels" {
			o.set("radius_px", min(max(m, l.Radius.Min), l.Radius.Max))
		}
		out = append(out, o)
	}
	return out
}

func labelsOf(l *deck.Layer) []any {
	out := []any{}
	for i := range l.Labels {
		out = append(out, objectOf("text", l.Labels[i].Text, "lon", l.Labels[i].At.Lon, "lat", l.Labels[i].At.Lat))
	}
	return out
}

func arcsOf(l *deck.Layer) []any {
	out := []any{}
	for i := range l.Arcs {
		c := &l.Arcs[i]
		o := objectOf("from", []any{c.Source.Lon, c.Source.Lat}, "to", []any{c.Target.Lon, c.Target.Lat})
		if field := l.Fields["getWidth"]; field != "" {
			o.set(field, c.Width)
		}
		if l.Width.Units == "pixels" {
			o.set("width_px", min(max(c.Width*l.Width.Scale, l.Width.Min), l.Width.Max))
		}
		out = append(out, o)
	}
	return out
}
