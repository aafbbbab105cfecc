package gate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// loadFile reads a file of the folder.
type loadFile func(name string, most int64) ([]byte, error)

// Limits of what is read of a folder for its definitions.
const (
	maxSpec = 32 << 20
	maxText = 1 << 20
)

// notFields are the properties whose text is never the name of a column.
var notFields = []string{"$schema", "mark", "type", "aggregate", "op", "timeUnit", "title", "description", "name", "scheme", "interpolate", "orient", "format", "formatType", "stroke", "fill", "strokeCap", "cursor", "align", "baseline", "font", "projection", "stack", "resolve"}

// textsOf are the texts of a specification in which columns can be named.
func textsOf(v any, in string, out *[]string) {
	switch v := v.(type) {
	case string:
		if !slices.Contains(notFields, in) {
			*out = append(*out, v, unescaped(v))
		}
	case []any:
		for _, e := range v {
			textsOf(e, in, out)
		}
	case *object:
		for _, m := range v.members {
			if m.name == "values" && in == "data" || m.name == "datasets" && in == "" {
				continue // rows of its own
			}
			textsOf(m.value, m.name, out)
		}
	}
}

// unescaped is the name of a field without the signs by which a path is told
// from a name with dots and brackets.
func unescaped(s string) string { return strings.ReplaceAll(s, `\`, "") }

// namesAll reports whether a specification may read columns that it does not
// name: by names that it computes, or by showing all that a row holds.
func namesAll(texts []string, v any) bool {
	if slices.ContainsFunc(texts, computed) {
		return true
	}
	found := false
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				look(e)
			}
		case *object:
			if tip, ok := v.get("tooltip").(*object); ok && tip.get("content") == "data" {
				found = true
			}
			for _, m := range v.members {
				look(m.value)
			}
		}
	}
	look(v)
	return found
}

// computed reports whether an expression reads a field whose name it computes,
// or all of a row.
func computed(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], "datum")
		if i < 0 {
			return false
		}
		rest := strings.TrimLeft(text[at+i+len("datum"):], " \t\n")
		at += i + len("datum")
		switch {
		case rest == "" || rest[0] == '.':
			if rest == "" && text != "datum" {
				return true
			}
		case rest[0] == '[':
			inner := strings.TrimLeft(rest[1:], " ")
			if inner == "" || inner[0] != '"' && inner[0] != '\'' {
				return true
			}
			_, after, _ := strings.Cut(inner[1:], inner[:1])
			if !strings.HasPrefix(strings.TrimLeft(after, " "), "]") {
				return true
			}
		case rest[0] == ')' || rest[0] == ',':
			return true // a function is given the row
		}
	}
}

// vegaLite makes the specification that is sent of a panel: sources go by the
// names of frames, and its own data stand in it, without the columns that it
// does not name.
func vegaLite(load loadFile, s *dashboard.VegaLite, rename func(string) string, name func(source string, texts []string, all bool)) (*dashboard.VegaLite, error) {
	text, err := specText(load, s.Path, s.Text)
	if err != nil {
		return nil, err
	}
	top, err := parseOrdered(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", specName(s.Path), err)
	}
	root, ok := top.(*object)
	if !ok {
		return nil, fmt.Errorf("%s holds no specification", specName(s.Path))
	}
	var texts []string
	textsOf(root, "", &texts)
	all := namesAll(texts, root)
	for _, source := range append(slices.Clone(s.Names), s.Source) {
		if source != "" {
			name(source, texts, all)
		}
	}
	c := cutter{load: load, texts: texts, all: all}
	own := map[string]bool{}
	if sets, ok := root.get("datasets").(*object); ok {
		for i := range sets.members {
			own[sets.members[i].name] = true
			sets.members[i].value = c.rows(sets.members[i].value)
		}
	}
	if err := c.views(root, own, s.Names, rename); err != nil {
		return nil, fmt.Errorf("%s: %w", specName(s.Path), err)
	}
	out := *s
	out.Path, out.Text, out.Source = "", written(root), rename(s.Source)
	out.Names = nil
	for _, n := range s.Names {
		out.Names = append(out.Names, rename(n))
	}
	return &out, nil
}

// views goes through the data of all views.
func (c cutter) views(v any, own map[string]bool, names []string, rename func(string) string) error {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if err := c.views(e, own, names, rename); err != nil {
				return err
			}
		}
	case *object:
		for i := range v.members {
			m := &v.members[i]
			if m.name == "datasets" || m.name == "values" {
				continue
			}
			data, ok := m.value.(*object)
			if !ok || m.name != "data" {
				if err := c.views(m.value, own, names, rename); err != nil {
					return err
				}
				continue
			}
			if err := c.data(data, own, names, rename); err != nil {
				return err
			}
		}
	}
	return nil
}

// data rewrites one data property.
func (c cutter) data(d *object, own map[string]bool, names []string, rename func(string) string) error {
	url, _ := d.get("url").(string)
	name, _ := d.get("name").(string)
	switch {
	case url != "":
		return c.embed(d, url)
	case d.get("values") != nil:
		if text, ok := d.get("values").(string); ok {
			d.set("values", c.delimited(text, kindOf(d, "json"), d))
			return nil
		}
		d.set("values", c.rows(d.get("values")))
	case name != "" && !own[name] && slices.Contains(names, name):
		d.set("name", rename(name))
	}
	return nil
}

// kindOf is the format of data.
func kindOf(d *object, otherwise string) string {
	if f, ok := d.get("format").(*object); ok {
		if kind, ok := f.get("type").(string); ok && kind != "" {
			return kind
		}
	}
	return otherwise
}

// embed puts the rows of a file into the specification.
func (c cutter) embed(d *object, url string) error {
	text, err := c.load(url, maxSpec)
	if err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	kind := strings.TrimPrefix(path.Ext(url), ".")
	if kind != "csv" && kind != "tsv" && kind != "dsv" {
		kind = "json"
	}
	kind = kindOf(d, kind)
	d.remove("url")
	if kind == "csv" || kind == "tsv" || kind == "dsv" {
		format, ok := d.get("format").(*object)
		if !ok {
			format = &object{}
			d.set("format", format)
		}
		format.set("type", kind)
		d.set("values", c.delimited(string(text), kind, d))
		return nil
	}
	v, err := parseOrdered(text)
	if err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	d.set("values", c.rows(v))
	return nil
}

// cutter takes the columns out of a specification's own data that it does not
// name.
type cutter struct {
	load  loadFile
	texts []string
	all   bool
}

func (c cutter) names(column string) bool {
	return c.all || slices.ContainsFunc(c.texts, func(text string) bool { return mentions(text, column) })
}

// rows cuts rows that stand in lists, at any depth of what is around them.
func (c cutter) rows(v any) any {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			if o, ok := e.(*object); ok {
				v[i] = c.row(o)
			}
		}
	case *object: // lists below properties, or a single row
		lists := false
		for i, m := range v.members {
			if list, ok := m.value.([]any); ok && len(list) > 0 {
				if _, ok := list[0].(*object); ok {
					v.members[i].value, lists = c.rows(list), true
				}
			}
		}
		if !lists {
			return c.row(v)
		}
	}
	return v
}

// row cuts one row. What a feature is is no column.
func (c cutter) row(o *object) *object {
	if o.get("type") == "Feature" {
		if p, ok := o.get("properties").(*object); ok {
			o.set("properties", c.row(p))
		}
		return o
	}
	o.members = slices.DeleteFunc(o.members, func(m member) bool { return !c.names(m.name) })
	return o
}

// delimited cuts rows of text.
func (c cutter) delimited(text, kind string, d *object) string {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if f, ok := d.get("format").(*object); ok && kind == "dsv" {
		if s, ok := f.get("delimiter").(string); ok && s != "" {
			r.Comma = []rune(s)[0]
		}
	}
	switch kind {
	case "tsv":
		r.Comma = '\t'
	case "csv", "dsv":
	default: // JSON as text
		if v, err := parseOrdered([]byte(text)); err == nil {
			return string(written(c.rows(v)))
		}
		return "[]"
	}
	w.Comma = r.Comma
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		return ""
	}
	var keep []int
	for i, name := range all[0] {
		if c.names(name) {
			keep = append(keep, i)
		}
	}
	for _, record := range all {
		out := make([]string, len(keep))
		for k, i := range keep {
			if i < len(record) {
				out[k] = record[i]
			}
		}
		if w.Write(out) != nil {
			return ""
		}
	}
	w.Flush()
	return b.String()
}

// pydeck makes the map that is sent of a panel.
func pydeck(load loadFile, s *dashboard.Pydeck, rename func(string) string, name func(source string, texts []string, all bool)) (*dashboard.Pydeck, error) {
	text, err := specText(load, s.Path, s.Text)
	if err != nil {
		return nil, err
	}
	top, err := parseOrdered(text)
	root, ok := top.(*object)
	if err != nil || !ok {
		return nil, fmt.Errorf("%s holds no map: %w", specName(s.Path), errors.Join(err))
	}
	base := path.Dir(s.Path)
	shared := []string{}
	for _, m := range root.members {
		if m.name != "layers" {
			textsOf(m.value, m.name, &shared)
		}
	}
	layers, _ := root.get("layers").([]any)
	if root.get("layers") == nil {
		layers = []any{root} // a map in short form is its only layer
	}
	for _, l := range layers {
		if layer, ok := l.(*object); ok {
			if err := deckLayer(load, base, layer, s.Names, shared, rename, name); err != nil {
				return nil, fmt.Errorf("%s: %w", specName(s.Path), err)
			}
		}
	}
	out := *s
	out.Path, out.Text, out.Names, out.Ground = "", written(root), nil, ""
	for _, n := range s.Names {
		out.Names = append(out.Names, rename(n))
	}
	return &out, nil
}

// deckDefaults are the columns that layers read where nothing else is said.
var deckDefaults = []string{"position", "sourcePosition", "targetPosition", "path", "polygon", "hexagon", "icon", "text", "timestamps", "geometry"}

// deckLayer rewrites the data of a layer.
func deckLayer(load loadFile, base string, layer *object, names, shared []string, rename func(string) string, name func(string, []string, bool)) error {
	texts := append(slices.Clone(shared), deckDefaults...)
	for _, m := range layer.members {
		if m.name != "data" {
			textsOf(m.value, m.name+" of a layer", &texts) // its names are not Vega-Lite's
		}
	}
	c := cutter{load: load, texts: texts}
	switch data := layer.get("data").(type) {
	case string:
		if slices.Contains(names, data) {
			name(data, texts, false)
			layer.set("data", rename(data))
			return nil
		}
		text, err := load(path.Join(base, data), maxSpec)
		if err != nil {
			return fmt.Errorf("%s: %w", data, err)
		}
		if strings.EqualFold(path.Ext(data), ".csv") {
			return fmt.Errorf("%s: make it a source of the page, and name the source as the layer's data", data)
		}
		v, err := parseOrdered(text)
		if err != nil {
			return fmt.Errorf("%s: %w", data, err)
		}
		layer.set("data", c.deckRows(v))
	case nil:
	default:
		layer.set("data", c.deckRows(data))
	}
	return nil
}

// deckRows cuts the rows of a layer: records, features, or columns.
func (c cutter) deckRows(v any) any {
	o, ok := v.(*object)
	if !ok || o.get("type") != nil {
		return c.rows(v)
	}
	return c.row(o)
}

func specText(load loadFile, path string, text []byte) ([]byte, error) {
	if path == "" {
		return text, nil
	}
	text, err := load(path, maxSpec)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

func specName(path string) string {
	if path == "" {
		return "the specification"
	}
	return path
}

func written(v any) []byte {
	var b bytes.Buffer
	appendOrdered(&b, v)
	return b.Bytes()
}

// tooLong reports whether a definition is longer than readers take.
func tooLong(rows []byte) bool { return len(rows) > wire.MaxPage*3/4 }
