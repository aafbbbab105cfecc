package table

import (
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/sheet"
)

// headLines are the lines below the name of a column: its shape, its span.
const headLines = 2

// head is a line below the name of a column.
func (p *body) head(col, line, width int) sheet.Text {
	c := &p.shown.rows.cols[col]
	if c.at < 0 {
		return sheet.Text{}
	}
	known := p.study.column(c.at)
	switch {
	case !p.data.Complete && line == 0:
		return sheet.Text{String: "~" + typeName(c.kind), Tone: sheet.Quiet}
	case known == nil:
		return sheet.Text{Tone: sheet.Quiet}
	}
	return p.study.text(drawing{c.at, line, width}, func() sheet.Text {
		if line == 0 {
			return p.study.shape(known, c.at, width, p.ascii())
		}
		return spanText(known, width, p.dots())
	})
}

// shape is the shape of a column, in front of that of all rows where some are
// left of them.
func (s *study) shape(known *query.Column, at, width int, ascii bool) sheet.Text {
	left, ok := s.within[at]
	if all := s.whole[at]; ok && all != nil && known.Shape.Bins != nil {
		return sheet.Text{String: left.Draw(width, ascii), Behind: all.Shape.Draw(width, ascii)}
	}
	return sheet.Text{String: known.Shape.Draw(width, ascii)}
}

// spanText is the span of a column, with what is missing where there is room.
func spanText(known *query.Column, width int, dots string) sheet.Text {
	text := span(known, width, dots)
	if m := missing(known); known.Nulls > 0 {
		if with := text + " · " + m.String + " missing"; len([]rune(with)) <= width {
			return sheet.Text{String: with, Tone: m.Tone}
		}
	}
	return sheet.Text{String: text}
}

// dots stand between the ends of a span.
func (p *body) dots() string {
	if p.ascii() {
		return ".."
	}
	return "…"
}

// typeName is the type of a column in a word.
func typeName(t frame.Type) string { return t.String() }

// studied are the columns of the frame that what is in view tells about.
func (p *Panel) studied() []int {
	r := p.shown.rows
	if r == nil || !p.data.Complete {
		return nil
	}
	var out []int
	add := func(c *column) {
		if c.at >= 0 && !p.study.asked[c.at] {
			out = append(out, c.at)
		}
	}
	if p.heads() > 0 {
		from, to := p.sheet.InView()
		for i := range r.cols {
			if i < p.sheet.Frozen() || i >= from && i < to {
				add(&r.cols[i])
			}
		}
	}
	if p.listed() || p.overList() {
		for i := range r.cols[:min(len(r.cols), mostListed)] {
			add(&r.cols[i])
		}
	}
	if c := p.dated(); c != nil {
		add(c)
	}
	if c := p.column(); c != nil && (footed(p) || p.inFull) {
		add(c)
	}
	return out
}

// dated is the first column of dates of a file alone, nil for none.
func (p *body) dated() *column {
	for i := range p.shown.rows.cols {
		if c := &p.shown.rows.cols[i]; p.env.Own && c.at >= 0 && (c.kind == frame.Date || c.kind == frame.Datetime) {
			return c
		}
	}
	return nil
}

// course says over which time a file goes, and at which step.
func (p *body) course() string {
	if p.shown.rows == nil {
		return ""
	}
	c := p.dated()
	if c == nil {
		return ""
	}
	known := p.study.column(c.at)
	if known == nil || known.Ends.Len() < 2 {
		return ""
	}
	text := end(known, 0) + " to " + end(known, 1)
	if known.Dates != nil && known.Dates.Step.String() != "" {
		text = known.Dates.Step.String() + ", " + text
	}
	return text
}

// heads is how many lines stand below the names of the columns.
func (p *Panel) heads() int {
	if p.profiled && p.height >= 8 {
		return headLines
	}
	return 0
}
