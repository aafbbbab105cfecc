package dashboard_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

func TestNear(t *testing.T) {
	known := []string{"home", "plotting", "mapping", "dataframe", "groups", "go"}
	for word, want := range map[string]string{
		"ploting": "plotting", "Plotting": "plotting", "potting": "plotting", "data-frame": "dataframe", "group": "groups", "hone": "home", "hmoe": "home", "pltotnig": "plotting",
		"": "", "x": "", "map": "", "gq": "", "plots": "", "exposure": "", strings.Repeat("plotting", 1<<20): "",
	} {
		if got := dashboard.Near(word, known); got != want {
			t.Errorf("near %.20q is %q, want %q", word, got, want)
		}
	}
}

func TestPages(t *testing.T) {
	pages := dashboard.Pages{{ID: "a", Flags: []string{"seed"}}, {ID: "b"}, {ID: "c", Title: "C", Flags: []string{"days", "seed"}}}
	if got := strings.Join(pages.IDs(), " "); got != "a b c" {
		t.Errorf("the IDs are %s", got)
	}
	if page, ok := pages.Find("c"); !ok || page.Title != "C" {
		t.Errorf("c is %+v, %v", page, ok)
	}
	if page, ok := pages.Find("d"); ok || page.ID != "" {
		t.Errorf("d is %+v, %v", page, ok)
	}
	if seed, days, none := pages.WithFlag("seed"), pages.WithFlag("days"), pages.WithFlag("x"); seed != "a, c" || days != "c" || none != "" {
		t.Errorf("seed is for %q, days for %q, x for %q", seed, days, none)
	}
}
