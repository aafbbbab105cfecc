package textfile

import (
	"fmt"

	"github.com/authtabs/tabgate/data/frame"
)

// tellNumber says how the cells of a number column were read, where that is
// not as a program would write them.
func (c *column) tellNumber(d *decision, n counts, a asked) {
	c.tellSeparators(d, n, a)
	if d.unit != "" {
		d.say("unit %s, the values are as written", d.unit)
	}
	if t, count := c.first(func(cl class) bool { return cl.flags&inParentheses != 0 }); count > 0 {
		d.say("parentheses are read as minus in %s, first on line %d", cells(count), t.line)
	}
	if t, count := c.first(func(cl class) bool { return cl.flags&minusBehind != 0 }); count > 0 {
		d.say("minus behind the number in %s, first on line %d", cells(count), t.line)
	}
	if t, count := c.first(func(cl class) bool { return cl.flags&typographic != 0 }); count > 0 {
		d.say("typographic minus signs in %s, first on line %d", cells(count), t.line)
	}
	c.tellRounded(d)
}

func (c *column) tellSeparators(d *decision, n counts, a asked) {
	text := ""
	if d.decimal == ',' && !d.whole(n) && !a.decimal {
		text = "decimal comma"
	}
	if d.group != 0 && !a.thousands {
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("thousands grouped by %s", separatorName(d.group))
	}
	if text != "" {
		d.say("%s", text)
	}
}

// separatorName is a separator for people.
func separatorName(sign byte) string {
	switch sign {
	case ' ':
		return "spaces"
	case '\'':
		return "apostrophes"
	}
	return fmt.Sprintf("%q", string(sign))
}

// tellRounded says that a double cannot hold what is written.
func (c *column) tellRounded(d *decision) {
	if d.kind != frame.Number {
		return
	}
	t, count := c.first(func(cl class) bool {
		if cl.kind != numeric {
			return false
		}
		return cl.flags&manyDigits != 0 || cl.flags&inexact != 0 && !d.fractional(cl)
	})
	if count > 0 {
		d.say("%s rounded to what a double can hold, first on line %d: %q", cells(count), t.line, t.text)
	}
}

// fractional reports whether cells of a class have a decimal sign.
func (d *decision) fractional(cl class) bool {
	if cl.flags&hasExponent != 0 {
		return true
	}
	if d.decimal == ',' {
		return cl.flags&hasComma != 0
	}
	return cl.flags&hasPoint != 0
}
