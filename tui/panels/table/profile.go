package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// reading writes a computed number with the digits that mean something.
func reading(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return noValue
	case math.IsInf(v, 0):
		return strconv.FormatFloat(v, 'g', -1, 64)
	case a != 0 && (a < 0.01 || a >= 1e15):
		return strconv.FormatFloat(v, 'g', 5, 64)
	}
	s := chart.Number(v, digitsOf(a))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// digitsOf is how many digits behind the point a number is read with.
func digitsOf(a float64) int {
	switch {
	case a >= 1000:
		return 1
	case a >= 10:
		return 2
	}
	return 4
}

// end writes the least (0) or the greatest (1) value of a column, "" for none.
func end(c *query.Column, i int) string {
	if c.Ends.Len() <= i {
		return ""
	}
	if c.Type.Numeric() {
		return grouped(c.Ends.String(i))
	}
	return c.Ends.String(i)
}

// grouped parts the thousands of a number as it is written.
func grouped(text string) string {
	if strings.ContainsAny(text, "eIN") {
		return text
	}
	sign, rest := "", ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	if at := strings.IndexByte(text, '.'); at >= 0 {
		text, rest = text[:at], text[at:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text + rest
}

// plainEnd is end, without parted thousands where the whole numbers look like
// years.
func plainEnd(c *query.Column, i int) string {
	if c.Type == frame.Integer && c.Ends.Len() > i && c.Ends.Ints[i] >= 1000 && c.Ends.Ints[i] < 3000 {
		return c.Ends.String(i)
	}
	return end(c, i)
}

// span says from where to where a column goes, or how many values it has, in at
// most so many cells.
func span(c *query.Column, width int, dots string) string {
	lo, hi := plainEnd(c, 0), plainEnd(c, 1)
	switch {
	case c.Filled() == 0:
		return "no values"
	case lo == "":
		return distinct(c) + " " + plural(c.Distinct, "value", "values")
	case c.Type == frame.Date || c.Type == frame.Datetime:
		if text := shortDate(lo) + " " + dots + " " + shortDate(hi); len([]rune(text)) <= width {
			return text
		}
		return lasting(c)
	}
	return lo + dots + hi
}

// shortDate is a date or a datetime without its day.
func shortDate(s string) string { return s[:min(len(s), len("2006-01"))] }

// lasting says how long it is from the first to the last date.
func lasting(c *query.Column) string {
	from, _ := c.Ends.Float(0)
	to, _ := c.Ends.Float(1)
	days := (to - from) / 86400
	if c.Type == frame.Date {
		days++ // the last one belongs to it
	}
	switch years := math.Round(days / 365.25); {
	case days >= 700:
		return fmt.Sprintf("%g years", years)
	case days >= 60:
		return fmt.Sprintf("%g months", math.Round(days/30.44))
	case days >= 2:
		return fmt.Sprintf("%g days", math.Round(days))
	}
	return fmt.Sprintf("%g hours", math.Max(math.Round(days*24), 1))
}

func distinct(c *query.Column) string {
	if c.Rough {
		return "≈" + sheet.Thousands(c.Distinct)
	}
	return sheet.Thousands(c.Distinct)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// missing says which share of a column has no value, and how bad that is.
func missing(c *query.Column) sheet.Text {
	share := c.Missing()
	switch {
	case c.Nulls == 0:
		return sheet.Text{String: "·", Tone: sheet.Quiet}
	case share >= 0.5:
		return sheet.Text{String: query.Percent(c.Nulls, c.Rows), Tone: sheet.Bad}
	case share >= 0.01:
		return sheet.Text{String: query.Percent(c.Nulls, c.Rows), Tone: sheet.Warn}
	}
	return sheet.Text{String: query.Percent(c.Nulls, c.Rows)}
}

// total is the sum of a column, exact where it can be, else with the digits that
// the column shows.
func (c *column) total(n *query.Numbers) string {
	if n.Sum.Len() == 0 || n.Sum.IsNull(0) {
		return "out of range"
	}
	v, _ := n.Sum.Float(0)
	switch a := math.Abs(v); {
	case c.format != nil, c.scale != 0:
		return c.number(v)
	case n.Sum.Type == frame.Integer:
		return grouped(n.Sum.String(0))
	case a < 0.01 || a >= 1e9:
		return reading(v)
	}
	return strings.TrimRight(strings.TrimRight(chart.Number(v, max(c.decimals, leastDecimals)), "0"), ".")
}

// number writes a computed number as the column writes its own.
func (c *column) number(v float64) string {
	switch {
	case c.format != nil:
		return clean(c.format(v))
	case c.scale != 0:
		return chart.Number(v, c.decimals)
	}
	return reading(v)
}

// end is the least (0) or the greatest (1) value as the column shows it.
func (c *column) end(known *query.Column, i int) string {
	if v, ok := known.Ends.Float(i); ok && known.Ends.Len() > i && (c.format != nil || c.scale != 0) {
		return c.number(v)
	}
	return end(known, i)
}

// summary is a column in one line: the most wanted first.
func (col *column) summary(c *query.Column) []string {
	var out []string
	switch {
	case c.Filled() == 0:
		return []string{"no values"}
	case c.Numbers != nil && !summed(c):
		out = append(out, distinct(c)+" different", "min "+plainEnd(c, 0), "max "+plainEnd(c, 1))
	case c.Numbers != nil:
		n := c.Numbers
		out = append(out, "sum "+col.total(n), "mean "+col.number(n.Mean), "min "+col.end(c, 0), "max "+col.end(c, 1))
		if n.Infinite > 0 {
			out = append(out, counted(n.Infinite, "infinite value", "infinite values")+" left out")
		}
	case c.Type.Temporal():
		out = append(out, "first "+end(c, 0), "last "+end(c, 1))
	case c.Type == frame.Boolean:
		out = append(out, "true "+query.Percent(c.True, c.Filled()))
	default:
		out = append(out, distinct(c)+" different")
	}
	return append(out, of(c))
}

// of says how many of the rows have a value.
func of(c *query.Column) string {
	if c.Nulls == 0 {
		return counted(c.Rows, "value", "values")
	}
	return sheet.Thousands(c.Filled()) + " of " + counted(c.Rows, "value", "values")
}
