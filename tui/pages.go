package tui

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/dataframe"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/pages/mapping"
	"github.com/authtabs/tabgate/tui/pages/plotting"
)

// Sources is what the pages are made of.
type Sources struct {
	Home        home.Options
	Plotting    plotting.Options
	City        mapping.Source
	Mapping     mapping.Options
	Agriculture dataframe.Source
	DataFrame   dataframe.Options
	// Access replaces the rule of a page by its id.
	Access map[string]session.Rule
}

// Pages is the registry: one line a page, in the order of the tabs.
func Pages(s Sources) []Entry {
	entries := []Entry{
		func(env page.Env) page.Spec { return home.Spec(env, s.Home) },
		func(env page.Env) page.Spec { return plotting.Spec(env, s.Plotting) },
		func(env page.Env) page.Spec { return mapping.Spec(env, s.City, s.Mapping) },
		func(env page.Env) page.Spec { return dataframe.Spec(env, s.Agriculture, s.DataFrame) },
	}
	for i, entry := range entries {
		entries[i] = s.guarded(entry)
	}
	return entries
}

// guarded gives a page the rule that the configuration has for it.
func (s Sources) guarded(entry Entry) Entry {
	return func(env page.Env) page.Spec {
		spec := entry(env)
		if rule, ok := s.Access[spec.ID]; ok {
			spec.Access = rule
		}
		return spec
	}
}
