package dashboard

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// codec is one kind of value in a folder's files: how it is read, how it is
// written, and what the schema says of it. Reader, writer, schema and reference
// come from the same codecs, so they cannot drift apart.
type codec[V any] struct {
	read   func(r *reader, n *yaml.Node, v *V)
	write  func(v V) *yaml.Node // nil = nothing is to be written
	schema func() schema
}

// key is one key of a mapping.
type key[T any] struct {
	name, doc string
	required  bool
	read      func(r *reader, n *yaml.Node, to *T)
	write     func(from *T) *yaml.Node
	schema    func() schema
}

// bind is a key that holds a part of T.
func bind[T, V any](name, doc string, c codec[V], at func(*T) *V) key[T] {
	return key[T]{
		name: name, doc: doc, schema: c.schema,
		read:  func(r *reader, n *yaml.Node, to *T) { c.read(r, n, at(to)) },
		write: func(from *T) *yaml.Node { return c.write(*at(from)) },
	}
}

// must makes a key one that may not be missing.
func must[T any](k key[T]) key[T] {
	k.required = true
	return k
}

// object is a mapping with known keys.
type object[T any] struct {
	what  string // "a metric"
	keys  []key[T]
	check func(r *reader, n *yaml.Node, v *T) // what its keys mean together; may be nil
	// schema changes what the keys alone say; may be nil.
	schema func(schema)
}

func (o object[T]) names() []string {
	names := make([]string, len(o.keys))
	for i, k := range o.keys {
		names[i] = k.name
	}
	return names
}

// codec is the object as a value.
func (o object[T]) codec() codec[T] {
	return codec[T]{read: o.read, write: o.write, schema: o.describe}
}

func (o object[T]) read(r *reader, n *yaml.Node, v *T) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && slices.Contains(o.names(), "source") && validSource(n.Value) {
		r.wrong(n, "%s is keys and values: write {source: %s}", o.what, n.Value)
		return
	}
	if !r.mapping(n, o.what) {
		return
	}
	for name, value := range pairs(n) {
		i := slices.IndexFunc(o.keys, func(k key[T]) bool { return k.name == name.Value })
		if i < 0 {
			r.unknown(name, "key", o.names())
			continue
		}
		if value.Kind != refused {
			o.keys[i].read(r, value, v)
		}
	}
	for _, k := range o.keys {
		if k.required && value(n, k.name) == nil {
			r.wrong(n, "%s has no %s: %s", o.what, k.name, decapitalised(k.doc))
		}
	}
	if o.check != nil {
		o.check(r, n, v)
	}
}

func (o object[T]) write(v T) *yaml.Node {
	n := mappingNode()
	for _, k := range o.keys {
		if value := k.write(&v); value != nil {
			n.Content = append(n.Content, textNode(k.name), value)
		}
	}
	return n
}

// listOf is a list of values. With one it may also be a single value alone.
func listOf[V any](c codec[V], what string, single bool) codec[[]V] {
	return codec[[]V]{
		read: func(r *reader, n *yaml.Node, v *[]V) {
			items := n.Content
			if n.Kind != yaml.SequenceNode {
				if !single || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
					r.wrong(n, "this is %s: %s is wanted here", kind(n), what)
					return
				}
				items = []*yaml.Node{n}
			}
			*v = make([]V, 0, len(items))
			for _, item := range items {
				if item.Kind == refused {
					continue
				}
				var one V
				c.read(r, item, &one)
				*v = append(*v, one)
			}
		},
		write: func(v []V) *yaml.Node {
			if v == nil {
				return nil
			}
			n := sequenceNode()
			for _, one := range v {
				if item := c.write(one); item != nil {
					n.Content = append(n.Content, item)
				}
			}
			if single && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode {
				return n.Content[0]
			}
			return n
		},
		schema: func() schema {
			list := schema{"type": "array", "items": c.schema()}
			if single {
				return schema{"anyOf": []any{c.schema(), list}}
			}
			return list
		},
	}
}

// optional is a value that may be absent: a pointer to it.
func optional[V any](c codec[V]) codec[*V] {
	return codec[*V]{
		read: func(r *reader, n *yaml.Node, v **V) {
			*v = new(V)
			c.read(r, n, *v)
		},
		write: func(v *V) *yaml.Node {
			if v == nil {
				return nil
			}
			return c.write(*v)
		},
		schema: c.schema,
	}
}

func decapitalised(s string) string {
	s = strings.TrimSuffix(s, ".")
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' || strings.HasPrefix(s, "A ") {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
