package textfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// jsonRows are records in a JSON text: the elements of a list, or values one
// after the other.
type jsonRows struct {
	src  *source
	from int64 // of the first record, in the text
	line int   // the line there
	list bool  // commas stand between, and a bracket ends them
	past bool  // something may follow the list
}

// place is where a record stands.
type place struct {
	at   int64
	line int
}

// walker goes through records.
type walker struct {
	jsonRows
	buf   []byte
	base  int64 // of buf in the text
	pos   int   // in buf
	eof   bool  // the text ends with buf
	first bool  // no record was given yet
	left  []Skipped
}

// walk goes through the records from one of them on.
func (r jsonRows) walk(from place) *walker {
	w := &walker{jsonRows: r, base: from.at, first: true}
	w.line = from.line
	return w
}

// each gives the records to visit until it returns an error.
func (w *walker) each(ctx context.Context, visit func(rec []byte, p place) error) error {
	for n := 0; ; n++ {
		if n%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := w.toRecord(); err != nil || w.pos == len(w.buf) {
			return err
		}
		if w.list && w.buf[w.pos] == ']' {
			return w.atEnd()
		}
		end, err := w.value()
		if err != nil {
			return err
		}
		if end == 0 { // a line that is no JSON
			continue
		}
		w.first = false
		if err := visit(w.buf[w.pos:end], place{w.base + int64(w.pos), w.line}); err != nil {
			return err
		}
		w.move(end)
	}
}

// move goes on to a place in the buffer and counts the lines up to it.
func (w *walker) move(to int) {
	w.line += bytes.Count(w.buf[w.pos:to], []byte{'\n'})
	w.pos = to
}

// fill reads more behind what is left of the buffer.
func (w *walker) fill() error {
	rest := len(w.buf) - w.pos
	size := max(2*rest, readBlock)
	if rest > 0 && w.pos == 0 && size > 4*maxRecord {
		return fmt.Errorf("line %d: the record is longer than 16 MiB", w.line)
	}
	buf := make([]byte, size)
	copy(buf, w.buf[w.pos:])
	w.base += int64(w.pos)
	n, eof, err := w.src.read(buf[rest:], w.base+int64(rest))
	w.buf, w.pos, w.eof = buf[:rest+n], 0, eof
	return err
}

// toRecord goes to the next record: over space, and over the comma before it.
func (w *walker) toRecord() error {
	comma := !w.list || w.first
	for {
		w.move(skipSpace(w.buf, w.pos))
		switch {
		case w.pos == len(w.buf) && w.eof:
			if w.list {
				return w.cutShort()
			}
			return nil
		case w.pos == len(w.buf):
			if err := w.fill(); err != nil {
				return err
			}
		case !comma && w.buf[w.pos] == ',':
			comma = true
			w.pos++
		case w.list && comma && !w.first && w.buf[w.pos] == ']':
			return w.bad(&jsonError{w.pos, "a comma before the end of the list"})
		case comma || w.buf[w.pos] == ']':
			return nil
		default:
			return w.bad(&jsonError{w.pos, fmt.Sprintf("%q where a comma or \"]\" should be", string(rune(w.buf[w.pos])))})
		}
	}
}

// value is the end of the record at the current place, 0 for a line that was
// left out.
func (w *walker) value() (int, error) {
	for {
		end, err := skipValue(w.buf, w.pos, 1)
		var broken *jsonError
		switch {
		case errors.Is(err, errMore) && !w.eof:
			if err := w.fill(); err != nil {
				return 0, err
			}
			continue
		case errors.Is(err, errMore) && end > 0: // a number at the end of the text
		case errors.Is(err, errMore):
			if w.list {
				return 0, w.cutShort()
			}
			return 0, w.leaveOut("it ends inside a value")
		case errors.As(err, &broken):
			if w.list {
				return 0, w.bad(broken)
			}
			return 0, w.leaveOut("no JSON: " + broken.what)
		case !w.list && end < len(w.buf) && !isSpace(w.buf[end]) && w.buf[end] != '{' && w.buf[end] != '[':
			return 0, w.leaveOut(fmt.Sprintf("no JSON: %q behind a value", string(rune(w.buf[end]))))
		}
		if end-w.pos > maxRecord {
			return 0, fmt.Errorf("line %d: the record is longer than 16 MiB: write it as several", w.line)
		}
		return end, nil
	}
}

// leaveOut skips the rest of the line.
func (w *walker) leaveOut(reason string) error {
	w.left = append(w.left, Skipped{w.line, oneLine(reason)})
	for {
		if i := bytes.IndexByte(w.buf[w.pos:], '\n'); i >= 0 {
			w.move(w.pos + i + 1)
			return nil
		}
		w.pos = len(w.buf)
		if w.eof {
			return nil
		}
		if err := w.fill(); err != nil {
			return err
		}
	}
}

func (w *walker) bad(e *jsonError) error {
	line := w.line + bytes.Count(w.buf[w.pos:min(e.at, len(w.buf))], []byte{'\n'})
	return &notJSON{fmt.Sprintf("line %d is no JSON (%s): write it again", line, oneLine(e.what)), w.first}
}

func (w *walker) cutShort() error {
	return &notJSON{fmt.Sprintf("the JSON list ends early, behind line %d: fetch or make it again", w.line), w.first}
}

// notJSON says that a list is broken.
type notJSON struct {
	what  string
	first bool // in its first element
}

func (e *notJSON) Error() string { return e.what }

// atEnd looks at what follows the bracket that ends the list.
func (w *walker) atEnd() error {
	w.pos++
	if w.past {
		return nil
	}
	for {
		w.move(skipSpace(w.buf, w.pos))
		if w.pos < len(w.buf) {
			return errFollows
		}
		if w.eof {
			return nil
		}
		if err := w.fill(); err != nil {
			return err
		}
	}
}

// errFollows says that a value follows a list.
var errFollows = errors.New("other values follow a JSON list: write one list, or one value a line")
