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
	start, at, used := 0, 0, 0 // of the line, in s; its columns
	for at < len(s) {
		space, word := piece(s[at:])
		gap, width := Width(space), Width(word)
		if used > 0 && used+gap+width > w {
			lines, used = append(lines, strings.TrimRight(s[start:at], " ")), 0
		}
		if used == 0 && len(lines) > 0 {
			start = at + len(space)
		} else {
			used += gap
		}
		at += len(space)
		for word != "" {
			c := firstCluster(word)
			if used > 0 && used+c.width > w {
				lines, start, used = append(lines, strings.TrimRight(s[start:at], " ")), at, 0
			}
			used += c.width
			at, word = at+c.used, word[c.used:]
		}
	}
	return append(lines, strings.TrimRight(s[start:], " "))
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
