package box

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence makes an error begin and end like a sentence. An address or path at its
// start stays as it is.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	if word, _, _ := strings.Cut(s, " "); !strings.Contains(word, "/") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}
	return s + "."
}

// Join puts sentences behind each other; empty ones at the ends leave no blank.
func Join(sentences ...string) string {
	return strings.TrimSpace(strings.Join(sentences, " "))
}

// List joins words as a sentence lists them: "A, B and C".
func List(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
