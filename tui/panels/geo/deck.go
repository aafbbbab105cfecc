package geo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/panels"
)

// maxFile bounds a specification and each of its files.
const maxFile = 256 << 20

// maxRecords bounds the rows of a source that a specification takes.
const maxRecords = 1_000_000

// readDeck makes the scene of a map in deck.gl's JSON.
func readDeck(ctx context.Context, spec *dashboard.Pydeck, data panels.Data, load func(context.Context, string, int64) ([]byte, error)) (*figures, error) {
	text, base := spec.Text, ""
	if spec.Path != "" {
		if load == nil {
			return nil, errors.New("no file is read here")
		}
		var err error
		if text, err = load(ctx, spec.Path, maxFile); err != nil {
			return nil, err
		}
		if i := strings.LastIndexByte(spec.Path, '/'); i >= 0 {
			base = spec.Path[:i+1]
		}
	}
	scene, err := deck.Parse(text, deck.Options{
		Load: func(address string) ([]byte, error) {
			if load == nil {
				return nil, errors.New("no file is read here")
			}
			return load(ctx, base+address, maxFile)
		},
		Rows: func(name string) ([]any, bool, error) {
			t, ok := data.Sources[name]
			if !ok {
				return nil, false, nil
			}
			if t.Rows == nil {
				return nil, true, t.Err
			}
			rows, err := records(ctx, t.Rows)
			return rows, true, err
		},
	})
	if err != nil {
		return nil, err
	}
	out := &figures{lat: -1, lon: -1}
	for _, l := range scene.Layers {
		out.hidden = append(out.hidden, !l.Visible)
		if l.Refused != "" {
			out.notes = append(out.notes, "layer "+l.ID+" is not drawn: "+l.Refused)
		}
		for _, note := range l.Notes {
			out.notes = append(out.notes, "layer "+l.ID+": "+note)
		}
	}
	out.notes = append(out.notes, scene.Notes...)
	out.switches = newSwitches(spec, scene)
	out.scene, err = mapview.NewScene(scene)
	return out, err
}

// records are the rows of a frame as a specification sees them.
func records(ctx context.Context, f frame.Frame) ([]any, error) {
	if f.Len() > maxRecords {
		return nil, fmt.Errorf("a source of a map has at most %d rows, and this one has %d: filter it, or put rows together in its query", maxRecords, f.Len())
	}
	columns := f.Columns()
	rows := make([]any, 0, f.Len())
	err := f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			o := js.NewObject()
			for c := range columns {
				o.Set(columns[c].Name, jsValue(&b.Columns[c], i))
			}
			rows = append(rows, o)
		}
		return nil
	})
	return rows, err
}

// jsValue is a cell as JSON would bring it.
func jsValue(v *frame.Vector, i int) any {
	if v.IsNull(i) {
		return nil
	}
	if v.Type == frame.Boolean {
		f, _ := v.Float(i)
		return f != 0
	}
	if v.Type.Numeric() {
		f, _ := v.Float(i)
		return f
	}
	if v.Type == frame.JSON {
		if parsed, err := deck.Value(v.Bytes(i)); err == nil {
			return parsed
		}
	}
	return v.String(i)
}

// toggle is one layer in the box of layers.
type toggle struct {
	layer int
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
	s := switches{heading: spec.Heading, required: spec.Required}
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

// none reports whether every layer is hidden.
func (f *figures) none() bool {
	return len(f.switches.list) > 0 && !slices.ContainsFunc(f.switches.list, func(t toggle) bool { return !f.hidden[t.layer] })
}

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

// binClasses are the colours of the bins that are shown, with the values that
// each stands for.
func (f *figures) binClasses() (title string, out []class) {
	for i, l := range f.scene.Deck.Layers {
		b := l.Bins
		if b == nil || len(b.Bins) == 0 || i < len(f.hidden) && f.hidden[i] {
			continue
		}
		lo, hi, n := map[int]float64{}, map[int]float64{}, map[int]int{}
		for _, bin := range b.Bins {
			if n[bin.Class]++; n[bin.Class] == 1 {
				lo[bin.Class], hi[bin.Class] = bin.ColorValue, bin.ColorValue
			}
			lo[bin.Class], hi[bin.Class] = min(lo[bin.Class], bin.ColorValue), max(hi[bin.Class], bin.ColorValue)
		}
		for c := range b.Range {
			if n[c] == 0 {
				continue
			}
			out = append(out, class{name: span(lo[c], hi[c]), color: cell.RGB{b.Range[c][0], b.Range[c][1], b.Range[c][2]}, count: n[c]})
		}
		what := "per square"
		if b.Hexagons {
			what = "per hexagon"
		}
		return session.Clean(l.ID, 40) + " " + what, out
	}
	return "", nil
}

// span writes the values from one to another.
func span(lo, hi float64) string {
	if lo == hi {
		return js.FormatNumber(lo)
	}
	return js.FormatNumber(lo) + "–" + js.FormatNumber(hi)
}

// describe says what a shape of a layer is, where it has no tooltip.
func describe(l *deck.Layer, pick mapview.Pick, item deck.Item) string {
	switch {
	case pick.Kind == mapview.Prism && l.Bins != nil && pick.Index < len(l.Bins.Bins):
		b := &l.Bins.Bins[pick.Index]
		text := mapview.Count(b.Count) + " rows"
		if b.ColorValue != float64(b.Count) {
			text += " · " + js.FormatNumber(b.ColorValue)
		}
		if b.Elevation > 0 {
			text += fmt.Sprintf(" · %.0f m high", b.Elevation)
		}
		return text
	case pick.Kind == mapview.Name && pick.Index < len(l.Labels):
		return l.Labels[pick.Index].Text
	case pick.Kind == mapview.Prism && pick.Index < len(l.Columns):
		return fmt.Sprintf("row %d · %.0f m high", item.Row+1, l.Columns[pick.Index].Elevation)
	}
	return fmt.Sprintf("row %d", item.Row+1)
}
