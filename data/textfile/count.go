package textfile

import (
	"bytes"
	"context"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/fault"
)

// tally of a whole text: its index, and what was counted in its rows.
type counted struct {
	part
	tracks
	line     int // behind the last record
	literals []int64
	at       int64 // behind the last record that ends in a line end, outside quotes
	ended    bool  // that is the end of what was read
}

// maxWorkers is how many blocks are counted at once.
const maxWorkers = 4

// job is a block of whole records to be counted, and what came of it.
type job struct {
	buf      []byte
	used     int // bytes of the records in buf that are whole
	at       int64
	line     int
	eof      bool
	total    int64 // bytes of the text, 0 = not known
	literals []int64

	part part
	err  error
	done chan struct{}
}

// start is where counting begins.
type start struct {
	at       int64
	line     int
	literals []int64
	open     bool // more may follow: a record without a line end is left for later
}

// countAll counts all records.
func (l *layout) countAll(ctx context.Context, src *source, j *judge, progress func(Progress)) (*counted, error) {
	return l.countFrom(ctx, src, j, start{at: int64(l.rows), line: l.line}, progress)
}

// countFrom counts the records from a place on. One goroutine reads blocks and
// finds where their records end; others count the cells in them, each in
// columns of its own, which are merged at the end.
func (l *layout) countFrom(ctx context.Context, src *source, j *judge, from start, progress func(Progress)) (*counted, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	work, free := make(chan *job, workers), make(chan []byte, 2*workers+1)
	for range cap(free) {
		free <- nil
	}
	counters := make([]*counter, workers)
	var wg sync.WaitGroup
	for i := range counters {
		counters[i] = newCounter(l.d, j.classifier, max(l.width, len(l.raw)))
		wg.Go(func() {
			defer fault.Recover()
			for b := range work {
				b.count(ctx, counters[i], src.checked)
				free <- b.buf[:0]
				close(b.done)
			}
		})
	}
	r := &blockReader{src: src, d: l.d, at: from.at, line: from.line, open: from.open, free: free}
	r.quirks.literals = from.literals
	out := &counted{}
	out.short = map[int]spot{}
	jobs := make(chan *job, cap(free))
	fault.Go(func() {
		r.run(ctx, work, jobs)
		close(work)
		close(jobs)
	})
	var err error
	for b := range jobs {
		<-b.done
		if err == nil && b.err == nil {
			out.add(&b.part)
			if progress != nil {
				progress(Progress{Rows: out.rows, Bytes: b.at, Total: b.total})
			}
		} else if err == nil {
			err = b.err
			stop()
		}
	}
	wg.Wait()
	if err == nil {
		err = r.err
	}
	if err != nil {
		return nil, err
	}
	for _, k := range counters {
		out.tracks.merge(&k.tracks)
	}
	out.line, out.literals, out.at, out.ended = r.line, r.quirks.literals, r.at, r.ended
	return out, nil
}

// add appends the index of the next block.
func (c *counted) add(p *part) {
	for _, m := range p.marks {
		c.marks = append(c.marks, mark{c.rows + m.row, m.at})
	}
	c.rows += p.rows
	if p.blanks == p.rows {
		c.blanks += p.blanks
	} else {
		c.blanks = p.blanks
	}
	c.left = append(c.left, p.left...)
}

// count counts the records of a block.
func (b *job) count(ctx context.Context, k *counter, checked bool) {
	if b.err = ctx.Err(); b.err != nil {
		return
	}
	if !checked && !utf8.Valid(b.buf[:b.used]) {
		b.err = errBadBytes
		return
	}
	k.part, k.quirks.literals = part{}, b.literals
	_, _, b.err = k.block(b.buf, b.used, b.at, b.line, b.eof, maxRows)
	b.part = k.part
}

// maxRows is more rows than any file has.
const maxRows = 1 << 62

// blockReader reads blocks of whole records.
type blockReader struct {
	src    *source
	d      dialect
	at     int64
	line   int
	open   bool // see start
	ended  bool // no record without a line end is left
	free   chan []byte
	spans  []span
	quirks quirks
	err    error
}

// run gives blocks to be counted, and the same in their order.
func (r *blockReader) run(ctx context.Context, work, jobs chan<- *job) {
	size := readBlock
	for eof := false; !eof; {
		buf := <-r.free
		if cap(buf) < size {
			buf = make([]byte, size)
		}
		var n int
		if r.err = ctx.Err(); r.err == nil {
			n, eof, r.err = r.src.read(buf[:size], r.at)
		}
		if r.err != nil {
			return
		}
		last := eof
		if last {
			r.ended = r.ends(buf[:n])
			eof = !r.open
		}
		used, lines := r.records(buf[:n], eof)
		if used == 0 && last && r.open {
			return
		}
		if used == 0 && !eof {
			if size = 2 * len(buf[:size]); size > 2*maxRecord {
				if r.err = r.decideQuote(ctx, buf[:n]); r.err != nil {
					return
				}
			}
			r.free <- buf[:0]
			continue
		}
		b := &job{buf: buf[:n], used: used, at: r.at, line: r.line, eof: eof, total: r.src.total(), literals: r.quirks.literals, done: make(chan struct{})}
		r.at, r.line = r.at+int64(used), r.line+lines
		size = readBlock
		work <- b
		jobs <- b
	}
}

// ends reports whether the last records of the text end in line ends, which
// are not inside quotes.
func (r *blockReader) ends(buf []byte) bool {
	if len(buf) == 0 {
		return true
	}
	look := *r
	look.spans = nil
	used, _ := look.records(buf, false)
	return used == len(buf)
}

// decideQuote decides about the quote that a record is too long for: it is a
// character, or the record is refused.
func (r *blockReader) decideQuote(ctx context.Context, buf []byte) error {
	if end, whole := r.d.lineEnd(buf, 0); !whole || end > maxRecord || r.quirks.open == 0 {
		return tooLong(r.line)
	}
	at := r.at + int64(r.quirks.open)
	closes, err := r.closes(ctx, at)
	if err == nil && closes {
		err = tooLong(r.line)
	}
	r.quirks.literals = append(slices.Clone(r.quirks.literals), at)
	return err
}

// closes reports whether the quote at a place is closed somewhere behind it.
func (r *blockReader) closes(ctx context.Context, at int64) (bool, error) {
	buf := make([]byte, 2*readBlock)
	stray := 0
	lines := false
	for {
		n, eof, err := r.src.read(buf, at)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return false, err
		}
		c := r.d.closing(buf[:n], 0, eof)
		stray += c.stray
		lines = lines || bytes.IndexByte(buf[:n], r.d.newline()) >= 0
		switch {
		case c.found:
			return stray == 0 || !lines, nil
		case !c.more || stray > 0 && lines, eof:
			return false, nil
		}
		// The last byte before the next block stands for the opening quote: it
		// is chosen so that no quote and no escape is torn apart.
		at += int64(r.d.seam(buf[:n]))
	}
}

// seam is a place near the end of a block, behind which no quote is decided by
// what stands before it.
func (d *dialect) seam(buf []byte) int {
	i := len(buf) - 1
	for i > len(buf)/2 && (buf[i] == d.quote || buf[i] == '\\' || buf[i] == ' ' || buf[i-1] == '\\') {
		i--
	}
	return i
}

// records is how many bytes of a block whole records take, and their lines.
func (r *blockReader) records(buf []byte, eof bool) (used, n int) {
	newline := []byte{r.d.newline()}
	if eof {
		used = len(buf)
	} else if r.d.quote == 0 || bytes.IndexByte(buf, r.d.quote) < 0 {
		used = bytes.LastIndexByte(buf, newline[0]) + 1
	} else {
		for used < len(buf) {
			r.quirks.base, r.quirks.open = r.at+int64(used), 0
			_, cells, size := r.d.next(buf[used:], false, r.spans[:0], &r.quirks)
			if size == 0 {
				break
			}
			r.spans = cells
			used += size
		}
	}
	n = bytes.Count(buf[:used], newline)
	if used > 0 && buf[used-1] != newline[0] {
		n++
	}
	return used, n
}
