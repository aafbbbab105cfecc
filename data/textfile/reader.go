package textfile

import (
	"errors"
	"math"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
)

var errChanged = errors.New("it changed while it was open: open it again")

// reader reads the cells of one column as its type.
type reader struct {
	*decision
	c     *classifier
	order int
}

func newReader(d *decision, c *classifier) *reader {
	r := &reader{decision: d, c: c}
	for r.order < 2 && d.reading&(1<<r.order) == 0 {
		r.order++
	}
	return r
}

// read appends a cell to a vector of the column's type. A cell that is none is
// null: the file has changed.
func (r *reader) read(cell []byte, v *frame.Vector) {
	if r.kind == frame.Text {
		v.AppendText(cell)
		return
	}
	cell = trimSpace(cell)
	if len(cell) == 0 || r.markers && r.isMarker(cell) || !r.value(cell, v) {
		v.AppendNull()
	}
}

func (r *reader) isMarker(cell []byte) bool {
	if r.c.lengths[cell[0]]>>min(len(cell), 63)&1 == 0 {
		return false
	}
	_, ok := r.c.ids[string(cell)]
	return ok
}

func (r *reader) value(cell []byte, v *frame.Vector) bool {
	switch r.kind {
	case frame.Integer:
		n, ok := r.integer(cell)
		if ok {
			v.AppendInt(n)
		}
		return ok
	case frame.Number:
		f, ok := r.float(cell)
		if ok {
			v.AppendFloat(f)
		}
		return ok
	case frame.Boolean:
		v.AppendBool(cell[0]|0x20 == 't')
		return true
	}
	if r.kind == frame.Date && len(cell) == 10 {
		if y, m, d, ok := isoDate(cell); ok {
			v.AppendInt(frame.Days(y, m, d))
			return true
		}
	}
	s, ok := parseStamp(cell)
	if !ok {
		return false
	}
	switch r.kind {
	case frame.Time:
		v.AppendMoment(s.seconds, s.nanos, frame.NoZone)
	case frame.Date:
		v.AppendInt(s.days[r.order])
	default:
		v.AppendMoment(s.instant(r.order), s.nanos, s.zone)
	}
	return true
}

// integer reads a whole number of 64 bits.
func (r *reader) integer(cell []byte) (int64, bool) {
	if n, ok := plainInteger(cell); ok {
		return n, true
	}
	num, ok := takeApart(cell)
	if !ok {
		return 0, false
	}
	var space [64]byte
	digits := space[:0]
	if num.negative {
		digits = append(digits, '-')
	}
	for _, c := range num.core {
		if isDigit(c) {
			digits = append(digits, c)
		}
	}
	n, err := strconv.ParseInt(string(digits), 10, 64)
	return n, err == nil
}

// plainInteger reads digits alone, behind a minus or not.
func plainInteger(cell []byte) (n int64, ok bool) {
	digits := cell
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, c := range digits {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(digits) < len(cell) {
		n = -n
	}
	return n, true
}

// tens are the powers of ten that a double holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// plainFloat reads up to 15 digits with one decimal sign among them: a
// quotient of two numbers that a double holds exactly is rounded right.
func plainFloat(cell []byte, sign byte) (f float64, ok bool) {
	digits := cell
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 16 {
		return 0, false
	}
	var n uint64
	point := -1
	for i, c := range digits {
		switch {
		case isDigit(c):
			n = n*10 + uint64(c-'0')
		case c == sign && point < 0:
			point = i
		default:
			return 0, false
		}
	}
	if len(digits) == 16 && point < 0 {
		return 0, false
	}
	f = float64(n)
	if point >= 0 {
		f /= tens[len(digits)-point-1]
	}
	if len(digits) < len(cell) {
		f = -f
	}
	return f, true
}

// float reads a number.
func (r *reader) float(cell []byte) (float64, bool) {
	if f, ok := plainFloat(cell, r.decimal); ok {
		return f, true
	}
	if infinite(cell) {
		if cell[0] == '-' {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	num, ok := takeApart(cell)
	if !ok {
		return 0, false
	}
	var space [64]byte
	digits := space[:0]
	if num.negative {
		digits = append(digits, '-')
	}
	for _, c := range num.core {
		switch {
		case isDigit(c), c|0x20 == 'e', c == '-', c == '+':
			digits = append(digits, c)
		case c == r.decimal:
			digits = append(digits, '.')
		}
	}
	f, err := strconv.ParseFloat(string(digits), 64)
	return f, err == nil
}
