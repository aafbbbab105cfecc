package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Null reports whether the object has no such name, or null under it.
func (o Object) Null(name string) bool {
	raw, ok := o[name]
	return !ok || string(bytes.TrimSpace(raw)) == "null"
}

// Text reads a string. Half of a surrogate pair is an error: encoding/json
// would turn it into U+FFFD, and two names that differ would become equal.
func Text(raw json.RawMessage) (string, error) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", errors.New("not a string")
	}
	if n := strings.Count(s, string(utf8.RuneError)); n > 0 {
		lower := strings.ToLower(string(raw))
		if n > strings.Count(lower, string(utf8.RuneError))+strings.Count(lower, `\ufffd`) {
			return "", errors.New("a broken character in it")
		}
	}
	return s, nil
}

// Texts reads an array of at most most strings.
func Texts(raw json.RawMessage, most int) ([]string, error) {
	var items []json.RawMessage
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &items) != nil {
		return nil, errors.New("not an array")
	}
	if len(items) > most {
		return nil, errors.New("more than " + strconv.Itoa(most) + " elements")
	}
	list := make([]string, len(items))
	for i, item := range items {
		s, err := Text(bytes.TrimSpace(item))
		if err != nil {
			return nil, errors.New("an element is " + err.Error())
		}
		list[i] = s
	}
	return list, nil
}

// Integer reads a number written as digits alone, of at most 15 digits, so
// that no float loses or invents seconds on the way.
func Integer(raw json.RawMessage) (int64, error) {
	digits := strings.TrimPrefix(string(raw), "-")
	if len(digits) == 0 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return 0, errors.New("not a whole number")
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		return 0, errors.New("not a whole number")
	}
	return n, nil
}

// Bool reads true or false, also as the strings "true" and "false", which
// Cognito's userInfo endpoint sends.
func Bool(raw json.RawMessage) (bool, error) {
	switch string(raw) {
	case "true", `"true"`:
		return true, nil
	case "false", `"false"`:
		return false, nil
	}
	return false, errors.New("neither true nor false")
}
