package dashboard

import (
	"encoding/json"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// checkSpecs reads the specifications that panels name, and finds the sources
// that they take figures from.
func (r checker) checkSpecs(c *Content) {
	var sources []string
	for _, s := range c.Sources {
		sources = append(sources, s.Name)
	}
	for _, row := range c.Rows {
		for i := range row.Panels {
			p := &row.Panels[i]
			switch s := p.Spec.(type) {
			case *VegaLite:
				if v, ok := r.spec(p, s.Path, s.Text); ok {
					r.checkVegaLite(p, s, v, sources)
				}
			case *Pydeck:
				if v, ok := r.spec(p, s.Path, s.Text); ok {
					r.checkPydeck(p, s, v, sources)
				}
			}
		}
	}
}

// spec is a specification as values. It reports false where there is none to
// be looked at.
func (r checker) spec(p *Panel, path string, text []byte) (map[string]any, bool) {
	if path != "" {
		if r.files == nil {
			return nil, false
		}
		var err error
		if text, err = r.files.text(path, specLimit); err != nil {
			return nil, false // reported where the path stands
		}
	}
	if len(text) == 0 {
		return nil, false
	}
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		if !json.Valid(text) {
			sub := &reader{file: path}
			parser{sub}.parseJSON(text)
			r.problems = append(r.problems, sub.problems...)
			if len(sub.problems) == 0 || path != "" {
				r.wrong(nodeOf(p.At), "%s is not JSON", or(path, p.Kind))
			}
			return nil, false
		}
		r.wrong(nodeOf(p.At), "%s holds no specification: an object in {} is wanted", or(path, p.Kind))
		return nil, false
	}
	return v, true
}

// checkVegaLite checks the data that a specification names.
func (r checker) checkVegaLite(p *Panel, s *VegaLite, v map[string]any, sources []string) {
	own := map[string]bool{}
	if sets, ok := v["datasets"].(map[string]any); ok {
		for name := range sets {
			own[name] = true
		}
	}
	var found []map[string]any
	dataOf(v, &found)
	file := or(s.Path, "the specification")
	for _, data := range found {
		name, _ := data["name"].(string)
		address, _ := data["url"].(string)
		switch {
		case address != "":
			r.specPath(p, file, address)
		case name == "" || own[name] || data["values"] != nil || data["sequence"] != nil || data["graticule"] != nil || data["sphere"] != nil:
		case !slices.Contains(sources, name):
			r.wrong(nodeOf(p.At), "%s names the data %s, and that is no source of this page%s", file, name, sourceNameHint(name, sources))
		case !slices.Contains(s.Names, name):
			s.Names = append(s.Names, name)
		}
	}
	if len(found) > 0 || s.Source != "" {
		return
	}
	if len(sources) == 1 {
		s.Source = sources[0]
		return
	}
	r.wrong(nodeOf(p.At), "%s names no data: write data: {name: SOURCE} in it, or vega_lite: {spec: …, source: SOURCE}", file)
}

// dataOf finds every data of a specification.
func dataOf(v any, found *[]map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sortedKeys(v) {
			if k == "datasets" || k == "values" {
				continue
			}
			if data, ok := v[k].(map[string]any); ok && k == "data" {
				*found = append(*found, data)
				continue
			}
			dataOf(v[k], found)
		}
	case []any:
		for _, one := range v {
			dataOf(one, found)
		}
	}
}

// specPath checks the path of figures in a specification.
func (r checker) specPath(p *Panel, file, path string) {
	n := nodeOf(p.At)
	if strings.Contains(path, "://") || strings.HasPrefix(path, "//") {
		r.wrong(n, "%s takes figures from an address: make it a source of this page, with url, and name the source in the specification", file)
		return
	}
	if r.inside(n, path) {
		r.exists(n, path)
	}
}

// checkPydeck checks the layers of a map: their data, and the keys that switch
// them.
func (r checker) checkPydeck(p *Panel, s *Pydeck, v map[string]any, sources []string) {
	layers, _ := v["layers"].([]any)
	var ids []string
	file := or(s.Path, "the specification")
	for _, l := range layers {
		layer, _ := l.(map[string]any)
		if id, ok := layer["id"].(string); ok {
			ids = append(ids, id)
		}
		data, _ := layer["data"].(string)
		switch {
		case data == "":
		case slices.Contains(sources, data):
			if !slices.Contains(s.Names, data) {
				s.Names = append(s.Names, data)
			}
		case !strings.ContainsAny(data, "./"):
			r.wrong(nodeOf(p.At), "%s names the data %s, and that is no source of this page%s", file, data, sourceNameHint(data, sources))
		default:
			r.specPath(p, file, data)
		}
	}
	for _, id := range sortedKeys(s.Keys) {
		if !slices.Contains(ids, id) {
			r.wrong(nodeOf(p.At), "unknown layer %s in keys%s", id, hint(id, ids))
		}
	}
}

// nodeOf is the node at a place, for reports.
func nodeOf(p Place) *yaml.Node { return &yaml.Node{Line: p.Line, Column: p.Col} }
