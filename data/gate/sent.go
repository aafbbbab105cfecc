package gate

import (
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// Sent is what of a source a page sends to those to whom it opens.
type Sent struct {
	Page, Source string
	Columns      []string // in the source's order; nil if the source's are not known
	Left         int      // columns that are not sent
	All          bool     // the page names all columns, those to come too
	Where        string   // which rows, as a where line; "" = all
}

// Sends lists what the pages of a folder send. Columns are those of a source of
// a page, nil if they are not known. What of a page cannot be served is among
// the problems.
func (r Reading) Sends(columns func(page dashboard.Page, source string) []frame.Column) ([]Sent, []dashboard.Problem) {
	var out []Sent
	var problems []dashboard.Problem
	for _, p := range r.Dashboard.Pages {
		if p.Content == nil {
			continue
		}
		_, planned, err := definition(p.Content, r.Load)
		if err != nil {
			problems = append(problems, dashboard.Problem{Place: dashboard.Place{File: p.Path}, Text: "it cannot be served: " + clean(err.Error())})
			continue
		}
		for _, f := range planned.plans {
			one := Sent{Page: p.ID, Source: f.source.Name, All: f.names.all, Where: f.where.String()}
			if all := columns(p, f.source.Name); all != nil {
				kept := f.names.columns(all)
				one.Columns, one.Left = make([]string, 0, len(kept)), len(all)-len(kept)
				for _, i := range kept {
					one.Columns = append(one.Columns, all[i].Name)
				}
			}
			out = append(out, one)
		}
	}
	return slices.Clip(out), problems
}
