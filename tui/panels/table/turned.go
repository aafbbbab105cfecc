package table

import (
	"context"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// mostTurned is how many rows are turned into columns.
const mostTurned = 100

// turned is the table on its side: a line for each column, a column for each of
// the first rows. Few rows of many columns are read so.
type turned struct {
	s     *sheet.Sheet
	names []string
	// columns are those of the table that stand in the lines.
	columns []int
	heads   []sheet.Column
	cells   [][]sheet.Text
	raw     [][]string
	of      int // rows that there are
	// itself says that nobody asked for it: the table had no room for its columns.
	itself bool
}

// turn turns the table, or turns it back.
func turn(p *Panel) tea.Cmd {
	if p.sub != nil {
		p.sub = nil
		return nil
	}
	t := &turned{}
	return t.renew(p)
}

// renew reads the rows.
func (t *turned) renew(p *Panel) tea.Cmd {
	if t.itself && !p.touched {
		turnFew(p)
		return nil
	}
	r, order := p.shown.rows, p.shown.order
	if r == nil || r.f.Len() == 0 {
		p.sub = nil
		return page.Send(page.Notice{Text: "There are no rows to turn."})
	}
	do := func(ctx context.Context, _ func(float64)) (func() tea.Cmd, error) {
		made, err := turnedOf(ctx, r, order)
		return func() tea.Cmd {
			if p.shown.rows != r { // The rows are others by now.
				return t.renew(p)
			}
			made.s, made.itself = t.s, t.itself
			for i := range min(len(made.heads), len(t.heads)) {
				made.heads[i].Width = t.heads[i].Width
			}
			made.begin(p)
			return nil
		}, err
	}
	if small(r.f) {
		apply, err := do(p.env.Ctx, nil)
		if err != nil {
			return p.fail(err)
		}
		return apply()
	}
	return p.work.asks.start("turning", nil, do)
}

// begin shows the turned rows.
func (t *turned) begin(p *Panel) {
	if t.s == nil {
		t.s = sheet.New(p.env.Ctx, t)
		t.s.FindNames()
	} else {
		t.s.Show(t, nil)
	}
	p.sub = t
	t.s.Need()
}

// turnedOf reads the first rows and turns them.
func turnedOf(ctx context.Context, r *rows, order []uint32) (*turned, error) {
	t := &turned{of: r.f.Len(), heads: []sheet.Column{{Title: "column", ID: "column"}}}
	part := sheet.Part{Order: order, N: min(mostTurned, r.f.Len())}
	for i, c := range r.cols {
		if c.at >= 0 {
			t.columns, t.names = append(t.columns, i), append(t.names, c.title)
		}
	}
	part.Columns = t.columns
	cells, err := r.Cells(ctx, part)
	if err != nil {
		return t, err
	}
	raw, err := r.Raw(ctx, part)
	for i := range cells {
		t.heads = append(t.heads, sheet.Column{Title: "row " + sheet.Thousands(i+1), ID: strconv.Itoa(i)})
	}
	for k := range t.columns {
		line, plain := []sheet.Text{{String: t.names[k]}}, []string{t.names[k]}
		for i := range cells {
			line, plain = append(line, cells[i][k]), append(plain, raw[i][k])
		}
		t.cells, t.raw = append(t.cells, line), append(t.raw, plain)
	}
	return t, err
}

func (*turned) foot() string { return "" }

func (t *turned) table() *sheet.Sheet { return t.s }

func (t *turned) name() string {
	if n := len(t.heads) - 1; n < t.of {
		return "the first " + counted(n, "row", "rows") + " turned"
	}
	return "turned"
}

func (t *turned) keys(p *Panel) []key.Binding {
	back := p.keys.turn
	back.SetHelp("T", "turn back")
	card := t.s.Keys.Card
	card.SetHelp("enter", "this row")
	k := p.keys
	return append([]key.Binding{card, back, k.chart, k.where, k.values, k.save, k.columns, k.sort, k.undo, k.redo, k.clear, k.sortAlso, k.whereNot, k.kind, k.hide, k.column, k.mark, t.s.Keys.Escape}, subKeys(p, t.s.Keys)...)
}

func (t *turned) key(p *Panel, msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, p.keys.turn):
		p.sub = nil
	case key.Matches(msg, p.keys.save):
		openSubExport(p, t.frame(), "turned rows", "the turned rows", "-turned")
	case key.Matches(msg, p.keys.copyTable):
		openSubCopy(p, t.frame(), "the turned rows")
	case key.Matches(msg, t.s.Keys.Card): // the row, which is a column here
		p.sub = nil
		p.sheet.MoveTo(max(t.s.Col-1, 0), t.columns[min(t.s.Row, len(t.columns)-1)])
	default:
		return turnedKey(p, t, msg)
	}
	return nil, true
}

// sortBy sorts the rows by the column of the cursor's line.
func (t *turned) sortBy(p *Panel, also bool) tea.Cmd {
	if t.s.Row < len(t.columns) {
		p.sheet.MoveTo(p.sheet.Row, t.columns[t.s.Row])
	}
	return p.sortBy(also)
}

func (t *turned) view(p *Panel) sheet.View {
	return sheet.View{
		Theme: p.env.Theme, Lit: sheet.Cell{Row: t.s.Row, Col: t.s.Col},
		Mark:   func(int) (rune, cell.RGB, bool) { return 0, cell.RGB{}, false },
		Sorted: func(int) string { return "" },
	}
}

// Columns are the rows.
func (t *turned) Columns() []sheet.Column { return t.heads }

// Size counts the columns.
func (t *turned) Size() sheet.Size {
	return sheet.Size{Rows: len(t.cells), Complete: true, Whole: true}
}

// Cells are held.
func (t *turned) Cells(_ context.Context, p sheet.Part) ([][]sheet.Text, error) {
	return part(t.cells, p), nil
}

// Raw are held.
func (t *turned) Raw(_ context.Context, p sheet.Part) ([][]string, error) {
	return part(t.raw, p), nil
}

// part is some cells of those that are held.
func part[T any](all [][]T, p sheet.Part) [][]T {
	var out [][]T
	add := func(row int) {
		line := make([]T, len(p.Columns))
		for k, c := range p.Columns {
			line[k] = all[row][c]
		}
		out = append(out, line)
	}
	if p.Order != nil {
		for _, row := range p.Places() {
			add(int(row))
		}
		return out
	}
	for row := p.From; row < min(p.From+p.N, len(all)); row++ {
		add(row)
	}
	return out
}

// Card is one column over the rows.
func (t *turned) Card(_ context.Context, place int) ([]sheet.Field, error) {
	var out []sheet.Field
	for i, c := range t.cells[place] {
		out = append(out, sheet.Field{Name: t.heads[i].Title, Lines: []string{c.String}})
	}
	return out, nil
}

// Search finds cells.
func (t *turned) Search(_ context.Context, text string) (sheet.Hits, error) {
	return searched(t.cells, text), nil
}

// searched finds a text in cells that are held, whatever its case.
func searched(cells [][]sheet.Text, text string) sheet.Hits {
	var h sheet.Hits
	text = strings.ToLower(text)
	for row, line := range cells {
		before := len(h.Cells)
		for col, c := range line {
			if strings.Contains(strings.ToLower(c.String), text) {
				h.Cells = append(h.Cells, sheet.Cell{Row: row, Col: col})
			}
		}
		if len(h.Cells) > before {
			h.Count++
		}
	}
	return h
}

var _ sheet.Source = (*turned)(nil)
