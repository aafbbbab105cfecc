package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
