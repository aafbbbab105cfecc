package textfile

import "github.com/authtabs/tabgate/data/frame"

// decideNumber decides about a column of numbers alone.
func (c *column) decideNumber(d *decision, n counts, a asked) {
	if c.textByRule(d, n) || !c.decideUnit(d) || !c.decideSigns(d, n) {
		return
	}
	if !c.decideReading(d, n, a) {
		return
	}
	whole := d.whole(n) && n.byKind[infinity] == 0
	if whole && n.anyFlags&beyond64 != 0 {
		t, k := c.first(func(cl class) bool { return cl.flags&beyond64 != 0 })
		d.say("text: %s beyond 64 bits, first on line %d: %q", count(k, "integer is", "integers are"), t.line, t.text)
		return
	}
	d.kind = frame.Number
	if whole {
		d.kind = frame.Integer
	}
	c.tellNumber(d, n, a)
}

// textByRule recognises what is written in digits and is no number.
func (c *column) textByRule(d *decision, n counts) bool {
	switch {
	case n.anyFlags&leadingZero != 0:
		t, count := c.first(func(cl class) bool { return cl.flags&leadingZero != 0 })
		d.say("text: %s with a leading zero, first on line %d: %q", cells(count), t.line, t.text)
	case n.allFlags&plusEight != 0:
		d.say("text: telephone numbers, each with + and eight digits or more")
	case c.allPhones():
		d.say("text: telephone numbers, each in groups of three by spaces")
	case n.allFlags&isAddress != 0:
		d.say("text: addresses, each of four groups of 0 to 255")
	case n.anyFlags&outOfRange != 0:
		t, count := c.first(func(cl class) bool { return cl.flags&outOfRange != 0 })
		d.say("text: %s out of the range of numbers, first on line %d: %q", cells(count), t.line, t.text)
	default:
		return false
	}
	return true
}

// allPhones reports whether every cell is the same count of groups of three.
func (c *column) allPhones() bool {
	groups := uint8(0)
	for _, t := range c.tallies {
		if t.class.kind != numeric {
			continue
		}
		if t.class.phones < 3 || groups > 0 && t.class.phones != groups {
			return false
		}
		groups = t.class.phones
	}
	return groups > 0
}

// decideUnit reports whether all cells but bare zeros bear the same unit, or
// none does.
func (c *column) decideUnit(d *decision) bool {
	var units []uint64
	bare, with := tally{}, tally{}
	for _, t := range c.tallies {
		cl := t.class
		switch {
		case cl.kind != numeric:
		case cl.unit == 0:
			if cl.flags&isZero == 0 && (bare.count == 0 || t.line < bare.line) {
				bare = t
			}
		default:
			if !containsUnit(units, cl.unit) {
				units = append(units, cl.unit)
			}
			if with.count == 0 || t.line < with.line {
				with = t
			}
		}
	}
	switch {
	case len(units) == 0:
		return true
	case len(units) > 1:
		other, _ := c.first(func(cl class) bool { return cl.kind == numeric && cl.unit != 0 && cl.unit != with.class.unit })
		d.say("text: different units, %s and %s (first on line %d: %q)", unitName(with.class.unit), unitName(other.class.unit), other.line, other.text)
		return false
	case bare.count > 0:
		d.say("text: some cells bear the unit %s, others none (first on line %d: %q)", unitName(units[0]), bare.line, bare.text)
		return false
	}
	d.unit = unitName(units[0])
	return true
}

func containsUnit(units []uint64, u uint64) bool {
	for _, v := range units {
		if u == v {
			return true
		}
	}
	return false
}

// decideSigns decides what parentheses and signs behind the digits mean.
func (c *column) decideSigns(d *decision, n counts) bool {
	if n.allFlags&inParentheses != 0 {
		d.say("text: all cells are in parentheses, which is a numbering")
		return false
	}
	behind := func(cl class) bool { return cl.flags&(minusBehind|plusBehind) != 0 }
	t, count := c.first(behind)
	if count == 0 {
		return true
	}
	if n.anyFlags&signBefore != 0 {
		d.say("text: signs stand before and behind the numbers (first behind on line %d: %q)", t.line, t.text)
		return false
	}
	if n.anyFlags&minusBehind == 0 {
		d.say("text: a plus behind the number may mean \"or more\" (first on line %d: %q)", t.line, t.text)
		return false
	}
	d.trail = true
	return true
}

// whole reports whether no cell has a decimal sign or an exponent.
func (d *decision) whole(n counts) bool {
	if n.anyFlags&hasExponent != 0 {
		return false
	}
	if d.decimal == ',' {
		return n.anyFlags&hasComma == 0 || d.group == ','
	}
	return n.anyFlags&hasPoint == 0 || d.group == '.'
}

// decideReading finds the decimal sign and what groups thousands.
func (c *column) decideReading(d *decision, n counts, a asked) bool {
	left := n.reads & a.reads
	if left == 0 {
		c.tellMixed(d, n, a)
		return false
	}
	point, comma := left&pointDecimal, left&commaDecimal
	shown := n.anyFlags & (hasPoint | hasComma)
	switch {
	case point == 0 || comma == 0 || shown == 0:
	case a.proof == pointDecimal:
		comma = 0
	case a.proof == commaDecimal:
		point = 0
	case shown == hasPoint:
		comma = 0
		if !a.comma && !a.decimal && !a.thousands {
			d.say("the point is taken for a decimal sign: nothing here says whether it groups thousands (--decimal and --thousands do)")
		}
	case shown == hasComma && a.comma:
		comma = 0
	default:
		t, _ := c.first(func(cl class) bool { return cl.flags&(hasComma|hasPoint) != 0 })
		d.say("text: %q (line %d) may be a decimal or thousands; say which with --decimal or --thousands", t.text, t.line)
		return false
	}
	d.reading = simplest(point)
	d.decimal = '.'
	if point == 0 {
		d.reading, d.decimal = simplest(comma), ','
	}
	d.group = groupOf(d.reading)
	d.shows = !d.whole(n) && (d.decimal == ',' && n.anyFlags&hasComma != 0 || d.decimal == '.' && n.anyFlags&hasPoint != 0)
	return true
}

// simplest is the reading without groups if it is left, else the first.
func simplest(left readings) readings { return left & -left }

// groupOf is what groups thousands in a reading; 0 = nothing.
func groupOf(r readings) byte {
	for _, g := range []byte{',', '.', ' ', '\'', '_'} {
		if r&grouped(g) != 0 {
			return g
		}
	}
	return 0
}

// tellMixed says that no way to read the separators fits all cells: if one
// fits three quarters, where the first stands that it does not fit.
func (c *column) tellMixed(d *decision, n counts, a asked) {
	best, most := readings(0), 0
	for r := pointNone; r <= commaQuote; r <<= 1 {
		fit := n.byKind[infinity]
		for _, t := range c.tallies {
			if t.class.kind == numeric && t.class.reads&r&a.reads != 0 {
				fit += t.count
			}
		}
		if fit > most {
			best, most = r, fit
		}
	}
	broke, _ := c.first(func(cl class) bool { return cl.kind == numeric && cl.reads&best&a.reads == 0 })
	d.say("text: the numbers have no decimal sign and thousands in common, first on line %d: %q", broke.line, broke.text)
}
