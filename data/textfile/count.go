package textfile

import (
	"bytes"
	"context"
	"runtime"
	"sync"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/fault"
)

// tally of a whole text: its index, and what was counted in its rows.
type counted struct {
	part
	tracks
	line int // behind the last record
}

// maxWorkers is how many blocks are counted at once.
const maxWorkers = 4

// job is a block of whole records to be counted, and what came of it.
type job struct {
	buf   []byte
	at    int64
	line  int
	eof   bool
	total int64 // bytes of the text, 0 = not known

	part part
	err  error
	done chan struct{}
}

// count counts all records from an offset and a line on. One goroutine reads
// blocks and finds where their records end; others count the cells in them,
// each in columns of its own, which are merged at the end.
func (l *layout) countAll(ctx context.Context, src *source, j *judge, progress func(Progress)) (*counted, error) {
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
	r := &blockReader{src: src, d: l.d, at: int64(l.rows), line: l.line, free: free}
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
	out.line = r.line
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
	if !checked && !utf8.Valid(b.buf) {
		b.err = errBadBytes
		return
	}
	k.part = part{}
	_, _, b.err = k.block(b.buf, b.at, b.line, b.eof, maxRows)
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
		used, lines := r.records(buf[:n], eof)
		if used == 0 && !eof {
			if size = 2 * len(buf[:size]); size > 4*maxRecord {
				r.err = tooLong(r.line)
				return
			}
			r.free <- buf[:0]
			continue
		}
		b := &job{buf: buf[:used], at: r.at, line: r.line, eof: eof, total: r.src.total(), done: make(chan struct{})}
		r.at, r.line = r.at+int64(used), r.line+lines
		work <- b
		jobs <- b
	}
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
