package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/sheet"
)

// choices are the types that a column can be given, with the keys that choose
// them.
var choices = []struct{ key, as, label string }{
	{"a", "text", "text"},
	{"i", "integer", "whole number"},
	{"n", "number", "number, 1,234 is a thousand"},
	{"c", "number:,", "number, 1,5 is one and a half"},
	{"b", "boolean", "true or false, yes or no"},
	{"d", "date:dmy", "date, day/month/year"},
	{"m", "date:mdy", "date, month/day/year"},
	{"y", "date:ymd", "date, year/month/day"},
	{"t", "datetime", "date and time"},
}

// openType lets a reader settle the type of the cursor's column.
func openType(p *Panel) tea.Cmd {
	c := p.column()
	switch {
	case c == nil || c.at < 0:
		return nil
	case !p.data.Complete:
		return page.Send(page.Notice{Text: "A type can be settled when all rows are read."})
	}
	name := c.name
	m := &menu{title: c.title + " is", k: p.keys}
	for i, choice := range choices {
		if strings.HasPrefix(choice.as, c.kind.String()) {
			m.at = i
		}
		m.items = append(m.items, item{key: choice.key, label: choice.label, do: func() tea.Cmd { return p.typed(name, choice.as) }})
	}
	m.items = append(m.items, item{key: "x", label: "as the file was read", do: func() tea.Cmd { return p.typed(name, "") }})
	p.over = m
	return nil
}

// typed gives a column a type, "" for the one that it was read as.
func (p *body) typed(name, as string) tea.Cmd {
	s := p.history.now()
	s.types = slices.DeleteFunc(slices.Clone(s.types), func(t panels.ColumnType) bool { return t.Column == name })
	if as != "" {
		s.types = append(s.types, panels.ColumnType{Column: name, Type: as})
	}
	return p.step(s, "reading types")
}

// castOf is a frame with the types that the steps say, and what is told of
// cells that are none of the last one.
func castOf(ctx context.Context, f frame.Frame, types []panels.ColumnType, tell func(float64)) (_ frame.Frame, told string, err error) {
	for _, t := range types {
		at := frame.Find(f, t.Column)
		as, err := query.ParseAs(t.Type)
		if err != nil || at < 0 {
			continue
		}
		var m query.Misfits
		if f, m, err = query.Cast(ctx, f, at, as, tell); err != nil {
			return nil, "", err
		}
		if told = ""; m.Count > 0 {
			told = fmt.Sprintf("%s of %s %s no %s and shown as missing, first row %s: %q", counted(m.Count, "cell", "cells"), clean(t.Column), plural(m.Count, "is", "are"), as.Type, sheet.Thousands(m.Row+1), clean(m.Cell))
		}
	}
	return f, told, nil
}

// doubts are the notes that say that a column could have been read in several
// ways.
func doubts(notes []string) (out []string) {
	for _, n := range notes {
		if strings.HasPrefix(n, "column ") && (strings.Contains(n, "--dates") || strings.Contains(n, "--decimal") || strings.Contains(n, "--thousands")) {
			out = append(out, n)
		}
	}
	return out
}

// doubtful reports whether one of the notes is about a column whose type nobody
// has settled.
func doubtful(name string, notes []string, settled []panels.ColumnType) bool {
	return slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, "column "+name+":") }) &&
		!slices.ContainsFunc(settled, func(t panels.ColumnType) bool { return t.Column == name })
}

// notice tells what became of rows and cells.
func notice(told []string) tea.Cmd {
	if len(told) == 0 {
		return nil
	}
	return page.Send(page.Notice{Text: strings.Join(told, "; ")})
}
