package table

import (
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/suggest"
)

// placeCursor puts the cursor of a file alone on the first column that is
// neither an id nor constant, once the columns in view are counted and while
// nobody has moved it.
func placeCursor(p *Panel) {
	r := p.shown.rows
	if !p.env.Own || p.placed || r == nil {
		return
	}
	var known []query.Column
	for i := range r.cols {
		c := p.study.column(r.cols[i].at)
		if c == nil {
			break
		}
		known = append(known, *c)
	}
	if _, to := p.sheet.InView(); len(known) < min(to, len(r.cols)) {
		return
	}
	p.placed = true
	for i, role := range suggest.Roles(suggest.FactsOf(known)) {
		if role != suggest.ID && role != suggest.Constant {
			p.sheet.MoveTo(p.sheet.Row, i)
			return
		}
	}
}

// summed reports whether the sum and the mean of a column's numbers say anything:
// not those of ids and of years.
func summed(c *query.Column) bool {
	switch suggest.Roles(suggest.FactsOf([]query.Column{*c}))[0] {
	case suggest.ID, suggest.Year:
		return false
	}
	return c.Numbers != nil
}
