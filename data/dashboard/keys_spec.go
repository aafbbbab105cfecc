package dashboard

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/data/vega/d3"
)

// format is how numbers are written, and dates where they may stand.
func format(dates bool) codec[string] {
	c := line()
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		read(r, n, v)
		if *v == "" || dates && strings.Contains(*v, "%") && datePattern(*v) {
			return
		}
		if _, err := d3.ParseSpec(*v); err != nil {
			fix := `write such as ",.2f", "$.3s" or ".1%"`
			if strings.ContainsFunc(*v, func(c rune) bool { return c != '$' && unicode.Is(unicode.Sc, c) }) {
				fix = `$ is its only sign of a currency, so name another in the label, and write such as ",.2f"`
			}
			r.wrong(n, "%s is no format of d3-format: %s", *v, fix)
		}
	}
	return c
}

// datePattern reports whether a format is one of d3-time-format: each % has a
// letter that it knows. ".1%" is a number's.
func datePattern(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		if i++; i < len(s) && strings.IndexByte("-_0", s[i]) >= 0 {
			i++
		}
		if i >= len(s) || strings.IndexByte("aAbBcdefgGHIjLmMpqQsSuUVwWxXyYZ%", s[i]) < 0 {
			return false
		}
	}
	return true
}

// spec is a specification: at a path, or written in the page.
type spec struct {
	path string
	text []byte
}

func readSpecOf(r *reader, n *yaml.Node, what string) (s spec) {
	switch {
	case n.Kind == yaml.MappingNode:
		if len(n.Content) == 0 {
			r.wrong(n, "this is empty: %s is wanted here", what)
			return s
		}
		s.text, _ = r.asJSON(n)
	default:
		pathOf(what).read(r, n, &s.path)
	}
	return s
}

func writeSpec(path string, text []byte) *yaml.Node {
	if path != "" {
		return textNode(path)
	}
	return fromJSON(text)
}

// wrapped reports whether a mapping is {spec: …} with a key of ours beside it,
// and no specification itself.
func wrapped(n *yaml.Node, beside ...string) bool {
	if n.Kind != yaml.MappingNode || value(n, "spec") == nil {
		return false
	}
	for k := range pairs(n) {
		if k.Value != "spec" && !contains(beside, k.Value) {
			return false
		}
	}
	return true
}

func specSchema() schema {
	return schema{"type": []any{"string", "object"}, "minLength": 1, "minProperties": 1}
}

func vegaLite() codec[VegaLite] {
	what := "a Vega-Lite specification or its path"
	keys := object[VegaLite]{what: "vega_lite", keys: []key[VegaLite]{
		must(key[VegaLite]{
			name: "spec", doc: "The specification or its path.", schema: specSchema,
			read: func(r *reader, n *yaml.Node, v *VegaLite) {
				s := readSpecOf(r, n, what)
				v.Path, v.Text = s.path, s.text
			},
			write: func(v *VegaLite) *yaml.Node { return writeSpec(v.Path, v.Text) },
		}),
		bind("source", "The source of a specification that names no data.", reference("the name of a source"), func(v *VegaLite) *string { return &v.Source }),
	}}
	return codec[VegaLite]{
		read: func(r *reader, n *yaml.Node, v *VegaLite) {
			if wrapped(n, "source") {
				keys.read(r, n, v)
				return
			}
			s := readSpecOf(r, n, what)
			v.Path, v.Text = s.path, s.text
		},
		write: func(v VegaLite) *yaml.Node {
			if v.Source != "" {
				return keys.write(v)
			}
			return writeSpec(v.Path, v.Text)
		},
		schema: specSchema,
	}
}

func pydeck() codec[Pydeck] {
	what := "deck.gl's JSON or its path"
	box := object[Pydeck]{what: "layers", keys: []key[Pydeck]{
		bind("heading", "The words above the switches.", line(), func(p *Pydeck) *string { return &p.Heading }),
		bind("required", "What is said where no layer is on.", line(), func(p *Pydeck) *string { return &p.Required }),
		bind("keys", "The key that switches each layer, by the layer's id.", layerKeys(), func(p *Pydeck) *map[string]string { return &p.Keys }),
	}}
	keys := object[Pydeck]{what: "pydeck", keys: []key[Pydeck]{
		must(key[Pydeck]{
			name: "spec", doc: "The JSON or its path.", schema: specSchema,
			read: func(r *reader, n *yaml.Node, v *Pydeck) {
				s := readSpecOf(r, n, what)
				v.Path, v.Text = s.path, s.text
			},
			write: func(v *Pydeck) *yaml.Node { return writeSpec(v.Path, v.Text) },
		}),
		{
			name: "layers", doc: "A box of switches for the layers.", schema: box.describe,
			read: func(r *reader, n *yaml.Node, v *Pydeck) { box.read(r, n, v) },
			write: func(v *Pydeck) *yaml.Node {
				n := box.write(*v)
				if len(n.Content) == 0 {
					return nil
				}
				return n
			},
		},
		bind("ground", groundDoc, ground(), func(p *Pydeck) *string { return &p.Ground }),
	}}
	return codec[Pydeck]{
		read: func(r *reader, n *yaml.Node, v *Pydeck) {
			if wrapped(n, "layers", "ground") {
				keys.read(r, n, v)
				return
			}
			s := readSpecOf(r, n, what)
			v.Path, v.Text = s.path, s.text
		},
		write: func(v Pydeck) *yaml.Node {
			if n := keys.write(v); len(n.Content) > 2 {
				return n
			}
			return writeSpec(v.Path, v.Text)
		},
		schema: specSchema,
	}
}

func layerKeys() codec[map[string]string] {
	return codec[map[string]string]{
		read: func(r *reader, n *yaml.Node, v *map[string]string) {
			if !r.mapping(n, "layers and keys") {
				return
			}
			*v = map[string]string{}
			taken := map[string]string{}
			for id, k := range pairs(n) {
				s, ok := "", k.Kind != refused
				if ok {
					s, ok = r.scalar(k, "a key such as b")
				}
				switch {
				case !ok:
				case len([]rune(s)) != 1 || shown(s) != s || s == " ":
					r.wrong(k, "%s is no key: write one letter or digit", s)
				case taken[s] != "":
					r.wrong(k, "%s switches %s already: take another key", s, taken[s])
				default:
					(*v)[id.Value], taken[s] = s, id.Value
				}
			}
		},
		write: func(v map[string]string) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, id := range sortedKeys(v) {
				n.Content = append(n.Content, textNode(id), textNode(v[id]))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": schema{"type": []any{"string", "integer"}}}
		},
	}
}
