package table

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/sheet"
)

// rows are the rows of a frame as a table shows them. They never change, so
// commands read them while the table is drawn.
type rows struct {
	f     frame.Frame
	all   bool // there are no more
	cols  []column
	heads []sheet.Column
	ascii bool
}

var _ sheet.Source = (*rows)(nil)

func newRows(f frame.Frame, all bool, cols []column, profiled, ascii bool) *rows {
	return &rows{f: f, all: all, cols: cols, heads: headings(cols, profiled), ascii: ascii}
}

// Columns are those that are shown.
func (r *rows) Columns() []sheet.Column { return r.heads }

// Size counts the rows.
func (r *rows) Size() sheet.Size { return sheet.Size{Rows: r.f.Len(), Complete: r.all} }

// batch reads part of the frame: what some columns need.
func (r *rows) batch(ctx context.Context, p sheet.Part, columns []int) (*frame.Batch, error) {
	if p.Order == nil {
		return frame.Rows(ctx, r.f, columns, p.From, p.N)
	}
	return frame.Gather(ctx, r.f, columns, p.Places())
}

// needs are the columns of the frame that some of the table's need.
func (r *rows) needs(columns []int) (out []int) {
	for _, c := range columns {
		col := &r.cols[c]
		if col.at >= 0 {
			out = append(out, col.at)
		}
		out = append(out, col.trend...)
		for _, rule := range col.rules {
			if rule.field >= 0 {
				out = append(out, rule.field)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Cells reads cells for reading.
func (r *rows) Cells(ctx context.Context, p sheet.Part) ([][]sheet.Text, error) {
	needs := r.needs(p.Columns)
	b, err := r.batch(ctx, p, needs)
	if err != nil {
		return nil, err
	}
	in := func(at int) *frame.Vector { i, _ := slices.BinarySearch(needs, at); return &b.Columns[i] }
	texts := make([]sheet.Text, b.Len*len(p.Columns))
	out := make([][]sheet.Text, b.Len)
	for i := range out {
		out[i] = texts[i*len(p.Columns) : (i+1)*len(p.Columns) : (i+1)*len(p.Columns)]
	}
	var scratch []byte
	for k, c := range p.Columns {
		col := &r.cols[c]
		for i := range out {
			out[i][k], scratch = r.cell(col, in, i, scratch)
		}
	}
	return out, nil
}

func (r *rows) cell(col *column, in func(int) *frame.Vector, i int, scratch []byte) (sheet.Text, []byte) {
	if col.at < 0 {
		return sheet.Text{String: r.sparkline(col, in, i)}, scratch
	}
	v := in(col.at)
	text, scratch := col.text(v, i, scratch)
	if tone := col.tone(v, in, i); tone != sheet.Plain {
		text.Tone = tone
		text.String += signs[tone]
	}
	return text, scratch
}

func (r *rows) sparkline(col *column, in func(int) *frame.Vector, i int) string {
	values := make([]float64, len(col.trend))
	for k, at := range col.trend {
		v, ok := in(at).Float(i)
		if !ok || math.IsInf(v, 0) {
			v = math.NaN()
		}
		values[k] = v
	}
	return sparkline(values, trendCells, r.ascii)
}

// tone is that of the first rule that holds for cell i.
func (c *column) tone(v *frame.Vector, in func(int) *frame.Vector, i int) sheet.Tone {
	x, ok := v.Float(i)
	if !ok {
		return sheet.Plain
	}
	for k := range c.rules {
		r, with := &c.rules[k], c.rules[k].value
		if r.field >= 0 {
			if with, ok = in(r.field).Float(i); !ok {
				continue
			}
		}
		if r.holds(x, with) {
			return r.tone
		}
	}
	return sheet.Plain
}

// Raw reads cells for other programs.
func (r *rows) Raw(ctx context.Context, p sheet.Part) ([][]string, error) {
	needs := r.needs(p.Columns)
	b, err := r.batch(ctx, p, needs)
	if err != nil {
		return nil, err
	}
	out := make([][]string, b.Len)
	for i := range out {
		out[i] = make([]string, len(p.Columns))
		for k, c := range p.Columns {
			if at := r.cols[c].at; at >= 0 {
				n, _ := slices.BinarySearch(needs, at)
				out[i][k] = b.Columns[n].String(i)
			}
		}
	}
	return out, nil
}

// Card is a row with all its fields: text with its lines, JSON indented. It
// has those that are not shown too.
func (r *rows) Card(ctx context.Context, place int) ([]sheet.Field, error) {
	b, err := frame.Rows(ctx, r.f, frame.All(r.f), place, 1)
	if err != nil {
		return nil, err
	}
	var out []sheet.Field
	seen := map[int]bool{}
	for _, c := range r.cols {
		if c.at >= 0 {
			out, seen[c.at] = append(out, sheet.Field{Name: c.title, Lines: cellLines(&b.Columns[c.at])}), true
		}
	}
	for at, c := range r.f.Columns() {
		if !seen[at] {
			out = append(out, sheet.Field{Name: clean(c.Name), Lines: cellLines(&b.Columns[at])})
		}
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

// Search finds rows.
func (r *rows) Search(ctx context.Context, text string) (sheet.Hits, error) {
	hits, err := frame.Search(ctx, r.f, text, nil)
	return sheet.Hits{Rows: hits.Has, Count: hits.Count}, err
}
