package sheet

import (
	"context"
	"math"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// window is how many rows of a source that is not Whole are in memory.
const window = 512

// Answer is what a command of a Sheet found: give it to Take.
type Answer struct {
	of    *work
	kind  kind
	seq   int
	apply func()
	err   error
}

type kind int

const (
	rowsRead kind = iota
	ordered
	found
	summed
)

// work reads, sorts, searches and sums a source up. A command reads only what
// it was given; its answer changes the state, unless a newer one was begun.
type work struct {
	src    Source
	ctx    context.Context
	order  []uint32 // places of the rows when sorted; nil = the source's order
	from   int      // the first row of rows
	rows   []Row
	widths []int  // of the columns: they only grow while rows are seen
	number []bool // columns that are written like numbers
	asked  int    // from of the window on its way, -1 = none
	read   int    // number of the last window
	busy   string // what a long command does: "sorting"
	seq    int    // its number
	stop   context.CancelFunc
	sum    *Summary
	sumCol int
}

// begin forgets all that is known of the source.
func (w *work) begin() {
	cols := w.src.Columns()
	w.rows, w.from, w.asked, w.sum = nil, 0, -1, nil
	w.widths, w.number = make([]int, len(cols)), make([]bool, len(cols))
	for i, c := range cols {
		w.widths[i] = min(cell.Width(c.Title)+3, maxColumn)
		w.number[i] = c.Kind != Text
	}
}

// hold keeps a window of rows.
func (w *work) hold(from int, rows []Row) {
	w.from, w.rows, w.asked = from, rows, -1
	cols := w.src.Columns()
	for _, row := range rows {
		for i, text := range row.Shown[:min(len(row.Shown), len(cols))] {
			w.widths[i] = max(w.widths[i], min(cell.Width(text)+2, maxColumn))
			if cols[i].Kind == Unknown && w.number[i] {
				w.number[i] = numberLike(text)
			}
		}
	}
}

// numberLike reports whether a shown text is a number or nothing.
func numberLike(text string) bool {
	if text == "" || text == "–" {
		return true
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	return err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

// row is a row of the table, nil while it is not in memory.
func (w *work) row(row int) *Row {
	if i := row - w.from; i >= 0 && i < len(w.rows) {
		return &w.rows[i]
	}
	return nil
}

// Size is that of the source.
func (w *work) Size() Size { return w.src.Size() }

// Columns are those of the source.
func (w *work) Columns() []Column { return w.src.Columns() }

// Busy names the long command that runs, "" for none.
func (w *work) Busy() string { return w.busy }

// Numeric reports whether a column is written flush right: it holds numbers as
// far as was seen.
func (w *work) Numeric(col int) bool { return col > 0 && w.number[col] }

// Place is where a row of the table stands in the source.
func (w *work) Place(row int) int {
	if w.order != nil && row < len(w.order) {
		return int(w.order[row])
	}
	return row
}

// Sorted reports whether the rows stand in another order than the source's.
func (w *work) Sorted() bool { return w.order != nil }

// Shown returns the texts of a row, nil while they are being read.
func (w *work) Shown(row int) []string {
	if r := w.row(row); r != nil {
		return r.Shown
	}
	return nil
}

// lines are rows for other programs, as far as they are in memory.
func (w *work) lines(r0, r1, c0, c1 int) (lines []string, cells int) {
	for row := r0; row < r1; row++ {
		if r := w.row(row); r != nil {
			part := r.Raw[min(c0, len(r.Raw)):min(c1, len(r.Raw))]
			cells += len(part)
			lines = append(lines, strings.Join(part, "\t"))
		}
	}
	return lines, cells
}

// need returns what reads the rows from..to, nil where they are in memory or
// on their way.
func (w *work) need(from, to int) func() Answer {
	size := w.src.Size()
	to = min(to, size.Rows)
	if from >= to || from >= w.from && to <= w.from+len(w.rows) {
		return nil
	}
	start, n := max((from+to)/2-window/2, 0), window
	if size.Whole {
		start, n = 0, size.Rows
	}
	if w.asked == start {
		return nil
	}
	w.asked = start
	w.read++
	src, read, order := w.src, w.read, w.order
	return func() Answer {
		rows, err := src.Rows(order, start, min(n, size.Rows-start))
		return Answer{w, rowsRead, read, func() {
			if w.hold(start, rows); err != nil {
				w.asked = start // Not again: it would fail again, and for ever.
			}
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

func (w *work) sort(col int, by Direction, then func()) func() Answer {
	ctx, seq := w.start("sorting")
	src, whole := w.src, w.src.Size().Whole
	return func() Answer {
		var order []uint32
		var err error
		if by != Unsorted {
			order, err = src.Sort(ctx, col, by == Descending)
		}
		if by != Unsorted && !whole {
			debug.FreeOSMemory() // What the rows were sorted by is not wanted until the next sort.
		}
		return Answer{w, ordered, seq, func() {
			if err == nil {
				w.order, w.rows, w.from, w.asked = order, nil, 0, -1
				then()
			}
		}, err}
	}
}

func (w *work) search(text string, then func(Hits)) func() Answer {
	ctx, seq := w.start("searching")
	src := w.src
	return func() Answer {
		hits, err := src.Search(ctx, text)
		return Answer{w, found, seq, func() {
			if err == nil {
				then(hits)
			}
		}, err}
	}
}

func (w *work) sumUp(col int) func() Answer {
	ctx, seq := w.start("summing up")
	src := w.src
	return func() Answer {
		sum, err := src.Sum(ctx, col)
		return Answer{w, summed, seq, func() { w.sum, w.sumCol = &sum, col }, err}
	}
}
