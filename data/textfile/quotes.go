package textfile

import "bytes"

// splitQuoted splits a record with quotes on its first line.
//
// A cell that begins with the quote, behind spaces or not, ends at the next
// quote that the delimiter, a line end or the end of the file follows, behind
// spaces or not. A doubled quote is one, any other a character. If such a
// stray quote was met and the cell spans lines, or meets the end of the file,
// its opening quote was a character, and reading goes on from there.
func (d *dialect) splitQuoted(buf []byte, eof bool, out []span, q *quirks) ([]span, int) {
	begun, seen := len(out), *q
	limit := -1 // quotes on this line up to here cannot open a cell
	for pos := 0; ; {
		if d.runs {
			for pos < len(buf) && buf[pos] == d.delimiter {
				pos++
			}
		}
		at := pos
		for at < len(buf) && buf[at] == ' ' && d.delimiter != ' ' {
			at++
		}
		if at >= len(buf) && !eof {
			*q = seen
			return out[:begun], 0
		}
		if at < len(buf) && buf[at] == d.quote {
			q.quotes++
			var c closing
			if at > limit && !q.isLiteral(at) {
				c = d.closing(buf, at, eof)
			}
			switch {
			case c.more:
				*q = seen
				q.open = at
				return out[:begun], 0
			case c.found:
				q.stray += c.stray
				out = append(out, span{int32(at + 1), int32(c.at), c.form})
				var size int
				if pos, size = d.afterCell(buf, c.at+1); size > 0 {
					return out, size
				}
				continue
			}
			if q.unclosed == seen.unclosed {
				q.at = at
			}
			q.unclosed++
			limit = max(limit, d.hopeless(buf, at))
		}
		end, more := d.plainEnd(buf, pos)
		if end < 0 && !eof {
			*q = seen
			return out[:begun], 0
		}
		if end < 0 {
			end = len(buf)
		}
		line := buf[:end]
		if !more {
			line = d.trimCR(line)
		}
		out = append(out, d.cell(line, min(pos, len(line)), len(line), 0))
		if !more {
			return out, min(end+1, len(buf))
		}
		pos = end + 1
	}
}

// plainEnd is where the unquoted cell at pos ends, and whether a delimiter
// ends it; -1 at the end of buf.
func (d *dialect) plainEnd(buf []byte, pos int) (end int, more bool) {
	newline := d.newline()
	for i := pos; i < len(buf); i++ {
		if buf[i] == newline {
			return i, false
		}
		if buf[i] == d.delimiter && d.delimiter != 0 {
			return i, true
		}
	}
	return -1, false
}

// afterCell skips what may follow a closing quote: spaces and a delimiter, or
// a line end, which ends the record at size.
func (d *dialect) afterCell(buf []byte, pos int) (next, size int) {
	for pos < len(buf) && buf[pos] == ' ' && d.delimiter != ' ' {
		pos++
	}
	switch {
	case pos >= len(buf):
		return 0, len(buf)
	case buf[pos] == d.delimiter && d.delimiter != 0:
		if d.runs && d.onlyRuns(buf, pos) {
			end, whole := d.lineEnd(buf, pos)
			if whole {
				end++
			}
			return 0, end
		}
		return pos + 1, 0
	case buf[pos] == '\r' && !d.cr:
		pos++
	}
	return 0, min(pos+1, len(buf))
}

// onlyRuns reports whether nothing but delimiters is left of a line.
func (d *dialect) onlyRuns(buf []byte, pos int) bool {
	for pos < len(buf) && buf[pos] == d.delimiter {
		pos++
	}
	return pos == len(buf) || buf[pos] == '\n' || buf[pos] == '\r'
}

// closing is what became of an opening quote.
type closing struct {
	found bool // at is the closing quote
	more  bool // buf is too short to tell
	at    int
	form  form
	stray int
}

// closing looks for the quote that closes the cell which the one at open
// begins.
func (d *dialect) closing(buf []byte, open int, eof bool) closing {
	c := closing{form: quoted}
	lines := false
	for i := open + 1; ; {
		j := d.nextQuote(buf, i)
		from := i
		if j < 0 {
			lines = lines || bytes.IndexByte(buf[from:], d.newline()) >= 0
			c.more = !eof && !(lines && c.stray > 0)
			return c
		}
		lines = lines || bytes.IndexByte(buf[from:j], d.newline()) >= 0
		if lines && c.stray > 0 {
			return c
		}
		if j+1 >= len(buf) && !eof {
			c.more = true
			return c
		}
		if buf[j] == '\\' {
			c.form = escaped
			i = min(j+2, len(buf))
			continue
		}
		if j+1 < len(buf) && buf[j+1] == d.quote {
			c.form = escaped
			i = min(j+2, len(buf))
			continue
		}
		ends, known := d.ends(buf, j+1, eof)
		if !known {
			c.more = true
			return c
		}
		if ends {
			c.found, c.at = true, j
			return c
		}
		c.stray++
		if lines {
			return c
		}
		i = j + 1
	}
}

// nextQuote is the next quote, or backslash where those escape.
func (d *dialect) nextQuote(buf []byte, from int) int {
	if from >= len(buf) {
		return -1
	}
	i := bytes.IndexByte(buf[from:], d.quote)
	if d.escape {
		until := len(buf) - from
		if i >= 0 {
			until = i
		}
		if k := bytes.IndexByte(buf[from:from+until], '\\'); k >= 0 {
			i = k
		}
	}
	if i < 0 {
		return -1
	}
	return from + i
}

// ends reports whether a delimiter, a line end or the end of the file stands
// at pos, behind spaces or not. It is not known when buf ends there.
func (d *dialect) ends(buf []byte, pos int, eof bool) (ends, known bool) {
	for pos < len(buf) && buf[pos] == ' ' && d.delimiter != ' ' {
		pos++
	}
	if pos >= len(buf) {
		return eof, eof
	}
	switch c := buf[pos]; {
	case c == d.delimiter && d.delimiter != 0, c == d.newline():
		return true, true
	case c == '\r':
		if pos+1 >= len(buf) {
			return eof, eof
		}
		return buf[pos+1] == '\n', true
	}
	return false, true
}

// hopeless is up to where on its line no quote can open a cell, once the one
// at open could not: a stray one comes behind, and none that closes. Without
// it, a line of many quotes would take the square of its length. A run of an
// even count of quotes is doubled ones, whatever opened the cell.
func (d *dialect) hopeless(buf []byte, open int) int {
	end, _ := d.lineEnd(buf, open)
	limit := open
	for i := open + 1; i < end; {
		if d.escape && buf[i] == '\\' {
			i += 2
			continue
		}
		if buf[i] != d.quote {
			i++
			continue
		}
		from := i
		for i < end && buf[i] == d.quote {
			i++
		}
		if (i-from)%2 == 0 {
			continue
		}
		if ends, _ := d.ends(buf, i, true); ends {
			return open
		}
		limit = from - 1
	}
	return max(open, limit)
}
