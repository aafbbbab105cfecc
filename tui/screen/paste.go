package screen

import (
	"bytes"
	"strings"
	"sync"
)

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"

	maxPaste = 32 << 10 // bytes of one paste; the rest is dropped
	ctrlC    = 3
)

// clips are the texts of pastes that were read, in order. Bubble Tea looks
// through all of an unfinished paste after each of its small reads, which a
// large one makes slow. So it is given an empty paste in the text's place, and
// the text comes back when its message does.
type clips struct {
	mu    sync.Mutex
	texts []string
}

func (c *clips) put(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts = append(c.texts, text)
}

// take gives the oldest text, as runes. Broken characters are left out, and
// the start of another paste: the end of the one before was lost.
func (c *clips) take() []rune {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.texts) == 0 {
		return nil
	}
	text := c.texts[0]
	c.texts = c.texts[1:]
	return []rune(strings.ToValidUTF8(strings.ReplaceAll(text, pasteStart, ""), ""))
}

// inPaste keeps the text at the start of in, of which no more is kept than
// anybody means, and gives what comes after the end of the paste. The start of
// an end that was cut in two is held.
func (s *sieve) inPaste(dst, in []byte) (out, rest []byte) {
	if i := bytes.Index(in, []byte(pasteEnd)); i >= 0 {
		s.keep(in[:i])
		return s.endPaste(dst), in[i+len(pasteEnd):]
	}
	cut := len(in)
	if i := max(bytes.LastIndexByte(in, 0x1b), 0); strings.HasPrefix(pasteEnd, string(in[i:])) {
		cut = i
	}
	s.keep(in[:cut])
	s.held = bytes.Clone(in[cut:])
	return dst, nil
}

func (s *sieve) keep(b []byte) {
	s.text = append(s.text, b[:min(len(b), maxPaste-len(s.text))]...)
}

// endPaste puts an empty paste in the place of one that was read.
func (s *sieve) endPaste(dst []byte) []byte {
	s.clips.put(string(s.text))
	s.pasting, s.text = false, nil
	return append(dst, pasteStart+pasteEnd...)
}
