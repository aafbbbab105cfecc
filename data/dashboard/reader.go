package dashboard

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// mostProblems is how many problems of one file are told.
const mostProblems = 100

// refused is the kind of a node that was reported and is not to be read.
const refused yaml.Kind = 0

// reader reads one file and collects what is wrong with it.
type reader struct {
	file     string
	problems []Problem
	// named has the places where the panel being read names fields, by field.
	named map[string]Place
	refs  []ref  // inputs that the file names in where
	files *files // of the folder; nil = there is none
}

func (r *reader) place(n *yaml.Node) Place {
	return Place{File: r.file, Line: n.Line, Col: n.Column}
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.tell(r.place(n), false, format, args...)
}

func (r *reader) warn(n *yaml.Node, format string, args ...any) {
	r.tell(r.place(n), true, format, args...)
}

func (r *reader) tell(at Place, warning bool, format string, args ...any) {
	if len(r.problems) > mostProblems {
		return
	}
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = shown(s)
		}
	}
	p := Problem{Place: at, Text: fmt.Sprintf(format, args...), Warning: warning}
	if len(r.problems) == mostProblems {
		p = Problem{Place: Place{File: r.file}, Text: fmt.Sprintf("more than %d things are wrong: these come first", mostProblems)}
	}
	r.problems = append(r.problems, p)
}

// sorted are the problems in the order of their places.
func (r *reader) sorted() []Problem {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return r.problems
}

// bad reports whether anything but warnings was found.
func (r *reader) bad() bool { return anyError(r.problems) }

func anyError(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning })
}

// mark says afterwards whether errors were found since there were only so many
// problems.
func (r *reader) mark(since int, broken *bool) { *broken = anyError(r.problems[since:]) }

// unknown reports a name that is none of the known ones.
func (r *reader) unknown(n *yaml.Node, what string, known []string) {
	r.wrong(n, "unknown %s %s%s", what, n.Value, hint(n.Value, known))
}

// hint is the near miss of a name, or what is known: ": did you mean color?".
func hint(name string, known []string) string {
	if near := Near(name, known); near != "" && !(near == "ground" && strings.HasPrefix(name, "group")) { // who may see a page is no typing error
		return ": did you mean " + shown(near) + "?"
	}
	switch len(known) {
	case 0:
		return ""
	case 1:
		return ": only " + shown(known[0]) + " is known here"
	}
	short := known
	if len(short) > mostNames {
		short = short[:mostNames]
	}
	list := make([]string, len(short))
	for i, k := range short {
		list[i] = shown(k)
	}
	text := ": known here are " + strings.Join(list, ", ")
	if more := len(known) - len(short); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// mostNames is how many known names a message lists.
const mostNames = 30

// shown makes text of a file safe to show in one line: without control
// characters, and cut.
func shown(s string) string {
	const most = 200
	var b strings.Builder
	n := 0
	for _, c := range s {
		if n++; n > most {
			b.WriteRune('…')
			break
		}
		if !unicode.IsPrint(c) && c != '\u200c' && c != '\u200d' { // which join and part letters and emoji
			c = unicode.ReplacementChar
		}
		b.WriteRune(c)
	}
	return b.String()
}

// mapping reports whether a node is a mapping, and that it is none.
func (r *reader) mapping(n *yaml.Node, what string) bool {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "this is %s: %s is wanted here, as keys and values", kind(n), what)
		return false
	}
	return true
}

// kind is what a node is, in words.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!bool":
		return "true or false"
	case "!!int", "!!float":
		return "a number"
	}
	return "text"
}

// pairs goes through the keys and values of a mapping.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// value is the value of a key of a mapping; nil = there is none.
func value(n *yaml.Node, name string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for k, v := range pairs(n) {
		if k.Value == name {
			return v
		}
	}
	return nil
}

// at is the value of a key, or the mapping itself where the key is missing: the
// place to report what is wrong with the key.
func at(n *yaml.Node, name string) *yaml.Node {
	if v := value(n, name); v != nil {
		return v
	}
	return n
}

func textNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.Contains(s, "\n") {
		n.Style = yaml.DoubleQuotedStyle
		if blockable(s) {
			n.Style = yaml.LiteralStyle
		}
	}
	return n
}

// blockable reports whether text can stand as a literal block that reads back
// as the same text.
func blockable(s string) bool {
	if strings.HasSuffix(s, "\n\n") || strings.ContainsAny(s, "\t\r\u0085\u2028\u2029\ufeff") {
		return false
	}
	lines := strings.Split(s, "\n")
	if lines[0] == "" || lines[0][0] == ' ' {
		return false
	}
	return !slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, " ") })
}

func plainNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

func mappingNode() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

func sequenceNode() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode} }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
