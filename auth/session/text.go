package session

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text that came from outside safe to show on one line of a
// terminal: control characters (C0, DEL, C1), line and paragraph separators,
// BiDi and other format characters and broken UTF-8 become U+FFFD, and it is
// cut to at most limit runes with "…" as the last. A limit of 0 or less means
// no limit. It is for display only: never compare or store its result.
func Clean(s string, limit int) string {
	var b strings.Builder
	n := 0
	for i, r := range s {
		if limit > 0 && n == limit-1 && utf8.RuneCountInString(s[i:]) > 1 {
			b.WriteRune('…')
			break
		}
		b.WriteRune(visible(r))
		n++
	}
	return b.String()
}

func visible(r rune) rune {
	if r == ' ' || (unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r)) {
		return r
	}
	return utf8.RuneError
}
