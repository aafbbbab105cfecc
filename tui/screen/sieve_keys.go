package screen

import (
	"bytes"
	"strconv"
	"strings"
)

// Modifiers of a key as xterm and kitty number them, less one.
const (
	shiftHeld = 1 << iota
	altHeld
	ctrlHeld
)

// plainKey turns a key in the newer codings, CSI u (kitty's, and fixterms')
// and modifyOtherKeys, into the bytes that it has always had, which is what
// Bubble Tea reads. We ask for neither, but iTerm2 and tmux can be set to send
// them to every program, and then ctrl+c would not quit. It gives nothing for
// a key without such bytes and for one let go, and ok is false for a sequence
// that is no key of this kind.
func plainKey(params string, final byte) (keys []byte, ok bool) {
	fields := strings.Split(params, ";")
	switch {
	case final == 'u' && fields[0] != "" && fields[0][0] >= '0' && fields[0][0] <= '9':
	case final == '~' && len(fields) == 3 && fields[0] == "27":
		fields = []string{fields[2], fields[1]}
	default:
		return nil, false
	}
	key, _, _ := strings.Cut(fields[0], ":")
	code, err := strconv.Atoi(key)
	mods := 0
	if len(fields) > 1 && fields[1] != "" {
		held, event, _ := strings.Cut(fields[1], ":")
		n, wrong := strconv.Atoi(held)
		if wrong != nil || event == "3" {
			return nil, true
		}
		mods = n - 1
	}
	if err != nil {
		return nil, true
	}
	return keyBytes(code, mods), true
}

// keyBytes is a key as terminals have always sent it.
func keyBytes(code, mods int) []byte {
	var out []byte
	switch {
	case code == '\t' && mods&shiftHeld != 0:
		return []byte("\x1b[Z")
	case code > 0x10ffff || code < 0 || code >= 0xe000 && code <= 0xf8ff: // kitty's numbers for keys without a character
		return nil
	case mods&ctrlHeld != 0 && code >= 0x40 && code < 0x7f:
		out = []byte{byte(code) & 0x1f}
	case mods&ctrlHeld != 0 && code == ' ':
		out = []byte{0}
	case mods&ctrlHeld != 0 && code > ' ' && code < 0x40:
		return nil
	case mods&shiftHeld != 0 && code >= 'a' && code <= 'z':
		out = []byte{byte(code) - 'a' + 'A'}
	default:
		out = []byte(string(rune(code)))
	}
	if mods&altHeld != 0 {
		out = append([]byte{0x1b}, out...)
	}
	return out
}

// answerOf says how long a string sequence at the start of b is, ESC and one of
// P, X, ^ and _ up to ESC \, when all of it is there: the answer to some
// program's question, which nobody types.
func answerOf(b []byte) (n int, ok bool) {
	if len(b) < 3 || bytes.IndexByte([]byte("PX^_"), b[1]) < 0 {
		return 0, false
	}
	i := 2
	for i < len(b) && i < maxHeld && b[i] >= ' ' && b[i] < 0x7f {
		i++
	}
	if i+1 < len(b) && b[i] == 0x1b && b[i+1] == '\\' {
		return i + 2, true
	}
	return 0, false
}
