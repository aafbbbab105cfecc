package textfile

import (
	"bytes"
	"errors"
	"fmt"
)

// Limits of a table.
const (
	maxCell    = 1 << 20
	maxRecord  = 16 << 20
	maxColumns = 16_384
)

// stride is how many rows share one mark of the index.
const stride = 64

// mark is where a row begins.
type mark struct {
	row int
	at  int64
}

// tracks is the index of a part of a text, and what was counted in it.
type tracks struct {
	marks   []mark
	rows    int
	blanks  int // rows of one column at the end that are blank lines
	columns []column
	short   map[int]spot // rows with fewer cells than the heading, by their count
	long    spot         // rows with more that are not empty
	hollow  spot         // rows of empty cells
	strays  spot         // quotes that begin a cell and are characters
	cut     spot         // cells longer than maxCell
	nul     spot         // cells with a NUL
	bare    spot         // cells behind a delimiter without a space
	left    []Skipped
	line    int // behind the last record
}

// spot counts something that happens on lines.
type spot struct{ count, line int }

func (s *spot) add(line int) {
	if s.count == 0 || line < s.line {
		s.line = line
	}
	s.count++
}

func (s *spot) merge(o spot) {
	if o.count > 0 && (s.count == 0 || o.line < s.line) {
		s.line = o.line
	}
	s.count += o.count
}

// counter counts the records of blocks.
type counter struct {
	tracks
	d       dialect
	c       *classifier
	width   int // columns of the heading
	spans   []span
	quirks  quirks
	scratch []byte
}

// block counts the whole records at the start of buf, which begins with one at
// an offset and a line of the text. It returns their bytes and lines.
func (k *counter) block(buf []byte, at int64, line int, eof bool) (used, lines int, err error) {
	nul := bytes.IndexByte(buf, 0) >= 0
	newline := []byte{k.d.newline()}
	start := line
	for used < len(buf) {
		before := k.quirks.unclosed
		w, cells, size := k.d.next(buf[used:], eof, k.spans[:0], &k.quirks)
		if w == unknown {
			break
		}
		k.spans = cells
		rec := buf[used : used+size]
		switch w {
		case blankLine:
			if k.d.delimiter == 0 {
				k.mark(at + int64(used))
				k.blanks++
			}
			line++
		case commentLine:
			k.left = append(k.left, Skipped{line, "comment"})
			line++
		case row:
			k.mark(at + int64(used))
			k.blanks = 0
			if k.quirks.unclosed > before {
				k.strays.count += k.quirks.unclosed - before - 1
				k.strays.add(line + bytes.Count(rec[:k.quirks.at], newline))
			}
			if err := k.row(rec, cells, line, nul); err != nil {
				return used, line - start, err
			}
			line += 1 + bytes.Count(rec[:size-1], newline)
		}
		used += size
	}
	return used, line - start, nil
}

func (k *counter) mark(at int64) {
	if k.rows%stride == 0 {
		k.marks = append(k.marks, mark{k.rows, at})
	}
	k.rows++
}

// row counts the cells of a row.
func (k *counter) row(rec []byte, cells []span, line int, nul bool) error {
	if len(rec) > maxRecord {
		return fmt.Errorf("line %d: the record is longer than 16 MiB: split it, or save the column that is so long elsewhere", line)
	}
	full, long := false, false
	for i, sp := range cells {
		if k.d.padded && i > 0 && sp.form == plain && (sp.from == 0 || rec[sp.from-1] != ' ') {
			return errNotPadded
		}
		if sp.from == sp.to {
			continue
		}
		full = true
		cell := rec[sp.from:sp.to]
		if sp.form == escaped {
			cell = k.d.text(rec, sp, k.scratch)
			k.scratch = cell
		}
		if len(cell) > maxCell {
			k.cut.add(line)
			cell = cell[:cutAt(cell)]
		}
		if nul && bytes.IndexByte(cell, 0) >= 0 {
			k.nul.add(line)
		}
		if i >= len(k.columns) {
			if i >= maxColumns {
				return tooWide(line, len(cells))
			}
			k.columns = append(k.columns, make([]column, i+1-len(k.columns))...)
		}
		long = long || i >= k.width
		k.columns[i].add(k.c.class(cell), line, cell)
	}
	if len(cells) < k.width {
		s := k.short[len(cells)]
		s.add(line)
		k.short[len(cells)] = s
	}
	if long {
		k.long.add(line)
	}
	if !full {
		k.hollow.add(line)
	}
	return nil
}

// errNotPadded says that not every delimiter is followed by a space, as it was
// in the sample.
var errNotPadded = errors.New("a delimiter is not followed by a space")

func tooWide(line, n int) error {
	return fmt.Errorf("line %d has %d columns, the most are %d: keep fewer, or turn rows and columns around", line, n, maxColumns)
}

// cutAt is the greatest length up to maxCell that ends at a character.
func cutAt(cell []byte) int {
	n := maxCell
	for n > 0 && cell[n]&0xc0 == 0x80 {
		n--
	}
	return n
}
