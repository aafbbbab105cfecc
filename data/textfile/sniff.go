package textfile

import (
	"bytes"
	"strings"
)

// layout is where the table of a text is and how it is split: what the head
// decides.
type layout struct {
	d      dialect
	raw    []string // cells of the heading
	header bool
	rows   int // where the records after the heading begin, in the head
	line   int // the line there
	skip   int // lines before the heading, or before the first row
	width  int // cells of most rows
	left   []Skipped
	notes  []note
}

// note is one line for people about a part of the reading.
type note struct{ subject, text string }

func (l *layout) say(subject, text string) { l.notes = append(l.notes, note{subject, text}) }

// candidates are the delimiters that are tried.
var candidates = []byte(",;\t|\x01")

// trial is one way of splitting the head that gives a table.
type trial struct {
	*sample
	shape
	spaces, others int // tenths of cells that begin with a space, or hold another candidate
	typed          float64
}

// sniff finds the table in the head of a text.
func sniff(h *head, o *Options, j *judge) *layout {
	l := &layout{}
	p := prelude(h, o, l)
	tried := candidates
	forced := o.delimiter
	if forced == "" && o.format == "tsv" {
		forced = "\t"
	}
	if forced == "" {
		forced = p.sep
	}
	if forced != "" {
		tried = []byte(forced)
	}
	j.comma = len(tried) > 1 || tried[0] == ','
	best := choose(h, tried, p.dialect, j)
	if best == nil {
		best = fallback(h, forced, p.dialect, j, l)
	}
	l.d = best.d
	l.complete(h, best, o, j, p)
	return l
}

// choose tries delimiters and takes the best table.
func choose(h *head, tried []byte, base dialect, j *judge) *trial {
	var found []*trial
	for _, c := range tried {
		if len(tried) > 1 && bytes.IndexByte(h.buf[h.from:], c) < 0 {
			continue
		}
		d := base
		d.delimiter, d.runs = c, c == ' '
		a := *j
		a.comma = c == ','
		s := h.bestQuotes(d)
		sh := s.shape(&a)
		if sh.rank == noTable {
			continue
		}
		found = append(found, &trial{sample: s, shape: sh})
	}
	strong := found[:0:0]
	for _, t := range found {
		if t.rank != weakPreamble {
			strong = append(strong, t)
		}
	}
	if len(strong) > 0 {
		found = strong
	}
	return best(found, j)
}

// best takes of several tables the one that comes first by: irregular rows,
// with 2 % of play; cells that begin with a space; cells that hold another
// delimiter; the first record's width; columns with a type; columns.
func best(found []*trial, j *judge) *trial {
	least := 1.0
	for _, t := range found {
		least = min(least, t.irregular)
	}
	var top *trial
	for _, t := range found {
		if t.irregular > least+0.02 {
			continue
		}
		if len(found) > 1 {
			t.measure(t.d.delimiter)
			t.countTypes(j)
		}
		if top == nil || t.better(top) {
			top = t
		}
	}
	return top
}

func (t *trial) better(o *trial) bool {
	switch {
	case t.spaces != o.spaces:
		return t.spaces < o.spaces
	case t.others != o.others:
		return t.others < o.others
	case t.rank != o.rank:
		return t.rank < o.rank
	case t.typed != o.typed:
		return t.typed > o.typed
	}
	return t.shape.width > o.shape.width
}

// measure counts cells that begin with a space, and those that hold another
// candidate.
func (t *trial) measure(own byte) {
	cells, spaces, texts, others := 0, 0, 0, 0
	for i := t.start; i < t.end; i++ {
		rec := t.buf[t.records[i].from:t.records[i].to]
		for k, c := range t.cells(i) {
			if c.form != plain || c.to == c.from {
				continue
			}
			cells++
			cell := rec[c.from:c.to]
			if cell[0] == ' ' && k > 0 {
				spaces++
			}
			if plainNumeric(cell) {
				continue
			}
			texts++
			for _, other := range candidates {
				if other != own && bytes.IndexByte(cell, other) >= 0 {
					others++
					break
				}
			}
		}
	}
	t.spaces, t.others = 10*spaces/max(cells, 1), 10*others/max(texts, 1)
}

func plainNumeric(cell []byte) bool {
	_, ok := plainNumber(cell)
	return ok
}

// countTypes finds the share of columns that have a type.
func (t *trial) countTypes(j *judge) {
	a := *j
	a.comma = t.d.delimiter == ','
	n := 0
	for _, d := range a.types(t.sample, min(t.start+1, t.end), t.end, t.shape.width) {
		if d.typed() {
			n++
		}
	}
	t.typed = float64(n) / float64(t.shape.width)
}

// bestQuotes splits the head by a delimiter with each reading of quotes, and
// takes the most regular.
func (h *head) bestQuotes(d dialect) *sample {
	d.quote = '"'
	a := h.take(d)
	if bytes.Contains(h.buf[h.from:], []byte(`\"`)) || bytes.Contains(h.buf[h.from:], []byte(`\\`)) {
		d.escape = true
		b := h.take(d)
		ra, rb := a.regular(), b.regular()
		if rb > ra || rb == ra && b.quirks.stray+b.quirks.unclosed < a.quirks.stray+a.quirks.unclosed {
			a = b
		}
		d.escape = false
	}
	if a.quirks.quotes == 0 && bytes.IndexByte(h.buf[h.from:], '\'') >= 0 {
		d.quote = '\''
		c := h.take(d)
		if c.quirks.stray+c.quirks.unclosed == 0 && c.quirks.quotes > 0 && c.singleQuoted() {
			return c
		}
	}
	return a
}

// regular is the share of records of the usual width.
func (s *sample) regular() float64 {
	return s.share(0, len(s.records), max(s.usual(len(s.records)), 1))
}

// singleQuoted reports whether a quoted cell holds the delimiter, or all cells
// of a column are quoted.
func (s *sample) singleQuoted() bool {
	count := map[int]int{}
	for i, r := range s.records {
		for k, c := range s.cells(i) {
			if c.form == plain {
				continue
			}
			if s.d.delimiter != 0 && bytes.IndexByte(s.buf[r.from+int(c.from):r.from+int(c.to)], s.d.delimiter) >= 0 {
				return true
			}
			if i > 0 {
				count[k]++
			}
		}
	}
	for _, n := range count {
		if n == len(s.records)-1 && n > 0 {
			return true
		}
	}
	return false
}

// fallback is what is left when no delimiter gives a table: runs of spaces if
// all lines split alike and a column has a type; else one column.
func fallback(h *head, forced string, base dialect, j *judge, l *layout) *trial {
	if forced != "" {
		d := base
		d.delimiter, d.runs = forced[0], forced == " "
		s := h.bestQuotes(d)
		end := len(s.records)
		return &trial{sample: s, shape: shape{width: max(s.usual(end), 1), end: end}}
	}
	d := base
	d.delimiter, d.runs, d.quote = ' ', true, '"'
	s := h.take(d)
	if w := s.usual(len(s.records)); w > 1 && s.share(0, len(s.records), w) == 1 {
		for _, t := range j.types(s, min(1, len(s.records)-1), len(s.records), w) {
			if t.typed() {
				l.say("delimiter", "spaces, one or more")
				return &trial{sample: s, shape: shape{width: w, end: len(s.records)}}
			}
		}
	}
	d = base
	s = h.bestQuotes(d)
	if aligned(s) {
		l.say("delimiter", "none found, each line is one cell; the lines look aligned: save the table with a delimiter")
	}
	return &trial{sample: s, shape: shape{width: 1, end: len(s.records)}}
}

// aligned reports whether most lines have two spaces between words.
func aligned(s *sample) bool {
	n := 0
	for _, r := range s.records {
		if strings.Contains(strings.TrimSpace(string(s.buf[r.from:r.to])), "  ") {
			n++
		}
	}
	return len(s.records) > 1 && n*2 > len(s.records)
}
