package signin

import (
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// field is where the redirected address is pasted. It has no cursor to move
// and shows little of what it holds: the address carries a sign-in code. (A
// text input of bubbles would look for clipboard programs at every start and
// blink for ever.)
type field struct{ text []rune }

// longest is more than any address that a browser would show.
const longest = 16 << 10

// put adds typed or pasted text. Control characters, and the blanks and line
// breaks that come with copying from a terminal, are left out: an address has
// none.
func (f *field) put(runes []rune) {
	for _, c := range runes {
		if unicode.IsGraphic(c) && !unicode.IsSpace(c) && len(f.text) < longest {
			f.text = append(f.text, c)
		}
	}
}

// edit does what editing keys do and reports whether msg was one.
func (f *field) edit(msg tea.KeyMsg) bool {
	switch msg.String() {
	case "backspace", "ctrl+h":
		f.text = f.text[:max(len(f.text)-1, 0)]
	case "ctrl+u", "ctrl+w", "alt+backspace":
		f.clear()
	default:
		if msg.Type != tea.KeyRunes {
			return false
		}
		f.put(msg.Runes)
	}
	return true
}

func (f *field) clear() { clear(f.text); f.text = nil }

// shown is the address up to its query, which holds the code, and a dot for
// each character after it.
func (f *field) shown() string {
	before, after, query := strings.Cut(string(f.text), "?")
	if !query {
		return before
	}
	return before + "?" + strings.Repeat("·", len([]rune(after)))
}

// whole reports whether the text looks like a redirected address that needs
// no more typing.
func (f *field) whole() bool {
	s := string(f.text)
	return strings.HasPrefix(s, "http") && strings.Contains(s, "state=") &&
		(strings.Contains(s, "code=") || strings.Contains(s, "error="))
}
