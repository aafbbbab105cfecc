package textfile

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how many levels of lists and objects may be inside each other.
const maxDepth = 512

// errMore says that a buffer ends inside a value.
var errMore = errors.New("it ends inside a value")

// jsonError is a place in a text that is no JSON.
type jsonError struct {
	at   int // offset in the buffer
	what string
}

func (e *jsonError) Error() string { return e.what }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// skipSpace is the place of the first byte at or behind i that is no space.
func skipSpace(b []byte, i int) int {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return i
}

// skipValue is the place behind the value that begins at i. NaN, Infinity and
// -Infinity are values: pandas writes them.
func skipValue(b []byte, i, depth int) (int, error) {
	if i >= len(b) {
		return 0, errMore
	}
	switch b[i] {
	case '"':
		return skipString(b, i)
	case '{', '[':
		return skipNested(b, i, depth)
	}
	end := i
	for end < len(b) && !isSpace(b[end]) && b[end] != ',' && b[end] != ']' && b[end] != '}' && b[end] != ':' && b[end] != '{' && b[end] != '[' && b[end] != '"' {
		end++
	}
	word := b[i:end]
	if scalarKind(word) == 0 {
		if end == len(b) && len(word) < 32 {
			return 0, errMore
		}
		return 0, &jsonError{i, fmt.Sprintf("%q is no JSON value", sampleOf(word))}
	}
	if end == len(b) { // 12 may go on as 123
		return end, errMore
	}
	return end, nil
}

// scalarKind is what a bare word is: 'n' null, 't' true or false, '0' a
// number, 'N' NaN, 'I' infinity, and 0 when it is no value.
func scalarKind(word []byte) byte {
	switch string(word) {
	case "null":
		return 'n'
	case "true", "false":
		return 't'
	case "NaN":
		return 'N'
	case "Infinity", "-Infinity":
		return 'I'
	}
	if isJSONNumber(word) {
		return '0'
	}
	return 0
}

// isJSONNumber reports whether a word is a number by the grammar of JSON.
func isJSONNumber(w []byte) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(w) && isDigit(w[i]) {
			i++
		}
		return i > from
	}
	if i < len(w) && w[i] == '-' {
		i++
	}
	if zero := i < len(w) && w[i] == '0'; !digits() || zero && i > 1 && (w[0] != '-' || i > 2) {
		return false
	}
	if i < len(w) && w[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(w) && w[i]|0x20 == 'e' {
		i++
		if i < len(w) && (w[i] == '+' || w[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(w)
}

func skipString(b []byte, i int) (int, error) {
	for j := i + 1; j < len(b); j++ {
		switch c := b[j]; {
		case c == '"':
			return j + 1, nil
		case c == '\\':
			j++
		case c < ' ' && c != '\t':
			return 0, &jsonError{j, "a line end or a control character inside a string"}
		}
	}
	return 0, errMore
}

// skipNested skips a list or an object, without recursion.
func skipNested(b []byte, i, depth int) (int, error) {
	var open []byte
	wantValue, wantKey := true, false
	first := true
	for {
		i = skipSpace(b, i)
		if i >= len(b) {
			return 0, errMore
		}
		c := b[i]
		switch {
		case len(open) > 0 && first && (c == ']' || c == '}'):
			if c != open[len(open)-1] {
				return 0, &jsonError{i, "a bracket that closes none"}
			}
			open, i = open[:len(open)-1], i+1
			wantValue, wantKey, first = false, false, false
		case wantKey:
			end, err := key(b, i)
			if err != nil {
				return 0, err
			}
			i, wantKey, wantValue, first = end, false, true, false
			continue
		case wantValue && (c == '{' || c == '['):
			if len(open)+depth >= maxDepth {
				return 0, &jsonError{i, fmt.Sprintf("more than %d levels inside each other", maxDepth)}
			}
			open = append(open, c+2) // the bracket that closes it
			i++
			wantValue, wantKey, first = c == '[', c == '{', true
			continue
		case wantValue:
			end, err := skipValue(b, i, depth)
			if err != nil {
				return 0, err
			}
			i, wantValue, first = end, false, false
		default:
			return 0, &jsonError{i, fmt.Sprintf("%q where a comma or a bracket should be", string(rune(c)))}
		}
		for { // behind a value
			if len(open) == 0 {
				return i, nil
			}
			i = skipSpace(b, i)
			if i >= len(b) {
				return 0, errMore
			}
			if b[i] == ',' {
				i++
				wantKey = open[len(open)-1] == '}'
				wantValue = !wantKey
				break
			}
			if b[i] != open[len(open)-1] {
				return 0, &jsonError{i, fmt.Sprintf("%q where a comma or %q should be", string(rune(b[i])), string(rune(open[len(open)-1])))}
			}
			open, i = open[:len(open)-1], i+1
		}
	}
}

// key skips a name and its colon.
func key(b []byte, i int) (int, error) {
	if b[i] != '"' {
		return 0, &jsonError{i, "a key that is no string"}
	}
	end, err := skipString(b, i)
	if err != nil {
		return 0, err
	}
	end = skipSpace(b, end)
	if end >= len(b) {
		return 0, errMore
	}
	if b[end] != ':' {
		return 0, &jsonError{end, "a key without a colon behind it"}
	}
	return end + 1, nil
}

// members calls visit for each key and value of an object that is known to be
// valid. Keys are as written, with their quotes.
func members(obj []byte, visit func(key, value []byte)) {
	for i := skipSpace(obj, 1); i < len(obj) && obj[i] == '"'; {
		end, _ := skipString(obj, i)
		name := obj[i:end]
		i = skipSpace(obj, skipSpace(obj, end)+1)
		end, _ = skipValue(obj, i, 0)
		visit(name, obj[i:end])
		i = skipSpace(obj, end)
		i = skipSpace(obj, i+1)
	}
}

// elements calls visit for each value of a list that is known to be valid,
// until it returns false.
func elements(list []byte, visit func(value []byte) bool) {
	for i := skipSpace(list, 1); i < len(list) && list[i] != ']'; {
		end, _ := skipValue(list, i, 0)
		if !visit(list[i:end]) {
			return
		}
		i = skipSpace(list, skipSpace(list, end)+1)
	}
}

// unquote is the text of a string, written with its quotes. Half of a
// surrogate pair becomes U+FFFD.
func unquote(s []byte, scratch []byte) []byte {
	s = s[1 : len(s)-1]
	if bytes.IndexByte(s, '\\') < 0 {
		return s
	}
	out := scratch[:0]
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			out = append(out, s[i])
			continue
		}
		i++
		if i == len(s) {
			break
		}
		switch c := s[i]; c {
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'r':
			out = append(out, '\r')
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'u':
			r := hex4(s[i+1:])
			if r < 0 {
				out = append(out, '\\', 'u')
				continue
			}
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i+2 < len(s) && s[i+1] == '\\' && s[i+2] == 'u' {
					low = hex4(s[i+3:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
	}
	return out
}

func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	r := rune(0)
	for _, c := range b[:4] {
		switch {
		case isDigit(c):
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// compact appends a value without the spaces outside its strings.
func compact(dst, value []byte) []byte {
	in := false
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case in && c == '\\' && i+1 < len(value):
			dst = append(dst, c, value[i+1])
			i++
			continue
		case c == '"':
			in = !in
		case !in && isSpace(c):
			continue
		}
		dst = append(dst, c)
	}
	return dst
}
