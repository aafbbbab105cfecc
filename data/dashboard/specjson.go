package dashboard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// asJSON is a value as JSON, with the keys in the file's order and numbers as
// they are written.
func (r *reader) asJSON(n *yaml.Node) ([]byte, bool) {
	was := len(r.problems)
	var b bytes.Buffer
	r.appendJSON(&b, n)
	return b.Bytes(), len(r.problems) == was
}

func (r *reader) appendJSON(b *bytes.Buffer, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		b.WriteByte('{')
		first := true
		for k, v := range pairs(n) {
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.Write(quotedJSON(k.Value))
			b.WriteByte(':')
			r.appendJSON(b, v)
		}
		b.WriteByte('}')
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, v := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			r.appendJSON(b, v)
		}
		b.WriteByte(']')
	case yaml.ScalarNode:
		b.Write(r.scalarJSON(n))
	default:
		b.WriteString("null") // reported before
	}
}

func (r *reader) scalarJSON(n *yaml.Node) []byte {
	switch n.ShortTag() {
	case "!!null":
		return []byte("null")
	case "!!bool":
		return []byte(strconv.FormatBool(n.Value[0] == 't' || n.Value[0] == 'T'))
	case "!!int", "!!float":
		var f float64
		if n.Decode(&f) == nil {
			if json.Valid([]byte(n.Value)) {
				return []byte(n.Value)
			}
			if text, err := json.Marshal(f); err == nil {
				return text
			}
		}
		r.wrong(n, "%s is no number that JSON has: put it in quotes, or leave it out", n.Value)
		return []byte("null")
	}
	return quotedJSON(n.Value)
}

// quotedJSON is text as JSON writes it, with <, > and & as they are.
func quotedJSON(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return []byte(`""`) // text is always JSON
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// fromJSON is JSON as nodes to be written. What is no JSON gives nil.
func fromJSON(text []byte) *yaml.Node {
	n, ok := parser{&reader{}}.parseJSON(text)
	if !ok || n == nil {
		return nil
	}
	restyle(n)
	return n
}

// restyle lets the writer choose how texts and numbers are written.
func restyle(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		switch n.Tag {
		case "!!str":
			*n = *textNode(n.Value)
		default:
			*n = *plainNode(n.Value)
		}
	}
	n.Tag, n.Line, n.Column = keepText(n.Tag), 0, 0
	for i, child := range n.Content {
		if restyle(child); n.Kind == yaml.MappingNode && i%2 == 0 && child.Style == yaml.LiteralStyle {
			child.Style = yaml.DoubleQuotedStyle
		}
	}
}

func keepText(tag string) string {
	if tag == "!!str" {
		return tag
	}
	return ""
}

// jsonOf is a value written in a page that is kept as JSON.
func jsonOf(what string, fits func(*yaml.Node) bool, describe func() schema) codec[[]byte] {
	return codec[[]byte]{
		read: func(r *reader, n *yaml.Node, v *[]byte) {
			if !fits(n) {
				r.wrong(n, "this is %s: %s is wanted here", kind(n), what)
				return
			}
			if text, ok := r.asJSON(n); ok {
				*v = text
			}
		},
		write: func(v []byte) *yaml.Node {
			if v == nil {
				return nil
			}
			return fromJSON(v)
		},
		schema: describe,
	}
}

// records are a list of mappings.
func records(what string) codec[[]byte] {
	fits := func(n *yaml.Node) bool {
		if n.Kind != yaml.SequenceNode {
			return false
		}
		for _, item := range n.Content {
			if item.Kind != yaml.MappingNode && item.Kind != refused {
				return false
			}
		}
		return true
	}
	return jsonOf(fmt.Sprintf("a list of %s, each as keys and values", what), fits,
		func() schema { return schema{"type": "array", "items": schema{"type": "object"}} })
}
