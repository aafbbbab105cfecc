package geo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega/js"
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
	out.switches, out.index = newSwitches(spec, scene), newIndex(scene)
	out.legends = map[int]binLegend{}
	for i, l := range scene.Layers {
		if l.Bins != nil && len(l.Bins.Bins) > 0 {
			out.legends[i], out.binned = newBinLegend(l), true
		}
	}
	out.scene, err = mapview.NewScene(scene)
	return out, err
}

// records are the rows of a frame as a specification sees them. Columns of
// numbers that are written as texts are numbers, as pandas reads them.
func records(ctx context.Context, f frame.Frame) ([]any, error) {
	if f.Len() > maxRecords {
		return nil, fmt.Errorf("a source of a map has at most %d rows, and this one has %d: filter it, or put rows together in its query", maxRecords, f.Len())
	}
	columns := f.Columns()
	rows := make([]*js.Object, 0, f.Len())
	texts := map[string]bool{} // columns of texts that are numbers so far
	for _, c := range columns {
		texts[c.Name] = c.Type == frame.Text
	}
	err := f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			o := js.NewObject()
			for c := range columns {
				v := jsValue(&b.Columns[c], i)
				o.Set(columns[c].Name, v)
				if text, ok := v.(string); ok && texts[columns[c].Name] && !numeral.MatchString(text) {
					texts[columns[c].Name] = false
				}
			}
			rows = append(rows, o)
		}
		return nil
	})
	out := make([]any, len(rows))
	for i, o := range rows {
		for name, is := range texts {
			if text, ok := o.Values[name].(string); ok && is {
				o.Values[name], _ = strconv.ParseFloat(text, 64)
			}
		}
		out[i] = o
	}
	return out, err
}

// numeral is a text that is a number. A code that begins with a zero is none.
var numeral = regexp.MustCompile(`^-?(0|[1-9]\d{0,15})(\.\d{1,17})?$`)

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
