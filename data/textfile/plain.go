package textfile

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// isPlain reports whether a block can be split without looking at quotes and
// comments: the short way for most files.
func (d *dialect) isPlain(buf []byte) bool {
	return d.delimiter != 0 && !d.runs && !d.padded && !d.cr &&
		bytes.IndexByte(buf, d.quote) < 0 && (d.comment == 0 || bytes.IndexByte(buf, d.comment) < 0)
}

// plainBlock is block for a plain one.
func (k *counter) plainBlock(buf []byte, at int64, line int, eof bool, most int) (used, lines int, err error) {
	if !eof { // no record may go on behind the block
		buf = buf[:bytes.LastIndexByte(buf, '\n')+1]
	}
	s := stops{delimiter: spread(k.d.delimiter), newline: spread('\n')}
	start := line
	for used < len(buf) && k.rows < most {
		n, size := 0, 0
		full, long := false, false
		for from := used; ; {
			end := s.next(buf, from, k.d.delimiter)
			last := end == len(buf) || buf[end] == '\n'
			to := end
			if last && to > from && buf[to-1] == '\r' {
				to--
			}
			if n == 0 {
				if last && k.d.isBlank(buf[used:to]) {
					size = min(end+1, len(buf)) - used
					break
				}
				k.mark(at + int64(used))
			}
			if to > from {
				full, long = true, long || n >= k.width
				if err := k.cell(n, buf[from:to], line); err != nil {
					return used, line - start, err
				}
			}
			n++
			if last {
				size = min(end+1, len(buf)) - used
				if size > maxRecord {
					return used, line - start, tooLong(line)
				}
				k.endRow(n, line, full, long)
				break
			}
			from = end + 1
		}
		used += size
		line++
	}
	return used, line - start, nil
}

// cell counts a cell that is not empty.
func (k *counter) cell(i int, cell []byte, line int) error {
	if len(cell) > maxCell {
		k.cut.add(line)
		cell = cell[:cutAt(cell)]
	}
	if i >= len(k.columns) {
		if i >= maxColumns {
			return tooWide(line)
		}
		if i >= len(k.room) {
			k.room = append(k.columns, newColumns(max(k.width, i+1)-len(k.columns))...)
		}
		k.columns = k.room[:i+1]
	}
	k.columns[i].add(k.c.class(cell), line, cell)
	return nil
}

// stops finds delimiters and line ends, eight bytes at a time.
type stops struct{ delimiter, newline uint64 }

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// spread is a byte eight times.
func spread(c byte) uint64 { return lowBits * uint64(c) }

// next is the place of the first delimiter or line end at or behind i; the end
// of buf if there is none.
func (s *stops) next(buf []byte, i int, delimiter byte) int {
	for ; i+8 <= len(buf); i += 8 {
		w := binary.LittleEndian.Uint64(buf[i:])
		d, n := w^s.delimiter, w^s.newline
		// A byte is zero where its own high bit is clear and a borrow sets it.
		// Bytes above the first zero may be wrong, so the lowest counts.
		if hit := ((d-lowBits)&^d | (n-lowBits)&^n) & highBits; hit != 0 {
			return i + bits.TrailingZeros64(hit)/8
		}
	}
	for ; i < len(buf); i++ {
		if buf[i] == delimiter || buf[i] == '\n' {
			return i
		}
	}
	return len(buf)
}
