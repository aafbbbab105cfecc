package tui

import (
	"slices"
	"strconv"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/theme"
)

// figures is the bundled data: no network, no cache. It is read as long as the
// pages that show it are there.
func figures() Sources {
	now := func() time.Time { return pagetest.Noon }
	s := Sources{Whole: demo.Whole, Draw: map[string]func(page.Env) page.Page{}}
	seed := uint64(42) // buttons stand where they stood
	s.Seed = &seed
	for _, p := range demo.Pages() {
		if demo.IsBoard(p.ID) {
			s.Draw[p.ID] = func(env page.Env) page.Page {
				store := source.NewStore(env.Ctx, source.Options{FS: demo.Files(), Offline: true, Now: now})
				return board.New(env, s.whole(p), board.Options{Store: store, Load: demo.Load})
			}
		}
	}
	return s
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

// Each listed page has its line in pages.go, and what the list says of it is
// true of its code.
func TestEveryListedPageIsBound(t *testing.T) {
	env := pagetest.Env(t)
	for i, entry := range Pages(figures()) {
		spec, listed := entry(env), demo.Pages()[i]
		if spec.ID != listed.ID || spec.Title != listed.Title || !slices.Equal(spec.Access.Groups, listed.Groups) {
			t.Errorf("page %d is %s %q for %v", i+1, spec.ID, spec.Title, spec.Access.Groups)
		}
		if _, gives := spec.New().(page.Exporter); gives != (len(listed.Formats) > 0) {
			t.Errorf("%s gives its data: %v, listed %v", spec.ID, gives, listed.Formats)
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
		for i, listed := range demo.Pages() {
			pagetest.Settle(t, update, update(page.Key(strconv.Itoa(i+1))))
			for _, k := range r.tabs.current().Keys() {
				for _, name := range k.Keys() {
					if name == "enter" && listed.Personal {
						continue // It leads away.
					}
					pagetest.Settle(t, update, update(page.Key(name)))
					pagetest.Fits(t, r.View(), size.Width, size.Height)
					pagetest.Settle(t, update, update(page.Key("esc")))
				}
			}
			if r.tabs.all[r.tabs.shown].spec.ID != listed.ID {
				t.Fatalf("keys of %s led to %s", listed.ID, r.tabs.all[r.tabs.shown].spec.ID)
			}
		}
	}
}

func TestAPageOfAFolderHasItsSignBeforeItsTitle(t *testing.T) {
	list := dashboard.Pages{{ID: "sales", Title: "Sales", Icon: "📈", Content: &dashboard.Content{}}, {ID: "plain", Title: "Plain", Content: &dashboard.Content{}}}
	env := pagetest.Env(t)
	titles := func() (out []string) {
		for _, entry := range Pages(Sources{List: list}) {
			out = append(out, entry(env).Title)
		}
		return out
	}
	if got := titles(); !slices.Equal(got, []string{"📈 Sales", "Plain"}) {
		t.Errorf("%q", got)
	}
	env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
	if got := titles(); !slices.Equal(got, []string{"Sales", "Plain"}) {
		t.Errorf("in ASCII: %q", got)
	}
}
