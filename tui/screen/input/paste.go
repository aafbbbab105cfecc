package input

import (
	"bytes"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	pasteStart = "200~" // what follows ESC [
	pasteEnd   = "\x1b[201~"

	// maxPaste is how many bytes of a paste are kept.
	maxPaste = 32 << 10
	// pasteTime is how long a paste waits for its end.
	pasteTime = 5 * time.Second
	// aside is how long before ctrl+c nothing came if it is a key of its own.
	aside = 100 * time.Millisecond
)

// paste is the text between the marks of a paste.
type paste struct {
	open bool
	text []byte
	at   time.Time // when the last of it came
}

// lost reports whether b, which came at now, shows that the end of the paste
// was lost: somebody presses ctrl+c.
func (p *paste) lost(b []byte, now time.Time) bool {
	return len(b) == 1 && b[0] == ctrlC && now.Sub(p.at) >= aside
}

// add takes the text at the start of in, and reports whether its end was
// there. It takes nothing where the end may have been cut.
func (p *paste) add(in []byte) (n int, done bool) {
	if i := bytes.Index(in, []byte(pasteEnd)); i >= 0 {
		p.keep(in[:i])
		return i + len(pasteEnd), true
	}
	n = len(in)
	if i := bytes.LastIndexByte(in, esc); i >= 0 && strings.HasPrefix(pasteEnd, string(in[i:])) {
		n = i
	}
	p.keep(in[:n])
	return n, false
}

func (p *paste) keep(b []byte) { p.text = append(p.text, b[:min(len(b), maxPaste-len(p.text))]...) }

// end returns the message of the paste. Broken characters are left out, and
// the start of another paste: the end of the one before was lost.
func (p *paste) end() tea.KeyMsg {
	text := strings.ReplaceAll(string(p.text), "\x1b["+pasteStart, "")
	*p = paste{}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.ToValidUTF8(text, "")), Paste: true}
}
