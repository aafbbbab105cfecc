package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
)

// inspection prints for people how a file is read, in lines of a width.
type inspection struct {
	out   io.Writer
	width int
}

// What stands at the left of each line, and how much of what there is.
const (
	labelWidth  = 11
	mostColumns = 100 // that are listed
	headRows    = 5
)

func (p inspection) print(ctx context.Context, r *textfile.Result) error {
	p.line("format", r.Format)
	if d := r.Dialect; d != nil {
		heading := "none"
		if d.Header {
			heading = "line " + strconv.Itoa(d.Skip+1)
		}
		dialect := fmt.Sprintf("delimiter %q, quote %s, encoding %s, decimal sign %q", d.Delimiter, d.Quote, d.Encoding, d.Decimal)
		if d.Thousands != "" {
			dialect += fmt.Sprintf(", thousands %q", d.Thousands)
		}
		p.line("dialect", dialect)
		p.line("heading", heading)
	}
	p.line("rows", strconv.Itoa(r.Len()))
	p.columns(r.Columns())
	for _, s := range r.Skipped {
		p.line("left out", fmt.Sprintf("line %d: %s", s.Line, s.Reason))
	}
	for _, n := range r.Notes {
		p.line("note", n)
	}
	head, err := frame.Rows(ctx, r, frame.All(r), 0, headRows)
	if err != nil {
		return err
	}
	p.rows(r.Columns(), head)
	return nil
}

// line prints a text after its label, and its further lines below its first.
func (p inspection) line(label, text string) {
	for _, part := range cell.Wrap(session.Clean(text, 0), max(p.width-labelWidth, 20)) {
		fmt.Fprintf(p.out, "%-*s%s\n", labelWidth, label, part)
		label = ""
	}
}

// columns lists name, type and nulls of each column. Names that are too long
// end with an ellipsis.
func (p inspection) columns(cols []frame.Column) {
	shown, nulls, name := cols[:min(len(cols), mostColumns)], 0, 0
	for _, c := range shown {
		nulls = max(nulls, len(strconv.Itoa(c.Nulls)))
		name = max(name, cell.Width(session.Clean(c.Name, 0)))
	}
	name = max(min(name, p.width-labelWidth-nulls-len("  datetime   nulls")), 4)
	for _, c := range shown {
		fmt.Fprintf(p.out, "%-*s%s  %-8s  %*d nulls\n", labelWidth, "column", fitted(c.Name, name), textfile.TypeName(c.Type), nulls, c.Nulls)
	}
	if more := len(cols) - len(shown); more > 0 {
		p.line("", fmt.Sprintf("columns not listed here: %d; --json has them all", more))
	}
}

// rows prints the first rows as a table of the columns that have room.
func (p inspection) rows(cols []frame.Column, head *frame.Batch) {
	const least, most = 5, 24
	var table [][]string // by column
	var widths []int
	used := labelWidth - 2
	for k, c := range cols {
		cells := []string{session.Clean(c.Name, 0)}
		for i := range head.Len {
			cells = append(cells, session.Clean(preview(&head.Columns[k], i), 0))
		}
		w := 1
		for _, text := range cells {
			w = min(max(w, cell.Width(text)), most)
		}
		if room := p.width - used - 2; w > room {
			if room < least {
				break
			}
			w = room
		}
		table, widths, used = append(table, cells), append(widths, w), used+2+w
	}
	for i := range head.Len + 1 {
		label, line := "row", ""
		if i == 0 {
			label = "first rows"
		}
		for k, cells := range table {
			line += fitted(cells[i], widths[k]) + "  "
		}
		fmt.Fprintf(p.out, "%-*s%s\n", labelWidth, label, strings.TrimRight(line, " "))
	}
	if more := len(cols) - len(table); more > 0 {
		p.line("", fmt.Sprintf("columns without room here: %d", more))
	}
}

// preview is the beginning of a cell, which may be long.
func preview(v *frame.Vector, i int) string {
	if v.IsNull(i) {
		return "null"
	}
	text := v.String(i)
	return text[:min(len(text), 400)]
}

// fitted is a text in exactly w columns.
func fitted(text string, w int) string {
	text = cell.Cut(session.Clean(text, 0), w)
	return text + strings.Repeat(" ", max(w-cell.Width(text), 0))
}
