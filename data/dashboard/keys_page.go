package dashboard

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// pageKeys are the keys of a page.
func pageKeys() object[Page] {
	return object[Page]{what: "a page", keys: []key[Page]{
		schemaKey[Page](),
		must(bind("groups", `Who may open the page: [] is anyone, ["*"] anyone who is signed in, else any one of these groups.`,
			groups(), func(p *Page) *[]string { return &p.Groups })),
		bind("title", "The words on the tab, in the place of those in the file's name.", line(), func(p *Page) *string { return &p.Title }),
		bind("id", "What commands call the page, in the place of what follows from the file's name.", pageID(), func(p *Page) *string { return &p.ID }),
		bind("icon", "A sign before the title, in the place of the one in the file's name.", line(), func(p *Page) *string { return &p.Icon }),
		bind("about", "One sentence, for the page's card on the first tab.", line(), func(p *Page) *string { return &p.About }),
		bind("sources", "Where the figures come from, by names that the panels use.", sources(), func(p *Page) *[]Source { return &p.Content.Sources }),
		bind("inputs", "Choices above the rows. Each filters the panels of its source.", inputs(true), func(p *Page) *[]Input { return &p.Content.Inputs }),
		bind("rows", "The panels: a list of rows, each a list of panels of the same width, or {height, panels}. Without rows, charts that fit the sources are chosen.",
			rows(), func(p *Page) *[]Row { return &p.Content.Rows }),
	}}
}

// schemaKey is "$schema", which editors read.
func schemaKey[T any]() key[T] {
	return key[T]{
		name: "$schema", doc: "The address of this schema, for editors.",
		read:   func(r *reader, n *yaml.Node, _ *T) { r.scalar(n, "an address") },
		write:  func(*T) *yaml.Node { return nil },
		schema: func() schema { return schema{"type": "string"} },
	}
}

// groups are who may open a page: a list of names and nothing else, so that no
// page is open by a slip.
func groups() codec[[]string] {
	return codec[[]string]{
		read: func(r *reader, n *yaml.Node, v *[]string) {
			if n.Kind != yaml.SequenceNode {
				fix := `[Underwriters], ["*"] for anyone signed in, [] for anyone`
				if n.Kind == yaml.ScalarNode && n.Value != "" && n.ShortTag() == "!!str" {
					fix = `["` + n.Value + `"]`
				}
				r.wrong(n, "groups is a list, and this is %s: write %s", kind(n), fix)
				return
			}
			*v = make([]string, 0, len(n.Content))
			for _, item := range n.Content {
				r.group(item, n, v)
			}
		},
		write: func(v []string) *yaml.Node {
			n := sequenceNode()
			n.Style = yaml.FlowStyle
			for _, g := range v {
				n.Content = append(n.Content, textNode(g))
			}
			return n
		},
		schema: func() schema {
			return schema{
				"type": "array", "uniqueItems": true, "items": schema{"type": "string", "pattern": `\S`},
				"if": schema{"contains": schema{"const": "*"}}, "then": schema{"maxItems": 1},
			}
		},
	}
}

func (r *reader) group(item, list *yaml.Node, v *[]string) {
	switch g := item.Value; {
	case item.Kind == refused:
	case item.Kind != yaml.ScalarNode || item.ShortTag() != "!!str":
		r.wrong(item, "the name of a group is text, and this is %s: put it in quotes", kind(item))
	case strings.TrimSpace(g) == "":
		r.wrong(item, "the name of a group is empty: take it out, and write [] if anyone may open the page")
	case g != shown(g) || strings.ContainsAny(g, "\u200c\u200d"):
		r.wrong(item, "the name of a group holds characters that cannot be seen, or more than 200: write it anew")
	case g == "*" && len(list.Content) > 1:
		r.wrong(item, `"*" is anyone who is signed in, and stands alone: write ["*"], or the groups without it`)
	default:
		for _, other := range *v {
			if other == g {
				r.wrong(item, "group %s stands here twice", g)
			}
		}
		if g != strings.TrimSpace(g) {
			r.warn(item, `group "%s" begins or ends with a space, and only a group of exactly that name opens the page`, g)
		}
		*v = append(*v, g)
	}
}

// pageID is what commands call a page.
func pageID() codec[string] {
	c := name("letters, digits and -")
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *string) {
		if read(r, n, v); *v == "" {
			return
		}
		switch id := pageIDOf(*v); {
		case id == "":
			r.wrong(n, "%s holds no letter and no digit: an id is letters, digits and -", *v)
		case id != *v:
			r.wrong(n, "%s is no id: letters and digits in lower case, and -, such as %s", *v, id)
		case id == "home":
			r.wrong(n, "home is the first tab's id: take another")
		}
	}
	return c
}

func rows() codec[[]Row] { return listOf(row(), "a list of rows", false) }

func row() codec[Row] {
	keys := object[Row]{what: "a row", keys: []key[Row]{
		bind("height", "How high the row is, as a weight among the rows of the page. 1 if it is not said.", weight(), func(w *Row) *float64 { return &w.Height }),
		must(bind("panels", "The panels of the row, from left to right.", panels(), func(w *Row) *[]Panel { return &w.Panels })),
	}}
	return codec[Row]{
		read: func(r *reader, n *yaml.Node, v *Row) {
			v.Height = 1
			switch n.Kind {
			case yaml.SequenceNode:
				panels().read(r, n, &v.Panels)
			case yaml.MappingNode:
				if k := firstKnown(n, panelNames()); k != "" && value(n, "panels") == nil {
					r.wrong(n, "a row is a list of panels: write - - %s: …", k)
					return
				}
				keys.read(r, n, v)
			default:
				r.wrong(n, "this is %s: a list of panels is wanted here, or {height, panels}", kind(n))
			}
		},
		write: func(v Row) *yaml.Node {
			if v.Height == 1 {
				return panels().write(v.Panels)
			}
			return keys.write(v)
		},
		schema: func() schema { return schema{"anyOf": []any{panels().schema(), keys.describe()}} },
	}
}

func panels() codec[[]Panel] {
	c := listOf(panel(), "a list of panels", false)
	read := c.read
	c.read = func(r *reader, n *yaml.Node, v *[]Panel) {
		if read(r, n, v); n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
			r.wrong(n, "this row is empty: give it a panel, or take it out")
		}
	}
	describe := c.schema
	c.schema = func() schema {
		s := describe()
		s["minItems"], s["items"] = 1, schema{"$ref": "#/definitions/panel"}
		return s
	}
	return c
}

// firstKnown is the first key of a mapping that is one of some names.
func firstKnown(n *yaml.Node, names []string) string {
	for k := range pairs(n) {
		for _, name := range names {
			if k.Value == name {
				return name
			}
		}
	}
	return ""
}
