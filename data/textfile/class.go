package textfile

import "bytes"

// kind is what a cell is by itself. Each cell has exactly one.
type kind uint8

const (
	words    kind = iota // text that is nothing below
	empty                // no characters
	blank                // white space alone
	marker               // stands for a missing value, where its column has a type
	boolean              // true, false
	numeric              // digits with or without signs, separators, unit
	infinity             // Infinity, inf
	day                  // a date
	moment               // a date and a time
	clock                // a time
	month                // a month of a year
)

// flags are what the decision about a column has to know of its cells.
type flags uint32

const (
	hasPoint       flags = 1 << iota // a "." in it
	hasComma                         // a "," in it
	hasExponent                      // 1e5
	leadingZero                      // a zero before another digit
	plusEight                        // "+" and eight digits or more: a telephone number
	signBefore                       // a sign before the digits
	minusBehind                      // a minus behind them
	plusBehind                       // a plus behind them
	typographic                      // U+2212 or an en dash for minus
	inParentheses                    // (5)
	isZero                           // the value is zero
	beyond64                         // as an integer it does not fit 64 bits signed
	inexact                          // as an integer a double cannot hold it
	manyDigits                       // more than 17 digits
	outOfRange                       // beyond what a double can hold
	isYear                           // 1500 to 2199, four digits alone
	isAddress                        // four groups of 0-255 by points
	groupPoint                       // could be grouped by these
	groupComma                       //
	groupSpace                       //
	groupQuote                       //
	groupUnderline                   //
	twoDigitYear                     // of a date
	doubtful                         // a date whose order has to be found out
	withZone                         // of a time
	withoutZone                      //
	isSeason                         // 2009-10: the second part is the next year
	differDM                         // day first and month first give different days
	differDY                         // day first and year first do
	differMY                         // month first and year first do
)

// class is what a cell tells about its column. Columns count cells by class.
type class struct {
	unit   uint64 // the unit's bytes, at most eight
	flags  flags
	reads  readings // of a number; of dates the orders
	id     uint16   // of a marker
	kind   kind
	phones uint8 // count of groups of three by spaces, when all are
	from   from
}

// from is what a cell was in its file.
type from uint8

const (
	written  from = iota // text that says nothing of its type
	asString             // a string in JSON, or text in a typed container
	asNumber             // a number in JSON
	asTruth              // true or false in JSON
	asNested             // a list or an object in JSON
	asNaN                // NaN in JSON
)

// readings is a set of ways to read the separators of a number.
type readings uint16

// The nine readings: a decimal sign, and what groups thousands.
const (
	pointNone readings = 1 << iota
	pointComma
	pointSpace
	pointQuote
	pointUnderline
	commaNone
	commaPoint
	commaSpace
	commaQuote

	pointDecimal = pointNone | pointComma | pointSpace | pointQuote | pointUnderline
	commaDecimal = commaNone | commaPoint | commaSpace | commaQuote
	anyReading   = pointDecimal | commaDecimal
)

// The orders of a date's parts, where they are in doubt.
const (
	dayFirst readings = 1 << iota
	monthFirst
	yearFirst

	anyOrder = dayFirst | monthFirst | yearFirst
)

// markers are what people write for a missing value.
var markers = []string{
	"NA", "na", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NULL", "Null", "null", "None", "none", "NaN", "nan", "-nan",
	"-", "--", "–", "—", ".", "..", "...", "…", "?", ":", "*", `\N`,
	"#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?", "#NULL!",
}

// classifier tells the class of cells. It never changes once made.
type classifier struct {
	markers []string
	ids     map[string]uint16
	lengths [256]uint64 // by the byte that a marker begins with: a bit for its length
}

// newClassifier knows the usual markers and those added; with none, there are
// no markers at all.
func newClassifier(added []string, none bool) *classifier {
	c := &classifier{ids: map[string]uint16{}}
	if none {
		return c
	}
	for _, list := range [][]string{markers, added} {
		for _, m := range list {
			if _, known := c.ids[m]; known || m == "" {
				continue
			}
			c.ids[m] = uint16(len(c.markers))
			c.markers = append(c.markers, m)
			c.lengths[m[0]] |= 1 << min(len(m), 63)
		}
	}
	return c
}

// class tells what a cell is.
func (c *classifier) class(cell []byte) class {
	if len(cell) == 0 {
		return class{kind: empty}
	}
	if cell[0] <= ' ' || cell[len(cell)-1] <= ' ' || cell[0] >= 0x80 || cell[len(cell)-1] >= 0x80 {
		if cell = trimSpace(cell); len(cell) == 0 {
			return class{kind: blank}
		}
	}
	first := cell[0]
	if c.lengths[first]>>min(len(cell), 63)&1 != 0 {
		if id, ok := c.ids[string(cell)]; ok {
			return class{kind: marker, id: id}
		}
	}
	switch {
	case first >= '0' && first <= '9':
		if cl, ok := plainNumber(cell); ok {
			return cl
		}
		if cl, ok := isoClass(cell); ok {
			return cl
		}
		if cl, ok := dateClass(cell); ok {
			return cl
		}
		return numberClass(cell)
	case first == 't' || first == 'T' || first == 'f' || first == 'F':
		if bytes.EqualFold(cell, []byte("true")) || bytes.EqualFold(cell, []byte("false")) {
			return class{kind: boolean}
		}
	}
	if isLetter(first) {
		if monthNames[first|0x20] && len(cell) >= 6 && shortMonth(cell) != 0 {
			if cl, ok := dateClass(cell); ok {
				return cl
			}
		}
		// A unit begins with two capitals or more.
		if first|0x20 != 'i' && (first >= 'a' || len(cell) < 2 || cell[1] >= 'a' && cell[1] <= 'z') {
			return class{}
		}
	}
	if infinite(cell) {
		return class{kind: infinity}
	}
	return numberClass(cell)
}

// infinite reports whether a cell says infinity, in any case and with a sign.
func infinite(cell []byte) bool {
	if cell[0] == '+' || cell[0] == '-' {
		cell = cell[1:]
	}
	if len(cell) != len("inf") && len(cell) != len("infinity") {
		return false
	}
	return bytes.EqualFold(cell, []byte("inf")) || bytes.EqualFold(cell, []byte("infinity"))
}

// monthNames are the letters that English month names begin with.
var monthNames = [256]bool{'j': true, 'f': true, 'm': true, 'a': true, 's': true, 'o': true, 'n': true, 'd': true}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c-'0' <= 9 }

// trimSpace is bytes.TrimSpace, and trims the space of the width of no
// character too.
func trimSpace(b []byte) []byte {
	return bytes.TrimSpace(b)
}
