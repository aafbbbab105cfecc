package textfile

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/frame"
)

// lookAtText finds JSON, if that is what the text begins as and its first value
// is whole; else delimited text. A file that says by its name that it is JSON
// and is not is refused.
func lookAtText(ctx context.Context, src *source, origin frame.Origin, o *Options) (reading, error) {
	h, err := readHead(src)
	if err != nil {
		return nil, err
	}
	asked := o.format == "json" || o.format == "ndjson"
	first := skipSpace(h.buf, h.from)
	begins := first < len(h.buf) && (h.buf[first] == '{' || h.buf[first] == '[')
	if asked || o.format == "" && begins {
		r, err := lookAtJSON(ctx, src, origin, o)
		if err == nil || !errors.Is(err, errNotJSON) || asked || jsonName(origin.Name) {
			return r, err
		}
	}
	if !h.eof && onlyCR(h.buf) {
		h.endsInCR = true
		err := src.each(func(block []byte) error {
			if bytes.IndexByte(block, '\n') >= 0 {
				h.endsInCR = onlyCR(block) // its own quotes decide, as far as they can
			}
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	d := &delimited{src: src, origin: origin, o: o, h: h, j: newJudge(o)}
	d.l = sniff(h, o, d.j)
	if d.l.d.width = d.l.width; d.l.d.delimiter == 0 {
		d.l.d.width = 0
	}
	return d, nil
}

// jsonName reports whether a file's name says that it is JSON.
func jsonName(name string) bool {
	name = strings.ToLower(name)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
	switch filepath.Ext(name) {
	case ".json", ".jsonl", ".ndjson", ".geojson":
		return true
	}
	return false
}

var (
	errEmpty    = errors.New("it is empty: a table has a heading or a row")
	errBadBytes = errors.New("it is not UTF-8")
)

// delimited is a delimited text.
type delimited struct {
	src    *source
	origin frame.Origin
	o      *Options
	h      *head
	j      *judge
	l      *layout
	base   *counted // of what was read so far; nil = nothing was, to its end
	shown  []frame.Column
}

// head implements reading: the rows of the sample.
func (d *delimited) head(context.Context) (*Result, error) {
	width := max(d.l.width, len(d.l.raw))
	buf := d.h.buf[d.l.rows:]
	rows := bytes.Count(buf, []byte{'\n'})
	if rows > sampleRecords || rows*width < manyCells || !d.l.d.isPlain(buf) {
		k := newCounter(d.l.d, d.j.classifier, width)
		_, lines, err := k.block(buf, len(buf), int64(d.l.rows), d.l.line, d.h.eof, sampleRecords)
		if err != nil && !errors.Is(err, errNotPadded) {
			return nil, err
		}
		return d.table(&counted{part: k.part, tracks: k.tracks, line: d.l.line + lines}, d.h.eof)
	}
	k, err := d.halves(buf, width)
	if err != nil {
		return nil, err
	}
	return d.table(k, d.h.eof)
}

// halves counts the records of a head that has no quotes by two goroutines.
func (d *delimited) halves(buf []byte, width int) (*counted, error) {
	mid := len(buf)/2 + bytes.IndexByte(buf[len(buf)/2:], '\n') + 1
	a, b := newCounter(d.l.d, d.j.classifier, width), newCounter(d.l.d, d.j.classifier, width)
	line := d.l.line + bytes.Count(buf[:mid], []byte{'\n'})
	var errA error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer fault.Recover()
		_, _, errA = a.block(buf[:mid], mid, int64(d.l.rows), d.l.line, false, sampleRecords)
	})
	_, lines, errB := b.block(buf[mid:], len(buf)-mid, int64(d.l.rows+mid), line, d.h.eof, sampleRecords)
	wg.Wait()
	k := &counted{part: a.part, tracks: a.tracks, line: line + lines}
	k.add(&b.part)
	k.tracks.merge(&b.tracks)
	if errA != nil {
		return nil, errA
	}
	return k, errB
}

// finish implements reading.
func (d *delimited) finish(ctx context.Context, progress func(Progress)) (*Result, error) {
	k, err := d.l.countAll(ctx, d.src, d.j, progress)
	if errors.Is(err, errNotPadded) {
		d.l.d.padded = false
		k, err = d.l.countAll(ctx, d.src, d.j, progress)
	}
	if err != nil {
		return nil, err
	}
	return d.keep(k)
}

// keep makes the table of all rows, and keeps what was counted for when more
// are appended.
func (d *delimited) keep(k *counted) (*Result, error) {
	if k.rows == 0 && !d.l.header {
		return nil, errEmpty
	}
	d.base = k.clone()
	r, err := d.table(k, true)
	if err == nil {
		d.shown = r.Columns()
	}
	return r, err
}

// newJudge knows what the options say.
func newJudge(o *Options) *judge {
	j := &judge{classifier: o.classifier(), header: o.header}
	j.reads = o.reads()
	j.asked.decimal, j.thousands, j.dates = o.decimal != 0, o.thousands != "", o.dates != 0
	j.orders, j.marks = o.orders(), j.classifier.markers
	return j
}

// readHead reads what the sample is taken of: 1 MiB, and more where that holds
// less than two records.
func readHead(src *source) (*head, error) {
	for size := int64(sampleBytes); ; size *= 4 {
		if err := src.grow(size); err != nil {
			return nil, err
		}
		buf := make([]byte, min(size, src.size))
		n, eof, err := src.read(buf, 0)
		if err != nil {
			return nil, err
		}
		h := &head{buf: buf[:n], eof: eof, from: int(src.skip), line: 1}
		if eof && len(trimSpace(h.buf[h.from:])) == 0 {
			return nil, errEmpty
		}
		if eof || size >= 2*maxRecord || bytes.Count(h.buf, []byte{'\n'}) > 2 || bytes.Count(h.buf, []byte{'\r'}) > 2 {
			return h, nil
		}
	}
}
