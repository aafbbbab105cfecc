package textfile

// maxParts is how many parts of digits a number may have: with more, no
// reading of it fits 64 bits.
const maxParts = 16

// parts are the digits of a number between its separators.
type parts struct {
	n     int           // of parts
	len   [maxParts]int // digits of each
	sep   [maxParts]byte
	value uint64
	over  bool // beyond 64 bits
	sig   int  // digits but for zeros in front
	zero  bool // the first digit is 0
}

// separators finds which readings the digits and separators of a number allow,
// and what its class has to know of them. It reports false for no number.
func (cl *class) separators(core []byte, negative bool) bool {
	digits := mantissa(core)
	p, ok := partsOf(digits)
	if !ok {
		return false
	}
	cl.reads = p.readings()
	if len(digits) < len(core) {
		cl.flags |= hasExponent
		if p.n > 2 || cl.reads&(pointNone|commaNone) == 0 {
			return false
		}
		if p.n == 2 { // no groups beside an exponent
			cl.reads &= decimal(p.sep[1])
		}
	}
	if (len(digits) < len(core) || p.sig > 300) && !inRange(core) {
		cl.flags |= outOfRange
	}
	p.mark(cl, negative)
	return cl.reads != 0
}

// partsOf splits digits at their separators.
func partsOf(b []byte) (p parts, ok bool) {
	p.n = 1
	for i := 0; i < len(b); {
		c := b[i]
		if isDigit(c) {
			p.digit(c)
			i++
			continue
		}
		size, what := separatorAt(b[i:])
		if size == 0 {
			if c != '.' || i != len(b)-1 { // "5."
				return p, false
			}
			size, what = 1, '.'
		}
		if p.n == maxParts {
			return p, false
		}
		p.sep[p.n] = what
		p.n++
		i += size
	}
	return p, true
}

func (p *parts) digit(c byte) {
	if p.n == 1 && p.len[0] == 0 {
		p.zero = c == '0'
	}
	p.len[p.n-1]++
	if c != '0' || p.sig > 0 {
		p.sig++
	}
	d := uint64(c - '0')
	if p.value > (1<<64-1-d)/10 {
		p.over = true
	}
	p.value = p.value*10 + d
}

// readings are the ways to read the parts.
func (p *parts) readings() (out readings) {
	if p.n == 1 {
		return anyReading
	}
	last := p.n - 1
	kind := p.sep[1]
	for i := 2; i < last; i++ {
		if p.sep[i] != kind {
			return 0
		}
	}
	// The last separator is the decimal sign, and those before it group.
	if d := p.sep[last]; d == '.' || d == ',' {
		if p.n == 2 {
			out |= decimal(d)
		} else if d != kind && p.groups(last) {
			out |= both(d, kind)
		}
	}
	// All separators group, and there is no decimal sign.
	if p.sep[last] == kind && p.groups(p.n) {
		out |= both('.', kind) | both(',', kind)
	}
	return out
}

// groups reports whether the first n parts are groups of thousands.
func (p *parts) groups(n int) bool {
	if p.len[0] < 1 || p.len[0] > 3 || p.zero {
		return false
	}
	three := true
	for i := 1; i < n; i++ {
		three = three && p.len[i] == 3
	}
	if three || p.sep[1] != ',' || p.len[0] > 2 || p.len[n-1] != 3 {
		return three
	}
	for i := 1; i < n-1; i++ { // 12,34,567
		if p.len[i] != 2 {
			return false
		}
	}
	return true
}

// decimal are the readings of a decimal sign.
func decimal(sign byte) readings {
	switch sign {
	case '.':
		return pointDecimal
	case ',':
		return commaDecimal
	}
	return 0
}

// grouped are the readings in which a sign groups thousands; 0 = none does.
func grouped(sign byte) readings {
	switch sign {
	case 0:
		return pointNone | commaNone
	case ',':
		return pointComma
	case '.':
		return commaPoint
	case ' ':
		return pointSpace | commaSpace
	case '\'':
		return pointQuote | commaQuote
	case '_':
		return pointUnderline
	}
	return 0
}

// both are the readings of a decimal sign with a sign that groups.
func both(sign, group byte) readings { return decimal(sign) & grouped(group) }

func separatorFlags(sign byte) flags {
	switch sign {
	case '.':
		return hasPoint | groupPoint
	case ',':
		return hasComma | groupComma
	case ' ':
		return groupSpace
	case '\'':
		return groupQuote
	}
	return groupUnderline
}

// mark sets the flags that follow from the parts.
func (p *parts) mark(cl *class, negative bool) {
	addresses, threes := p.n == 4, p.n >= 3 && p.len[0] == 3
	for i := 1; i < p.n; i++ {
		cl.flags |= separatorFlags(p.sep[i])
		addresses = addresses && p.sep[i] == '.' && p.len[i] <= 3
		threes = threes && p.sep[i] == ' ' && p.len[i] == 3
	}
	if cl.reads&commaPoint == 0 {
		cl.flags &^= groupPoint
	}
	if cl.reads&pointComma == 0 {
		cl.flags &^= groupComma
	}
	if addresses && p.len[0] <= 3 {
		cl.flags |= isAddress
	}
	if threes {
		cl.phones = uint8(p.n)
	}
	if p.zero && p.len[0] > 1 {
		cl.flags |= leadingZero
	}
	if p.sig == 0 {
		cl.flags |= isZero
	}
	if p.sig > 17 {
		cl.flags |= manyDigits
	}
	if p.over || p.value > 1<<63 || p.value == 1<<63 && !negative {
		cl.flags |= beyond64
	}
	if p.over || p.value > 1<<53 && (float64(p.value) >= 1<<64 || uint64(float64(p.value)) != p.value) {
		cl.flags |= inexact
	}
	if p.n == 1 && p.len[0] == 4 && p.value >= 1500 && p.value <= 2199 && cl.flags&hasExponent == 0 {
		cl.flags |= isYear
	}
}
