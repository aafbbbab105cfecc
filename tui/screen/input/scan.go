package input

import (
	"bytes"
	"strings"
)

const (
	esc   = 0x1b
	bell  = 7
	ctrlC = 3
	del   = 0x7f
)

// finding is what stands at the start of bytes that begin with ESC.
type finding int

const (
	unfinished finding = iota // the start of a sequence: more has to come
	unsure                    // the start of a sequence, or keys
	sequence                  // a whole one
	broken                    // the start of one, which something else broke off
	key                       // the ESC is a key, or an alt
)

// scan finds the sequence at the start of b, which begins with ESC, and its
// length.
func scan(b []byte) (n int, found finding) {
	if len(b) == 1 {
		return 0, unsure
	}
	switch b[1] {
	case '[':
		return scanCSI(b)
	case 'O':
		return scanSS3(b)
	case ']', 'P', '_':
		return scanString(b)
	case esc:
		return scanTwo(b)
	}
	return 0, key
}

// scanCSI finds ESC [, parameters, and a final byte. The Linux console sends
// function keys as ESC [ [ and a letter, and old mouse reports have three bytes
// after ESC [ M.
func scanCSI(b []byte) (n int, found finding) {
	i := 2
	for i < len(b) && b[i] >= 0x20 && b[i] < 0x40 {
		i++
	}
	switch {
	case i > 3 && b[2] >= '2' && b[2] <= '8' && b[3] == '$': // rxvt's shift
		return 4, sequence
	case i == len(b):
		return 0, sureFrom(3, b)
	case b[i] < 0x40 || b[i] > 0x7e:
		return ended(b, i)
	case i == 2 && b[i] == '[':
		return following(b, 3, 1)
	case i == 2 && b[i] == 'M':
		return following(b, 3, 3)
	}
	return i + 1, sequence
}

// following finds the end of a sequence of which count bytes follow after i.
func following(b []byte, i, count int) (n int, found finding) {
	for end := i + count; i < end; i++ {
		switch {
		case i == len(b):
			return 0, unfinished
		case b[i] < 0x20:
			return i, broken
		}
	}
	return i, sequence
}

// sureFrom judges the start of a sequence: n bytes of it are no keys.
func sureFrom(n int, b []byte) finding {
	if len(b) < n {
		return unsure
	}
	return unfinished
}

// ended says what became of a sequence into which something else broke at i.
// Of nothing but its first two bytes, the ESC was a key.
func ended(b []byte, i int) (n int, found finding) {
	if i == 2 {
		return 0, key
	}
	return i, broken
}

// scanSS3 finds ESC O, perhaps a digit for the modifiers, and a final byte.
func scanSS3(b []byte) (n int, found finding) {
	i := 2
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	switch {
	case i == len(b):
		return 0, sureFrom(3, b)
	case b[i] < 0x20 || b[i] > 0x7e:
		return ended(b, i)
	}
	return i + 1, sequence
}

// scanString finds a string sequence: ESC and ], P or _, text, and ESC \ (or,
// from many terminals, a bell). Only what begins like an answer is one, so that
// esc and a bracket that are typed wait for nothing.
func scanString(b []byte) (n int, found finding) {
	if found = starts(b[1], b[2:]); found != sequence {
		return 0, found
	}
	i := bytes.IndexFunc(b[2:], func(r rune) bool { return r < ' ' || r == del }) + 2
	switch {
	case i < 2, b[i] == esc && i+1 == len(b):
		return 0, unfinished
	case b[i] == bell:
		return i + 1, sequence
	case b[i] == esc && b[i+1] == '\\':
		return i + 2, sequence
	}
	return i, broken
}

// starts judges whether text is the start of an answer of a kind: of OSC a
// number and a semicolon, of DCS a form of >|, !|, $r or +r, of APC a letter.
func starts(kind byte, text []byte) finding {
	number := len(text) - len(bytes.TrimLeft(text, "0123456789"))
	rest := text[number:]
	switch {
	case kind == '_' && len(text) > 0:
		return either(text[0] == 'G')
	case kind == ']' && len(rest) > 0:
		return either(number > 0 && rest[0] == ';')
	case kind == 'P' && len(rest) > 0 && strings.IndexByte(">!$+", rest[0]) < 0:
		return key
	case kind == 'P' && len(rest) > 1:
		return either(strings.IndexByte("|ru", rest[1]) >= 0)
	}
	return unsure
}

func either(ok bool) finding {
	if ok {
		return sequence
	}
	return key
}

// editing are the sequences of keys that edit text with alt.
var editing = [][]byte{[]byte("\x1b[D"), []byte("\x1b[C"), []byte("\x1bOD"), []byte("\x1bOC"), []byte("\x1b[3~")}

// scanTwo judges two ESC. The first was pressed by itself, unless an editing
// key follows, as old terminals send it with alt.
func scanTwo(b []byte) (n int, found finding) {
	for _, edit := range editing {
		switch {
		case bytes.HasPrefix(b[1:], edit):
			return 1 + len(edit), sequence
		case bytes.HasPrefix(edit, b[1:]):
			return 0, unsure
		}
	}
	return 0, key
}

// unterminated returns the printable ASCII of a string sequence without its
// end, which is all that answers are made of.
func unterminated(body string) string {
	if body[len(body)-1] == '\\' {
		body = body[:len(body)-1]
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, body)
}
