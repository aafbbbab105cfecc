package data

import (
	"context"
	"fmt"
	"io"
)

// Index reads about n more bytes and indexes the rows in them. It is to be
// called by one goroutine at a time, until Progress is done.
func (s *Sheet) Index(ctx context.Context, n int64) error {
	buf := make([]byte, min(max(n, firstIndex), block))
	for until := s.indexed + n; s.indexed < until && !s.done; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.size-s.indexed < int64(len(buf)) {
			if err := s.inflate(int64(len(buf))); err != nil {
				return err
			}
		}
		m, err := s.f.ReadAt(buf, s.indexed)
		if err != nil && err != io.EOF {
			return err
		}
		eof := s.text == nil && s.indexed+int64(m) >= s.size
		any := s.add(buf[:m], eof)
		if !any && !eof && m < len(buf) { // There is no more, though there was.
			return errShrank
		}
		if !any && len(buf) < block {
			buf = make([]byte, block)
		}
	}
	return nil
}

// add indexes the whole records of a block that begins with one, and says
// whether there were any.
func (s *Sheet) add(buf []byte, eof bool) (any bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pos := 0
	for pos < len(buf) {
		// The window keeps the meaning of a record the same whether it is read
		// here or from a mark: it is judged by its own bytes alone.
		win := buf[pos:min(pos+MaxRecord, len(buf))]
		at := s.indexed + int64(pos)
		r := s.d.measure(win, eof && pos+len(win) == len(buf), isLoose(s.loose, at))
		if r.size == 0 {
			break
		}
		if !r.ok {
			s.loose = append(s.loose, stretch{at, at + int64(len(win))})
		}
		if !blank(win[:r.size]) {
			s.mark(pos, r)
		}
		s.line += r.lines
		pos += r.size
	}
	s.indexed += int64(pos)
	s.done = eof && s.indexed >= s.size
	return pos > 0
}

func (s *Sheet) mark(pos int, r extent) {
	if s.rows%stride == 0 {
		s.marks = append(s.marks, s.indexed+int64(pos))
	}
	s.rows++
	if !r.ok {
		s.bad.add(s.line, "a quote is never closed, or the row is too long")
	} else if r.fields != len(s.columns) {
		s.bad.add(s.line, fmt.Sprintf("%d fields, want %d", r.fields, len(s.columns)))
	}
}

func blank(rec []byte) bool { return len(rec) <= 2 && len(trim(rec)) == 0 }
