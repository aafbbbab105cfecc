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
	return p.body(h)
}

// head is the column and the operator of a condition.
type head struct {
	column int // -1 = there is none of that name
	name   string
	op     Op  // "" = a range
	end    int // of the operator
}

// head reads a column and an operator.
func (p *parser) head(at int) (h head, ok bool) {
	known, found := p.heads[at]
	if !found {
		if h, ok := p.readHead(at); ok {
			known = &h
		}
		p.heads[at] = known
	}
	if known == nil {
		return h, false
	}
	return *known, true
}

// readHead reads a column and an operator. Behind an unknown name only a sign is
// an operator: words may be any text.
func (p *parser) readHead(at int) (h head, ok bool) {
	if at < len(p.text) && p.text[at] == '"' {
		name, end, ok := unquote(p.text, at)
		if !ok {
			return h, false
		}
		h = head{column: p.named(name), name: name}
		h.op, h.end, ok = p.operator(end)
		return h, ok && (h.column >= 0 || signOf[h.op] != "")
	}
	for _, exact := range []bool{true, false} {
		if h, ok := p.known(at, exact); ok {
			return h, true
		}
	}
	end := p.sign(at)
	name := strings.TrimSpace(p.text[at:end])
	if name == "" || end == len(p.text) {
		return h, false
	}
	h = head{column: p.abbreviated(name), name: name}
	h.op, h.end, ok = p.operator(end)
	return h, ok
}

// known reads the longest name of a column that stands at a place and is
// followed by an operator.
func (p *parser) known(at int, exact bool) (best head, ok bool) {
	rest := p.text[at:]
	for i, c := range p.columns {
		n := len(c.Name)
		if n == 0 || n > len(rest) || ok && n <= len(best.name) ||
			rest[:n] != c.Name && (exact || !strings.EqualFold(rest[:n], c.Name)) || odd(c.Name) {
			continue
		}
		op, end, found := p.operator(at + n)
		if found {
			best, ok = head{column: i, name: c.Name, op: op, end: end}, true
		}
	}
	return best, ok
}

// odd reports whether a name holds what ends a name, so that it needs quotes.
func odd(name string) bool {
	return strings.ContainsAny(name, lineSigns+`",`) || strings.Contains(name, "..") ||
		slices.ContainsFunc(strings.Fields(name), func(w string) bool { return words[strings.ToLower(w)] })
}

// named is the column of a name, in any case if that is only one, or -1.
func (p *parser) named(name string) int {
	return p.only(func(c string) bool { return c == name }, func(c string) bool { return strings.EqualFold(c, name) })
}

// abbreviated is the column that a name is, or that alone begins so, or -1.
func (p *parser) abbreviated(name string) int {
	if at := p.named(name); at >= 0 {
		return at
	}
	return p.only(func(c string) bool { return len(c) > len(name) && strings.EqualFold(c[:len(name)], name) })
}

// only is the one column that fits the first test that any fits, or -1.
func (p *parser) only(tests ...func(name string) bool) int {
	for _, test := range tests {
		found, n := -1, 0
		for i, c := range p.columns {
			if test(c.Name) {
				found = i
				n++
			}
		}
		if n == 1 {
			return found
		}
	}
	return -1
}

// sign is the place of the first sign of an operator, before the next "and".
func (p *parser) sign(at int) int {
	for i := at; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '=' || c == '<' || c == '>' || c == '~':
			return i
		case c == '!' && i+1 < len(p.text) && (p.text[i+1] == '=' || p.text[i+1] == '~'):
			return i
		case c == '"' || c == ',':
			return len(p.text)
		case c == ' ':
			if _, ok := p.word(i+1, "and"); ok {
				return len(p.text)
			}
		}
	}
	return len(p.text)
}

// operators are the signs, the longer ones first.
var operators = []struct {
	sign string
	op   Op
}{{"!=", Ne}, {"<=", Le}, {">=", Ge}, {"!~", NotContains}, {"==", Eq}, {"=", Eq}, {"<", Lt}, {">", Gt}, {"~", Contains}}

// operator reads the operator behind a name. Its end is where its values begin.
func (p *parser) operator(at int) (op Op, end int, ok bool) {
	from := p.skip(at)
	for _, o := range operators {
		if strings.HasPrefix(p.text[from:], o.sign) {
			return o.op, from + len(o.sign), true
		}
	}
	quotedName := at > 0 && p.text[at-1] == '"'
	if from == at && !quotedName {
		return "", 0, false // the name goes on
	}
	if end, ok := p.word(from, "in"); ok {
		return In, end, true
	}
	if end, ok := p.word(from, "not"); ok {
		end, ok = p.word(p.skip(end), "in")
		return NotIn, end, ok
	}
	if end, ok := p.word(from, "empty"); ok && p.ends(p.skip(end)) {
		return IsNull, end, true
	}
	if end, ok := p.word(from, "filled"); ok && p.ends(p.skip(end)) {
		return IsFilled, end, true
	}
	if at, _ := p.points(from); at >= 0 {
		return "", from, true
	}
	return "", 0, false
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
