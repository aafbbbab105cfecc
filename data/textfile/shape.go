package textfile

// rank says how well a sample's records fit a table; less is better.
type rank uint8

const (
	sameWidth    rank = iota // the first record is as wide as the rows
	otherWidth               // it is the heading, and of another width
	withPreamble             // lines before the table are left out
	weakPreamble             // as before, with nothing that proves a heading
	noTable
)

// short says why a heading has one cell less than its rows.
type short uint8

const (
	notShort short = iota
	trailing       // rows end in a delimiter
	rowNames       // the first column has no name, as R writes it
)

// shape is the table in a sample.
type shape struct {
	rank      rank
	start     int // record of the heading, or of the first row
	end       int // record behind the last row: footnotes follow
	width     int
	short     short
	irregular float64 // share of the rows that are of another width
}

// judge is what the questions about headings need to know.
type judge struct {
	*classifier
	asked
	header string // as the options say
}

// shape finds the table in a sample. The first row that fits decides:
//
//	first record                       read as
//	of width W                         the table starts there, if half of all have W
//	of another, and the first of W     a preamble before the table, if 90 % from there
//	is a heading by its types          on have W
//	W−1, all others W                  a heading one short
//	more than W                        a heading longer than its rows, if half have W
//	less, and the first of W is a      a preamble, if 90 % from there on have W and
//	heading by years or all text       its cells do not all begin with spaces
//	less, W is 3 or more               a weak preamble
//	else                               no table
func (s *sample) shape(j *judge) shape {
	w := s.usual(len(s.records))
	end := s.footnotes(w)
	w = s.usual(end)
	sh := shape{rank: noTable, width: w, end: end}
	if w == 0 {
		return sh
	}
	s.dropComments(w, &end)
	sh.end = end
	first := s.firstOf(w, end, j)
	if first < 0 {
		return sh
	}
	all := s.share(0, end, w)
	most := s.share(first, end, w) >= 0.9
	w0 := s.width(0)
	switch {
	case first == 0:
		if all >= 0.5 {
			sh.rank = sameWidth
		}
	case most && j.heading(s, first, end, w) == byTypes:
		sh.rank, sh.start = withPreamble, first
	case w0 == w-1 && s.share(1, end, w) == 1 && end > 1:
		sh.rank, sh.short = s.oneShort(j, w, end)
	case w0 > w:
		if all >= 0.5 {
			sh.rank = otherWidth
		}
	case !most:
	case s.clearHeading(j, first, end, w):
		sh.rank, sh.start = withPreamble, first
	case w >= 3:
		sh.rank, sh.start = weakPreamble, first
	}
	if sh.rank != noTable {
		from := sh.start
		if sh.rank == otherWidth {
			from++
		}
		sh.irregular = 1 - s.share(from, end, w)
	}
	return sh
}

// clearHeading reports whether a record is a heading by years or all text
// that does not look like a line of prose.
func (s *sample) clearHeading(j *judge, first, end, w int) bool {
	h := j.heading(s, first, end, w)
	if h != byYears && h != byText {
		return false
	}
	for _, c := range s.cells(first)[1:] {
		if rec := s.buf[s.records[first].from:]; c.form != plain || c.from == c.to || rec[c.from] != ' ' {
			return true
		}
	}
	return false
}

// oneShort tells why a heading has one cell less than all its rows.
func (s *sample) oneShort(j *judge, w, end int) (rank, short) {
	empty := true
	for i := 1; i < end && empty; i++ {
		empty = len(s.cell(i, w-1)) == 0
	}
	if empty {
		return otherWidth, trailing
	}
	if w == 2 {
		types := j.types(s, 1, end, 1)
		if types[0].kind.Numeric() {
			return noTable, notShort
		}
	}
	return otherWidth, rowNames
}

// share is how many of the records between have a width.
func (s *sample) share(from, to, w int) float64 {
	n := 0
	for i := from; i < to; i++ {
		if s.width(i) == w {
			n++
		}
	}
	if to <= from {
		return 1
	}
	return float64(n) / float64(to-from)
}

// maxProse is how many records at the start may be lines of prose.
const maxProse = 20

// firstOf is the first record of a width that is no line of prose: one in
// which a space follows every delimiter, as is rare below it. Such a line
// counts as a row unless what follows is a heading by its types.
func (s *sample) firstOf(w, end int, j *judge) int {
	first, plain := -1, -1
	for i := range end {
		if s.width(i) != w {
			continue
		}
		if first < 0 {
			first = i
		}
		if i >= maxProse || !s.records[i].spaced || !s.spacesAreRare(i+1, end) {
			plain = i
			break
		}
	}
	if plain > first && j.heading(s, plain, end, w) == byTypes {
		return plain
	}
	return first
}

func (s *sample) spacesAreRare(from, end int) bool {
	n := 0
	for i := from; i < end; i++ {
		if s.records[i].spaced {
			n++
		}
	}
	return n*10 < end-from
}

// dropComments takes the lines that begin as comments out, where none stands
// above the heading: those that do not split into as many cells as the table.
func (s *sample) dropComments(w int, end *int) {
	kept, before := s.records[:0:0], *end
	for i, r := range s.records {
		if r.comment && s.width(i) != w {
			s.left = append(s.left, Skipped{r.line, "comment"})
			if i < before {
				*end--
			}
			continue
		}
		kept = append(kept, r)
	}
	s.records = kept
}
