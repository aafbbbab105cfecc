package table

import (
	"context"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/sheet"
)

// tallied shows counts of values as a table: the value, its rows, their share, a
// bar, a figure, and one column for each value across.
type tallied struct {
	counts *query.Counts
	heads  []sheet.Column
	at     []int // columns of the counts by those of the table; barColumn is none
	cells  [][]sheet.Text
	raw    [][]string
}

// Columns of the table that have no column in the counts.
const barColumn = -1

// Widths of bars, in cells: where there is room, and where not.
const (
	barCells, fewBarCells = 20, 8
	barsFrom              = 70 // the narrowest panel with long bars
)

var _ sheet.Source = (*tallied)(nil)

func newTallied(p *Panel, c *query.Counts) *tallied {
	t := &tallied{counts: c}
	bar := fewBarCells
	if p.width >= barsFrom {
		bar = barCells
	}
	add := func(at, width int, right bool, name string) {
		t.at = append(t.at, at)
		t.heads = append(t.heads, sheet.Column{Title: clean(name), ID: name, Right: right, Width: width})
	}
	for at, col := range c.Columns() {
		right := at > 0
		if at == 0 {
			right = col.Type.Numeric() && !strings.Contains(strings.Join(c.Labels, ""), "…")
		}
		add(at, 0, right, titleOf(col))
		if t.barOf() == at {
			add(barColumn, bar+2, false, "")
		}
	}
	t.fill(bar, p.ascii())
	return t
}

// titleOf is the name of a column with its unit.
func titleOf(c frame.Column) string {
	if c.Unit != "" {
		return c.Name + " (" + c.Unit + ")"
	}
	return c.Name
}

// barOf is the column that the bars are of, behind which they stand: the
// figure, or the share for the rows.
func (t *tallied) barOf() int {
	if t.counts.Figure >= 0 {
		return t.counts.Figure
	}
	return 2
}

// fill writes all cells: there are few.
func (t *tallied) fill(bar int, ascii bool) {
	n := t.counts.Len()
	b, err := frame.Rows(context.Background(), t.counts, frame.All(t.counts), 0, n)
	if err != nil {
		return // a frame in memory has no errors
	}
	most := 0.0
	of := &b.Columns[t.barOf()]
	for i := range n {
		if x, ok := of.Float(i); ok {
			most = max(most, x)
		}
	}
	for i := range n {
		line, raw := make([]sheet.Text, len(t.at)), make([]string, len(t.at))
		for k, at := range t.at {
			switch {
			case at == barColumn:
				x, _ := of.Float(i)
				line[k] = sheet.Text{String: drawBar(x, most, bar, ascii), Tone: sheet.Accent}
			case at == 0:
				line[k] = sheet.Text{String: clean(t.counts.Labels[i])}
				if b.Columns[0].IsNull(i) {
					line[k].Tone = sheet.Missing
				}
				raw[k] = t.counts.Labels[i]
			default:
				line[k], raw[k] = figureText(&b.Columns[at], i, at), b.Columns[at].String(i)
			}
		}
		t.cells, t.raw = append(t.cells, line), append(t.raw, raw)
	}
}

// figureText writes a count, a share or a figure.
func figureText(v *frame.Vector, i, at int) sheet.Text {
	switch {
	case v.IsNull(i):
		return sheet.Text{String: noValue, Tone: sheet.Missing}
	case at == 2:
		return sheet.Text{String: shareText(v.Floats[i])}
	case v.Type == frame.Integer:
		return sheet.Text{String: grouped(v.String(i))}
	case v.Type == frame.Number:
		return sheet.Text{String: reading(v.Floats[i])}
	}
	return sheet.Text{String: clean(v.String(i))}
}

// shareText writes a share in whole percent.
func shareText(share float64) string {
	const all = 1_000_000
	return query.Percent(int(share*all+0.5), all)
}

// drawBar draws a bar of a share of some cells, to an eighth of one.
func drawBar(x, most float64, cells int, ascii bool) string {
	if x <= 0 || most <= 0 {
		return ""
	}
	eighths := max(int(x/most*float64(8*cells)+0.5), 1)
	if ascii {
		return strings.Repeat("#", max((eighths+4)/8, 1))
	}
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return bar
}

// frameColumn names the column of the counts that a column of the table is
// sorted by.
func (t *tallied) frameColumn(col int) string {
	at := t.at[min(col, len(t.at)-1)]
	if at == barColumn {
		at = t.barOf()
	}
	return t.counts.Columns()[at].Name
}

// bar reports whether a column of the table is that of the bars.
func (t *tallied) bar(col int) bool { return t.at[min(col, len(t.at)-1)] == barColumn }

// across is which of the values across a column of the table is of, -1 for none.
func (t *tallied) across(col int) int {
	at := t.at[min(col, len(t.at)-1)] - t.counts.FirstAcross
	if t.counts.FirstAcross == 0 || at < 0 || at >= len(t.counts.Across) {
		return -1
	}
	return at
}

// Columns are those of the table.
func (t *tallied) Columns() []sheet.Column { return t.heads }

// Size counts the values.
func (t *tallied) Size() sheet.Size {
	return sheet.Size{Rows: len(t.cells), Complete: true, Whole: true}
}

// Cells are held.
func (t *tallied) Cells(_ context.Context, p sheet.Part) ([][]sheet.Text, error) {
	return part(t.cells, p), nil
}

// Raw are held.
func (t *tallied) Raw(_ context.Context, p sheet.Part) ([][]string, error) {
	return part(t.raw, p), nil
}

// Card is one value with all that is beside it.
func (t *tallied) Card(_ context.Context, place int) ([]sheet.Field, error) {
	var out []sheet.Field
	for i, c := range t.cells[place] {
		if t.at[i] != barColumn {
			out = append(out, sheet.Field{Name: t.heads[i].Title, Lines: []string{c.String}})
		}
	}
	return out, nil
}

// Search finds cells.
func (t *tallied) Search(_ context.Context, text string) (sheet.Hits, error) {
	return searched(t.cells, text), nil
}
