package config

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/auth/session"
)

// rule reads a list of groups: [] is anyone, ["*"] anyone signed in. Nothing
// but a list will do: a lock that a typo opens would be no lock.
func (f *file) rule(path string, n *yaml.Node) (session.Rule, error) {
	var rule session.Rule
	if n.Kind != yaml.SequenceNode {
		return rule, wrong(f.line(n), path, `must be a list: [Underwriters], [] for anyone, ["*"] for anyone signed in`)
	}
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" || item.Value == "" {
			return rule, wrong(f.line(item), path, "must name groups")
		}
		rule.Groups = append(rule.Groups, item.Value)
	}
	return rule, nil
}

// scalar reads a text, a number, a switch, or a list of texts (joined by
// commas, as the environment writes them).
func (f *file) scalar(path string, n *yaml.Node) (found, error) {
	origin := f.line(n)
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return found{"", origin}, nil
	case n.Kind == yaml.ScalarNode:
		return found{n.Value, origin}, nil
	case n.Kind == yaml.SequenceNode:
		var parts []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return found{}, wrong(f.line(item), path, "must be a list of plain values")
			}
			parts = append(parts, item.Value)
		}
		return found{strings.Join(parts, ","), origin}, nil
	}
	return found{}, wrong(origin, path, "must be a plain value")
}

// rows are the file's own settings for `config show`, as far as they are set.
func (f *file) rows() []Row {
	var rows []Row
	for _, id := range f.known.IDs() {
		if p, ok := f.pages[id]; ok {
			rows = append(rows, Row{"pages." + id + ".groups", "[" + strings.Join(p.rule.Groups, ", ") + "]", p.origin})
		}
	}
	for _, id := range f.known.IDs() {
		rows = append(rows, f.figures[id].rows("pages."+id+".data")...)
	}
	for _, key := range dataKeys {
		if d := f.data[key]; d.text != "" {
			rows = append(rows, Row{"data." + key, hidden(d.text), d.origin})
		}
	}
	return rows
}
