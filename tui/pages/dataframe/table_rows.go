package dataframe

import (
	"slices"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// drawRow draws one row: its mark, name, trend and figures.
func (f *frame) drawRow(columns []colPlace, row, y int, r chart.Rect) {
	t, g := f.env.Theme, f.canvas
	bg := t.Background
	if row == f.litRow() {
		bg = cell.Mix(t.Background, t.Selection, .6)
		g.Rect(r.X, y, r.W, 1, bg)
	}
	cells := f.body().cells(row)
	if cells == nil {
		g.Text(columns[0].x+2, y, "…", t.Muted, 0)
		return
	}
	f.drawMark(columns[0].x, y, row)
	if w := f.trendWidth(r.W); w > 0 {
		m := f.mem.rows[row]
		fg := f.look().Color(m.place)
		g.Text(columns[0].x+columns[0].w+1, y, trend(m.values, w-2), fg, 0)
	}
	g.Text(columns[0].x+columns[0].w+f.trendWidth(r.W), y, "│", t.Faint, 0)
	for i, c := range columns {
		text := ""
		if c.col < len(cells) {
			text = cells[c.col]
		}
		f.drawCell(text, c, i, row, y, bg)
	}
}

// drawMark draws what links a row to its area: the letter of its series in
// its colour.
func (f *frame) drawMark(x, y, row int) {
	if place, ok := f.seriesOf(row); ok {
		f.canvas.Put(x, y, chart.Letter(place), f.look().Color(place), cell.Bold)
	}
	if f.plainProfile() && row == f.grid.row {
		f.canvas.Text(x+1, y, ">", f.env.Theme.Accent, 0)
	}
}

// seriesOf is the place of a row in the chart.
func (f *frame) seriesOf(row int) (int, bool) {
	if f.sheet == nil {
		return f.mem.rows[row].place, true
	}
	if f.overRows() {
		return 0, false
	}
	return f.sheet.series(uint32(f.sheet.place(row)))
}

// series is the place in the chart of what was marked.
func (s *sheet) series(at uint32) (int, bool) {
	i := slices.IndexFunc(s.marked, func(m mark) bool { return m.at == at })
	return i, i >= 0
}

func (f *frame) drawCell(text string, c colPlace, i, row, y int, bg cell.RGB) {
	t, g := f.env.Theme, f.canvas
	indent := f.indent(i)
	x, w := c.x+indent, c.w-indent
	fg := t.Text
	cursor := row == f.grid.row && c.col == f.grid.col
	switch {
	case cursor:
		bg, fg = t.Accent, t.OnAccent
	case f.grid.selecting && f.grid.selected(row, c.col):
		bg = t.Selection
	case c.col == f.litCol() && c.col > 0:
		bg = cell.Mix(bg, t.Selection, .6)
	}
	g.Rect(x, y, w, 1, bg)
	fg = cell.Readable(fg, bg, 4.5)
	full := cell.Width(text)
	shown := cell.Cut(text, max(w-2, 1))
	at := x + 1
	if i > 0 && f.numeric(c.col) {
		at = x + w - 1 - cell.Width(shown)
	}
	if i == 0 {
		at = x
		shown = cell.Cut(text, max(w-1, 1))
	}
	g.Text(at, y, shown, fg, 0)
	if from, to := f.find.marks(text); to > from && full == cell.Width(shown) {
		hl := cell.Mix(t.Warn, bg, .25)
		f.paint(at+cell.Width(text[:from]), y, cell.Width(text[from:to]), cell.Readable(t.Background, hl, 4.5), hl)
	}
	if cursor && f.plainProfile() && i > 0 {
		g.Text(x, y, "[", fg, 0)
		g.Text(x+w-1, y, "]", fg, 0)
	}
}

// paint recolours cells; without colours it underlines them.
func (f *frame) paint(x, y, w int, fg, bg cell.RGB) {
	for i := range w {
		if c := f.canvas.At(x+i, y); c != nil {
			c.FG, c.BG = cell.FromRGB(fg), cell.FromRGB(bg)
			c.Attr |= cell.Bold
		}
	}
}

// numeric says whether a column is written flush right.
func (f *frame) numeric(col int) bool {
	return col > 0 && (f.sheet == nil || f.sheet.numbers[col])
}
