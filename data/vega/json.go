package vega

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The limits of a specification and of data in JSON.
const (
	maxSpec  = 64 << 20
	maxDepth = 512
)

// decode reads JSON into values of package js. Objects keep the order of
// their names.
func decode(text []byte) (any, error) {
	if len(text) > maxSpec {
		return nil, fmt.Errorf("JSON of more than %d MiB", maxSpec>>20)
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	v, err := decodeValue(dec, 0)
	if err != nil {
		return nil, jsonError(text, dec, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, jsonError(text, dec, errors.New("more follows the first value"))
	}
	return v, nil
}

func jsonError(text []byte, dec *json.Decoder, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends early")
	}
	at := min(int(dec.InputOffset()), len(text))
	return fmt.Errorf("no valid JSON in line %d: %w", bytes.Count(text[:at], []byte("\n"))+1, err)
}

func decodeValue(dec *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("more than %d levels", maxDepth)
	}
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok {
	case json.Delim('{'):
		o := js.NewObject()
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			v, err := decodeValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			o.Set(key.(string), v)
		}
		_, err = dec.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := decodeValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = dec.Token()
		return list, err
	}
	return tok, nil
}
