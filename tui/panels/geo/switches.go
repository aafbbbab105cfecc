package geo

import (
	"maps"
	"slices"
	"strconv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/deck"
)

// toggle is one layer in the box of layers.
type toggle struct {
	layer int // of the scene
	name  string
	key   string
}

// switches are the box of layers.
type switches struct {
	heading, required string
	list              []toggle
}

// newSwitches names the layers and gives each a key: its own, or a number.
func newSwitches(spec *dashboard.Pydeck, scene *deck.Scene) switches {
	s := switches{heading: session.Clean(spec.Heading, 40), required: spec.Required}
	taken := slices.Collect(maps.Values(spec.Keys))
	for i, l := range scene.Layers {
		if l.Refused != "" {
			continue
		}
		t := toggle{layer: i, name: session.Clean(l.ID, 60), key: spec.Keys[l.ID]}
		for n := 1; t.key == "" && n <= 9; n++ {
			if k := strconv.Itoa(n); !slices.Contains(taken, k) {
				t.key, taken = k, append(taken, k)
			}
		}
		s.list = append(s.list, t)
	}
	return s
}

// title is the heading of the box.
func (s *switches) title() string {
	if s.heading == "" {
		return "Layers"
	}
	return s.heading
}

// keys are those of the layers.
func (s *switches) keys() (out []string) {
	for _, t := range s.list {
		out = append(out, t.key)
	}
	return out
}

// shown reports whether a layer is drawn.
func (f *figures) shown(layer int) bool {
	return f.scene.Deck.Layers[layer].Refused == "" && (layer >= len(f.hidden) || !f.hidden[layer])
}

// none reports whether every layer is hidden.
func (f *figures) none() bool {
	return len(f.switches.list) > 0 && !slices.ContainsFunc(f.switches.list, func(t toggle) bool { return f.shown(t.layer) })
}

// flip shows a layer, or hides it.
func (f *figures) flip(layer int) { f.hidden[layer] = !f.hidden[layer] }

// keepHidden takes over which layers were hidden, by their ids.
func (f *figures) keepHidden(before *figures) {
	if before == nil {
		return
	}
	hidden := map[string]bool{}
	for i, l := range before.scene.Deck.Layers {
		if i < len(before.hidden) {
			hidden[l.ID] = before.hidden[i]
		}
	}
	for i, l := range f.scene.Deck.Layers {
		if h, ok := hidden[l.ID]; ok && i < len(f.hidden) {
			f.hidden[i] = h
		}
	}
}
