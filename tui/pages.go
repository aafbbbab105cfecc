package tui

import (
	"maps"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/pages/dataframe"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/pages/mapping"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/walk"
	"github.com/authtabs/tabgate/tui/theme"
)

// Sources is what the pages are made of.
type Sources struct {
	List        dashboard.Pages // nil = the demo's
	Home        home.Options
	Walk        dashboard.Walk
	City        mapping.Source
	Agriculture dataframe.Source
	DataFrame   dataframe.Options
	// Access replaces the rule of a page by its id.
	Access map[string]session.Rule
	Board  board.Options // of the pages that are made of panels
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
		"home":      func(env page.Env) page.Page { return home.New(env, s.List, s.Home) },
		"plotting":  func(env page.Env) page.Page { return walk.New(panels.Env{Env: env, Panel: walkPanel(s.Walk)}) },
		"mapping":   func(env page.Env) page.Page { return mapping.New(env, s.City) },
		"dataframe": func(env page.Env) page.Page { return dataframe.New(env, s.Agriculture, s.DataFrame) },
	}
	if s.Board.Shared == nil {
		s.Board.Shared = board.NewInputs()
	}
	s.Board.Pages = s.List
	for _, p := range s.List {
		if p.Content != nil {
			draw[p.ID] = func(env page.Env) page.Page { return board.New(env, p, s.Board) }
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

// walkPanel is the one panel of the plotting page.
func walkPanel(spec dashboard.Walk) dashboard.Panel {
	return dashboard.Panel{Kind: "walk", Title: "Plotting Demo", Width: 1, Spec: &spec}
}

// titled is a page's title behind its sign, where the terminal shows signs.
func titled(env page.Env, p dashboard.Page) string {
	if p.Content == nil || p.Icon == "" || env.Theme == nil || env.Theme.Glyphs == theme.ASCII {
		return p.Title
	}
	return p.Icon + " " + p.Title
}
