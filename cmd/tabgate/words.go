package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/authtabs/tabgate/auth/session"
)

// groupList names groups, twenty at most.
func groupList(groups []string) string {
	if len(groups) == 0 {
		return "none"
	}
	shown := make([]string, 0, len(groups))
	for i, g := range groups {
		if i == 20 {
			shown = append(shown, fmt.Sprintf("and %d more", len(groups)-i))
			break
		}
		shown = append(shown, session.Clean(g, 60))
	}
	return strings.Join(shown, ", ")
}

// mayOpen says in words who may open a page.
func mayOpen(groups []string) string {
	switch {
	case len(groups) == 0:
		return "anyone"
	case slices.Contains(groups, session.AnyoneSignedIn):
		return "anyone signed in"
	}
	return groupList(groups)
}

// needs says what a locked page asks for.
func needs(groups []string) string {
	switch {
	case slices.Contains(groups, session.AnyoneSignedIn):
		return "needs somebody signed in"
	case len(groups) > 1:
		return "needs one of the groups " + groupList(groups)
	}
	return "needs the group " + groupList(groups)
}

// spelled is a number as it stands in a sentence.
func spelled(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// counted is a number and what it counts, as one of them and several are called:
// "2 pages".
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}

// fileTitle is what the tab of a file is called.
func fileTitle(name string) string {
	if name == "-" {
		return "standard input"
	}
	title := filepath.Base(name)
	for _, packed := range []string{".gz", ".zst"} {
		title = strings.TrimSuffix(title, packed)
	}
	if ext := filepath.Ext(title); ext != title {
		title = strings.TrimSuffix(title, ext)
	}
	return session.Clean(title, 60)
}

// fileWord is a title as a part of a file's name.
func fileWord(title string) string {
	word := strings.Join(strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "_")
	if word == "" {
		return "Page"
	}
	first := []rune(word)
	first[0] = unicode.ToUpper(first[0])
	return string(first)
}

// sourceWord is a title as the name of a source.
func sourceWord(title string) string { return strings.ToLower(fileWord(title)) }
