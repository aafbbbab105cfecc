package dataframe

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/theme"
)

// Sizes of the table, in cells.
const (
	tableRows  = 3 // its title, headings and summary
	maxFrozen  = 30
	maxColumn  = 30
	trendWidth = 12
	trendFrom  = 76 // the narrowest table with trends
)

// tableArea is where the last drawing put the rows and columns.
type tableArea struct {
	chart.Rect            // the cells of the rows
	columns    []colPlace // what is shown, the frozen one first
}

type colPlace struct{ col, x, w int }

// at is the row and column under a place.
func (a tableArea) at(x, y, top int) (row, col int, ok bool) {
	if !a.Has(x, y) {
		return 0, 0, false
	}
	for _, c := range a.columns {
		if x >= c.x && x < c.x+c.w {
			return top + y - a.Y, c.col, true
		}
	}
	return top + y - a.Y, -1, true
}

// drawTable draws title, headings, rows and the summary of the column.
func (f *frame) drawTable(r chart.Rect) {
	b := f.body()
	y := r.Y
	if r.H >= 4 {
		f.drawTitle(r.X, y, r.W)
		y++
	}
	summary := r.H >= 5
	rows := r.Y + r.H - y - 1
	if summary {
		rows--
	}
	if rows < 1 {
		return
	}
	f.grid.page = rows
	columns := f.placeColumns(r)
	f.follow(b, rows)
	f.seen.table = tableArea{chart.Rect{X: r.X, Y: y + 1, W: r.W, H: min(rows, b.len()-f.grid.top)}, columns}
	f.drawHeadings(columns, y, r)
	for i := range f.seen.table.H {
		f.drawRow(columns, f.grid.top+i, y+1+i, r)
	}
	if b.len() > rows {
		f.drawScroll(r.X+r.W-1, y+1, rows, b.len())
	}
	if summary {
		f.drawSummary(r.X, y+1+min(rows, max(b.len(), 1)), r.W)
	}
}

// follow scrolls the rows so that the cursor is seen after it was moved.
func (f *frame) follow(b body, rows int) {
	g := &f.grid
	if g.following {
		g.top = max(min(g.top, g.row), g.row-rows+1)
	}
	g.top = min(max(g.top, 0), max(b.len()-rows, 0))
}

// placeColumns decides which columns are seen and where, and scrolls them so
// that the cursor is seen after it was moved.
func (f *frame) placeColumns(r chart.Rect) []colPlace {
	g, b := &f.grid, f.body()
	n := len(b.columns())
	widths := f.widths()
	frozen := f.frozenWidth(widths[0], r.W)
	out := []colPlace{{0, r.X, frozen}}
	x := r.X + frozen + f.trendWidth(r.W) + 1
	room := r.X + r.W - 1 - x
	g.left = min(max(g.left, 1), max(n-1, 1))
	if g.following && g.col > 0 {
		g.left = min(g.left, g.col)
		for g.left < g.col && span(widths, g.left, g.col) > room {
			g.left++
		}
	}
	for g.left > 1 && span(widths, g.left-1, n-1) <= room {
		g.left--
	}
	left := f.shownFrom(widths, room)
	for c := left; c < n; c++ {
		w := widths[c]
		if x+w > r.X+r.W-1 && c > left {
			break
		}
		w = min(w, r.X+r.W-1-x)
		if w < 2 {
			break
		}
		out = append(out, colPlace{c, x, w})
		x += w
	}
	g.span = max(len(out)-1, 1)
	return out
}

// shownFrom is the first column that is shown after the frozen one: the one
// that is scrolled to, or as near to it as lets the year under the pointer in
// the chart be seen.
func (f *frame) shownFrom(widths []int, room int) int {
	left := f.grid.left
	if !f.hover.chart || f.hover.col < 1 {
		return left
	}
	left = min(left, f.hover.col)
	for left < f.hover.col && span(widths, left, f.hover.col) > room {
		left++
	}
	return left
}

// span is the width of columns from..to.
func span(widths []int, from, to int) (w int) {
	for c := from; c <= to && c < len(widths); c++ {
		w += widths[c]
	}
	return w
}

// markWidth is the room for a row's colour or mark before its name.
func (f *frame) markWidth() int { return 2 }

func (f *frame) trendWidth(w int) int {
	if f.sheet != nil || w < trendFrom || f.env.Theme.Glyphs == theme.ASCII || len(f.mem.cols) < 4 {
		return 0
	}
	return trendWidth
}

// drawHeadings draws the column names; a click sorts.
func (f *frame) drawHeadings(columns []colPlace, y int, r chart.Rect) {
	t, g, b := f.env.Theme, f.canvas, f.body()
	g.Rect(r.X, y, r.W, 1, t.Surface)
	for i, c := range columns {
		name := b.columns()[c.col]
		fg, attr := cell.Readable(t.Muted, t.Surface, 4.5), cell.Attr(0)
		if c.col == f.litCol() {
			fg, attr = t.Accent, cell.Bold|cell.Underline
		}
		mark := f.sortMark(c.col) + f.seriesMark(c.col)
		if i == 0 || !f.numeric(c.col) {
			name = cell.Cut(name, c.w-2-cell.Width(mark)) + mark
			g.Text(c.x+1+f.indent(i), y, cell.Cut(name, c.w-2-f.indent(i)), fg, attr)
		} else {
			name = mark + name
			name = cell.Cut(name, c.w-1)
			g.Text(c.x+c.w-1-cell.Width(name), y, name, fg, attr)
		}
		col := c.col
		f.hit(c.x, y, c.w, 1, func() tea.Cmd { f.grid.col = col; return f.sortBy(col) })
		f.drawBorder(c, y)
	}
	if f.trendWidth(r.W) > 0 {
		g.Text(columns[0].x+columns[0].w+1, y, "trend", cell.Readable(t.Muted, t.Surface, 4.5), 0)
	}
	f.drawMore(columns, y, r)
}

func (f *frame) indent(i int) int {
	if i == 0 {
		return f.markWidth()
	}
	return 0
}

func (f *frame) sortMark(col int) string {
	if f.grid.sortCol != col || f.grid.sortBy == unsorted {
		return ""
	}
	if f.grid.sortBy == ascending {
		return "▲"
	}
	return "▼"
}

// seriesMark is the letter of a column that is in the chart.
func (f *frame) seriesMark(col int) string {
	if !f.overRows() {
		return ""
	}
	if i, ok := f.sheet.series(uint32(col)); ok {
		return string(chart.Letter(i)) + " "
	}
	return ""
}

// drawMore shows that there are columns to the left or right.
func (f *frame) drawMore(columns []colPlace, y int, r chart.Rect) {
	t, last := f.env.Theme, columns[len(columns)-1]
	fg := cell.Readable(t.Accent, t.Surface, 3)
	if len(columns) > 1 && columns[1].col > 1 {
		x := columns[0].x + columns[0].w + f.trendWidth(r.W)
		f.canvas.Text(x, y, "◂", fg, cell.Bold)
		f.hit(x, y, 1, 1, func() tea.Cmd { f.grid.scroll(0, -f.grid.span, f.body()); return nil })
	}
	if last.col < len(f.body().columns())-1 {
		f.canvas.Text(r.X+r.W-1, y, "▸", fg, cell.Bold)
		f.hit(r.X+r.W-1, y, 1, 1, func() tea.Cmd { f.grid.scroll(0, f.grid.span, f.body()); return nil })
	}
}

// drawScroll shows how far down the rows are.
func (f *frame) drawScroll(x, y, rows, n int) {
	t := f.env.Theme
	size := max(rows*rows/n, 1)
	at := (rows - size) * f.grid.top / max(n-rows, 1)
	for i := range rows {
		fg, r := t.Faint, "│"
		if i >= at && i < at+size {
			fg, r = t.Muted, "┃"
		}
		f.canvas.Text(x, y+i, r, fg, 0)
	}
	f.hit(x, y, 1, rows, nil)
}

// plainProfile says that there are no colours to show the cursor with.
func (f *frame) plainProfile() bool { return f.env.Theme.Renderer.ColorProfile() == termenv.Ascii }
