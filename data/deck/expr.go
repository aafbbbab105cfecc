package deck

import (
	"fmt"
	"math"
	"strings"

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

type exprParser struct {
	text   string
	tokens []token
	at     int
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
