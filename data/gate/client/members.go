package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// object is the members of a JSON object by their exact names, not yet read.
type object map[string]json.RawMessage

const maxDepth = 32

// readObject reads data, which is exactly one JSON object in which no object
// has a name twice: encoding/json would let the last one win.
func readObject(data []byte) (object, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("it is not valid UTF-8")
	}
	if err := checkNames(data); err != nil {
		return nil, err
	}
	var o object
	if err := json.Unmarshal(data, &o); err != nil || o == nil {
		return nil, errors.New("it is not a JSON object")
	}
	return o, nil
}

// checkNames checks that data is one JSON value in which no object has a name
// twice.
func checkNames(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := oneValue(dec, 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows its end")
	}
	return nil
}

func oneValue(dec *json.Decoder, depth int) error {
	t, err := dec.Token()
	if err != nil {
		return errors.New("it is not JSON")
	}
	delim, nests := t.(json.Delim)
	if !nests {
		return nil
	}
	if depth == maxDepth {
		return errors.New("it nests too deep")
	}
	names := map[string]bool{}
	for dec.More() {
		if delim == '{' {
			name, err := dec.Token()
			text, ok := name.(string)
			if err != nil || !ok {
				return errors.New("it is not JSON")
			}
			if names[text] {
				return errors.New("it says one name twice")
			}
			names[text] = true
		}
		if err := oneValue(dec, depth+1); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// text is the member of a name, "" where there is none.
func (o object) text(name string) (string, error) {
	raw, ok := o[name]
	if !ok {
		return "", nil
	}
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return "", errors.New(name + " is no text")
	}
	return *s, nil
}

// list is the member of a name, nil where there is none.
func (o object) list(name string, most int) ([]string, error) {
	raw, ok := o[name]
	if !ok {
		return nil, nil
	}
	var texts []*string
	if err := json.Unmarshal(raw, &texts); err != nil || texts == nil {
		return nil, errors.New(name + " is no list of texts")
	}
	if len(texts) > most {
		return nil, errors.New(name + " has too many entries")
	}
	out := make([]string, len(texts))
	for i, s := range texts {
		if s == nil {
			return nil, errors.New(name + " is no list of texts")
		}
		out[i] = *s
	}
	return out, nil
}
