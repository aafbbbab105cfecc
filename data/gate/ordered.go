package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// object is a JSON object whose members keep their order, which counts in a
// specification.
type object struct{ members []member }

type member struct {
	name  string
	value any // object, []any, string, json.Number, bool, nil
}

func (o *object) get(name string) any {
	for i := len(o.members) - 1; i >= 0; i-- { // the last one counts, as everywhere
		if o.members[i].name == name {
			return o.members[i].value
		}
	}
	return nil
}

func (o *object) set(name string, v any) {
	o.remove(name)
	o.members = append(o.members, member{name, v})
}

func (o *object) remove(name string) {
	kept := o.members[:0]
	for _, m := range o.members {
		if m.name != name {
			kept = append(kept, m)
		}
	}
	o.members = kept
}

// parseOrdered reads JSON. Objects are *object.
func parseOrdered(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := decodeValue(d, 0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one JSON value")
		}
	}
	return v, err
}

const maxNesting = 200

func decodeValue(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil || depth > maxNesting {
		return nil, errors.Join(err, tooDeep(depth))
	}
	switch t {
	case json.Delim('{'):
		o := &object{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			text, _ := name.(string) // a name is a string, or the decoder says so
			v, err := decodeValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			o.members = append(o.members, member{text, v})
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := decodeValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return t, nil
}

func tooDeep(depth int) error {
	if depth > maxNesting {
		return errors.New("JSON that is nested too deeply")
	}
	return nil
}

// appendOrdered writes what parseOrdered read.
func appendOrdered(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case *object:
		b.WriteByte('{')
		for i, m := range v.members {
			if i > 0 {
				b.WriteByte(',')
			}
			appendOrdered(b, m.name)
			b.WriteByte(':')
			appendOrdered(b, m.value)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			appendOrdered(b, e)
		}
		b.WriteByte(']')
	default:
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		if e.Encode(v) != nil {
			b.WriteString("null") // texts, numbers and truth values are always JSON
			return
		}
		b.Truncate(b.Len() - 1) // the line end
	}
}
