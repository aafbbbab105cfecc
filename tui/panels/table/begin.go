package table

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/panels"
)

// begin is the steps that a table begins with: those that were asked for, and
// what its page says.
func begin(spec dashboard.Table, asked panels.Steps) steps {
	s := steps{where: asked.Where, types: asked.Types, only: asked.Columns, frozen: max(len(spec.Index), len(asked.Index), 1)}
	keys := spec.Sort
	if asked.Sort != nil {
		keys = asked.Sort
	}
	for _, k := range keys {
		s.sort = append(s.sort, sortKeyOf(k))
	}
	if asked.Columns == nil && asked.Index != nil {
		s.order = asked.Index
	}
	return s
}

// settle hides what is not among the columns that the steps ask for, now that
// all are known.
func (s steps) settle(all []column) steps {
	if s.only == nil {
		return s
	}
	for _, c := range all {
		if !slices.Contains(s.only, c.name) {
			s.hidden = append(slices.Clone(s.hidden), c.name)
		}
	}
	if len(s.hidden) == len(all) { // None of them is there.
		s.hidden = nil
	}
	s.order, s.only = s.only, nil
	return s
}

// beginValues counts the values that the table was asked to begin with, once
// all rows are there.
func beginValues(p *Panel) tea.Cmd {
	asked := p.env.Begin
	if asked.Values == "" || p.begun || p.shown.rows == nil || !p.data.Complete {
		return nil
	}
	p.begun = true
	r := query.Request{Column: asked.Values, Across: asked.By}
	if fn, of, ok := strings.Cut(asked.Figure, ":"); ok {
		r.Fn, r.Of = query.Fn(fn), of
	}
	return (&values{asked: r}).renew(p)
}
