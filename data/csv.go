package data

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// MaxRecord is the longest record that is read as one, in bytes. A quote that
// is never closed is given up there, so that it cannot swallow the file.
const MaxRecord = 1 << 20

// A dialect is how fields are parted. Records end with a newline outside
// quotes.
type dialect struct{ comma byte }

// sniff takes the character among comma, semicolon and tab that parts the
// heading into most fields.
func sniff(head []byte) dialect {
	best, most := byte(','), 0
	for _, c := range []byte(",;\t") {
		n := dialect{c}.count(head)
		if n > most {
			best, most = c, n
		}
	}
	return dialect{best}
}

// extent is what a record takes: bytes with its newline, lines and fields.
// It is not ok when a quote is never closed or the record is too long. A size
// of 0 says that the record goes on behind what was looked at.
type extent struct {
	size, lines, fields int
	ok                  bool
}

// measure looks at the record that starts buf, whose quotes may hold newlines.
// It needs to see all of it, unless there is no more (eof) or it is longer
// than MaxRecord: then it ends at its first newline. Where loose is set every
// line is a record: where a quote was never closed, looking for the end of the
// next one too would take the square of the time.
func (d dialect) measure(buf []byte, eof, loose bool) extent {
	end := newline(buf, 0)
	e := extent{lines: 1, fields: 1, ok: true}
	if loose {
		e.fields = d.count(buf[:end])
		return e.until(buf, end, eof)
	}
	for pos := 0; ; {
		q := bytes.IndexByte(buf[pos:end], '"')
		if q < 0 {
			e.fields += bytes.Count(buf[pos:end], []byte{d.comma})
			return e.until(buf, end, eof)
		}
		q += pos
		e.fields += bytes.Count(buf[pos:q], []byte{d.comma})
		pos = q + 1
		if q > 0 && buf[q-1] != d.comma {
			continue // A quote inside a bare field is a character like others.
		}
		closed := d.closing(buf, pos)
		if closed < 0 {
			return d.giveUp(buf, eof)
		}
		if closed > end {
			e.lines += bytes.Count(buf[end:closed], []byte{'\n'})
			end = newline(buf, closed)
		}
		pos = closed + 1
	}
}

// newline is where the line ends that holds pos: its newline, or the end of
// buf.
func newline(buf []byte, pos int) int {
	if nl := bytes.IndexByte(buf[pos:], '\n'); nl >= 0 {
		return pos + nl
	}
	return len(buf)
}

// until ends a record at a newline, or at the end of what there is.
func (e extent) until(buf []byte, end int, eof bool) extent {
	if end < len(buf) {
		e.size = end + 1
		return e
	}
	if !eof && len(buf) < MaxRecord {
		return extent{ok: true}
	}
	e.size, e.ok = len(buf), len(buf) < MaxRecord
	return e
}

// giveUp takes the first line alone of a record whose quote is never closed.
func (d dialect) giveUp(buf []byte, eof bool) extent {
	if !eof && len(buf) < MaxRecord {
		return extent{ok: true}
	}
	end := newline(buf, 0)
	return extent{size: min(end+1, len(buf)), lines: 1, fields: d.count(buf[:end])}
}

// closing is where the quoted field whose text begins at pos is closed: at a
// quote that no other quote follows. It is -1 when buf has none.
func (d dialect) closing(buf []byte, pos int) int {
	for {
		q := bytes.IndexByte(buf[pos:], '"')
		if q < 0 {
			return -1
		}
		q += pos
		if q+1 >= len(buf) || buf[q+1] != '"' {
			return q
		}
		pos = q + 2
	}
}

// trim takes the line ending off a record.
func trim(rec []byte) []byte {
	rec = bytes.TrimSuffix(rec, []byte("\n"))
	return bytes.TrimSuffix(rec, []byte("\r"))
}

// count is how many fields a record has.
func (d dialect) count(rec []byte) int {
	n, pos := 1, 0
	for pos < len(rec) {
		q := bytes.IndexByte(rec[pos:], '"')
		if q < 0 {
			return n + bytes.Count(rec[pos:], []byte{d.comma})
		}
		n += bytes.Count(rec[pos:pos+q], []byte{d.comma})
		q += pos
		if q == 0 || rec[q-1] == d.comma {
			if end := d.closing(rec, q+1); end >= 0 {
				q = end
			}
		}
		pos = q + 1
	}
	return n
}

// fields splits a record, whose line ending is off, and appends to dst.
func (d dialect) fields(rec []byte, dst []string) []string {
	for more := true; more; {
		var field []byte
		field, rec, more = d.next(rec)
		dst = append(dst, string(field))
	}
	return dst
}

// Reader reads records one after the other, with bounded memory. It takes
// what other programs write: commas, semicolons or tabs, CRLF, a byte order
// mark, quotes inside bare fields.
type Reader struct {
	src   io.Reader
	buf   []byte
	pos   int // of the next record in buf
	eof   bool
	begun bool
	d     dialect
	loose int // bytes ahead in which every line is a record
	line  int // of the last record
	next  int // of the next
}

// NewReader reads from src.
func NewReader(src io.Reader) *Reader { return &Reader{src: src, next: 1} }

// Line is the number of the line on which the last record began.
func (r *Reader) Line() int { return r.line }

// Read gives the next record, or io.EOF. Empty lines are skipped.
func (r *Reader) Read() ([]string, error) {
	for {
		rec, err := r.record()
		if err != nil {
			return nil, err
		}
		r.line = r.next
		r.next += bytes.Count(rec, []byte("\n"))
		if rec = trim(rec); len(rec) > 0 {
			return r.d.fields(rec, nil), nil
		}
	}
}

func (r *Reader) record() ([]byte, error) {
	if !r.begun {
		if err := r.begin(); err != nil {
			return nil, err
		}
	}
	for {
		rest := r.buf[r.pos:]
		if e := r.d.measure(rest, r.eof, r.loose > 0); e.size > 0 {
			if !e.ok {
				r.loose = len(rest)
			}
			r.loose = max(r.loose-e.size, 0)
			r.pos += e.size
			return rest[:e.size], nil
		}
		if r.eof {
			return nil, io.EOF
		}
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
}

// begin drops a byte order mark and looks at the heading.
func (r *Reader) begin() error {
	r.begun = true
	if err := r.fill(); err != nil {
		return err
	}
	r.buf = bytes.TrimPrefix(r.buf, []byte("\xef\xbb\xbf"))
	head, _, _ := bytes.Cut(r.buf, []byte("\n"))
	r.d = sniff(head)
	return nil
}

// fill moves the rest to the front and reads behind it.
func (r *Reader) fill() error {
	rest := copy(r.buf, r.buf[r.pos:])
	r.pos = 0
	r.buf = slices.Grow(r.buf[:rest], chunkSize)
	n, err := io.ReadFull(r.src, r.buf[rest:rest+chunkSize])
	r.buf = r.buf[:rest+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.eof = true
		return nil
	}
	return err
}

const chunkSize = 64 << 10
