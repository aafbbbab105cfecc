package signin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/tui/widget"
)

// longest is more than any address that a browser would show, in runes.
const longest = 16 << 10

// addressField is where the redirected address is pasted. It shows little of
// what it holds: the address carries a sign-in code.
func addressField() widget.Field {
	return widget.Field{Limit: longest, Take: addressRune, Hide: query}
}

// addressRune leaves out control characters, and the blanks and line breaks
// that come with copying from a terminal: an address has none.
func addressRune(r rune) rune {
	if !unicode.IsGraphic(r) || unicode.IsSpace(r) {
		return -1
	}
	return r
}

// query returns where the query of an address begins, which holds the code.
func query(address []rune) int {
	text := string(address)
	open := len(text)
	for _, begin := range []string{"?", "code=", "state="} { // the question mark may have been erased
		if i := strings.Index(text, begin); i >= 0 {
			open = min(open, i+len("?"))
		}
	}
	return utf8.RuneCountInString(text[:open])
}

// whole reports whether the text looks like a redirected address that needs
// no more typing.
func whole(s string) bool {
	return strings.HasPrefix(s, "http") && strings.Contains(s, "state=") &&
		(strings.Contains(s, "code=") || strings.Contains(s, "error="))
}
