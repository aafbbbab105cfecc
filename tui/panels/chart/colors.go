package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// palette is the colours of names: Vega's ten, and ten that go with them.
var palette = [...]string{
	"#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#bab0ac",
	"#9ecae9", "#ffbf79", "#9c2f2e", "#2f6f6a", "#88d27a", "#a8851c", "#d6a5c9", "#c2587a", "#d8b5a5", "#79706e",
}

// colors are the places in the palette of the names that are drawn. A name keeps
// its place for as long as it is drawn, whatever comes and goes beside it.
type colors map[string]int

// with gives names places: those that have one keep it, new ones get the first
// that is free. It does not change c.
func (c colors) with(names []string) colors {
	out, taken := colors{}, map[int]bool{}
	for _, name := range names {
		if place, ok := c[name]; ok {
			out[name], taken[place] = place, true
		}
	}
	next := 0
	for _, name := range names {
		if _, ok := out[name]; ok {
			continue
		}
		for taken[next] {
			next++
		}
		out[name], taken[next] = next, true
	}
	return out
}

// paint lets a specification of its own draw the names of its color channel in
// the colours that they have, where a page's inputs choose which there are. It
// returns text itself, and c, where the specification says its colours or has
// none.
func (c colors) paint(ctx context.Context, s *specification, text []byte) ([]byte, colors, error) {
	source := s.single()
	t := s.data.Sources[source]
	if _, own := s.env.Panel.Spec.(*dashboard.VegaLite); !own || t.Rows == nil || len(t.Where) == 0 {
		return text, c, nil
	}
	var top map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&top) != nil || top["config"] != nil {
		return text, c, nil
	}
	encoding, _ := top["encoding"].(map[string]any)
	channel, _ := encoding["color"].(map[string]any)
	column, ok := named(t.Rows, channel)
	scale, _ := channel["scale"].(map[string]any)
	if !ok || scale["scheme"] != nil || column.Type != frame.Text {
		return text, c, nil
	}
	names, err := namesOf(ctx, t.Rows, column.Name)
	if err != nil || len(names) == 0 || len(names) > len(palette) {
		return text, c, err
	}
	next := c.with(names)
	shown := make([]string, len(names))
	for i, name := range names {
		if next[name] >= len(palette) {
			return text, c, nil
		}
		shown[i] = palette[next[name]]
	}
	if scale == nil {
		scale = map[string]any{}
	}
	scale["domain"], scale["range"] = names, shown
	channel["scale"] = scale
	text, err = json.Marshal(top)
	return text, next, err
}

// namesOf are the values of a column of texts, sorted; nil where they are more
// than there are colours.
func namesOf(ctx context.Context, f frame.Frame, column string) ([]string, error) {
	seen := map[string]bool{}
	err := f.Scan(ctx, []int{frame.Find(f, column)}, 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			if b.Columns[0].IsNull(i) {
				continue
			}
			if name := b.Columns[0].Bytes(i); !seen[string(name)] {
				seen[string(name)] = true
			}
			if len(seen) > len(palette) {
				return frame.ErrStop
			}
		}
		return nil
	})
	if len(seen) > len(palette) {
		return nil, err
	}
	return slices.Sorted(maps.Keys(seen)), err
}
