package tui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// figures is the bundled data: no network, no cache.
func figures() Sources {
	src := data.NewSource(data.Options{Offline: true, Now: func() time.Time { return pagetest.Noon }})
	return Sources{City: src, Agriculture: src}
}

type realPage struct {
	id   string
	page page.Page
}

// realPages opens every page of the registry by itself, at 80x22.
func realPages(t *testing.T, s session.Session) []realPage {
	t.Helper()
	env := pagetest.Env(t)
	env.Still = true
	var out []realPage
	for _, entry := range Pages(figures()) {
		spec := entry(env)
		p := spec.New()
		p.SetSize(80, 22)
		p.Update(page.Session{Session: s})
		pagetest.Settle(t, p.Update, p.Init(), p.Update(page.Shown{}))
		out = append(out, realPage{spec.ID, p})
	}
	return out
}

func TestTheRegistryIsWhatTheProductSays(t *testing.T) {
	want := []struct{ id, title, group string }{
		{"home", "Home", ""},
		{"plotting", "Plotting Demo", "Underwriters"},
		{"mapping", "Mapping Demo", "CreditAnalysts"},
		{"dataframe", "DataFrame Demo", ""},
	}
	env := pagetest.Env(t)
	entries := Pages(figures())
	if len(entries) != len(want) {
		t.Fatalf("the registry (tui/pages.go) has %d pages, the table of this test %d: give each page its line here", len(entries), len(want))
	}
	for i, entry := range entries {
		spec := entry(env)
		rule := session.Rule{}
		if want[i].group != "" {
			rule.Groups = []string{want[i].group}
		}
		if spec.ID != want[i].id || spec.Title != want[i].title || len(spec.Access.Groups) != len(rule.Groups) ||
			len(rule.Groups) == 1 && spec.Access.Groups[0] != rule.Groups[0] {
			t.Errorf("page %d is %s %q for %v", i+1, spec.ID, spec.Title, spec.Access.Groups)
		}
	}
}

func TestTheConfigurationReplacesARule(t *testing.T) {
	s := figures()
	s.Access = map[string]session.Rule{"plotting": {}, "dataframe": {Groups: []string{"Farmers"}}}
	env := pagetest.Env(t)
	entries := Pages(s)
	if got := entries[1](env).Access.Groups; len(got) != 0 {
		t.Errorf("plotting is for %v", got)
	}
	if got := entries[3](env).Access.Groups; len(got) != 1 || got[0] != "Farmers" {
		t.Errorf("dataframe is for %v", got)
	}
	if got := entries[2](env).Access.Groups; len(got) != 1 || got[0] != "CreditAnalysts" {
		t.Errorf("mapping is for %v", got)
	}
}

// TestTheRealPagesTakeEveryKeyAtEverySize types every key that each page
// names, in the real root, and looks at each frame.
func TestTheRealPagesTakeEveryKeyAtEverySize(t *testing.T) {
	env := pagetest.Env(t)
	env.Still = true
	both := person("both", "Underwriters", "CreditAnalysts")
	r := New(env, Options{Pages: Pages(figures()), Initial: both, Asked: true})
	update := func(msg tea.Msg) tea.Cmd { _, cmd := r.Update(msg); return cmd }
	pagetest.Settle(t, update, r.Init())
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 12}, {Width: 120, Height: 40}, {Width: 211, Height: 61}, {Width: 63, Height: 33}} {
		pagetest.Settle(t, update, update(size))
		for _, tab := range []string{"1", "2", "3", "4"} {
			pagetest.Settle(t, update, update(page.Key(tab)))
			for _, k := range r.tabs.current().Keys() {
				for _, name := range k.Keys() {
					if name == "enter" && tab == "1" {
						continue // It leads away.
					}
					pagetest.Settle(t, update, update(page.Key(name)))
					pagetest.Fits(t, r.View(), size.Width, size.Height)
					pagetest.Settle(t, update, update(page.Key("esc")))
				}
			}
			if r.tabs.all[r.tabs.shown].spec.ID != []string{"home", "plotting", "mapping", "dataframe"}[tab[0]-'1'] {
				t.Fatalf("keys of tab %s led to %s", tab, r.tabs.all[r.tabs.shown].spec.ID)
			}
		}
	}
}
