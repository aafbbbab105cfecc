package textfile

import "bytes"

// Sizes of what a file is judged by.
const (
	sampleRecords = 1000
	sampleBytes   = 1 << 20
)

// sample is the head of a text, split by one dialect.
type sample struct {
	d       dialect
	buf     []byte
	spans   []span
	records []record
	quirks  quirks
	eof     bool // the text ends with the sample
	left    []Skipped
	widths  map[int]int
}

// record is one record of a sample. Blank lines are none.
type record struct {
	line     int // physical, from 1
	from, to int // bytes in the sample's buffer
	a, b     int // its cells in the sample's spans
	gap      int // blank lines right before it
	comment  bool
	spaced   bool // a space follows every delimiter, of which there is one
}

// head is the text that samples are taken of.
type head struct {
	buf  []byte
	eof  bool // the text ends here
	from int  // where the records begin
	line int  // the line there
	// endsInCR reports that the text behind the head has no LF.
	endsInCR bool
}

// take splits the head by a dialect.
func (h *head) take(d dialect) *sample {
	s := &sample{d: d, buf: h.buf, eof: h.eof, widths: map[int]int{}}
	s.spans = make([]span, 0, h.cells(d))
	line, gap := h.line, 0
	for pos := h.from; pos < len(h.buf); {
		end, whole := d.lineEnd(h.buf, pos)
		if !whole && !h.eof {
			s.eof = false
			break
		}
		next := min(end+1, len(h.buf))
		text := d.trimCR(h.buf[pos:end])
		if d.isBlank(text) {
			gap, line, pos = gap+1, line+1, next
			continue
		}
		if len(s.records) == sampleRecords {
			s.eof = false
			break
		}
		r := record{line: line, from: pos, a: len(s.spans), gap: gap, comment: d.comment != 0 && text[0] == d.comment}
		if r.comment && d.allComments {
			s.left = append(s.left, Skipped{line, "comment"})
			line, pos = line+1, next
			continue
		}
		var size int
		s.spans, size = d.split(h.buf[pos:], h.eof, s.spans, &s.quirks)
		if size == 0 {
			s.eof = false
			break
		}
		r.to, r.b = pos+size, len(s.spans)
		r.spaced = s.isSpaced(r)
		s.widths[r.b-r.a]++
		s.records = append(s.records, r)
		line += lines(h.buf[pos:pos+size], d.newline())
		pos, gap = pos+size, 0
	}
	return s
}

// cells is about how many cells the records of the sample have.
func (h *head) cells(d dialect) int {
	lines := bytes.Count(h.buf, []byte{d.newline()})
	if d.delimiter == 0 || d.runs {
		return min(lines+1, sampleRecords)
	}
	n := lines + bytes.Count(h.buf, []byte{d.delimiter}) + 1
	if lines > sampleRecords {
		n = n / lines * sampleRecords
	}
	return n
}

// lines counts the lines of a record.
func lines(rec []byte, newline byte) int {
	n := 0
	for _, c := range rec {
		if c == newline {
			n++
		}
	}
	if len(rec) > 0 && rec[len(rec)-1] != newline {
		n++
	}
	return n
}

func (s *sample) width(i int) int { return s.records[i].b - s.records[i].a }

// cells are the spans of a record.
func (s *sample) cells(i int) []span {
	r := s.records[i]
	return s.spans[r.a:r.b]
}

// cell is the text of a cell; "" behind the last.
func (s *sample) cell(i, column int) []byte {
	r := s.records[i]
	if r.a+column >= r.b {
		return nil
	}
	return s.d.text(s.buf[r.from:r.to], s.spans[r.a+column], nil)
}

// isSpaced reports whether a space follows every delimiter of a record.
func (s *sample) isSpaced(r record) bool {
	if r.b-r.a < 2 || s.d.delimiter == ' ' {
		return false
	}
	rec := s.buf[r.from:r.to]
	for _, c := range s.spans[r.a+1 : r.b] {
		at := int(c.from)
		if c.form != plain {
			at -= 2 // before the quote
		}
		if at >= len(rec) || rec[at] != ' ' {
			return false
		}
	}
	return true
}

// width of most records that have two cells or more; 0 when none has. Of
// several it is the greatest.
func (s *sample) usual(until int) int {
	counts := map[int]int{}
	for i := range s.records[:until] {
		if w := s.width(i); w > 1 {
			counts[w]++
		}
	}
	best := 0
	for w, n := range counts {
		if n > counts[best] || n == counts[best] && w > best {
			best = w
		}
	}
	return best
}

// footnotes is the place of the first record at the end that is a footnote: up
// to maxFootnotes of them after a blank line, with one cell alone or, of three
// columns and more, only the first filled.
func (s *sample) footnotes(width int) int {
	if !s.eof || width < 2 {
		return len(s.records)
	}
	from := len(s.records)
	for i := len(s.records) - 1; i > 0 && len(s.records)-i <= maxFootnotes; i-- {
		if !isFootnote(s.cells(i), width) {
			break
		}
		if s.records[i].gap > 0 {
			from = i
		}
	}
	return from
}

// maxFootnotes is how many lines at the end may be footnotes.
const maxFootnotes = 20

func isFootnote(cells []span, width int) bool {
	if len(cells) == 1 {
		return true
	}
	if width < 3 {
		return false
	}
	for _, c := range cells[1:] {
		if c.to > c.from {
			return false
		}
	}
	return cells[0].to > cells[0].from
}
