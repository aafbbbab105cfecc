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

// part is the index of one block of a text.
type part struct {
	marks  []mark // rows count from the block's first
	rows   int
	blanks int // rows of one column at its end that are blank lines
	left   []Skipped
}

// tracks is what was counted in the rows of several blocks.
type tracks struct {
	columns []column
	short   map[int]spot // rows with fewer cells than the heading, by their count
	long    spot         // rows with more that are not empty
	hollow  spot         // rows of empty cells
	strays  spot         // quotes that begin a cell and are characters
	cut     spot         // cells longer than maxCell
	nul     spot         // cells with a NUL
}

// merge adds what was counted in other blocks.
func (t *tracks) merge(o *tracks) {
	for len(t.columns) < len(o.columns) {
		t.columns = append(t.columns, column{})
	}
	for i := range o.columns {
		t.columns[i].merge(&o.columns[i])
	}
	for width, s := range o.short {
		have := t.short[width]
		have.merge(s)
		t.short[width] = have
	}
	t.long.merge(o.long)
	t.hollow.merge(o.hollow)
	t.strays.merge(o.strays)
	t.cut.merge(o.cut)
	t.nul.merge(o.nul)
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
	part
	tracks
	d       dialect
	c       *classifier
	width   int      // columns of the heading
	room    []column // the columns, and those that may come
	spans   []span
	quirks  quirks
	scratch []byte
}

func newCounter(d dialect, c *classifier, width int) *counter {
	k := &counter{d: d, c: c, width: width}
	k.short = map[int]spot{}
	return k
}

// block counts the whole records that begin in buf before until. Buf begins
// with one at an offset and a line of the text; what follows until may be
// needed to tell what a quote is. It stops when it has as many rows as asked
// for, and returns the bytes and lines of the records.
func (k *counter) block(buf []byte, until int, at int64, line int, eof bool, most int) (used, lines int, err error) {
	nul := bytes.IndexByte(buf[:until], 0) >= 0
	if !nul && k.d.isPlain(buf[:until]) {
		return k.plainBlock(buf[:until], at, line, eof, most)
	}
	newline := []byte{k.d.newline()}
	start := line
	for used < until && k.rows < most {
		k.quirks.base = at + int64(used)
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
		return tooLong(line)
	}
	full, long := false, false
	for i, sp := range cells {
		if k.d.padded && i > 0 && sp.form == plain && (sp.from == 0 || rec[sp.from-1] != ' ') {
			return errNotPadded
		}
		if sp.from == sp.to {
			continue
		}
		cell := rec[sp.from:sp.to]
		if sp.form == escaped {
			cell = k.d.text(rec, sp, k.scratch)
			k.scratch = cell
		}
		if nul && bytes.IndexByte(cell, 0) >= 0 {
			k.nul.add(line)
		}
		full, long = true, long || i >= k.width
		if err := k.cell(i, cell, line); err != nil {
			return err
		}
	}
	k.endRow(len(cells), line, full, long)
	return nil
}

// endRow counts what is irregular about a row.
func (k *counter) endRow(cells, line int, full, long bool) {
	if cells < k.width {
		s := k.short[cells]
		s.add(line)
		k.short[cells] = s
	}
	if long {
		k.long.add(line)
	}
	if !full {
		k.hollow.add(line)
	}
}

// errNotPadded says that not every delimiter is followed by a space, as it was
// in the sample.
var errNotPadded = errors.New("a delimiter is not followed by a space")

func tooWide(line int) error {
	return fmt.Errorf("line %d has more than %d columns: keep fewer, or turn rows and columns around", line, maxColumns)
}

func tooLong(line int) error {
	return fmt.Errorf("line %d: the record is longer than 16 MiB: split it, or keep the column that is so long in a file of its own", line)
}

// cutAt is the greatest length up to maxCell that ends at a character.
func cutAt(cell []byte) int {
	n := maxCell
	for n > 0 && cell[n]&0xc0 == 0x80 {
		n--
	}
	return n
}
