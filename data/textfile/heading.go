package textfile

import (
	"bytes"
	"strconv"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/frame"
)

// proof says by what a record is a heading.
type proof uint8

const (
	noHeading  proof = iota
	byTypes          // a cell does not fit the type of its column
	byYears          // years over numbers that are none
	byText           // nothing has a type: a guess
	byComment        // the last comment line names the columns
	byFlag           // the options say so
	byFlagNone       // the options say that it is none
	alone            // there is no other record
)

// types are the decisions about the columns of records, the first few of them.
func (j *judge) types(s *sample, from, to, width int) []*decision {
	columns := s.columns(j.classifier, from, to, width)
	return decideAll(columns, j.asked)
}

// manyCells is from how many cells on records are counted by two goroutines, each of
// which takes half of the columns.
const manyCells = 20_000

// columns counts the cells of records by column.
func (s *sample) columns(c *classifier, from, to, width int) []column {
	columns := newColumns(width)
	if (to-from)*width < manyCells {
		s.count(c, columns, from, to, 0)
		return columns
	}
	half := width / 2
	var wg sync.WaitGroup
	wg.Go(func() {
		defer fault.Recover()
		s.count(c, columns[:half], from, to, 0)
	})
	s.count(c, columns[half:], from, to, half)
	wg.Wait()
	return columns
}

// count counts the cells of records in some columns, from a place on.
func (s *sample) count(c *classifier, columns []column, from, to, first int) {
	for i := from; i < to; i++ {
		r := s.records[i]
		rec := s.buf[r.from:r.to]
		cells := s.cells(i)
		for k, sp := range cells[min(first, len(cells)):min(first+len(columns), len(cells))] {
			cell := s.d.text(rec, sp, nil)
			columns[k].add(c.class(cell), r.line, cell)
		}
	}
}

// decideAll decides about all columns. What one proves holds for the others:
// the first round finds the decimal signs that are proven.
func decideAll(columns []column, a asked) []*decision {
	a.proof = 0
	for i := range columns {
		a.proof |= columns[i].proves(a)
	}
	if a.proof == pointDecimal|commaDecimal {
		a.proof = 0 // columns differ
	}
	out := make([]*decision, len(columns))
	for i := range columns {
		out[i] = columns[i].decide(a)
	}
	return out
}

// proves is the decimal sign that the cells of a column leave alone.
func (c *column) proves(a asked) readings {
	n := c.counts()
	if n.byKind[numeric] == 0 || n.cells != n.byKind[numeric]+n.byKind[infinity] || n.anyFlags&(hasPoint|hasComma) == 0 {
		return 0
	}
	left := n.reads & a.reads
	switch {
	case left == 0, n.anyFlags&leadingZero != 0:
		return 0
	case left&commaDecimal == 0:
		return pointDecimal
	case left&pointDecimal == 0:
		return commaDecimal
	}
	return 0
}

// heading reports by what a record is the heading of those after it.
func (j *judge) heading(s *sample, at, end, width int) proof {
	first := make([][]byte, min(width, s.width(at)))
	for k := range first {
		first[k] = s.cell(at, k)
	}
	return j.headingOf(first, s.columns(j.classifier, at+1, end, width), end-at-1, func(k int) bool {
		for i := at + 1; i < end; i++ {
			if bytes.Equal(first[k], s.cell(i, k)) {
				return true
			}
		}
		return false
	})
}

// headingOf reports by what the cells of a first record are names of columns
// that hold what so many records below have. Repeats reports whether a cell
// occurs again below.
func (j *judge) headingOf(first [][]byte, columns []column, below int, repeats func(k int) bool) proof {
	if j.header == "no" {
		return noHeading
	}
	cells := make([]class, len(first))
	for k := range first {
		cells[k] = j.class(first[k])
	}
	if below < 1 {
		for _, c := range cells {
			if c.kind != words && !c.missing() {
				return noHeading
			}
		}
		return alone
	}
	types := decideAll(columns, j.asked)
	any := false
	for k, c := range cells {
		if !types[k].typed() {
			continue
		}
		any = true
		if !c.missing() && !fits(types[k], c.kind) {
			return byTypes
		}
	}
	switch {
	case years(first, cells, columns, types):
		return byYears
	case !any && !mostly(len(cells), repeats):
		return byText
	}
	return noHeading
}

// missing reports whether a cell may stand for no value.
func (cl class) missing() bool { return cl.kind == empty || cl.kind == blank || cl.kind == marker }

// mostly reports whether more than half of n places are so.
func mostly(n int, so func(int) bool) bool {
	count := 0
	for k := range n {
		if so(k) {
			count++
		}
	}
	return count*2 > n
}

// fits reports whether a cell is of the kind that a column's type is made of.
// A number fits a column of numbers whatever it does to their type: it is no
// name for them.
func fits(d *decision, k kind) bool {
	switch d.kind {
	case frame.Integer, frame.Number:
		return k == numeric || k == infinity
	case frame.Boolean:
		return k == boolean
	case frame.Date, frame.Datetime:
		return k == day || k == moment || k == month
	case frame.Time:
		return k == clock
	}
	return true
}

// years reports whether some cells are years that only rise or only fall over
// numbers that are not all years, and no other cell fits a typed column. A
// single year counts only if no value below is a year.
func years(first [][]byte, cells []class, columns []column, types []*decision) bool {
	var found []int
	below, allYears := 0, true
	for k, c := range cells {
		switch {
		case c.missing():
		case c.flags&isYear != 0 && types[k].kind.Numeric():
			n := columns[k].counts()
			_, y := columns[k].first(func(cl class) bool { return cl.kind == numeric && cl.flags&isYear != 0 })
			below += y
			allYears = allYears && y == n.cells
			year, _ := strconv.Atoi(string(trimSpace(first[k])))
			found = append(found, year)
		case types[k].typed():
			return false
		}
	}
	if len(found) == 0 || len(found) == 1 && below > 0 {
		return false
	}
	return !allYears && monotone(found)
}

func monotone(years []int) bool {
	rise, fall := true, true
	for i := 1; i < len(years); i++ {
		rise = rise && years[i] > years[i-1]
		fall = fall && years[i] < years[i-1]
	}
	return rise || fall
}
