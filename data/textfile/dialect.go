package textfile

import (
	"bytes"
	"slices"
)

// dialect is how a text is split into records and cells.
type dialect struct {
	delimiter byte // 0 = a record is one cell
	runs      bool // several delimiters in a row are one, and those at the ends none
	quote     byte // '"' or '\''
	escape    bool // a backslash in a quoted cell escapes the quote or itself
	cr        bool // lines end in CR alone
	padded    bool // one space behind each delimiter is none of the cell
	comment   byte // what begins a comment line; 0 = there are none
	// allComments tells that every line beginning with comment is one. Else
	// those are that do not split into width cells.
	allComments bool
	width       int
}

// span is one cell in the bytes of its record.
type span struct {
	from, to int32
	form     form
}

// form is how a cell is written.
type form uint8

const (
	plain   form = iota
	quoted       // in quotes, which are not part of the span
	escaped      // in quotes, with doubled or escaped ones inside
)

// quirks counts what is irregular about quotes.
type quirks struct {
	stray    int // quotes inside quoted cells that are neither doubled nor the end
	unclosed int // quotes that begin a cell and turn out to be characters
	at       int // where the first of those is, in the record
	quotes   int // cells that begin with the quote

	open     int     // the quote that a buffer was too short to decide about
	base     int64   // place of the buffer in the text
	literals []int64 // quotes that begin a cell and are characters, as far behind them shows
}

// isLiteral reports whether a quote is known to be a character.
func (q *quirks) isLiteral(at int) bool {
	if len(q.literals) == 0 {
		return false
	}
	_, found := slices.BinarySearch(q.literals, q.base+int64(at))
	return found
}

// newline is what ends a line.
func (d *dialect) newline() byte {
	if d.cr {
		return '\r'
	}
	return '\n'
}

// lineEnd is where the line ends that holds pos: its newline, or the end of
// buf with false.
func (d *dialect) lineEnd(buf []byte, pos int) (int, bool) {
	if i := bytes.IndexByte(buf[pos:], d.newline()); i >= 0 {
		return pos + i, true
	}
	return len(buf), false
}

// what is what stands on a line.
type what uint8

const (
	unknown what = iota // the buffer ends before it does
	row
	blankLine
	commentLine
)

// next splits the record that begins buf into cells, appended to out, unless
// its line is blank or a comment. Size is that of all of it with the line end.
// It is unknown when buf ends before the record, which never happens when eof
// is set.
func (d *dialect) next(buf []byte, eof bool, out []span, q *quirks) (w what, cells []span, size int) {
	end, whole := d.lineEnd(buf, 0)
	if !whole && !eof {
		return unknown, out, 0
	}
	line := d.trimCR(buf[:end])
	if whole {
		end++
	}
	switch {
	case len(line) == 0, line[0] <= ' ' && d.isBlank(line):
		return blankLine, out, end
	case d.comment != 0 && line[0] == d.comment && d.allComments:
		return commentLine, out, end
	case d.quote == 0 || bytes.IndexByte(line, d.quote) < 0:
		cells, size = d.splitPlain(line, 0, out), end
	default:
		cells, size = d.splitQuoted(buf, eof, out, q)
	}
	switch {
	case size == 0:
		return unknown, out, 0
	case d.comment != 0 && line[0] == d.comment && d.width > 0 && len(cells)-len(out) != d.width:
		return commentLine, out, end
	}
	return row, cells, size
}

// split splits the record that begins buf, whatever its line looks like. Size
// is 0 when buf ends before the record.
func (d *dialect) split(buf []byte, eof bool, out []span, q *quirks) (cells []span, size int) {
	end, whole := d.lineEnd(buf, 0)
	if !whole && !eof {
		return out, 0
	}
	line := d.trimCR(buf[:end])
	if d.quote == 0 || bytes.IndexByte(line, d.quote) < 0 {
		if whole {
			end++
		}
		return d.splitPlain(line, 0, out), end
	}
	return d.splitQuoted(buf, eof, out, q)
}

// trimCR takes the CR of a CRLF off a line whose LF is off.
func (d *dialect) trimCR(line []byte) []byte {
	if !d.cr && len(line) > 0 && line[len(line)-1] == '\r' {
		return line[:len(line)-1]
	}
	return line
}

// splitPlain splits what has no quotes. Spans count from base.
func (d *dialect) splitPlain(line []byte, base int, out []span) []span {
	if d.delimiter == 0 {
		return append(out, span{int32(base), int32(base + len(line)), plain})
	}
	if d.runs {
		return d.splitRuns(line, base, out)
	}
	for pos := 0; ; {
		i := bytes.IndexByte(line[pos:], d.delimiter)
		if i < 0 {
			return append(out, d.cell(line, pos, len(line), base))
		}
		out = append(out, d.cell(line, pos, pos+i, base))
		pos += i + 1
	}
}

// cell is the span of an unquoted cell.
func (d *dialect) cell(line []byte, from, to, base int) span {
	if d.padded && from > 0 && from < to && line[from] == ' ' {
		from++
	}
	return span{int32(base + from), int32(base + to), plain}
}

func (d *dialect) splitRuns(line []byte, base int, out []span) []span {
	for pos := 0; pos < len(line); {
		if line[pos] == d.delimiter {
			pos++
			continue
		}
		end := bytes.IndexByte(line[pos:], d.delimiter)
		if end < 0 {
			end = len(line) - pos
		}
		out = append(out, span{int32(base + pos), int32(base + pos + end), plain})
		pos += end
	}
	return out
}

// text is a cell's text. It is a part of rec unless quotes have to be undone.
func (d *dialect) text(rec []byte, s span, scratch []byte) []byte {
	cell := rec[s.from:s.to]
	if s.form != escaped {
		return cell
	}
	scratch = scratch[:0]
	for i := 0; i < len(cell); i++ {
		c := cell[i]
		if i+1 < len(cell) {
			next := cell[i+1]
			if c == d.quote && next == d.quote || d.escape && c == '\\' && (next == d.quote || next == '\\') {
				c = next
				i++
			}
		}
		scratch = append(scratch, c)
	}
	return scratch
}

// isBlank reports whether a line has nothing on it: no record.
func (d *dialect) isBlank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\r' || c == d.delimiter && !d.runs {
			return false
		}
	}
	return true
}
