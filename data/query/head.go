package query

import (
	"slices"
	"strings"
)

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
