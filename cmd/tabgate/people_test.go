package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/data/dashboard"
)

func TestThereIsOnePersonForEachGroup(t *testing.T) {
	for want, groups := range map[string][]string{
		"credit-analysts underwriters guest": {"CreditAnalysts", "Underwriters"},
		"guest":                              nil,
		"it-ops hr2-team guest":              {"IT_Ops", "no name", "HR2Team"},
		"http-admins sales-emea guest":       {"HTTPAdmins", "sales_EMEA"},
		"member member-2 a a-2 guest":        {"日本", "…", "a", "A"},
		"guest guest-2":                      {"guest"},
	} {
		people := peopleOf(groups)
		var names []string
		for i, p := range people {
			names = append(names, strings.TrimSuffix(p.Email, "@example.com"))
			if last := i == len(people)-1; last != (len(p.Groups) == 0) || !last && !slices.Contains(groups, p.Groups[0]) {
				t.Errorf("%s is in %q", p.Email, p.Groups)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("of %q: %s, want %s", groups, got, want)
		}
		pool, err := localpool.New(localpool.Options{Users: people, Groups: groups})
		if err != nil {
			t.Errorf("a pool of %q: %v", groups, err)
			continue
		}
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	}
	if got := groupsInOrder(dashboard.Pages{{Groups: []string{"b", "*"}}, {Groups: []string{"a", "b"}}}); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("got %q", got)
	}
}
