// Package strict reads one JSON object that a stranger wrote: sizes and depth
// bounded, no name twice, no look-alike of a guarded name. It does not know
// what the names mean.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/session"
)

// MaxDepth is how deep objects and arrays may nest, the object itself counted.
const MaxDepth = 32

// Object is a JSON object, its values not yet read.
type Object map[string]json.RawMessage

// Guard holds the names whose look-alikes are refused.
type Guard struct{ folded map[string]string }

// NewGuard guards names. encoding/json matches struct fields without regard to
// case, by Unicode's simple folding, and lets the last one win: "ISS" and
// "iſs" would both replace "iss" for whoever decodes into a struct later.
func NewGuard(names ...string) Guard {
	g := Guard{make(map[string]string, len(names))}
	for _, name := range names {
		g.folded[fold(name)] = name
	}
	return g
}

// Parse reads data, which must be exactly one JSON object in valid UTF-8 with
// every name only once and no look-alike of a guarded name.
func (g Guard) Parse(data []byte) (Object, error) {
	r := reader{guard: g, obj: make(Object)}
	if err := r.read(data); err != nil {
		return nil, err
	}
	return r.obj, nil
}

// read reads the one object that data must be.
func (r *reader) read(data []byte) error {
	switch {
	case !utf8.Valid(data):
		return errors.New("it is not valid UTF-8")
	case tooDeep(data):
		return fmt.Errorf("it nests deeper than %d levels", MaxDepth)
	case !json.Valid(data):
		return errors.New("it is not JSON")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return errors.New("it is not a JSON object")
	}
	for dec.More() {
		if err := r.member(dec); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return errors.New("it is not JSON")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON object")
	}
	return nil
}

// reader collects the members of one object.
type reader struct {
	guard Guard
	obj   Object
	open  *open // nil refuses every name that is there twice
}

// member reads one name and its value.
func (r *reader) member(dec *json.Decoder) error {
	token, err := dec.Token()
	name, ok := token.(string)
	if err != nil || !ok {
		return errors.New("it is not JSON")
	}
	folded := fold(name)
	real, guarded := r.guard.folded[folded]
	_, twice := r.obj[name]
	if twice && (guarded || r.open == nil) {
		return fmt.Errorf("the name %q is there twice", session.Clean(name, 64))
	}
	if guarded && real != name {
		return fmt.Errorf("the name %q can be taken for %q", session.Clean(name, 64), real)
	}
	var value json.RawMessage
	if err := dec.Decode(&value); err != nil {
		return errors.New("it is not JSON")
	}
	if r.open == nil || guarded || r.open.keeps(r.obj, name, folded) {
		r.obj[name] = value
	}
	return nil
}

// tooDeep counts brackets outside strings, before anything recursive reads
// the data.
func tooDeep(data []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > MaxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// fold maps every rune to the smallest of those that simple folding makes
// equal to it, as encoding/json does for the names of fields.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		for {
			next := unicode.SimpleFold(r)
			if next <= r {
				return next
			}
			r = next
		}
	}, name)
}
