package dashboard

import (
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// panelKind is one kind of panel.
type panelKind struct {
	name, doc string
	snippet   any // what an editor writes for it
	read      func(r *reader, n *yaml.Node) any
	write     func(spec any) *yaml.Node
	schema    func() schema
}

func kindOf[T any](name, doc string, snippet any, c codec[T]) panelKind {
	return panelKind{
		name: name, doc: doc, snippet: snippet, schema: c.schema,
		read: func(r *reader, n *yaml.Node) any {
			spec := new(T)
			c.read(r, n, spec)
			return spec
		},
		write: func(spec any) *yaml.Node {
			v, ok := spec.(*T)
			if !ok {
				return nil
			}
			return c.write(*v)
		},
	}
}

// panelKinds are the kinds of panels, in the order of the manual.
var panelKinds = sync.OnceValue(func() []panelKind {
	return append([]panelKind{
		kindOf("markdown", "Text: headings, lists, code, links, tables, quotes; or {path} of a file with it.", "# $1", markdownCodec()),
		kindOf("metric", "One large number, with what it was before and a small line.", schema{"label": "$1", "source": "$2", "field": "$3", "aggregate": "sum"}, metricKeys().codec()),
		kindOf("table", "The rows of a source.", schema{"source": "$1"}, tableKeys().codec()),
	}, append(chartKinds(),
		kindOf("vega_lite", "A Vega-Lite chart: the path of a specification, the specification itself, or {spec, source}.", "charts/$1.vl.json", vegaLite()),
		kindOf("map", "Places on a map.", schema{"source": "$1"}, mapKeys().codec()),
		kindOf("pydeck", "A map in deck.gl's JSON: its path, the JSON itself, or {spec, layers}.", "maps/$1.json", pydeck()),
		kindOf("walk", "A random walk that is drawn while it happens.", schema{}, walkKeys().codec()),
	)...)
})

func panelNames() []string {
	var names []string
	for _, k := range panelKinds() {
		names = append(names, k.name)
	}
	return names
}

// panelKeys are the keys that every panel may have beside its kind.
var panelKeys = sync.OnceValue(func() object[Panel] {
	return object[Panel]{what: "a panel", keys: []key[Panel]{
		bind("name", "What show --panel calls it.", name("a name"), func(p *Panel) *string { return &p.Name }),
		bind("title", "The words above it.", line(), func(p *Panel) *string { return &p.Title }),
		bind("about", "A sentence that explains it.", line(), func(p *Panel) *string { return &p.About }),
		bind("width", "How wide it is, as a weight in its row. 1 if it is not said.", weight(), func(p *Panel) *float64 { return &p.Width }),
		bind("where", "Which rows it shows, beside what the inputs choose: {amount: {gt: 0}, sector: {in: $sectors}}.", whereCodec(), whereOf),
		bind("ignore", "Inputs that do not filter it.", listOf(reference("the name of an input"), "a list of inputs", true), func(p *Panel) *[]string { return &p.Ignore }),
		bind("detail", "The columns of the rows behind a mark.", fieldNames(), func(p *Panel) *[]string { return &p.Detail }),
		bind("open", "Another page that a row or mark leads to: {page: branches, set: {branch: branch}}.", optional(linkKeys().codec()), func(p *Panel) **Link { return &p.Open }),
	}}
})

func panel() codec[Panel] {
	return codec[Panel]{read: readPanel, write: writePanel, schema: panelSchema}
}

func readPanel(r *reader, n *yaml.Node, v *Panel) {
	*v = Panel{Width: 1, At: r.place(n)}
	defer r.mark(len(r.problems), &v.broken)
	if !r.mapping(n, "a panel") {
		return
	}
	r.named = map[string]Place{}
	rest := &yaml.Node{Kind: yaml.MappingNode, Line: n.Line, Column: n.Column}
	kinds, keys := panelKinds(), panelKeys()
	for k, spec := range pairs(n) {
		if i := indexKind(kinds, k.Value); i < 0 {
			rest.Content = append(rest.Content, k, spec)
		} else {
			readSpec(r, k, spec, kinds[i], v)
		}
	}
	if v.Kind == "" {
		r.noKind(n, rest, keys.names())
	} else {
		keys.read(r, rest, v)
	}
	v.named, r.named = r.named, nil
}

func indexKind(kinds []panelKind, name string) int {
	for i, k := range kinds {
		if k.name == name {
			return i
		}
	}
	return -1
}

func readSpec(r *reader, k, n *yaml.Node, kind panelKind, v *Panel) {
	if v.Kind != "" {
		r.wrong(k, "a panel is one thing, and this is a %s and a %s: make two panels of it", v.Kind, kind.name)
		return
	}
	v.Kind = kind.name
	if n.Kind != refused {
		v.Spec = kind.read(r, n)
	}
}

// noKind reports a panel that says not what it is, by the key that was meant
// to say it.
func (r *reader) noKind(n, rest *yaml.Node, keys []string) {
	known := panelNames()
	for k := range pairs(rest) {
		if !contains(keys, k.Value) {
			r.unknown(k, "panel", known)
			return
		}
	}
	r.wrong(n, "this panel does not say what it is: it has one of %s", strings.Join(known, ", "))
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func writePanel(v Panel) *yaml.Node {
	n := mappingNode()
	for _, k := range panelKinds() {
		if k.name != v.Kind {
			continue
		}
		spec := k.write(v.Spec)
		if spec == nil {
			spec = mappingNode()
		}
		n.Content = append(n.Content, textNode(k.name), spec)
	}
	n.Content = append(n.Content, panelKeys().write(v).Content...)
	return n
}

func linkKeys() object[Link] {
	return object[Link]{what: "open", keys: []key[Link]{
		must(bind("page", "The id of the page that is opened.", reference("the id of a page"), func(l *Link) *string { return &l.Page })),
		bind("set", "The inputs of that page that are set, each to the value of a column.", assignments(), func(l *Link) *[]Assignment { return &l.Set }),
	}}
}

func assignments() codec[[]Assignment] {
	return codec[[]Assignment]{
		read: func(r *reader, n *yaml.Node, v *[]Assignment) {
			if !r.mapping(n, "inputs and columns") {
				return
			}
			for k, field := range pairs(n) {
				a := Assignment{Input: k.Value}
				if field.Kind != refused {
					fieldName().read(r, field, &a.Field)
				}
				*v = append(*v, a)
			}
		},
		write: func(v []Assignment) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, a := range v {
				n.Content = append(n.Content, textNode(a.Input), textNode(a.Field))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": fieldName().schema()}
		},
	}
}

func markdownCodec() codec[Markdown] {
	keys := object[Markdown]{what: "markdown", keys: []key[Markdown]{
		must(bind("path", "The file that holds the text, below the folder.", pathOf("a Markdown file"), func(m *Markdown) *string { return &m.Path })),
	}}
	return codec[Markdown]{
		read: func(r *reader, n *yaml.Node, v *Markdown) {
			if n.Kind == yaml.MappingNode {
				keys.read(r, n, v)
				return
			}
			if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
				r.wrong(n, "this is nothing: write the text in quotes, or below a | (a # alone begins a comment)")
				return
			}
			if block().read(r, n, &v.Text); n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" && strings.TrimSpace(n.Value) == "" {
				r.wrong(n, "this text is empty")
			}
		},
		write: func(v Markdown) *yaml.Node {
			if v.Path != "" {
				return keys.write(v)
			}
			return block().write(v.Text)
		},
		schema: func() schema { return schema{"anyOf": []any{name("").schema(), keys.describe()}} },
	}
}
