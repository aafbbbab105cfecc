package textfile

import (
	"bytes"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// plainNumber is the short way for digits with at most one point among them,
// which are most numbers.
func plainNumber(b []byte) (class, bool) {
	point := -1
	var n uint64
	for i, c := range b {
		switch {
		case isDigit(c):
			n = n*10 + uint64(c-'0')
		case c == '.' && point < 0 && i < len(b)-1:
			point = i
		default:
			return class{}, false
		}
	}
	if len(b) > 15 {
		return class{}, false
	}
	cl := class{kind: numeric, reads: anyReading}
	if b[0] == '0' && len(b) > 1 && point != 1 {
		cl.flags |= leadingZero
	}
	if n == 0 {
		cl.flags |= isZero
	}
	if point < 0 {
		if len(b) == 4 && n >= 1500 && n <= 2199 {
			cl.flags |= isYear
		}
		return cl, true
	}
	cl.flags |= hasPoint
	cl.reads = pointDecimal
	if len(b)-point == 4 && point <= 3 && b[0] != '0' {
		cl.reads |= commaPoint
		cl.flags |= groupPoint
	}
	return cl, true
}

// number is a cell taken apart: digits and separators without sign and unit.
type number struct {
	core      []byte
	unit      uint64
	negative  bool
	flags     flags
	anySign   bool
	paren     bool
	unitSeen  bool
	closed    bool
	signAfter bool
}

// numberClass is the class of a cell that may be a number.
func numberClass(b []byte) class {
	n, ok := takeApart(b)
	if !ok {
		return class{}
	}
	cl := class{kind: numeric, unit: n.unit, flags: n.flags}
	if !cl.separators(n.core, n.negative) {
		return class{}
	}
	if b[0] == '+' && n.unit == 0 && len(n.core) >= 8 && allDigits(n.core) {
		cl.flags |= plusEight
	}
	if n.anySign || n.paren || n.unitSeen {
		cl.flags &^= isYear
	}
	return cl
}

// takeApart finds sign, unit and parentheses around the digits of a cell:
// [sign][unit][sign]digits[unit], the same in parentheses, or with the sign
// behind.
func takeApart(b []byte) (n number, ok bool) {
	start := -1
	for i := 0; i < len(b); {
		c := b[i]
		if isDigit(c) || (c == '.' || c == ',') && i+1 < len(b) && isDigit(b[i+1]) {
			start = i
			break
		}
		size := n.before(b[i:])
		if size == 0 {
			return n, false
		}
		i += size
	}
	if start < 0 {
		return n, false
	}
	end := coreEnd(b, start)
	n.core = b[start:end]
	for i := end; i < len(b); {
		size := n.behind(b[i:])
		if size == 0 {
			return n, false
		}
		i += size
	}
	if n.paren != n.closed || n.paren && (n.anySign || n.signAfter) {
		return n, false
	}
	if n.paren {
		n.negative = true
		n.flags |= inParentheses
	}
	return n, true
}

// before takes one sign, unit, space or parenthesis off, and returns its size.
func (n *number) before(b []byte) int {
	if b[0] == '(' && !n.paren {
		n.paren = true
		return 1
	}
	if size := spaceAt(b); size > 0 {
		return size
	}
	if size, minus, fancy := signAt(b); size > 0 && !n.anySign {
		n.anySign, n.negative = true, minus
		n.flags |= signBefore
		if fancy {
			n.flags |= typographic
		}
		return size
	}
	return n.takeUnit(b)
}

// behind is before for what follows the digits.
func (n *number) behind(b []byte) int {
	if b[0] == ')' && n.paren && !n.closed {
		n.closed = true
		return 1
	}
	if size := spaceAt(b); size > 0 {
		return size
	}
	if size, minus, fancy := signAt(b); size > 0 && !n.anySign && !n.signAfter {
		n.signAfter, n.negative = true, minus
		n.flags |= plusBehind
		if minus {
			n.flags ^= plusBehind | minusBehind
		}
		if fancy {
			n.flags |= typographic
		}
		return size
	}
	return n.takeUnit(b)
}

func (n *number) takeUnit(b []byte) int {
	if n.unitSeen {
		return 0
	}
	size := unitAt(b)
	if size == 0 {
		return 0
	}
	n.unitSeen = true
	for _, c := range b[:size] {
		n.unit = n.unit<<8 | uint64(c)
	}
	return size
}

// unitName is the text of a packed unit.
func unitName(unit uint64) string {
	var out []byte
	for ; unit > 0; unit >>= 8 {
		out = append([]byte{byte(unit)}, out...)
	}
	return string(out)
}

// unitAt is the size of the unit that b begins with: a currency sign with up
// to two capitals before it, a currency code, % or ‰.
func unitAt(b []byte) int {
	capitals := 0
	for capitals < len(b) && capitals < 4 && b[capitals] >= 'A' && b[capitals] <= 'Z' {
		capitals++
	}
	if capitals == 3 && isCurrency(b[:3]) {
		return 3
	}
	if capitals > 2 {
		return 0
	}
	r, size := utf8.DecodeRune(b[capitals:])
	switch {
	case r == '$' || r >= 0x80 && unicode.Is(unicode.Sc, r):
		return capitals + size
	case capitals == 0 && (r == '%' || r == '‰'):
		return size
	}
	return 0
}

// signAt is the size of the sign that b begins with.
func signAt(b []byte) (size int, minus, fancy bool) {
	switch {
	case b[0] == '+':
		return 1, false, false
	case b[0] == '-':
		return 1, true, false
	case bytes.HasPrefix(b, []byte("−")), bytes.HasPrefix(b, []byte("–")):
		return 3, true, true
	}
	return 0, false, false
}

// spaceAt is the size of the space that b begins with, of any width.
func spaceAt(b []byte) int {
	switch {
	case len(b) == 0:
		return 0
	case b[0] == ' ':
		return 1
	case bytes.HasPrefix(b, []byte("\u00a0")):
		return 2
	case bytes.HasPrefix(b, []byte("\u202f")), bytes.HasPrefix(b, []byte("\u2009")):
		return 3
	}
	return 0
}

// quoteAt is the size of the apostrophe that b begins with.
func quoteAt(b []byte) int {
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '\'':
		return 1
	case bytes.HasPrefix(b, []byte("’")):
		return 3
	}
	return 0
}

// separatorAt is the size of the separator that b begins with, if a digit
// follows it.
func separatorAt(b []byte) (size int, what byte) {
	switch {
	case len(b) == 0:
		return 0, 0
	case b[0] == '.' || b[0] == ',' || b[0] == '_':
		size, what = 1, b[0]
	case quoteAt(b) > 0:
		size, what = quoteAt(b), '\''
	default:
		size, what = spaceAt(b), ' '
	}
	if size == 0 || size >= len(b) || !isDigit(b[size]) {
		return 0, 0
	}
	return size, what
}

// coreEnd is where the digits and separators that begin at start end, an
// exponent among them.
func coreEnd(b []byte, start int) int {
	i := start
	for i < len(b) {
		if isDigit(b[i]) {
			i++
			continue
		}
		size, _ := separatorAt(b[i:])
		if size == 0 {
			break
		}
		i += size
	}
	if i < len(b) && b[i] == '.' { // "5."
		if next := i + 1; next == len(b) || !isDigit(b[next]) {
			i = next
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		j := i + 1
		if j < len(b) && (b[j] == '+' || b[j] == '-') {
			j++
		}
		k := j
		for k < len(b) && isDigit(b[k]) {
			k++
		}
		if k > j {
			return k
		}
	}
	return i
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// inRange reports whether a double can hold the value of digits and exponent
// without becoming infinite or zero.
func inRange(core []byte) bool {
	f, err := strconv.ParseFloat(string(bytes.ReplaceAll(core, []byte{','}, []byte{'.'})), 64)
	if err != nil || math.IsInf(f, 0) {
		return false
	}
	return f != 0 || !bytes.ContainsAny(mantissa(core), "123456789")
}

func mantissa(core []byte) []byte {
	if i := bytes.IndexAny(core, "eE"); i >= 0 {
		return core[:i]
	}
	return core
}
