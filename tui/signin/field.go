package signin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

// field is where the redirected address is pasted. It shows little of what it
// holds: the address carries a sign-in code.
type field struct{ widget.Field }

// longest is more than any address that a browser would show, in runes.
const longest = 16 << 10

// put adds typed or pasted text at the cursor.
func (f *field) put(runes []rune) { f.take().Insert(runes) }

// edit takes an editing key or a typed one.
func (f *field) edit(msg tea.KeyMsg) { f.take().Key(msg) }

// take returns the field as one of an address. Control characters, and the
// blanks and line breaks that come with copying from a terminal, are left out:
// an address has none.
func (f *field) take() *widget.Field {
	f.Limit, f.Take = longest, func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}
	return &f.Field
}

// shown is the address before and after the cursor: up to its query, which
// holds the code, and a dot for each character after that.
func (f *field) shown() (before, after string) {
	text := f.String()
	open := len(text)
	for _, begin := range []string{"?", "code=", "state="} { // the question mark may have been erased
		if i := strings.Index(text, begin); i >= 0 {
			open = min(open, i+len("?"))
		}
	}
	masked := []rune(text[:open])
	for range utf8.RuneCountInString(text[open:]) {
		masked = append(masked, '·')
	}
	before, _ = f.Around(longest)
	at := utf8.RuneCountInString(before)
	return string(masked[:at]), string(masked[at:])
}

// whole reports whether the text looks like a redirected address that needs
// no more typing.
func (f *field) whole() bool {
	s := f.String()
	return strings.HasPrefix(s, "http") && strings.Contains(s, "state=") &&
		(strings.Contains(s, "code=") || strings.Contains(s, "error="))
}
