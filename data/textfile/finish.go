package textfile

import (
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// table makes the frame and the report of a text that was counted, to its end
// or not.
func (d *delimited) table(k *counted, whole bool) (*Result, error) {
	l := *d.l
	l.notes, l.left = slices.Clone(l.notes), slices.Clone(l.left)
	k.rows -= k.blanks
	if whole {
		if err := k.footnotes(d.src, &l, d.j); err != nil {
			return nil, err
		}
	}
	n, short := k.shown(&l)
	if n > maxColumns {
		return nil, tooWide(l.skip + 1)
	}
	columns := make([]column, n)
	copy(columns, k.columns)
	names, told := naming(l.raw, n, l.header)
	if len(told) > 0 {
		l.say("heading", "renamed: "+joined(told, 20))
	}
	r := &Result{Report: Report{Format: "csv", Skipped: append(l.left, k.left...)}}
	if l.d.delimiter == '\t' {
		r.Format = "tsv"
	}
	t := &table{src: d.src, origin: d.origin, d: l.d, marks: k.marks, rows: k.rows, literals: k.literals}
	decisions := decideAll(columns, d.j.asked)
	for i, c := range decisions {
		t.columns = append(t.columns, frame.Column{Name: names[i], Type: c.kind, Nulls: k.rows - c.values, Unit: c.unit})
		t.cells = append(t.cells, newReader(c, d.j.classifier))
	}
	r.Frame = t
	slices.SortStableFunc(r.Skipped, func(a, b Skipped) int { return a.Line - b.Line })
	r.Dialect = l.dialect(d.src, decisions)
	r.tell(d.src, &l, k, short)
	for i, c := range decisions {
		for _, text := range c.notes {
			r.say("column "+oneLine(names[i]), "%s", text)
		}
	}
	return r, nil
}

// shown is how many columns there are, and the rows that are too short for
// them: a trailing delimiter makes no column.
func (k *counted) shown(l *layout) (n int, short spot) {
	width := max(l.width, len(l.raw))
	n = max(width, len(k.columns))
	for n > 1 && unnamed(l.raw, n-1) && (n > len(k.columns) || k.columns[n-1].hasNothing()) {
		n--
	}
	for cells, s := range k.short {
		if cells < min(n, width) {
			short.merge(s)
		}
	}
	return n, short
}

func unnamed(raw []string, i int) bool {
	return i >= len(raw) || len(trimSpace([]byte(raw[i]))) == 0
}

// hasNothing reports whether all cells of a column are empty.
func (c *column) hasNothing() bool {
	n := c.counts()
	return n.cells+n.markers+n.blank == 0
}

// dialect is what the report says of how the cells stand in the file.
func (l *layout) dialect(src *source, decisions []*decision) *Dialect {
	d := &Dialect{Delimiter: string(rune(l.d.delimiter)), Quote: string(rune(l.d.quote)), Header: l.header, Skip: l.skip, Encoding: src.encoding, Decimal: "."}
	if l.d.delimiter == 0 {
		d.Delimiter = ","
	}
	points, commas := 0, 0
	for _, c := range decisions {
		if !c.typed() {
			continue
		}
		switch {
		case c.shows && c.decimal == ',':
			commas++
		case c.shows && c.decimal == '.':
			points++
		}
		if c.group != 0 && d.Thousands == "" {
			d.Thousands = string(rune(c.group))
		}
	}
	if commas > points {
		d.Decimal = ","
	}
	if commas > 0 && points > 0 {
		l.say("cells", fmt.Sprintf("decimal signs differ: %s have a point, %s a comma", count(points, "column", "columns"), count(commas, "column", "columns")))
	}
	return d
}

// tell adds the notes about the text as a whole, in the order of their
// subjects.
func (r *Result) tell(src *source, l *layout, k *counted, short spot) {
	notes := append(src.told(), l.notes...)
	add := func(subject, format string, a ...any) {
		notes = append(notes, note{subject, fmt.Sprintf(format, a...)})
	}
	if k.strays.count > 0 {
		add("quotes", "%s unclosed and read as characters, first on line %d", count(k.strays.count, "quote is", "quotes are"), k.strays.line)
	}
	if n := len(r.Skipped); n > 0 {
		add("lines", "%d left out, first line %d (%s)", n, r.Skipped[0].Line, r.Skipped[0].Reason)
	}
	if short.count > 0 {
		add("rows", "%s short and filled with nothing, first on line %d", count(short.count, "row is", "rows are"), short.line)
	}
	if k.long.count > 0 {
		add("rows", "%s long, the cells beyond the heading have columns of their own, first on line %d", count(k.long.count, "row is", "rows are"), k.long.line)
	}
	if k.hollow.count > 0 {
		add("rows", "%s of empty cells, first on line %d", count(k.hollow.count, "row", "rows"), k.hollow.line)
	}
	if k.cut.count > 0 {
		add("cells", "%s longer than 1 MiB and cut there, first on line %d", count(k.cut.count, "cell is", "cells are"), k.cut.line)
	}
	if k.nul.count > 0 {
		add("cells", "%s with a NUL character, first on line %d", cells(k.nul.count), k.nul.line)
	}
	if l.d.padded {
		add("cells", "a space follows every delimiter and is none of the cells")
	}
	r.tellAll(notes)
}

// tellAll adds notes in the order of their subjects.
func (r *Report) tellAll(notes []note) {
	order := []string{"file", "encoding", "delimiter", "quotes", "json", "lines", "heading", "rows", "cells"}
	slices.SortStableFunc(notes, func(a, b note) int { return slices.Index(order, a.subject) - slices.Index(order, b.subject) })
	for _, n := range notes {
		r.say(n.subject, "%s", n.text)
	}
}
