package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
)

// peopleOf are the people of a local user pool for pages: one for each group,
// in the order that pages name them, and one who is in none.
func peopleOf(groups []string) []localpool.User {
	var people []localpool.User
	taken := map[string]bool{}
	for _, group := range groups {
		if localpool.CheckGroup(group) != nil {
			continue // nobody can be in it
		}
		name := mailName(group)
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", mailName(group), n)
		}
		taken[name] = true
		people = append(people, localpool.User{Email: name + "@example.com", Password: localpool.DemoPassword, Groups: []string{group}})
	}
	guest := "guest"
	for n := 2; taken[guest]; n++ {
		guest = fmt.Sprintf("guest-%d", n)
	}
	return append(people, localpool.User{Email: guest + "@example.com", Password: localpool.DemoPassword})
}

// mailName is a group's name as a name in an address: "CreditAnalysts" becomes
// "credit-analysts".
func mailName(group string) string {
	var out []rune
	runes := []rune(group)
	for i, r := range runes {
		plain := r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
		begins := unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1]) ||
			unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if (!plain || begins) && len(out) > 0 && out[len(out)-1] != '-' {
			out = append(out, '-')
		}
		if plain {
			out = append(out, unicode.ToLower(r))
		}
	}
	name := strings.Trim(string(out[:min(len(out), 60)]), "-")
	if name == "" {
		return "member"
	}
	return name
}

// groupsInOrder are the groups of pages in the order that pages name them.
func groupsInOrder(pages dashboard.Pages) []string {
	var all []string
	for _, p := range pages {
		for _, group := range p.Groups {
			if !slices.Contains(all, group) && group != session.AnyoneSignedIn {
				all = append(all, group)
			}
		}
	}
	return all
}
