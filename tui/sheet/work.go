package sheet

import (
	"context"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// Sizes of what is in memory of a source that is not Whole.
const (
	window       = 512 // rows
	sortedWindow = 128 // rows that stand all over the source
	aside        = 8   // columns beside those in view
	// maxCopyRows and maxCopyBytes bound what is read to be copied.
	maxCopyRows  = 100_000
	maxCopyBytes = 4 << 20
)

// Answer is what a command of a Sheet found: give it to Take.
type Answer struct {
	of    *work
	kind  kind
	seq   int
	apply func() Intent
	err   error
}

type kind int

const (
	rowsRead kind = iota
	found
	copied
	carded
)

// work reads and searches a source. A command reads only what
// it was given; its answer changes the state, unless a newer one was begun.
type work struct {
	src    Source
	ctx    context.Context
	order  []uint32 // places of the rows when sorted; nil = the source's order
	held   held
	asked  *held // the window on its way, nil = none
	read   int   // number of the last window
	frozen int   // columns at the left that do not scroll
	widths []int // of the columns: they only grow while cells are seen
	cells  []int // of the cells alone
	fixed  []Column
	busy   string // what a long command does: "searching"
	seq    int    // its number
	stop   context.CancelFunc
}

// held is a window of cells: some rows, of the frozen columns and of those from
// one up to another.
type held struct {
	from, n, left, right int
	frozen               int
	cells                [][]Text
}

// covers reports whether all of other is in h.
func (h *held) covers(o held) bool {
	return h != nil && o.frozen == h.frozen && o.from >= h.from && o.from+o.n <= h.from+h.n && o.left >= h.left && o.right <= h.right
}

// columns are those of the window.
func (h *held) columns() []int {
	var out []int
	for c := range h.frozen {
		out = append(out, c)
	}
	for c := h.left; c < h.right; c++ {
		out = append(out, c)
	}
	return out
}

// cell is a cell of the table; false while it is not in memory.
func (h *held) cell(row, col int) (Text, bool) {
	i, k := row-h.from, col
	if col >= h.frozen {
		if k = h.frozen + col - h.left; col < h.left || col >= h.right {
			return Text{}, false
		}
	}
	if i < 0 || i >= len(h.cells) || k >= len(h.cells[i]) {
		return Text{}, false
	}
	return h.cells[i][k], true
}

// begin forgets all that is known of the source.
func (w *work) begin() {
	cols := w.src.Columns()
	w.held, w.asked = held{}, nil
	w.widths, w.cells = make([]int, len(cols)), make([]int, len(cols))
	for i, c := range cols {
		if w.widths[i] = c.Least; c.Least == 0 {
			w.widths[i] = min(cell.Width(c.Title)+3, maxTitle)
		}
		if c.Width > 0 {
			w.widths[i] = c.Width
		}
	}
	w.fixed = cols
}

// keepWidths takes the widths over that columns had in another source.
func (w *work) keepWidths(was []Column, cells []int) {
	old := make(map[string]int, len(was))
	for i, c := range was {
		old[c.id()] = cells[i]
	}
	for i, c := range w.fixed {
		if c.Width == 0 {
			w.cells[i] = old[c.id()]
			w.widths[i] = max(w.widths[i], w.cells[i])
		}
	}
}

// hold keeps a window of cells.
func (w *work) hold(h held) {
	w.held, w.asked = h, nil
	columns := h.columns()
	for _, row := range h.cells {
		for k, text := range row {
			if c := columns[k]; c < len(w.widths) && w.widths[c] < maxColumn && w.fixed[c].Width == 0 {
				w.cells[c] = max(w.cells[c], min(cell.Width(text.String)+2, maxColumn))
				w.widths[c] = max(w.widths[c], w.cells[c])
			}
		}
	}
}

// Size is that of the source.
func (w *work) Size() Size { return w.src.Size() }

// Columns are those of the source.
func (w *work) Columns() []Column { return w.src.Columns() }

func (w *work) extent() extent { return extent{w.Size().Rows, len(w.Columns())} }

// Busy names the long command that runs, "" for none.
func (w *work) Busy() string { return w.busy }

// Numeric reports whether a column is written flush right.
func (w *work) Numeric(col int) bool {
	return col < len(w.fixed) && w.fixed[col].Right
}

// Place is where a row of the table stands in the source.
func (w *work) Place(row int) int {
	if w.order != nil && row < len(w.order) {
		return int(w.order[row])
	}
	return row
}

// Sorted reports whether the rows stand in another order than the source's.
func (w *work) Sorted() bool { return w.order != nil }

// Cell returns the text of a cell of the table; false while it is being read.
func (w *work) Cell(row, col int) (string, bool) {
	t, ok := w.held.cell(row, col)
	return t.String, ok
}

// need returns what reads the cells of some rows and columns, nil where they are
// in memory or on their way.
func (w *work) need(from, to, left, right int) func() Answer {
	size, cols := w.src.Size(), len(w.Columns())
	to = min(to, size.Rows)
	frozen := min(w.frozen, cols)
	want := held{from: from, n: to - from, left: max(left, frozen), right: min(right, cols), frozen: frozen}
	if from >= to || w.held.covers(want) || w.asked.covers(want) {
		return nil
	}
	rows := window
	if w.order != nil {
		rows = sortedWindow
	}
	want.from = max((from+to)/2-rows/2, 0)
	want.n = min(max(rows, to-want.from), size.Rows-want.from)
	want.left, want.right = max(left-aside, frozen), min(right+aside, cols)
	if size.Whole {
		want = held{from: 0, n: size.Rows, left: frozen, right: cols, frozen: frozen}
	}
	w.asked = &want
	w.read++
	ctx, src, read := w.ctx, w.src, w.read
	part := Part{w.order, want.from, want.n, want.columns()}
	return func() Answer {
		cells, err := src.Cells(ctx, part)
		return Answer{w, rowsRead, read, func() Intent {
			want.cells = cells
			if w.hold(want); err != nil {
				w.asked = &want // Not again: it would fail again, and for ever.
			}
			return Intent{}
		}, err}
	}
}

// start begins a long command in the place of the last one.
func (w *work) start(what string) (ctx context.Context, seq int) {
	w.stop()
	ctx, w.stop = context.WithCancel(w.ctx)
	w.busy = what
	w.seq++
	return ctx, w.seq
}

// halt stops a long command; its answer counts no more.
func (w *work) halt() {
	if w.busy != "" {
		w.stop()
		w.seq++
		w.busy = ""
	}
}

// current reports whether an answer is to the newest question of its kind.
func (w *work) current(a Answer) bool {
	return a.of == w && (a.kind == rowsRead && a.seq == w.read || a.kind != rowsRead && a.seq == w.seq)
}

func (w *work) search(text string, then func(Hits)) func() Answer {
	ctx, seq := w.start("searching")
	src := w.src
	return func() Answer {
		hits, err := src.Search(ctx, text)
		return Answer{w, found, seq, func() Intent {
			if err == nil {
				then(hits)
			}
			return Intent{}
		}, err}
	}
}

// reorder shows the rows in another order.
func (w *work) reorder(order []uint32) { w.order, w.held, w.asked = order, held{}, nil }

// readingRow is what busy says while a card is read.
const readingRow = "reading the row"

// card reads all of a row.
func (w *work) card(row int, then func([]Field)) func() Answer {
	ctx, seq := w.start(readingRow)
	src, place := w.src, w.Place(row)
	return func() Answer {
		fields, err := src.Card(ctx, place)
		return Answer{w, carded, seq, func() Intent {
			if err == nil {
				then(fields)
			}
			return Intent{}
		}, err}
	}
}

// copy reads cells for the clipboard, with lines before them.
func (w *work) copy(p Part, before []string, what func(rows int) string) func() Answer {
	ctx, seq := w.start("copying")
	src := w.src
	p.N = min(p.N, maxCopyRows)
	return func() Answer {
		rows, err := src.Raw(ctx, p)
		lines, bytes, n := before, 0, 0
		for _, row := range rows {
			line := strings.Join(row, "")
			if p.N > 1 || len(row) > 1 {
				line = tabbed(row)
			}
			if bytes += len(line) + 1; bytes > maxCopyBytes && n > 0 {
				break
			}
			lines = append(lines, line)
			n++
		}
		return Answer{w, copied, seq, func() Intent {
			if err != nil {
				return Intent{}
			}
			return Intent{Copy: strings.Join(lines, "\n"), What: what(n)}
		}, err}
	}
}

// tabbed is a line of cells for other programs. Those that would break the line
// are quoted, as spreadsheets do.
func tabbed(row []string) string {
	out := slices.Clone(row)
	for i, text := range out {
		if strings.ContainsAny(text, "\t\r\n") {
			out[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
	}
	return strings.Join(out, "\t")
}
