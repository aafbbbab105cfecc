package textfile

import "bytes"

// above is what stands above the records of a text.
type above struct {
	dialect
	sep     string // named by a line sep=X
	comment []byte // the last comment line, without its sign
	at      int    // its line
}

// prelude reads what stands above the records: lines to be skipped, a line
// sep=X, comments. The head then begins at the first record.
func prelude(h *head, o *Options, l *layout) above {
	p := above{}
	p.cr = onlyCR(h.buf) && (h.eof || h.endsInCR)
	p.dialect.comment = o.commentSign()
	p.allComments = o.comment != "" && p.dialect.comment != 0
	sign := p.dialect.comment
	for h.from < len(h.buf) {
		end, whole := p.lineEnd(h.buf, h.from)
		if !whole && !h.eof {
			return p
		}
		line := p.trimCR(h.buf[h.from:end])
		sep := ""
		if h.line == 1 {
			sep = sepOf(line)
		}
		switch {
		case h.line <= o.skip:
			if len(bytes.TrimSpace(line)) > 0 {
				l.left = append(l.left, Skipped{h.line, "skipped as asked"})
			}
		case sep != "":
			p.sep = sep
			l.left = append(l.left, Skipped{h.line, "names the delimiter"})
		case sign != 0 && len(line) > 0 && line[0] == sign:
			p.allComments = true
			p.comment, p.at = line[1:], h.line
			l.left = append(l.left, Skipped{h.line, "comment"})
		case len(bytes.TrimSpace(line)) > 0:
			return p
		case bytes.IndexByte(line, '\t') >= 0: // cells of a table, all empty
			return p
		}
		h.from = min(end+1, len(h.buf))
		h.line++
	}
	return p
}

// sepOf is the delimiter that a line sep=X names, in any case; "" for any
// other line.
func sepOf(line []byte) string {
	line = bytes.Trim(line, `"`)
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
		return string(line[4:])
	}
	return ""
}

// onlyCR reports whether lines end in CR alone: there is one, and no LF stands
// outside quoted cells.
func onlyCR(buf []byte) bool {
	if bytes.IndexByte(buf, '\r') < 0 || bytes.Contains(buf, []byte("\r\n")) {
		return false
	}
	if bytes.IndexByte(buf, '\n') < 0 {
		return true
	}
	in := false
	for i, c := range buf {
		switch {
		case c == '\n' && !in:
			return false
		case c == '"' && !in:
			in = i == 0 || isBorder(buf[i-1])
		case c == '"' && (i+1 == len(buf) || isBorder(buf[i+1])):
			in = false
		}
	}
	return !in
}

// isBorder reports whether a cell may begin or end beside a character.
func isBorder(c byte) bool {
	return c == '\r' || c == ' ' || bytes.IndexByte(candidates, c) >= 0
}
