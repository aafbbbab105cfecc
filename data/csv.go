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

// record measures the record at the start of buf: how many bytes it takes
// with its newline, and whether its quotes are closed. It takes no byte when
// buf ends before the record does, unless there is no more (eof) or the
// record is longer than MaxRecord; then it ends at its first newline.
func (d dialect) record(buf []byte, eof bool) (size int, ok bool) {
	pos := 0
	for {
		nl := bytes.IndexByte(buf[pos:], '\n')
		if nl < 0 {
			nl = len(buf) - pos
		}
		open, at := d.quotes(buf, pos, pos+nl)
		if open {
			if at < 0 {
				return d.giveUp(buf, eof)
			}
			pos = at
			continue
		}
		if pos+nl < len(buf) {
			return pos + nl + 1, true
		}
		if eof || len(buf) >= MaxRecord {
			return len(buf), len(buf) < MaxRecord
		}
		return 0, true
	}
}

// quotes walks the quotes of buf[from:to], a part outside quotes at its
// start. If a quoted field runs on past to, open is true and at is where the
// walk goes on behind its closing quote, or -1 when it has none.
func (d dialect) quotes(buf []byte, from, to int) (open bool, at int) {
	for pos := from; pos < to; {
		q := bytes.IndexByte(buf[pos:to], '"')
		if q < 0 {
			return false, 0
		}
		q += pos
		if q > 0 && buf[q-1] != d.comma {
			pos = q + 1 // a quote inside a bare field is a character like others
			continue
		}
		end := d.closing(buf, q+1)
		if end < 0 {
			return true, -1
		}
		if end >= to {
			return true, end + 1
		}
		pos = end + 1
	}
	return false, 0
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

func (d dialect) giveUp(buf []byte, eof bool) (int, bool) {
	if !eof && len(buf) < MaxRecord {
		return 0, true
	}
	if nl := bytes.IndexByte(buf, '\n'); nl >= 0 {
		return nl + 1, false
	}
	return len(buf), false
}

// extent is what a record takes: bytes with its newline, lines and fields.
// It is not ok when a quote is never closed or the record is too long.
type extent struct {
	size, lines, fields int
	ok                  bool
}

// measure is record with the fields counted, fast for records without quotes.
// Where loose is set every line is a record: where a quote was never closed,
// looking for the end of the next one too would take the square of the time.
func (d dialect) measure(buf []byte, eof, loose bool) extent {
	nl := bytes.IndexByte(buf, '\n')
	if nl >= 0 && bytes.IndexByte(buf[:nl], '"') < 0 {
		return extent{nl + 1, 1, 1 + bytes.Count(buf[:nl], []byte{d.comma}), true}
	}
	var size int
	ok := true
	switch {
	case !loose:
		size, ok = d.record(buf, eof)
	case nl >= 0:
		size = nl + 1
	case eof || len(buf) >= MaxRecord:
		size = len(buf)
	}
	rec := buf[:size]
	return extent{size, max(bytes.Count(rec, []byte{'\n'}), 1), d.count(trim(rec)), ok}
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
