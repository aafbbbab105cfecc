package expr

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The limits of one expression.
const (
	maxLength = 64 << 10
	maxDepth  = 200
)

// SyntaxError says what is wrong with an expression, and at which byte.
type SyntaxError struct {
	Text string
	At   int
	What string
}

// Error names the place in the expression.
func (e *SyntaxError) Error() string {
	near := e.Text[min(e.At, len(e.Text)):]
	if len(near) > 20 {
		near = near[:20] + "…"
	}
	if near == "" {
		return fmt.Sprintf("%s at its end", e.What)
	}
	return fmt.Sprintf("%s at %q", e.What, near)
}

// token is one word or sign.
type token struct {
	kind  byte // 'n' number, 's' string, 'i' identifier, 'p' punctuation, 'r' regular expression, 0 the end
	text  string
	value any
	at    int
}

// parser reads by precedence climbing. It panics with *SyntaxError; Parse
// recovers.
type parser struct {
	text  string
	at    int
	tok   token
	depth int
}

func (p *parser) fail(format string, args ...any) {
	panic(&SyntaxError{p.text, p.tok.at, fmt.Sprintf(format, args...)})
}

// signs in the order in which they are tried: the longest first.
var signs = strings.Fields("=== !== >>> << >> <= >= == != && || ?? ** + - * / % < > ! ~ & | ^ ? : ( ) [ ] { } , .")

// next reads the next token. Where a value may stand, a slash begins a
// regular expression.
func (p *parser) next(value bool) {
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) && r != '\ufeff' {
			break
		}
		p.at += size
	}
	p.tok = token{at: p.at}
	if p.at == len(p.text) {
		return
	}
	rest := p.text[p.at:]
	switch c := rest[0]; {
	case c == '"' || c == '\'':
		p.tok.kind, p.tok.value = 's', p.quoted(c)
	case c >= '0' && c <= '9' || c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		p.number(rest)
	case identStart(rest):
		n := 0
		for n < len(rest) {
			r, size := utf8.DecodeRuneInString(rest[n:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$' {
				break
			}
			n += size
		}
		p.tok.kind, p.tok.text = 'i', rest[:n]
		p.at += n
	case c == '/' && value:
		p.regexp(rest)
	default:
		for _, s := range signs {
			if strings.HasPrefix(rest, s) {
				p.tok.kind, p.tok.text = 'p', s
				p.at += len(s)
				return
			}
		}
		p.fail("a sign that has no meaning here")
	}
}

func identStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || r == '_' || r == '$'
}

func (p *parser) number(rest string) {
	n := 0
	if len(rest) > 2 && rest[0] == '0' && strings.ContainsRune("xXoObB", rune(rest[1])) {
		n = 2
		for n < len(rest) && strings.IndexByte("0123456789abcdefABCDEF", rest[n]) >= 0 {
			n++
		}
	} else {
		digits := func() {
			for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
				n++
			}
		}
		digits()
		if n < len(rest) && rest[n] == '.' {
			n++
			digits()
		}
		if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E') {
			before := n
			n++
			if n < len(rest) && (rest[n] == '+' || rest[n] == '-') {
				n++
			}
			from := n
			if digits(); n == from {
				n = before
			}
		}
	}
	f := js.Number(rest[:n])
	if f != f || n < len(rest) && identStart(rest[n:]) {
		p.fail("a number that cannot be read")
	}
	p.tok.kind, p.tok.value = 'n', f
	p.at += n
}

func (p *parser) quoted(quote byte) string {
	var b strings.Builder
	i := p.at + 1
	for i < len(p.text) {
		c := p.text[i]
		switch {
		case c == quote:
			p.at = i + 1
			return b.String()
		case c == '\n':
			p.fail("text without its closing quote")
		case c != '\\' || i+1 == len(p.text):
			b.WriteByte(c)
			i++
		default:
			i += p.escape(&b, p.text[i+1:]) + 1
		}
	}
	p.fail("text without its closing quote")
	return ""
}

// escape writes what an escape sequence stands for, and returns its length
// without the backslash.
func (p *parser) escape(b *strings.Builder, s string) int {
	hex := func(from, n int) (rune, bool) {
		if len(s) < from+n {
			return 0, false
		}
		v, err := strconv.ParseUint(s[from:from+n], 16, 32)
		return rune(v), err == nil
	}
	if plain := strings.IndexByte("nrtbfv0", s[0]); plain >= 0 {
		b.WriteByte("\n\r\t\b\f\v\x00"[plain])
		return 1
	}
	switch s[0] {
	case 'u':
		if r, ok := hex(1, 4); ok {
			b.WriteRune(r)
			return 5
		}
		if end := strings.IndexByte(s, '}'); end > 2 && s[1] == '{' {
			if r, ok := hex(2, end-2); ok {
				b.WriteRune(r)
				return end + 1
			}
		}
	case 'x':
		if r, ok := hex(1, 2); ok {
			b.WriteRune(r)
			return 3
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	b.WriteRune(r)
	return size
}

func (p *parser) regexp(rest string) {
	class := false
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if class {
				continue
			}
			flags := i + 1
			for flags < len(rest) && rest[flags] >= 'a' && rest[flags] <= 'z' {
				flags++
			}
			re, err := compileRegexp(rest[1:i], rest[i+1:flags])
			if err != nil {
				p.fail("a regular expression that is not supported (%v)", err)
			}
			p.tok.kind, p.tok.value = 'r', re
			p.at += flags
			return
		}
	}
	p.fail("a regular expression without its end")
}

// is reports whether the token is this sign.
func (p *parser) is(sign string) bool { return p.tok.kind == 'p' && p.tok.text == sign }

// take reads on if the token is this sign, and reports whether it was.
func (p *parser) take(sign string) bool {
	if p.is(sign) {
		p.next(sign != ")" && sign != "]" && sign != "}")
		return true
	}
	return false
}

func (p *parser) expect(sign string) {
	if !p.take(sign) {
		p.fail("%q is missing", sign)
	}
}

// expression reads a conditional expression.
func (p *parser) expression() node {
	if p.depth++; p.depth > maxDepth {
		p.fail("more than %d expressions in one another", maxDepth)
	}
	defer func() { p.depth-- }()
	test := p.binary(0)
	if !p.take("?") {
		return test
	}
	yes := p.expression()
	p.expect(":")
	return conditional{test, yes, p.expression()}
}

// precedence of the binary operators, from JavaScript's grammar.
var precedence = map[string]int{
	"??": 1, "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "===": 6, "!==": 6,
	"<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8, ">>>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10, "**": 11,
}

func (p *parser) binary(least int) node {
	left := p.unary()
	for p.tok.kind == 'p' {
		op, level := p.tok.text, precedence[p.tok.text]
		if level == 0 || level <= least {
			break
		}
		p.next(true)
		if op == "**" {
			level--
		}
		right := p.binary(level)
		left = newBinary(op, left, right)
	}
	return left
}

func (p *parser) unary() node {
	for _, op := range []string{"!", "-", "+", "~"} {
		if p.is(op) {
			if p.depth++; p.depth > maxDepth {
				p.fail("more than %d expressions in one another", maxDepth)
			}
			defer func() { p.depth-- }()
			p.next(true)
			return unary{op, p.unary()}
		}
	}
	return p.postfix(p.primary())
}

func (p *parser) postfix(n node) node {
	for {
		switch {
		case p.take("."):
			if p.tok.kind != 'i' {
				p.fail("a name is missing")
			}
			n = member{n, literal{p.tok.text}}
			p.next(false)
		case p.take("["):
			n = member{n, p.expression()}
			p.expect("]")
		case p.is("("):
			name, ok := n.(identifier)
			if !ok {
				p.fail("only named functions can be called")
			}
			p.next(true)
			n = p.call(string(name))
		default:
			return n
		}
	}
}

func (p *parser) call(name string) node {
	f, ok := functions()[name]
	if !ok {
		p.fail("the function %s is not supported", name)
	}
	args := p.list(")")
	if name == "if" && len(args) != 3 {
		p.fail("if takes three arguments")
	}
	return call{name, f, args}
}

func (p *parser) list(end string) (all []node) {
	for !p.take(end) {
		if len(all) > 0 {
			p.expect(",")
		}
		all = append(all, p.expression())
	}
	return all
}

var constants = map[string]any{"true": true, "false": false, "null": nil, "undefined": js.Undefined}

func (p *parser) primary() node {
	tok := p.tok
	switch tok.kind {
	case 'n', 's', 'r':
		p.next(false)
		return literal{tok.value}
	case 'i':
		p.next(false)
		if v, ok := constants[tok.text]; ok {
			return literal{v}
		}
		if v, ok := mathConstants[tok.text]; ok {
			return literal{v}
		}
		return identifier(tok.text)
	}
	switch {
	case p.take("("):
		n := p.expression()
		p.expect(")")
		return n
	case p.take("["):
		return list(p.list("]"))
	case p.take("{"):
		return p.object()
	case tok.kind == 0:
		p.fail("a value is missing")
	}
	p.fail("a value is missing before")
	return nil
}

func (p *parser) object() node {
	var o object
	for !p.take("}") {
		if len(o.keys) > 0 {
			p.expect(",")
		}
		switch p.tok.kind {
		case 'i':
			o.keys = append(o.keys, p.tok.text)
		case 's', 'n':
			o.keys = append(o.keys, js.String(p.tok.value))
		default:
			p.fail("a name is missing")
		}
		p.next(false)
		p.expect(":")
		o.values = append(o.values, p.expression())
	}
	return o
}
