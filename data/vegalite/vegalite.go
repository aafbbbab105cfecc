// Package vegalite writes specifications of Vega-Lite: values whose properties
// keep their order, and names of fields as a specification writes them.
package vegalite

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Member is one property of an object.
type Member struct {
	Name  string
	Value any
}

// Object is properties in the order in which they are written.
type Object []Member

// Set returns o with a property set: in its place where it is there, else last.
func (o Object) Set(name string, value any) Object {
	for i := range o {
		if o[i].Name == name {
			o[i].Value = value
			return o
		}
	}
	return append(o, Member{name, value})
}

// Get returns the value of a property; nil if there is none.
func (o Object) Get(name string) any {
	for _, m := range o {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// MarshalJSON writes the properties in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(frame.AppendQuoted(nil, []byte(m.Name)))
		b.WriteByte(':')
		value, err := marshal(m.Value)
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal writes a value without the escapes that HTML needs.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Text is the specification as people read it: indented by two blanks.
func (o Object) Text() ([]byte, error) {
	flat, err := marshal(o)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = json.Indent(&b, flat, "", "  ")
	return b.Bytes(), err
}

var escapes = strings.NewReplacer(`\`, `\\`, `.`, `\.`, `[`, `\[`, `]`, `\]`)

// Field is a column's name as a specification names it: dots and brackets
// would be a path.
func Field(column string) string { return escapes.Replace(column) }

// Datum is a column in an expression: datum["x"].
func Datum(column string) string {
	return "datum[" + string(frame.AppendQuoted(nil, []byte(column))) + "]"
}

// TypeOf is the type of a column in a specification.
func TypeOf(t frame.Type) string {
	switch t {
	case frame.Integer, frame.Number:
		return "quantitative"
	case frame.Date, frame.Datetime:
		return "temporal"
	}
	return "nominal"
}
