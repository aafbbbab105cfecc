package table

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/sheet"
)

// openColumn shows one column in full: its statistics, the rows of its least
// and greatest values, and what was noted when it was read.
func openColumn(p *Panel) tea.Cmd {
	c := p.column()
	if c == nil || c.at < 0 {
		return nil
	}
	title := "Column " + c.title
	p.inFull = true
	p.sheet.SetCard(title, columnFields(p, c, nil))
	if !p.data.Complete {
		return nil
	}
	f, at, name := p.shown.rows.f, c.at, c.name
	first := p.shown.rows.cols[0].at
	return p.work.asks.start("counting", nil, func(ctx context.Context, tell func(float64)) (func() tea.Cmd, error) {
		found, err := query.Profile(ctx, f, []int{at}, tell)
		if err != nil {
			return nil, err
		}
		ends, err := endsOf(ctx, f, &found[0], at, first)
		return func() tea.Cmd {
			if p.shown.rows.f != f {
				return nil
			}
			p.study.columns[at], p.study.asked[at] = &found[0], true
			if c := p.column(); c != nil && c.name == name && p.sheet.Carded() {
				p.sheet.SetCard(title, columnFields(p, c, ends))
			}
			return nil
		}, err
	})
}

// ends are the rows of the least and greatest values of a column, in words.
type ends struct{ least, greatest []string }

func endsOf(ctx context.Context, f frame.Frame, c *query.Column, at, first int) (*ends, error) {
	words := func(rows []uint32) ([]string, error) {
		columns := []int{at}
		if first >= 0 && first != at {
			columns = append(columns, first)
		}
		b, err := frame.Gather(ctx, f, columns, rows)
		if err != nil {
			return nil, err
		}
		var out []string
		for i := range b.Len {
			text := clean(b.Columns[0].String(i)) + "  row " + sheet.Thousands(int(rows[i])+1)
			if len(columns) > 1 {
				text += "  " + clean(b.Columns[1].String(i))
			}
			out = append(out, text)
		}
		return out, nil
	}
	var e ends
	var err error
	if e.least, err = words(c.Least); err != nil {
		return nil, err
	}
	e.greatest, err = words(c.Greatest)
	return &e, err
}

// columnFields says all that is known of a column.
func columnFields(p *Panel, c *column, e *ends) []sheet.Field {
	var out []sheet.Field
	add := func(name string, lines ...string) { out = append(out, sheet.Field{Name: name, Lines: lines}) }
	kind := typeName(c.kind)
	if !p.data.Complete {
		kind += " so far"
	}
	add("type", kind)
	if c.help != "" {
		add("about", clean(c.help))
	}
	if known := p.study.column(c.at); known != nil {
		for _, f := range c.statistics(known, p.ascii()) {
			add(f.Name, f.Lines...)
		}
		if whole := p.study.whole[c.at]; whole != nil && whole.Shape.Bins != nil {
			add("of all rows", whole.Shape.Draw(60, p.ascii()), span(whole, 60, p.dots()))
		}
	} else if p.data.Complete {
		add("", "counting…")
	}
	if e != nil && len(e.least) > 0 {
		add("least rows", e.least...)
		add("greatest rows", e.greatest...)
	}
	return append(out, readingFields(p, c.name)...)
}

// statistics are the figures of a column.
func (col *column) statistics(c *query.Column, ascii bool) []sheet.Field {
	var out []sheet.Field
	add := func(name string, lines ...string) { out = append(out, sheet.Field{Name: name, Lines: lines}) }
	add("values", of(c))
	if c.Nulls > 0 {
		add("missing", sheet.Thousands(c.Nulls)+" ("+query.Percent(c.Nulls, c.Rows)+")")
	}
	add("distinct", distinct(c)+", "+counted(c.Duplicates(), "duplicate", "duplicates"))
	if shape := c.Shape.Draw(60, ascii); c.Shape.Bins != nil {
		add("shape", shape)
	}
	switch {
	case c.Numbers != nil && c.Filled() > 0:
		out = append(out, col.numberFields(c)...)
	case c.Type.Temporal() && c.Ends.Len() == 2:
		add("first", end(c, 0))
		add("last", end(c, 1))
		if c.Dates != nil {
			out = append(out, dateFields(c.Dates)...)
		}
	case c.Type == frame.Boolean:
		add("true", sheet.Thousands(c.True)+" ("+query.Percent(c.True, c.Filled())+")")
	}
	if c.Texts != nil && c.Filled() > 0 {
		add("length", fmt.Sprintf("%s to %s", sheet.Thousands(c.Texts.Shortest), counted(c.Texts.Longest, "character", "characters")))
	}
	if lines := topLines(c); len(lines) > 0 {
		add("most frequent", lines...)
	}
	return out
}

func topLines(c *query.Column) (out []string) {
	if c.Each() {
		return nil
	}
	for _, v := range c.Top[:min(len(c.Top), 5)] {
		if v.Rows < 2 {
			break
		}
		out = append(out, clean(v.Value)+"  "+sheet.Thousands(v.Rows)+"  "+query.Percent(v.Rows, c.Rows))
	}
	return out
}

func (col *column) numberFields(c *query.Column) []sheet.Field {
	n, rough := c.Numbers, ""
	if n.Approx {
		rough = "≈ "
	}
	out := []sheet.Field{
		{Name: "least", Lines: []string{col.end(c, 0)}},
		{Name: "quartiles", Lines: []string{rough + col.number(n.Quartile1) + ", median " + col.number(n.Median) + ", " + col.number(n.Quartile3)}},
		{Name: "greatest", Lines: []string{col.end(c, 1)}},
	}
	if summed(c) {
		out = append(out,
			sheet.Field{Name: "mean", Lines: []string{col.number(n.Mean) + ", deviation " + col.number(n.Deviation)}},
			sheet.Field{Name: "sum", Lines: []string{col.total(n) + ", of " + of(c)}})
	}
	out = append(out, sheet.Field{Name: "zeros", Lines: []string{sheet.Thousands(n.Zeros) + ", negatives " + sheet.Thousands(n.Negatives)}})
	if n.Infinite > 0 {
		out = append(out, sheet.Field{Name: "infinite", Lines: []string{sheet.Thousands(n.Infinite) + ", left out of sum and mean"}})
	}
	return out
}

func dateFields(d *query.Dates) []sheet.Field {
	var out []sheet.Field
	if s := d.Step.String(); s != "" {
		out = append(out, sheet.Field{Name: "step", Lines: []string{s}})
	}
	if d.Gap > 0 {
		from := time.Unix(int64(d.GapFrom), 0).UTC().Format("2006-01-02 15:04")
		out = append(out, sheet.Field{Name: "longest gap", Lines: []string{duration(d.Gap) + " after " + strings.TrimSuffix(from, " 00:00")}})
	}
	return out
}

func duration(seconds float64) string {
	for _, u := range []struct {
		size      float64
		one, many string
	}{{86400, "day", "days"}, {3600, "hour", "hours"}, {60, "minute", "minutes"}} {
		if seconds >= u.size {
			return reading(seconds/u.size) + " " + plural(int(seconds/u.size), u.one, u.many)
		}
	}
	return reading(seconds) + " seconds"
}

// readingFields say how the file was read: first what concerns a column.
func readingFields(p *Panel, name string) []sheet.Field {
	r := p.data.Report
	var own, others []sheet.Field
	for _, n := range r.Notes {
		f := sheet.Field{Name: "note", Lines: []string{session.Clean(n, 0)}}
		if strings.HasPrefix(n, "column "+name+":") {
			own = append(own, f)
		} else {
			others = append(others, f)
		}
	}
	if r.Format != "" {
		others = slices.Insert(others, 0, sheet.Field{Name: "format", Lines: []string{r.Format}})
	}
	if d := r.Dialect; d != nil {
		others = append(others, sheet.Field{Name: "dialect", Lines: []string{clean(fmt.Sprintf("delimiter %q, quote %s, encoding %s, decimal sign %q, thousands %q", d.Delimiter, d.Quote, d.Encoding, d.Decimal, d.Thousands))}})
	}
	for i, s := range r.Skipped {
		if i == maxListed {
			others = append(others, sheet.Field{Name: "left out", Lines: []string{fmt.Sprintf("and %d more: tabgate inspect lists them", len(r.Skipped)-i)}})
			break
		}
		others = append(others, sheet.Field{Name: "left out", Lines: []string{fmt.Sprintf("line %d: %s", s.Line, session.Clean(s.Reason, 0))}})
	}
	return append(own, others...)
}
