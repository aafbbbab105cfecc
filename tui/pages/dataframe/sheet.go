package dataframe

import (
	"context"
	"runtime/debug"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
)

// Sizes of a sheet's work, so that every step is short and memory stays small.
const (
	window    = 512      // rows that are held
	indexStep = 32 << 20 // bytes between two looks at the progress
	maxMarked = 10       // series in the chart
)

// sheet is a file of any size, of which a window of rows is held.
type sheet struct {
	file     *data.Sheet
	ctx      context.Context
	show     measure
	cols     []string
	progress data.Progress
	order    []uint32 // places of the rows when sorted; nil = the file's order
	from     int      // place of the first held row in the order
	rows     [][]string
	widths   []int  // of the columns: they only grow while rows are seen
	numbers  []bool // which columns hold nothing but numbers, so far
	asked    int    // from of the window on its way, -1 = none
	busy     string // what a long command does: "sorting"
	seq      int    // of the last sort or search
	read     int    // of the last window
	stop     context.CancelFunc
	sum      *summary
	sumCol   int
	marked   []mark
}

func newSheet(ctx context.Context, file *data.Sheet) *sheet {
	cols := make([]string, len(file.Columns()))
	for i, c := range file.Columns() {
		cols[i] = clean(c)
	}
	s := &sheet{file: file, ctx: ctx, cols: cols, asked: -1, stop: func() {}}
	s.show = measureOf(file.Columns()[min(1, len(cols)):], file.Origin)
	s.progress = file.Progress()
	s.widths, s.numbers = make([]int, len(cols)), make([]bool, len(cols))
	for i, c := range cols {
		s.widths[i], s.numbers[i] = min(cell.Width(c)+3, maxColumn), i > 0
	}
	return s
}

// hold keeps a window of rows.
func (s *sheet) hold(from int, rows [][]string) {
	s.from, s.rows, s.asked = from, rows, -1
	for _, row := range rows {
		for i, text := range row {
			s.widths[i] = max(s.widths[i], min(cell.Width(text)+2, maxColumn))
			s.numbers[i] = s.numbers[i] && numberLike(text)
		}
	}
}

// numberLike says whether a shown text is a number or nothing.
func numberLike(text string) bool {
	_, ok := data.Number(strings.ReplaceAll(text, ",", ""))
	return ok || text == "–"
}

func (s *sheet) columns() []string { return s.cols }
func (s *sheet) len() int          { return s.progress.Rows }

func (s *sheet) cells(row int) []string {
	if i := row - s.from; i >= 0 && i < len(s.rows) {
		return s.rows[i]
	}
	return nil
}

// place is where a row of the table stands in the file.
func (s *sheet) place(row int) int {
	if s.order != nil && row < len(s.order) {
		return int(s.order[row])
	}
	return row
}

type (
	indexed struct {
		load     int
		progress data.Progress
		err      error
	}
	windowRead struct {
		load, read, from int
		rows             [][]string
		err              error
	}
	ordered struct {
		load, seq int
		col       int
		by        direction
		order     []uint32
		err       error
	}
	found struct {
		load, seq int
		query     string
		hits      data.Hits
		err       error
	}
	summed struct {
		load, seq, col int
		sum            summary
		err            error
	}
)

// index reads on.
func (s *sheet) index(load int) tea.Cmd {
	file, ctx := s.file, s.ctx
	return func() tea.Msg {
		err := file.Index(ctx, indexStep)
		return indexed{load, file.Progress(), err}
	}
}

// need asks for the rows from..to unless they are held or on their way.
func (s *sheet) need(load, from, to int) tea.Cmd {
	to = min(to, s.len())
	if from >= to || from >= s.from && to <= s.from+len(s.rows) {
		return nil
	}
	start := max((from+to)/2-window/2, 0)
	if s.asked == start {
		return nil
	}
	s.asked = start
	s.read++
	file, read, order, n := s.file, s.read, s.order, min(window, s.len()-start)
	show, width := s.show, len(s.cols)
	return func() tea.Msg {
		var rows [][]string
		var err error
		if order == nil {
			rows, err = file.Rows(start, n)
		} else {
			rows, err = file.At(order[start:min(start+n, len(order))])
		}
		for i, r := range rows {
			rows[i] = shown(r, show, width)
		}
		return windowRead{load, read, start, rows, err}
	}
}

// shown makes a row fit for the table: as many cells as columns, cleaned, and
// with the demo's unit where the file is of its shape.
func shown(row []string, show measure, width int) []string {
	out := make([]string, width)
	for i := range out {
		if i >= len(row) {
			break
		}
		out[i] = clean(row[i])
		if i > 0 && show.decimals >= 0 {
			if v, ok := data.Number(row[i]); ok {
				out[i] = show.text(v / show.scale)
			}
		}
	}
	return out
}

// begin starts a long command in the place of the last one.
func (s *sheet) begin(what string) (ctx context.Context, seq int) {
	s.stop()
	ctx, s.stop = context.WithCancel(s.ctx)
	s.busy = what
	s.seq++
	return ctx, s.seq
}

// halt stops a long command; its answer counts no more.
func (s *sheet) halt() {
	if s.busy != "" {
		s.stop()
		s.seq++
		s.busy = ""
	}
}

func (s *sheet) sort(load, col int, by direction) tea.Cmd {
	ctx, seq := s.begin("sorting")
	file := s.file
	return func() tea.Msg {
		if by == unsorted {
			return ordered{load: load, seq: seq, col: col, by: by}
		}
		order, err := file.Sort(ctx, col, by == descending)
		debug.FreeOSMemory() // What the rows were sorted by is not wanted until the next sort.
		return ordered{load, seq, col, by, order, err}
	}
}

func (s *sheet) search(load int, query string) tea.Cmd {
	ctx, seq := s.begin("searching")
	file := s.file
	return func() tea.Msg {
		hits, err := file.Search(ctx, query)
		return found{load, seq, query, hits, err}
	}
}

func (s *sheet) summary(load, col int) tea.Cmd {
	ctx, seq := s.begin("summing up")
	file, scale := s.file, s.show.scale
	return func() tea.Msg {
		var sum summary
		err := file.Scan(ctx, func(_ int, r data.Record) bool {
			if v, ok := data.Number(string(r.Field(col))); ok {
				sum.add(v/scale, "")
			}
			return true
		})
		return summed{load, seq, col, sum, err}
	}
}
