package screen

import "strings"

// escAlone stands for an esc that Bubble Tea would not tell from the start of
// what comes after it in one read: the esc of alt, or of alt and esc, after
// which it takes the rest of a sequence for typed text. It is the byte of
// ctrl+_, which therefore does not go on.
const escAlone = "\x1f"

// escBefore judges an esc before another one, at the start of b. Together they
// go on where old terminals send so alt and a key; otherwise the first was
// pressed by itself, just before the second key, a mouse report or a paste.
func (s *sieve) escBefore(b []byte) (n int, pass bool) {
	if len(b) == 2 {
		return 0, false
	}
	switch b[2] {
	case '[':
		i := 3
		for i < len(b) && i < maxHeld && (b[i] >= '0' && b[i] <= '9' || b[i] == ';') {
			i++
		}
		if i == len(b) {
			return 0, false
		}
		if keyEnds(b[3:i], b[i]) {
			return i + 1, true
		}
	case 'O':
		if len(b) == 3 {
			return 0, false
		}
		return 4, true
	}
	s.instead = []byte(escAlone)
	return 1, false
}

// keyEnds says whether final ends the sequence of a key that is known in the
// coding of xterm.
func keyEnds(params []byte, final byte) bool {
	switch {
	case strings.IndexByte("ABCDFHPQRSZabcd", final) >= 0:
		return true
	case final == '~':
		return len(params) > 0 && string(params) != "200" && string(params) != "201"
	}
	return false
}

// withoutAlone appends b without the byte that stands for an esc alone.
func withoutAlone(dst, b []byte) []byte {
	for _, c := range b {
		if c != escAlone[0] {
			dst = append(dst, c)
		}
	}
	return dst
}
