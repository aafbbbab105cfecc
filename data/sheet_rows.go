package data

import (
	"bytes"
	"context"
	"io"
)

// firstRead is how much is read to find a row behind its mark; it doubles
// until the row is whole.
const firstRead = 16 << 10

// Rows gives up to n rows from a place on, among those that are indexed. A
// bad row has more or fewer fields than there are columns.
func (s *Sheet) Rows(from, n int) ([][]string, error) {
	s.mu.RLock()
	rows, end := s.rows, s.indexed
	n = min(n, rows-from)
	var at int64
	if n > 0 && from >= 0 {
		at = s.marks[from/stride]
	}
	s.mu.RUnlock()
	if n <= 0 || from < 0 {
		return nil, nil
	}
	out := make([][]string, 0, n)
	skip := from % stride
	err := s.walk(at, end, firstRead, func(rec []byte) bool {
		if skip--; skip < 0 {
			out = append(out, s.d.fields(rec, nil))
		}
		return len(out) < n
	})
	if err == nil && len(out) < n {
		err = fileError(s.Origin.URL, errShrank)
	}
	return out, err
}

// At gives rows by their places, in the order asked.
func (s *Sheet) At(places []uint32) ([][]string, error) {
	out := make([][]string, 0, len(places))
	for _, p := range places {
		row, err := s.Rows(int(p), 1)
		if err != nil {
			return nil, err
		}
		out = append(out, row...)
	}
	return out, nil
}

// Scan gives every row that is indexed so far to visit, in the file's order,
// until that returns false. A Record is valid during the call alone.
func (s *Sheet) Scan(ctx context.Context, visit func(row int, r Record) bool) error {
	s.mu.RLock()
	end, at := s.indexed, int64(0)
	if len(s.marks) > 0 {
		at = s.marks[0]
	}
	s.mu.RUnlock()
	row := 0
	err := s.walk(at, end, block, func(rec []byte) bool {
		more := visit(row, Record{rec, s.d})
		row++
		return more && (row%4096 != 0 || ctx.Err() == nil)
	})
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// walk gives the records of the file from one offset to another, without
// empty lines, until visit returns false.
func (s *Sheet) walk(at, end int64, first int, visit func(rec []byte) bool) error {
	buf := make([]byte, first)
	s.mu.RLock()
	loose := s.loose
	s.mu.RUnlock()
	for at < end {
		want := min(int64(len(buf)), end-at)
		m, err := s.f.ReadAt(buf[:want], at)
		if err != nil && err != io.EOF {
			return err
		}
		used, more := s.visit(buf[:m], at, at+int64(m) >= end, loose, visit)
		if !more {
			return nil
		}
		at += int64(used)
		if used == 0 && int64(m) < want { // There is no more, though there was.
			return fileError(s.Origin.URL, errShrank)
		}
		if used == 0 {
			buf = make([]byte, 2*len(buf))
		}
	}
	return nil
}

func (s *Sheet) visit(buf []byte, at int64, eof bool, loose []stretch, visit func(rec []byte) bool) (used int, more bool) {
	for used < len(buf) {
		win := buf[used:min(used+MaxRecord, len(buf))]
		size := s.d.measure(win, eof && used+len(win) == len(buf), isLoose(loose, at+int64(used))).size
		if size == 0 {
			break
		}
		rec := win[:size]
		used += size
		if !blank(rec) && !visit(trim(rec)) {
			return used, false
		}
	}
	return used, true
}

// Record is one row as it stands in the file.
type Record struct {
	raw []byte
	d   dialect
}

// Fields splits the record, appending to dst.
func (r Record) Fields(dst []string) []string { return r.d.fields(r.raw, dst) }

// Field is one field by its place, "" when there are fewer. It is valid as
// long as the record.
func (r Record) Field(i int) []byte {
	rec := r.raw
	for ; ; i-- {
		field, rest, more := r.d.next(rec)
		if i == 0 {
			return field
		}
		if !more {
			return nil
		}
		rec = rest
	}
}

// next takes the first field off a record.
func (d dialect) next(rec []byte) (field, rest []byte, more bool) {
	if len(rec) > 0 && rec[0] == '"' {
		if end := d.closing(rec, 1); end >= 0 {
			tail, rest, more := bytes.Cut(rec[end+1:], []byte{d.comma})
			field = rec[1:end]
			if bytes.IndexByte(field, '"') >= 0 || len(tail) > 0 {
				field = append(bytes.ReplaceAll(field, []byte(`""`), []byte(`"`)), tail...)
			}
			return field, rest, more
		}
	}
	return bytes.Cut(rec, []byte{d.comma})
}
