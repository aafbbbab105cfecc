package screen

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const maxHeld = 200 // bytes of an unfinished sequence

// A sieve stands between the terminal and Bubble Tea's input. It takes out
// what is no key and no mouse (answers to our questions, focus reports, the
// text of a paste) and never lets a sequence be cut in two, which Bubble Tea
// would take for typed text.
type sieve struct {
	answer func(osc string)   // the text of an OSC sequence, without marks
	focus  func(focused bool) // the window gained or lost the focus

	instead []byte // goes on in the place of a sequence that was taken out

	held   []byte // the start of something unfinished
	passed []byte // what settle passed on last, in case it was the start of an answer

	pasting bool   // between the marks of a paste
	text    []byte // of the paste under way
	clips   *clips // where it goes
}

func newSieve(clips *clips, answer func(string), focus func(bool)) *sieve {
	return &sieve{answer: answer, focus: focus, clips: clips}
}

// feed appends to dst what of src is to go on. The rest is held or was taken
// out.
func (s *sieve) feed(dst, src []byte) []byte {
	if s.pasting && len(src) == 1 && src[0] == ctrlC {
		dst, s.held = s.endPaste(dst), nil // its end was lost
	}
	in := append(s.held, src...)
	if len(s.passed) > 0 {
		if whole := append(s.passed, in...); s.late(whole) {
			in = whole
		}
		s.passed = nil
	}
	s.held = nil
	for len(in) > 0 {
		n := len(in)
		if s.pasting {
			dst, in = s.inPaste(dst, in)
			continue
		}
		if in[0] == 0x1b {
			var pass bool
			if n, pass = s.sequence(in); n == 0 {
				s.held = bytes.Clone(in)
				return dst
			} else if !pass {
				dst, s.instead = append(dst, s.instead...), nil
				in = in[n:]
				continue
			}
		} else if i := bytes.IndexByte(in, 0x1b); i >= 0 {
			n = i
		} else if n -= cutRune(in); n == 0 {
			s.held = bytes.Clone(in)
			return dst
		}
		if string(in[:n]) == pasteStart {
			s.pasting = true
		} else {
			dst = withoutAlone(dst, in[:n])
		}
		in = in[n:]
	}
	return dst
}

// cutRune says how many bytes at the end are the start of a character.
func cutRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return n
			}
			return 0
		}
	}
	return 0
}

// late says that b begins with what nobody types: an answer, `ESC ] 1x ;`, or
// a paste.
func (s *sieve) late(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\x1b[200")) ||
		len(b) >= 5 && bytes.HasPrefix(b, []byte("\x1b]1")) && b[3] >= '0' && b[3] <= '9' && b[4] == ';'
}

// sequence looks at the control sequence at the start of b: how long it is
// and whether it goes on. Length 0 means that more must come.
func (s *sieve) sequence(b []byte) (n int, pass bool) {
	if len(b) == 1 {
		return 0, false
	}
	switch b[1] {
	case '[':
		return s.csi(b)
	case ']':
		return s.osc(b)
	case 0x1b:
		return s.escBefore(b)
	}
	if n, ok := answerOf(b); ok {
		return n, false
	}
	return 2, true
}

func (s *sieve) csi(b []byte) (n int, pass bool) {
	i := 2
	for i < len(b) && b[i] >= 0x20 && b[i] < 0x40 {
		i++
	}
	switch {
	case i == len(b) && i < maxHeld:
		return 0, false
	case i == len(b) || b[i] < 0x40 || b[i] > 0x7e:
		return i, true
	case i > 2:
		keys, ok := plainKey(string(b[2:i]), b[i])
		s.instead = withoutAlone(nil, keys)
		return i + 1, !ok
	case b[i] == 'I', b[i] == 'O' && !(len(b) > 3 && strings.IndexByte("ABCDabcd", b[3]) >= 0):
		s.focus(b[i] == 'I')
		return 3, false
	}
	return i + 1, true
}

// osc takes out an answer. What is none goes on as it came.
func (s *sieve) osc(b []byte) (n int, pass bool) {
	i := 2
	for i < len(b) && b[i] >= ' ' && b[i] < 0x7f {
		i++
	}
	switch {
	case i == len(b) && i < maxHeld, i+1 == len(b) && b[i] == 0x1b:
		return 0, false
	case i < len(b) && b[i] == 7:
		s.answer(string(b[2:i]))
		return i + 1, false
	case i+1 < len(b) && b[i] == 0x1b && b[i+1] == '\\':
		s.answer(string(b[2:i]))
		return i + 2, false
	}
	// Something else broke in: an answer without its end is dropped, a key
	// (alt and a bracket) goes on.
	if s.late(b) {
		return i, false
	}
	return 2, true
}

// unsure says that what is held may be a key of its own: esc, or alt and a
// bracket.
func (s *sieve) unsure() bool {
	return !s.pasting && (len(s.held) == 1 || len(s.held) == 2 && s.held[0] == 0x1b)
}

// settle passes on what is held, because nothing follows.
func (s *sieve) settle(dst []byte) []byte {
	if len(s.held) == 2 && s.held[1] == 0x1b { // pressed twice
		dst, s.held = append(dst, escAlone...), s.held[1:]
	}
	s.passed, s.held = s.held, nil
	return append(dst, s.passed...)
}
