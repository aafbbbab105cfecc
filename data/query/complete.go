package query

import (
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Completion is one way to go on with a where line.
type Completion struct {
	Label  string // what is put in: the name of a column, an operator, a value
	Rows   int    // how many rows have the value; 0 = it is no value, or not known
	Text   string // the whole line with it
	Cursor int    // where the cursor is then, in bytes
}

// maxCompletions is how many completions there are at most.
const maxCompletions = 50

// Complete returns ways to go on with a where line at a cursor (in bytes): names
// of columns, operators that a column has, or values. Values, which may be nil,
// are the most frequent values of a column.
func Complete(text string, cursor int, columns []frame.Column, values func(column int) []ValueCount) []Completion {
	if len(text) > maxLine || cursor < 0 || cursor > len(text) {
		return nil
	}
	c := &completer{
		parser: parser{text: text[:cursor], columns: columns, heads: map[int]*head{}},
		rest:   text[cursor:], values: values,
	}
	c.line()
	return c.out[:min(len(c.out), maxCompletions)]
}

type completer struct {
	parser
	rest   string // behind the cursor
	values func(column int) []ValueCount
	out    []Completion
}

// line finds the condition that the cursor is in.
func (c *completer) line() {
	at := c.skip(0)
	for {
		h, ok := c.head(at)
		if !ok || h.column < 0 {
			c.names(at)
			return
		}
		end := c.conditionEnd(h)
		if end == len(c.text) {
			c.within(h)
			return
		}
		at = c.skip(c.skip(end) + len("and"))
	}
}

// conditionEnd is the place of the "and" behind a condition, or the end.
func (c *completer) conditionEnd(h head) int {
	switch h.op {
	case IsNull, IsFilled:
		return c.skip(h.end)
	}
	at := h.end
	for {
		_, end, err := c.value(at, ",", "..")
		if err != nil || end == len(c.text) {
			return len(c.text)
		}
		switch {
		case c.stops(end, []string{","}):
			at = end + 1
		case c.stops(end, []string{".."}):
			at = end + 2
		default:
			return end
		}
	}
}

// names offers the names of columns that hold what stands between a place and
// the cursor, those that begin with it first; and behind a whole name operators.
func (c *completer) names(at int) {
	typed := strings.ToLower(strings.Trim(strings.TrimSpace(c.text[at:]), `"`))
	var later []Completion
	for _, col := range c.columns {
		name := strings.ToLower(col.Name)
		if name == typed && typed != "" && (strings.HasSuffix(c.text, " ") || strings.HasSuffix(c.text, `"`)) {
			c.operators(at, col)
			return
		}
		switch {
		case strings.HasPrefix(name, typed):
			c.out = append(c.out, c.put(at, col.Name, quoteName(col.Name)+" "))
		case strings.Contains(name, typed):
			later = append(later, c.put(at, col.Name, quoteName(col.Name)+" "))
		}
	}
	c.out = append(c.out, later...)
}

// operators offers the operators that a column has.
func (c *completer) operators(at int, col frame.Column) {
	signs := []string{"=", "!=", "in", "not in", "~", "!~", "empty", "filled"}
	if col.Type != frame.Boolean && col.Type != frame.JSON {
		signs = slices.Insert(signs, 2, "<", "<=", ">", ">=")
	}
	for _, sign := range signs {
		c.out = append(c.out, c.put(at, sign, quoteName(col.Name)+" "+sign+" "))
	}
}

// within offers values behind an operator, and names where an "and" stands
// before the cursor.
func (c *completer) within(h head) {
	at := c.lastValue(h)
	if h.op != IsNull && h.op != IsFilled && c.values != nil {
		c.offer(h, at)
	}
	fields := strings.Fields(c.text[at:])
	for i := len(fields) - 1; i >= 0; i-- {
		if strings.EqualFold(fields[i], "and") {
			and := strings.LastIndex(c.text, fields[i])
			c.names(c.skip(and + len("and")))
			return
		}
	}
}

// lastValue is where the value that the cursor is in begins.
func (c *completer) lastValue(h head) int {
	at := c.skip(h.end)
	for {
		_, end, err := c.value(at, ",", "..")
		switch {
		case err != nil || end == len(c.text):
			return at
		case c.stops(end, []string{","}) && (h.op == In || h.op == NotIn):
			at = c.skip(end + 1)
		case c.stops(end, []string{".."}):
			at = c.skip(end + 2)
		default:
			return at
		}
	}
}

// offer offers values that hold what stands between a place and the cursor,
// those that begin with it first.
func (c *completer) offer(h head, at int) {
	typed := strings.ToLower(strings.TrimPrefix(c.text[at:], `"`))
	var later []Completion
	for _, v := range c.values(h.column) {
		low := strings.ToLower(v.Value)
		done := c.put(at, v.Value, quoteValue(v.Value))
		done.Rows = v.Rows
		switch {
		case strings.HasPrefix(low, typed):
			c.out = append(c.out, done)
		case strings.Contains(low, typed):
			later = append(later, done)
		}
	}
	c.out = append(c.out, later...)
}

// put is the line with a text from a place up to the cursor.
func (c *completer) put(at int, label, text string) Completion {
	if at > 0 && at == len(c.text) && !strings.HasSuffix(c.text, " ") && !strings.HasSuffix(c.text, "..") {
		text = " " + text // behind an operator or a comma
	}
	line, rest := c.text[:at]+text, c.rest
	if strings.HasSuffix(text, " ") {
		rest = strings.TrimPrefix(rest, " ")
	}
	return Completion{Label: label, Text: line + rest, Cursor: len(line)}
}
