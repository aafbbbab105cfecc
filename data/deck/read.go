package deck

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Options are what a file is read with. The zero value reads no other data than
// the file's own.
type Options struct {
	// Load returns what an address of data, relative to the file, holds.
	Load func(address string) ([]byte, error)
	// Rows returns rows by name; ok is false where the name is none of them.
	Rows func(name string) (rows []any, ok bool, err error)
}

// reader reads one file.
type reader struct {
	o     Options
	scene *Scene
}

// Parse reads a map: deck.gl's JSON, a page that pydeck wrote, or st.map's
// short form.
func Parse(text []byte, o Options) (*Scene, error) {
	doc, err := document(text)
	if err != nil {
		return nil, err
	}
	r := &reader{o, &Scene{}}
	if list, ok := doc.([]any); ok {
		of := js.NewObject()
		of.Set("data", list)
		doc = of
	}
	top, ok := doc.(*js.Object)
	if !ok {
		return nil, errors.New("it is no map: an object with layers is expected, as pydeck's to_json writes it")
	}
	if !has(top, "layers") && !has(top, "initialViewState") && has(top, "data") {
		return r.short(top)
	}
	if !has(top, "layers") {
		return nil, errors.New("it is no map: it has neither layers nor data")
	}
	return r.deck(top)
}

func has(o *js.Object, key string) bool { _, ok := o.Values[key]; return ok }

// document reads JSON, also where it stands in a page of pydeck's.
func document(text []byte) (any, error) {
	if trimmed := bytes.TrimSpace(text); len(trimmed) == 0 || trimmed[0] != '<' {
		return decode(text)
	}
	input := constant(text, "jsonInput")
	if input == nil {
		return nil, errors.New("it is a web page without a map of pydeck's")
	}
	doc, err := decode(input)
	if top, ok := doc.(*js.Object); ok && err == nil {
		if tip, err := decode(constant(text, "tooltip")); err == nil && !has(top, "tooltip") {
			top.Set("tooltip", tip)
		}
	}
	return doc, err
}

// constant returns the value of "const NAME = …;" that stands on a line.
func constant(page []byte, name string) []byte {
	for line := range bytes.Lines(page) {
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("const "+name+" = ")); ok {
			return bytes.TrimSuffix(bytes.TrimSpace(rest), []byte(";"))
		}
	}
	return nil
}

// views that are no map.
var noMap = map[string]bool{"OrbitView": true, "OrthographicView": true, "FirstPersonView": true}

// maxLayers bounds the layers of a map.
const maxLayers = 100

func (r *reader) deck(top *js.Object) (*Scene, error) {
	if views, ok := top.Get("views").([]any); ok && len(views) > 0 {
		kind := typeOf(views[0])
		if noMap[kind] {
			return nil, fmt.Errorf("views: a %s is no map, and is not supported", kind)
		}
		if kind == "_GlobeView" {
			r.note("the globe is drawn as a flat map")
		}
		if len(views) > 1 {
			r.note("only the first of %d views is shown", len(views))
		}
	}
	list, _ := top.Get("layers").([]any)
	if len(list) > maxLayers {
		return nil, fmt.Errorf("layers: more than %d", maxLayers)
	}
	r.ground(top)
	tip := newTooltip(top.Get("tooltip"))
	for _, v := range list {
		if o, ok := v.(*js.Object); ok {
			r.scene.Layers = append(r.scene.Layers, r.layer(o, tip))
		}
	}
	r.view(top.Get("initialViewState"))
	return r.scene, nil
}

func typeOf(v any) string {
	o, _ := v.(*js.Object)
	kind, _ := o.GetOr("@@type").(string)
	return kind
}

func (r *reader) note(format string, args ...any) {
	r.scene.Notes = append(r.scene.Notes, fmt.Sprintf(format, args...))
}

var tags = regexp.MustCompile(`<[^>]*>`)

// ground reads what the map says of its ground and of itself.
func (r *reader) ground(top *js.Object) {
	style, _ := top.Get("mapStyle").(string)
	style = strings.ToLower(style)
	for _, s := range []struct{ word, style string }{{"satellite", "dark"}, {"dark", "dark"}, {"positron", "light"}, {"light", "light"}, {"voyager", "roads"}, {"streets", "roads"}, {"road", "roads"}} {
		if strings.Contains(style, s.word) {
			r.scene.Style = s.style
			if s.word == "satellite" {
				r.note("there are no pictures from satellites: the ground is dark")
			}
			break
		}
	}
	if text, ok := top.Get("description").(string); ok {
		r.scene.Title = strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(text, " "))), " ")
	}
	if list, ok := top.Get("effects").([]any); ok && len(list) > 0 {
		r.note("effects are not drawn")
	}
}
