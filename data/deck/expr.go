package deck

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/vega/js"
)

var (
	nan      = math.NaN()
	infinity = math.Inf(1)
)

// maxNesting bounds how deep the parts of an expression stand in each other.
const maxNesting = 100

// expr is a compiled expression of an accessor. It returns a value of package
// js, and panics with a throw where JavaScript throws.
type expr func(row any) any

// throw is an exception of JavaScript: the row has no value.
type throw struct{}

// call evaluates an expression for a row; one that throws is null.
func (e expr) call(row any) (v any) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(throw); !ok {
				panic(r)
			}
			v = nil
		}
	}()
	return e(row)
}

// compile reads the text behind "@@=". The language is that of jsep 0.3 as
// deck.gl evaluates it: JavaScript's operators, lists and members of the row,
// no calls.
func compile(text string) (expr, error) {
	if text == "-" {
		return func(row any) any { return row }, nil
	}
	p := &exprParser{text: text}
	if err := p.scan(); err != nil {
		return nil, err
	}
	e, err := p.ternary(0)
	if err != nil {
		return nil, err
	}
	if p.at < len(p.tokens) {
		if t := p.tokens[p.at]; t.kind == tokenOp && t.text != "," && t.text != ";" {
			return nil, fmt.Errorf("%q is not expected", t.text)
		}
		e = constantly(js.Undefined) // several expressions have no value
	}
	return fieldOr(strings.TrimSpace(text), e), nil
}

// fieldOr is a field whose name is the whole text, or else an expression.
func fieldOr(name string, e expr) expr {
	return func(row any) any {
		if o, ok := row.(*js.Object); ok {
			if v, ok := o.Values[name]; ok {
				return v
			}
		}
		return e(row)
	}
}

type tokenKind int

const (
	tokenName tokenKind = iota
	tokenNumber
	tokenText
	tokenOp
)

type token struct {
	kind   tokenKind
	text   string
	number float64
}

type exprParser struct {
	text   string
	tokens []token
	at     int
}

// operators are tried in this order: the longer ones first.
var operators = strings.Fields("=== !== >>> == != <= >= && || << >> + - * / % < > ! ~ & | ^ ? : ( ) [ ] . , ;")

func (p *exprParser) scan() error {
	for s := p.text; s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsSpace(r):
			s = s[n:]
		case r >= '0' && r <= '9' || r == '.' && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
			end := numberEnd(s)
			f, err := strconv.ParseFloat(s[:end], 64)
			if err != nil && !math.IsInf(f, 0) || end < len(s) && isName(rune(s[end])) {
				return fmt.Errorf("%.20q is no number", s)
			}
			p.tokens = append(p.tokens, token{tokenNumber, s[:end], f})
			s = s[end:]
		case r == '"' || r == '\'':
			text, rest, ok := quoted(s)
			if !ok {
				return fmt.Errorf("the text %.20s has no end", s)
			}
			p.tokens = append(p.tokens, token{kind: tokenText, text: text})
			s = rest
		case isName(r):
			end := strings.IndexFunc(s, func(r rune) bool { return !isName(r) && !unicode.IsDigit(r) })
			if end < 0 {
				end = len(s)
			}
			p.tokens = append(p.tokens, token{kind: tokenName, text: s[:end]})
			s = s[end:]
		default:
			op := ""
			for _, o := range operators {
				if strings.HasPrefix(s, o) {
					op = o
					break
				}
			}
			if op == "" || strings.HasPrefix(s, "**") || strings.HasPrefix(s, "??") || strings.HasPrefix(s, "?.") && (len(s) < 3 || s[2] < '0' || s[2] > '9') || strings.HasPrefix(s, "=>") {
				return fmt.Errorf("%q is not supported", string(r))
			}
			p.tokens = append(p.tokens, token{kind: tokenOp, text: op})
			s = s[len(op):]
		}
	}
	return nil
}

func isName(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '$' || r > 127 }

func numberEnd(s string) int {
	i := 0
	digits := func() {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
	}
	if digits(); i < len(s) && s[i] == '.' {
		i++
		digits()
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		mark := i
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if from := i; true {
			if digits(); i == from {
				i = mark
			}
		}
	}
	return i
}

func quoted(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case s[0]:
			return b.String(), s[i+1:], true
		case '\\':
			if i++; i == len(s) {
				return "", "", false
			}
			if k := strings.IndexByte("nrtbfv", s[i]); k >= 0 {
				b.WriteByte("\n\r\t\b\f\v"[k])
			} else {
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// op takes an operator that comes next.
func (p *exprParser) op(text string) bool {
	if p.at < len(p.tokens) && p.tokens[p.at].kind == tokenOp && p.tokens[p.at].text == text {
		p.at++
		return true
	}
	return false
}

func (p *exprParser) ternary(depth int) (expr, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("it has more than %d levels", maxNesting)
	}
	test, err := p.binary(0, depth)
	if err != nil || !p.op("?") {
		return test, err
	}
	yes, err := p.ternary(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.op(":") {
		return nil, fmt.Errorf("? needs a colon and a second value")
	}
	no, err := p.ternary(depth + 1)
	return func(row any) any {
		if js.Bool(test(row)) {
			return yes(row)
		}
		return no(row)
	}, err
}

// binding says how strongly an operator binds its operands.
var binding = map[string]int{
	"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "===": 6, "!==": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
	"<<": 8, ">>": 8, ">>>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
}

func (p *exprParser) binary(least, depth int) (expr, error) {
	left, err := p.unary(depth)
	for err == nil && p.at < len(p.tokens) {
		t := p.tokens[p.at]
		b := binding[t.text]
		if t.kind != tokenOp || b == 0 || b <= least {
			break
		}
		p.at++
		var right expr
		if right, err = p.binary(b, depth+1); err == nil {
			left = infix(t.text, left, right)
		}
	}
	return left, err
}

func infix(op string, a, b expr) expr {
	switch op {
	case "||":
		return func(row any) any {
			if v := a(row); js.Bool(v) {
				return v
			}
			return b(row)
		}
	case "&&":
		return func(row any) any {
			if v := a(row); !js.Bool(v) {
				return v
			}
			return b(row)
		}
	}
	apply := operations[op]
	return func(row any) any { return apply(a(row), b(row)) }
}

// operations are the operators that look at both of their operands.
var operations = map[string]func(a, b any) any{
	"+":   add,
	"-":   func(a, b any) any { return js.Number(a) - js.Number(b) },
	"*":   func(a, b any) any { return js.Number(a) * js.Number(b) },
	"/":   func(a, b any) any { return js.Number(a) / js.Number(b) },
	"%":   func(a, b any) any { return math.Mod(js.Number(a), js.Number(b)) },
	"==":  func(a, b any) any { return js.Equal(a, b) },
	"!=":  func(a, b any) any { return !js.Equal(a, b) },
	"===": func(a, b any) any { return js.StrictEqual(a, b) },
	"!==": func(a, b any) any { return !js.StrictEqual(a, b) },
	"<":   func(a, b any) any { less, ok := js.Less(a, b); return ok && less },
	">":   func(a, b any) any { less, ok := js.Less(b, a); return ok && less },
	"<=":  func(a, b any) any { less, ok := js.Less(b, a); return ok && !less },
	">=":  func(a, b any) any { less, ok := js.Less(a, b); return ok && !less },
	"&":   func(a, b any) any { return float64(int32Of(a) & int32Of(b)) },
	"|":   func(a, b any) any { return float64(int32Of(a) | int32Of(b)) },
	"^":   func(a, b any) any { return float64(int32Of(a) ^ int32Of(b)) },
	"<<":  func(a, b any) any { return float64(int32Of(a) << (uint32(int32Of(b)) & 31)) },
	">>":  func(a, b any) any { return float64(int32Of(a) >> (uint32(int32Of(b)) & 31)) },
	">>>": func(a, b any) any { return float64(uint32(int32Of(a)) >> (uint32(int32Of(b)) & 31)) },
}

// add is JavaScript's +: it joins texts, and lists and objects as texts.
func add(a, b any) any {
	if texts(a) || texts(b) {
		return js.String(a) + js.String(b)
	}
	return js.Number(a) + js.Number(b)
}

func texts(v any) bool {
	switch v.(type) {
	case string, []any, *js.Object:
		return true
	}
	return false
}

// int32Of is ToInt32.
func int32Of(v any) int32 {
	f := js.Number(v)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return int32(uint32(int64(math.Mod(math.Trunc(f), 1<<32))))
}

func (p *exprParser) unary(depth int) (expr, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("it has more than %d levels", maxNesting)
	}
	for _, op := range [4]string{"!", "-", "+", "~"} {
		if !p.op(op) {
			continue
		}
		e, err := p.unary(depth + 1)
		if err != nil {
			return nil, err
		}
		switch op {
		case "!":
			return func(row any) any { return !js.Bool(e(row)) }, nil
		case "-":
			return func(row any) any { return -js.Number(e(row)) }, nil
		case "+":
			return func(row any) any { return js.Number(e(row)) }, nil
		}
		return func(row any) any { return float64(^int32Of(e(row))) }, nil
	}
	return p.member(depth)
}

// member reads a value and the members that are asked of it.
func (p *exprParser) member(depth int) (expr, error) {
	e, alone, err := p.primary(depth)
	for err == nil {
		switch {
		case p.op("("):
			return nil, fmt.Errorf("function calls are not allowed")
		case p.op("."):
			if p.at >= len(p.tokens) || p.tokens[p.at].kind != tokenName {
				return nil, fmt.Errorf("a name is missing behind a dot")
			}
			name := p.tokens[p.at].text
			p.at++
			e = memberOf(e, func(any) any { return name }, alone && p.path())
		case p.op("["):
			var index expr
			if index, err = p.ternary(depth + 1); err != nil {
				return nil, err
			}
			if !p.op("]") {
				return nil, fmt.Errorf("a ] is missing")
			}
			e = memberOf(e, index, alone && p.path())
		default:
			return e, nil
		}
	}
	return e, err
}

// path reports whether the whole expression is one path of members: then a link
// that is missing makes it undefined, and does not throw.
func (p *exprParser) path() bool {
	for _, t := range p.tokens {
		if t.kind == tokenOp && t.text != "." && t.text != "[" && t.text != "]" {
			return false
		}
	}
	return true
}

func memberOf(of, name expr, lenient bool) expr {
	return func(row any) any {
		v, key := of(row), name(row)
		switch v := v.(type) {
		case *js.Object:
			return v.Get(js.String(key))
		case []any:
			if k, ok := key.(float64); ok && k >= 0 && k < float64(len(v)) && k == math.Trunc(k) {
				return v[int(k)]
			}
			if js.String(key) == "length" {
				return float64(len(v))
			}
		case string:
			if js.String(key) == "length" {
				return float64(len([]rune(v)))
			}
			if k, ok := key.(float64); ok && k >= 0 && k < float64(len([]rune(v))) && k == math.Trunc(k) {
				return string([]rune(v)[int(k)])
			}
		case nil:
			if !lenient {
				panic(throw{})
			}
		default:
			if v == js.Undefined && !lenient {
				panic(throw{})
			}
		}
		return js.Undefined
	}
}

// primary reads a literal, a name, a list or what stands in parentheses. Alone
// tells that it is a name.
func (p *exprParser) primary(depth int) (e expr, alone bool, err error) {
	if p.at >= len(p.tokens) {
		return nil, false, fmt.Errorf("it ends too early")
	}
	t := p.tokens[p.at]
	p.at++
	switch {
	case t.kind == tokenNumber:
		return func(any) any { return t.number }, false, nil
	case t.kind == tokenText:
		return func(any) any { return t.text }, false, nil
	case t.kind == tokenName:
		return name(t.text), true, nil
	case t.text == "(":
		if e, err = p.ternary(depth + 1); err == nil && !p.op(")") {
			err = fmt.Errorf("a ) is missing")
		}
		return e, false, err
	case t.text == "[":
		e, err = p.array(depth)
		return e, false, err
	}
	return nil, false, fmt.Errorf("%q is not expected", t.text)
}

// name is a literal, or a field of the row.
func name(word string) expr {
	switch word {
	case "true":
		return func(any) any { return true }
	case "false":
		return func(any) any { return false }
	case "null":
		return func(any) any { return nil }
	case "this":
		return func(row any) any { return row }
	}
	return func(row any) any {
		if o, ok := row.(*js.Object); ok {
			return o.Get(word)
		}
		if l, ok := row.([]any); ok && word == "length" {
			return float64(len(l))
		}
		return js.Undefined
	}
}

func (p *exprParser) array(depth int) (expr, error) {
	var items []expr
	for first := true; !p.op("]"); first = false {
		if !first && !p.op(",") {
			return nil, fmt.Errorf("a ] is missing")
		}
		e, err := p.ternary(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, e)
	}
	return func(row any) any {
		out := make([]any, len(items))
		for i, e := range items {
			out[i] = e(row)
		}
		return out
	}, nil
}
