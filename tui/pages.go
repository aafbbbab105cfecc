package tui

import (
	"maps"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/theme"
)

// Sources is what the pages are made of.
type Sources struct {
	List dashboard.Pages // nil = the demo's
	Home home.Options
	Seed *uint64 // of random walks; nil takes what the page says
	// Access replaces the rule of a page by its id.
	Access map[string]session.Rule
	Board  board.Options // of the pages that are made of panels
	// Whole gives a page what it is made of when it is opened; nil = demo.Whole.
	Whole func(dashboard.Page) dashboard.Page
	// Draw is the code of further pages, by their ids.
	Draw map[string]func(page.Env) page.Page
}

// Pages gives each listed page the code that draws it: one line a page. A
// listed page without any is a mistake in the program, and panics.
func Pages(s Sources) []Entry {
	if s.List == nil {
		s.List = demo.Pages()
	}
	draw := map[string]func(page.Env) page.Page{
		"home": func(env page.Env) page.Page { return home.New(env, s.List, s.Home) },
	}
	if s.Board.Shared == nil {
		s.Board.Shared = board.NewInputs()
	}
	if s.Whole == nil {
		s.Whole = demo.Whole
	}
	s.Board.Pages = s.List
	for _, p := range s.List {
		if p.Content != nil || demo.IsBoard(p.ID) {
			draw[p.ID] = func(env page.Env) page.Page { return board.New(env, s.whole(p), s.Board) }
		}
	}
	maps.Copy(draw, s.Draw)
	entries := make([]Entry, len(s.List))
	for i, p := range s.List {
		rule, ok := s.Access[p.ID]
		if !ok {
			rule = session.Rule{Groups: p.Groups}
		}
		if draw[p.ID] == nil {
			panic("tui/pages.go has no line for the page " + p.ID)
		}
		entries[i] = func(env page.Env) page.Spec {
			return page.Spec{ID: p.ID, Title: titled(env, p), Access: rule, New: func() page.Page { return draw[p.ID](env) }}
		}
	}
	return entries
}

// whole is a page with what it is made of, and the seed that was asked for.
func (s *Sources) whole(p dashboard.Page) dashboard.Page {
	p = s.Whole(p)
	if s.Seed != nil {
		p = seeded(p, *s.Seed)
	}
	return p
}

// seeded is a page whose random walks are those of a seed.
func seeded(p dashboard.Page, seed uint64) dashboard.Page {
	content := *p.Content
	content.Rows = slices.Clone(content.Rows)
	for i := range content.Rows {
		row := &content.Rows[i]
		row.Panels = slices.Clone(row.Panels)
		for k := range row.Panels {
			if spec, ok := row.Panels[k].Spec.(*dashboard.Walk); ok {
				of := *spec
				of.Seed, of.Seeded = seed, true
				row.Panels[k].Spec = &of
			}
		}
	}
	p.Content = &content
	return p
}

// titled is a page's title behind its sign, where the terminal shows signs.
func titled(env page.Env, p dashboard.Page) string {
	if p.Icon == "" || env.Theme == nil || env.Theme.Glyphs == theme.ASCII {
		return p.Title
	}
	return p.Icon + " " + p.Title
}
