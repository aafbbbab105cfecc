package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate"
)

// sent is what a server would send of the folder's pages, by the columns that
// their sources have. That a page cannot be served is a warning where it can be
// shown all the same.
func (d *dashboardDir) sent(columns map[string]map[string][]frame.Column) []gate.Sent {
	r := gate.Reading{Dashboard: d.Dashboard, Load: func(name string, most int64) ([]byte, error) {
		return d.load(context.Background(), name, most)
	}}
	sent, problems := r.Sends(func(p dashboard.Page, source string) []frame.Column { return columns[p.ID][source] })
	if d.errors() == 0 {
		for _, p := range problems {
			p.Warning = true
			d.problems = append(d.problems, p)
		}
	}
	return sent
}

// printSent prints a line for each frame.
func printSent(w io.Writer, sent []gate.Sent) {
	for _, s := range sent {
		text := s.Page + " sends of " + s.Source + ": "
		switch {
		case s.Columns == nil && s.All:
			text += "all columns"
		case s.Columns == nil:
			text += "the columns that the page names (they are known with --live)"
		case s.Left == 0:
			text += "all columns, " + strings.Join(s.Columns, ", ")
		case len(s.Columns) == 0:
			text += "how many rows there are"
		default:
			text += fmt.Sprintf("%s; not %s", strings.Join(s.Columns, ", "), counted(s.Left, "other column", "other columns"))
		}
		if s.Where == "" {
			text += "; all rows"
		} else {
			text += "; rows where " + s.Where
		}
		fmt.Fprintln(w, session.Clean(text, 2000))
	}
}
