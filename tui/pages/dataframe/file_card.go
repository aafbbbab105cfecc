package dataframe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/sheet"
)

// noValue stands for a null where an empty text would be another thing.
const noValue = "–"

// Card is a row with all its fields: text with its lines, JSON indented.
func (f *file) Card(ctx context.Context, place int) ([]sheet.Field, error) {
	b, err := frame.Rows(ctx, f.rows, frame.All(f.rows), place, 1)
	if err != nil {
		return nil, err
	}
	var out []sheet.Field
	for c := range b.Columns {
		out = append(out, sheet.Field{Name: f.cols[c].Title, Lines: cellLines(&b.Columns[c])})
	}
	return out, nil
}

// cellLines are the lines of the only cell of a vector.
func cellLines(v *frame.Vector) []string {
	if v.Len() == 0 || v.IsNull(0) {
		return []string{noValue}
	}
	text := v.AppendCell(nil, 0)
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		var b bytes.Buffer
		if json.Indent(&b, text, "", "  ") == nil {
			text = b.Bytes()
		}
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = session.Clean(strings.ReplaceAll(line, "\t", "    "), 0)
	}
	return lines
}

// maxListed is how many of the lines that were left out are listed on the page
// and by show; inspect lists all.
const maxListed = 1000

// about says of a column what it is, and of the file how it was read.
func (f *file) about(col int, sum sheet.Summary) []sheet.Field {
	var out []sheet.Field
	add := func(name string, lines ...string) { out = append(out, sheet.Field{Name: name, Lines: lines}) }
	if col < len(f.cols) {
		add("column", append([]string{f.typeOf(col)}, sum...)...)
	}
	add("format", f.report.Format)
	if d := f.report.Dialect; d != nil {
		heading := "none"
		if d.Header {
			heading = "line " + strconv.Itoa(d.Skip+1)
		}
		add("dialect", clean(fmt.Sprintf("delimiter %q, quote %s, encoding %s, decimal sign %q, thousands %q", d.Delimiter, d.Quote, d.Encoding, d.Decimal, d.Thousands)))
		add("heading", heading)
	}
	for _, n := range f.report.Notes {
		add("note", session.Clean(n, 0))
	}
	for _, line := range leftOut(f.report) {
		add("left out", line)
	}
	return out
}

// leftOut lists the lines that were left out.
func leftOut(r textfile.Report) []string {
	var out []string
	for i, s := range r.Skipped {
		if i == maxListed {
			return append(out, fmt.Sprintf("and %d more: tabgate inspect lists them", len(r.Skipped)-i))
		}
		out = append(out, fmt.Sprintf("line %d: %s", s.Line, session.Clean(s.Reason, 0)))
	}
	return out
}
