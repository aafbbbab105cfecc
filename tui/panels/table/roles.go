package table

import (
	"math"

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
	var facts []suggest.Facts
	for i := range r.cols {
		known := p.study.column(r.cols[i].at)
		if known == nil {
			break
		}
		facts = append(facts, factsOf(known))
	}
	if _, to := p.sheet.InView(); len(facts) < min(to, len(r.cols)) {
		return
	}
	p.placed = true
	for i, role := range suggest.Roles(facts) {
		if role != suggest.ID && role != suggest.Constant {
			p.sheet.MoveTo(p.sheet.Row, i)
			return
		}
	}
}

// factsOf is what roles are decided by.
func factsOf(c *query.Column) suggest.Facts {
	f := suggest.Facts{Column: c.Column, Rows: c.Rows, Filled: c.Filled(), Distinct: c.Distinct, Least: math.NaN(), Greatest: math.NaN()}
	if len(c.Top) > 0 {
		f.Most = c.Top[0].Rows
	}
	if c.Ends.Len() == 2 {
		f.Least, _ = c.Ends.Float(0)
		f.Greatest, _ = c.Ends.Float(1)
	}
	return f
}
