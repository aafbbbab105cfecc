package session

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text that came from outside safe to show on one line of a
// terminal: control characters (C0, DEL, C1), line and paragraph separators,
// BiDi and other format characters and broken UTF-8 become U+FFFD (but for the
// joiners inside an emoji or a word that is written with them), and it is cut
// to at most limit runes with "…" as the last. A limit of 0 or less means
// no limit. It is for display only: never compare or store its result.
func Clean(s string, limit int) string {
	var b strings.Builder
	n, last := 0, rune(0)
	for i, r := range s {
		if limit > 0 && n == limit-1 && utf8.RuneCountInString(s[i:]) > 1 {
			b.WriteRune('…')
			break
		}
		if r != joiner && r != nonJoiner || !joined(last, s[i:]) {
			r = visible(r)
		}
		b.WriteRune(r)
		n, last = n+1, r
	}
	return b.String()
}

const nonJoiner, joiner = '\u200c', '\u200d'

// joined reports whether the joiner that s begins with, after last, is a part
// of a character: between two signs of an emoji, or between two letters or
// marks of scripts that are written with it.
func joined(last rune, s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	sign := func(r rune) bool { return unicode.Is(unicode.So, r) && r != utf8.RuneError }
	dressed := last >= 0x1f3fb && last <= 0x1f3ff || last == 0xfe0f // a skin tone, a choice of looks
	return r == joiner && (sign(last) || dressed) && sign(next) || unicode.In(last, joining...) && unicode.In(next, joining...)
}

// joining are the scripts whose words may need a joiner or a non-joiner.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
	unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
}

func visible(r rune) rune {
	if r == ' ' || (unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r)) {
		return r
	}
	return utf8.RuneError
}
