package textfile

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"sort"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/frame"
)

// table is a frame of the rows of a text. It holds the index of the rows and
// never their text.
type table struct {
	src     *source
	origin  frame.Origin
	d       dialect
	columns []frame.Column
	cells   []*reader
	marks   []mark
	rows    int
	// literals are quotes that begin a cell and are characters.
	literals []int64
}

// Origin says which file it is.
func (t *table) Origin() frame.Origin { return t.origin }

// Columns describes the columns.
func (t *table) Columns() []frame.Column { return t.columns }

// Len is the count of rows.
func (t *table) Len() int { return t.rows }

// Close closes the file.
func (t *table) Close() error { return t.src.Close() }

// Sizes of reading rows.
const (
	readBlock = 1 << 20
	batchRows = 4096
)

// Scan implements frame.Frame: it reads the rows from the file and parses the
// columns that were asked for, several parts at once.
func (t *table) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	from, to = max(from, 0), min(to, t.rows)
	if from >= to {
		return nil
	}
	if err := t.src.check(); err != nil {
		return fileError(t.origin.URL, err)
	}
	var err error
	if to-from <= 2*batchRows || runtime.GOMAXPROCS(0) == 1 {
		err = t.scan(ctx, columns, from, to, newBatch(len(columns)), visit)
	} else {
		err = t.parts(ctx, from, to, func(p *piece) error {
			if p.batch == nil {
				p.batch = newBatch(len(columns))
			}
			// One piece is one batch, which stays as it is until it was given.
			return t.scan(ctx, columns, p.from, p.to, p.batch, func(*frame.Batch) error { return frame.ErrStop })
		}, func(p *piece) error { return visit(p.batch) })
	}
	if errors.Is(err, frame.ErrStop) {
		return nil
	}
	return err
}

func newBatch(columns int) *frame.Batch {
	return &frame.Batch{Columns: make([]frame.Vector, columns)}
}

// piece is a part of the rows that one goroutine reads.
type piece struct {
	from, to int
	batch    *frame.Batch
	hits     []int
	err      error
	done     chan struct{}
}

// parts lets several goroutines work on pieces of the rows, and gives those
// that are done in their order.
func (t *table) parts(ctx context.Context, from, to int, work, give func(*piece) error) error {
	ctx, stop := context.WithCancel(ctx)
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	todo, order := make(chan *piece), make(chan *piece, 2*workers)
	free := make(chan *piece, 4*workers)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	for range workers {
		wg.Go(func() {
			defer fault.Recover()
			for p := range todo {
				if p.err = work(p); errors.Is(p.err, frame.ErrStop) {
					p.err = nil
				}
				close(p.done)
			}
		})
	}
	wg.Go(func() {
		defer fault.Recover()
		defer close(todo)
		defer close(order)
		for ; from < to; from += batchRows {
			p := &piece{}
			select {
			case p = <-free:
			default:
			}
			p.from, p.to, p.hits, p.done = from, min(from+batchRows, to), p.hits[:0], make(chan struct{})
			select {
			case todo <- p:
				order <- p
			case <-ctx.Done():
				return
			}
		}
	})
	for p := range order {
		<-p.done
		err := p.err
		if err == nil {
			err = give(p)
		}
		if err != nil {
			stop()
			for range order { // those under way end by themselves
			}
			return err
		}
		select {
		case free <- p:
		default:
		}
	}
	return ctx.Err()
}

// scan reads rows one after the other into a batch.
func (t *table) scan(ctx context.Context, columns []int, from, to int, b *frame.Batch, visit func(*frame.Batch) error) error {
	s := &scan{t: t, columns: columns, batch: b, visit: visit}
	for _, c := range columns {
		s.last = max(s.last, c)
	}
	s.reset(from)
	s.take = func(_ int, rec []byte, cells []span) error { return s.add(rec, cells) }
	if err := s.read(ctx, from, to); err != nil {
		return err
	}
	return s.flush()
}

// scanRows gives rows with all their cells, one after the other.
func (t *table) scanRows(ctx context.Context, from, to int, take func(row int, rec []byte, cells []span) error) error {
	s := &scan{t: t, last: maxColumns, take: take}
	return s.read(ctx, from, to)
}

// scan is one reading of rows.
type scan struct {
	t        *table
	last     int   // the last column that is needed
	at       int64 // offset of the next record
	row      int   // and its place
	from, to int
	take     func(row int, rec []byte, cells []span) error

	columns []int
	visit   func(*frame.Batch) error
	batch   *frame.Batch
	spans   []span
	quirks  quirks
	scratch []byte
}

// read reads the rows from one place up to another.
func (s *scan) read(ctx context.Context, from, to int) error {
	marks := s.t.marks
	m := sort.Search(len(marks), func(i int) bool { return marks[i].row > from }) - 1
	s.at, s.row, s.from, s.to = marks[m].at, marks[m].row, from, to
	s.quirks.literals = s.t.literals
	size := int64(readBlock)
	if end := sort.Search(len(marks), func(i int) bool { return marks[i].row >= to }); end < len(marks) {
		size = min(size, marks[end].at-s.at)
	}
	return s.run(ctx, int(max(size, 4096)))
}

func (s *scan) run(ctx context.Context, size int) error {
	buf := make([]byte, size)
	for s.row < s.to {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, eof, err := s.t.src.read(buf, s.at)
		if err != nil {
			return err
		}
		used, err := s.block(buf[:n], eof)
		if err != nil {
			return err
		}
		s.at += int64(used)
		if used == 0 {
			if eof {
				return fileError(s.t.origin.URL, errChanged)
			}
			buf = make([]byte, 2*len(buf))
		}
	}
	return nil
}

// block reads the whole records at the start of buf.
func (s *scan) block(buf []byte, eof bool) (used int, err error) {
	if s.t.d.isPlain(buf) {
		return s.plainBlock(buf, eof)
	}
	for used < len(buf) && s.row < s.to {
		s.quirks.base = s.at + int64(used)
		w, cells, size := s.t.d.next(buf[used:], eof, s.spans[:0], &s.quirks)
		if w == unknown {
			return used, nil
		}
		s.spans = cells
		if w == row || w == blankLine && s.t.d.delimiter == 0 {
			if w == blankLine {
				cells = nil
			}
			if err := s.next(buf[used:used+size], cells); err != nil {
				return used, err
			}
		}
		used += size
	}
	return used, nil
}

// plainBlock is block for one without quotes and comments: of each line only
// the cells up to the last that is needed are looked for.
func (s *scan) plainBlock(buf []byte, eof bool) (used int, err error) {
	d := &s.t.d
	if !eof {
		buf = buf[:bytes.LastIndexByte(buf, '\n')+1]
	}
	stops := stops{delimiter: spread(d.delimiter), newline: spread('\n')}
	for used < len(buf) && s.row < s.to {
		s.spans = s.spans[:0]
		end := used
		if s.row < s.from && buf[used] > ' ' { // a row before those that are wanted
			end = used + bytes.IndexByte(buf[used:], '\n')
			if end < used {
				end = len(buf)
			}
		} else {
			for from := used; ; from = end + 1 {
				end = stops.next(buf, from, d.delimiter)
				last := end == len(buf) || buf[end] == '\n'
				to := end
				if last && to > from && buf[to-1] == '\r' {
					to--
				}
				s.spans = append(s.spans, span{int32(from - used), int32(to - used), plain})
				if last {
					break
				}
				if len(s.spans) > s.last {
					if i := bytes.IndexByte(buf[end:], '\n'); i >= 0 {
						end += i
					} else {
						end = len(buf)
					}
					break
				}
			}
		}
		line := buf[used:end]
		if len(s.spans) != 1 || !d.isBlank(line) {
			if err := s.next(line, s.spans); err != nil {
				return used, err
			}
		}
		used = min(end+1, len(buf))
	}
	return used, nil
}

// next counts a row, and takes it if it is wanted.
func (s *scan) next(rec []byte, cells []span) error {
	s.row++
	if s.row <= s.from {
		return nil
	}
	return s.take(s.row-1, rec, cells)
}

// add appends a row to the batch.
func (s *scan) add(rec []byte, cells []span) error {
	for i, c := range s.columns {
		v := &s.batch.Columns[i]
		if c >= len(cells) || cells[c].from == cells[c].to {
			v.AppendNull()
			continue
		}
		cell := rec[cells[c].from:cells[c].to]
		if cells[c].form == escaped {
			cell = s.t.d.text(rec, cells[c], s.scratch)
			s.scratch = cell
		}
		if len(cell) > maxCell {
			cell = cell[:cutAt(cell)]
		}
		s.t.cells[c].read(cell, v)
	}
	if s.batch.Len++; s.batch.Len == batchRows {
		return s.flush()
	}
	return nil
}

func (s *scan) flush() error {
	if s.batch.Len == 0 {
		return nil
	}
	if err := s.visit(s.batch); err != nil {
		return err
	}
	s.reset(s.batch.First + s.batch.Len)
	return nil
}

func (s *scan) reset(first int) {
	s.batch.First, s.batch.Len = first, 0
	for i, c := range s.columns {
		s.batch.Columns[i].Reset(s.t.columns[c].Type)
	}
}
