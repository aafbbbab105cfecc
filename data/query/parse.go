package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/frame"
)

// maxLine is how long a where line may be, in bytes.
const maxLine = 1 << 15

// SyntaxError is why a text is no where line.
type SyntaxError struct {
	At   int // the place of what is wrong, in characters from 0
	Text string
}

// Error implements error.
func (e *SyntaxError) Error() string { return e.Text }

// Parse reads a where line. Current is the column that a bare value is looked
// for in, -1 for none. A line of spaces is no condition. Errors are
// *SyntaxError.
func Parse(text string, columns []frame.Column, current int) (Where, error) {
	p := &parser{text: text, columns: columns, heads: map[int]*head{}}
	if len(text) > maxLine {
		return nil, p.fail(0, "the line is too long: at most %s characters", thousands(maxLine))
	}
	var w Where
	for at := p.skip(0); at < len(text); {
		c, end, err := p.condition(at, len(w) == 0, current)
		if err != nil {
			return nil, err
		}
		w = append(w, c)
		if at = p.skip(end); at < len(text) {
			at = p.skip(at + len("and"))
		}
	}
	return w, nil
}

type parser struct {
	text    string
	columns []frame.Column
	heads   map[int]*head // those that were looked for, by place; nil = none
}

func (p *parser) fail(at int, format string, args ...any) *SyntaxError {
	return &SyntaxError{utf8.RuneCountInString(p.text[:min(at, len(p.text))]), fmt.Sprintf(format, args...)}
}

// skip is the first place from at on that is no space.
func (p *parser) skip(at int) int {
	for at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += n
	}
	return at
}

// word reports whether a word, in any case, stands at a place, and is followed
// by a space or the end.
func (p *parser) word(at int, word string) (end int, ok bool) {
	end = at + len(word)
	if end > len(p.text) || !strings.EqualFold(p.text[at:end], word) {
		return at, false
	}
	return end, end == len(p.text) || p.skip(end) > end
}

// condition reads the condition at a place, and returns the place of the "and"
// behind it, or the end.
func (p *parser) condition(at int, first bool, current int) (c Condition, end int, err error) {
	if h, ok := p.head(at); ok {
		if h.column < 0 {
			_, err := column(p.columns, h.name)
			return c, 0, p.fail(at, "%s", err)
		}
		return p.body(h)
	}
	if !first {
		return c, 0, p.fail(at, "a condition is missing behind and")
	}
	if current < 0 || current >= len(p.columns) {
		return c, 0, p.fail(at, "say the column: column = value")
	}
	h := head{column: current, name: p.columns[current].Name, op: Contains, end: at}
	for _, o := range operators {
		if strings.HasPrefix(p.text[at:], o.sign) {
			h.op, h.end = o.op, at+len(o.sign)
			break
		}
	}
	return p.body(h)
}

// ends reports whether a condition ends at a place: with the text, or before an
// "and" that another one follows.
func (p *parser) ends(at int) bool {
	if at == len(p.text) {
		return true
	}
	end, ok := p.word(at, "and")
	if !ok {
		return false
	}
	_, ok = p.head(p.skip(end))
	return ok
}

// value reads a value up to one of the stops, or to the end of the condition.
func (p *parser) value(at int, stops ...string) (value string, end int, err error) {
	at = p.skip(at)
	if at < len(p.text) && p.text[at] == '"' {
		value, end, ok := unquote(p.text, at)
		if !ok {
			return "", 0, p.fail(at, `the quote is not closed: write \" for a quote inside`)
		}
		if end = p.skip(end); !p.ends(end) && !p.stops(end, stops) {
			return "", 0, p.fail(end, "and is missing, or the quotes are too many")
		}
		return value, end, nil
	}
	end = p.plainEnd(at, stops)
	return strings.TrimSpace(p.text[at:end]), end, nil
}

func (p *parser) stops(at int, stops []string) bool {
	return slices.ContainsFunc(stops, func(s string) bool { return strings.HasPrefix(p.text[at:], s) })
}

// plainEnd is where a value without quotes ends.
func (p *parser) plainEnd(at int, stops []string) int {
	space := true
	for i, r := range p.text[at:] {
		here := at + i
		if p.stops(here, stops) {
			return here
		}
		if space && !unicode.IsSpace(r) && (r == 'a' || r == 'A') && p.ends(here) {
			return here
		}
		space = unicode.IsSpace(r)
	}
	return len(p.text)
}

// points returns the place of the points of a range between two values, -1 if
// there is none, and the values before and behind them.
func (p *parser) points(at int) (points int, values [2]string) {
	if !strings.Contains(p.text[at:], "..") {
		return -1, values
	}
	low, end, err := p.value(at, "..")
	if err != nil || !p.stops(end, []string{".."}) {
		return -1, values
	}
	high, _, err := p.value(end + len(".."))
	if err != nil || low == "" && high == "" && !strings.Contains(p.text[at:], `"`) {
		return -1, values
	}
	return end, [2]string{low, high}
}

// body reads the values behind an operator.
func (p *parser) body(h head) (c Condition, end int, err error) {
	c = Condition{Field: p.columns[h.column].Name, Op: h.op}
	at := p.skip(h.end)
	switch h.op {
	case IsNull, IsFilled:
		return c, h.end, nil
	case In, NotIn:
		end, err = p.list(&c, at)
	case "", Eq:
		if points, v := p.points(at); points >= 0 && (h.op == "" || v[0] != "" && v[1] != "") {
			end, err = p.spread(&c, points, v)
			break
		}
		fallthrough
	default:
		end, err = p.one(&c, at)
	}
	if err != nil {
		return c, 0, err
	}
	if _, err := compile(c, p.columns[h.column]); err != nil {
		return c, 0, p.fail(at, "%s", err)
	}
	return c, end, nil
}

// one reads one value.
func (p *parser) one(c *Condition, at int) (end int, err error) {
	value, end, err := p.value(at)
	if err == nil && end == at {
		err = p.fail(at, "a value is missing")
	}
	c.Values = []string{value}
	return end, err
}

// list reads values between commas.
func (p *parser) list(c *Condition, at int) (end int, err error) {
	for {
		value, end, err := p.value(at, ",")
		if err != nil {
			return 0, err
		}
		if value == "" && (at >= len(p.text) || p.text[p.skip(at):end] == "") {
			return 0, p.fail(at, "a value is missing")
		}
		c.Values = append(c.Values, value)
		if !p.stops(end, []string{","}) {
			return end, nil
		}
		at = end + 1
	}
}

// spread reads a range, of which one end may be open.
func (p *parser) spread(c *Condition, points int, v [2]string) (end int, err error) {
	_, end, err = p.value(points + len(".."))
	switch {
	case v[0] == "":
		c.Op, c.Values = Le, v[1:]
	case v[1] == "":
		c.Op, c.Values = Ge, v[:1]
	default:
		c.Op, c.Values = Between, v[:]
	}
	return end, err
}
