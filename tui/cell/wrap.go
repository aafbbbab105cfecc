package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const noBreakSpace = '\u00a0'

// Wrap breaks a text without line breaks into lines of at most w columns:
// between words, after hyphens, and inside words that are longer than a line,
// never inside a cluster. Spaces at a break are dropped. There is no line for
// an empty text, and none where w is 0.
func Wrap(s string, w int) []string {
	if s == "" || w <= 0 {
		return nil
	}
	var lines []string
	var line strings.Builder
	used := 0
	next := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for s != "" {
		space, word := piece(s)
		s = s[len(space)+len(word):]
		gap, width := Width(space), Width(word)
		if used > 0 && used+gap+width > w {
			next()
		}
		if used > 0 || len(lines) == 0 {
			line.WriteString(space)
			used += gap
		}
		for word != "" {
			c := firstCluster(word)
			if used > 0 && used+c.width > w {
				next()
			}
			line.WriteString(word[:c.used])
			used += c.width
			word = word[c.used:]
		}
	}
	next()
	return lines
}

// piece returns the spaces that s begins with, and what comes after them that
// should stay together: a word, or a part of one up to a hyphen.
func piece(s string) (space, word string) {
	end := func(s string, blank bool) int {
		for i, r := range s {
			if (unicode.IsSpace(r) && r != noBreakSpace) != blank {
				return i
			}
			if r == '-' {
				return i + utf8.RuneLen(r)
			}
		}
		return len(s)
	}
	n := end(s, true)
	return s[:n], s[n : n+end(s[n:], false)]
}
