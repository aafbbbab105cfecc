// Package expr reads and evaluates the expressions of Vega-Lite: a part of
// JavaScript without loops, assignments or access to anything but the names
// that it is given. An expression is bounded by its length: each evaluation
// visits each of its parts once at most.
//
// Grammar and functions: https://vega.github.io/vega/docs/expressions/.
package expr

import (
	"math"
	"sort"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Expr is an expression that can be evaluated.
type Expr struct {
	text string
	root node
}

// Env is what an expression sees.
type Env struct {
	// Lookup returns the value of a name such as datum; nil knows none.
	Lookup func(name string) (any, bool)
	// Field returns a value of the datum; it is asked for datum.name and
	// datum["name"], so that a row need not be made an object.
	Field func(name string) any
	// Zone is the zone of local times.
	Zone *time.Location
	// Now is the time of now().
	Now func() time.Time
}

// Parse reads an expression. The error is a *[SyntaxError].
func Parse(text string) (x *Expr, err error) {
	p := &parser{text: text}
	defer func() {
		if r := recover(); r != nil {
			wrong, ok := r.(*SyntaxError)
			if !ok {
				panic(r)
			}
			x, err = nil, wrong
		}
	}()
	if len(text) > maxLength {
		p.fail("an expression of more than %d bytes", maxLength)
	}
	p.next(true)
	root := p.expression()
	if p.tok.kind != 0 {
		p.fail("an operator is missing")
	}
	return &Expr{text, root}, nil
}

// String returns the expression as it was written.
func (x *Expr) String() string { return x.text }

// Eval returns the value of the expression.
func (x *Expr) Eval(e *Env) any { return x.root.eval(e) }

// Names returns the free names of the expression, datum among them.
func (x *Expr) Names() []string {
	seen := map[string]bool{}
	walk(x.root, func(n node) {
		if id, ok := n.(identifier); ok {
			seen[string(id)] = true
		}
	})
	return sorted(seen)
}

// Calls returns the names of the functions that the expression calls.
func (x *Expr) Calls() []string {
	seen := map[string]bool{}
	walk(x.root, func(n node) {
		if c, ok := n.(call); ok {
			seen[c.name] = true
		}
	})
	return sorted(seen)
}

// Fields returns the names of the datum's fields that the expression reads;
// all is true if it may read others, as by datum[name].
func (x *Expr) Fields() (names []string, all bool) {
	seen := map[string]bool{}
	var visit func(n node)
	visit = func(n node) {
		if m, ok := n.(member); ok {
			if id, ok := m.of.(identifier); ok && id == "datum" {
				if key, ok := m.key.(literal); ok {
					seen[js.String(key.value)] = true
				} else {
					all = true
					visit(m.key)
				}
				return
			}
		}
		if n == identifier("datum") {
			all = true
		}
		n.parts(visit)
	}
	visit(x.root)
	return sorted(seen), all
}

func sorted(set map[string]bool) []string {
	all := make([]string, 0, len(set))
	for name := range set {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

// node is a part of an expression.
type node interface {
	eval(*Env) any
	parts(func(node))
}

func walk(n node, visit func(node)) {
	visit(n)
	n.parts(func(part node) { walk(part, visit) })
}

type literal struct{ value any }

func (l literal) eval(*Env) any    { return l.value }
func (l literal) parts(func(node)) {}

type identifier string

func (id identifier) parts(func(node)) {}
func (id identifier) eval(e *Env) any {
	if e.Lookup != nil {
		if v, ok := e.Lookup(string(id)); ok {
			return v
		}
	}
	return js.Undefined
}

type list []node

func (l list) parts(visit func(node)) {
	for _, n := range l {
		visit(n)
	}
}
func (l list) eval(e *Env) any {
	all := make([]any, len(l))
	for i, n := range l {
		all[i] = n.eval(e)
	}
	return all
}

type object struct {
	keys   []string
	values []node
}

func (o object) parts(visit func(node)) { list(o.values).parts(visit) }
func (o object) eval(e *Env) any {
	made := js.NewObject()
	for i, k := range o.keys {
		made.Set(k, o.values[i].eval(e))
	}
	return made
}

type member struct{ of, key node }

func (m member) parts(visit func(node)) { visit(m.of); visit(m.key) }
func (m member) eval(e *Env) any {
	if id, ok := m.of.(identifier); ok && id == "datum" && e.Field != nil {
		return e.Field(js.String(m.key.eval(e)))
	}
	return Member(m.of.eval(e), m.key.eval(e))
}

// Member returns a value of an object, list or text by its name or place,
// Undefined if there is none.
func Member(of, key any) any {
	switch of := of.(type) {
	case *js.Object:
		return of.Get(js.String(key))
	case []any:
		if key == "length" {
			return float64(len(of))
		}
		if i := js.Number(key); i >= 0 && i < float64(len(of)) && i == math.Trunc(i) {
			return of[int(i)]
		}
	case string:
		units := []rune(of)
		if key == "length" {
			return float64(utf16Length(of))
		}
		if i := js.Number(key); i >= 0 && i < float64(len(units)) && i == math.Trunc(i) {
			return string(units[int(i)])
		}
	}
	return js.Undefined
}

type conditional struct{ test, yes, no node }

func (c conditional) parts(visit func(node)) { visit(c.test); visit(c.yes); visit(c.no) }
func (c conditional) eval(e *Env) any {
	if js.Bool(c.test.eval(e)) {
		return c.yes.eval(e)
	}
	return c.no.eval(e)
}

type unary struct {
	op string
	of node
}

func (u unary) parts(visit func(node)) { visit(u.of) }
func (u unary) eval(e *Env) any {
	v := u.of.eval(e)
	switch u.op {
	case "!":
		return !js.Bool(v)
	case "-":
		return -js.Number(v)
	case "~":
		return float64(^toInt32(v))
	}
	return js.Number(v)
}

type binary struct {
	do          func(a, b any) any
	left, right node
}

func (b binary) parts(visit func(node)) { visit(b.left); visit(b.right) }
func (b binary) eval(e *Env) any        { return b.do(b.left.eval(e), b.right.eval(e)) }

// logical is && || ??, which may not look at the right side.
type logical struct {
	op          string
	left, right node
}

func (l logical) parts(visit func(node)) { visit(l.left); visit(l.right) }
func (l logical) eval(e *Env) any {
	left := l.left.eval(e)
	switch l.op {
	case "&&":
		if !js.Bool(left) {
			return left
		}
	case "||":
		if js.Bool(left) {
			return left
		}
	default:
		if left != nil && left != js.Undefined {
			return left
		}
	}
	return l.right.eval(e)
}

type call struct {
	name string
	do   function
	args []node
}

func (c call) parts(visit func(node)) { list(c.args).parts(visit) }
func (c call) eval(e *Env) any {
	if c.name == "if" {
		return conditional{c.args[0], c.args[1], c.args[2]}.eval(e)
	}
	args := make([]any, len(c.args))
	for i, a := range c.args {
		args[i] = a.eval(e)
	}
	return c.do(e, args)
}

func newBinary(op string, left, right node) node {
	switch op {
	case "&&", "||", "??":
		return logical{op, left, right}
	}
	return binary{operators[op], left, right}
}

// operators are the binary operators that look at both sides.
var operators = map[string]func(a, b any) any{
	"+":   add,
	"-":   arithmetic(func(x, y float64) float64 { return x - y }),
	"*":   arithmetic(func(x, y float64) float64 { return x * y }),
	"/":   arithmetic(func(x, y float64) float64 { return x / y }),
	"%":   arithmetic(math.Mod),
	"**":  arithmetic(math.Pow),
	"&":   bits(func(x, y int32) int32 { return x & y }),
	"|":   bits(func(x, y int32) int32 { return x | y }),
	"^":   bits(func(x, y int32) int32 { return x ^ y }),
	"<<":  bits(func(x, y int32) int32 { return x << (uint32(y) & 31) }),
	">>":  bits(func(x, y int32) int32 { return x >> (uint32(y) & 31) }),
	">>>": func(a, b any) any { return float64(uint32(toInt32(a)) >> (uint32(toInt32(b)) & 31)) },
	"==":  func(a, b any) any { return js.Equal(a, b) },
	"!=":  func(a, b any) any { return !js.Equal(a, b) },
	"===": func(a, b any) any { return js.StrictEqual(a, b) },
	"!==": func(a, b any) any { return !js.StrictEqual(a, b) },
	"<":   func(a, b any) any { less, ok := js.Less(a, b); return ok && less },
	">":   func(a, b any) any { more, ok := js.Less(b, a); return ok && more },
	"<=":  func(a, b any) any { more, ok := js.Less(b, a); return ok && !more },
	">=":  func(a, b any) any { less, ok := js.Less(a, b); return ok && !less },
}

func arithmetic(do func(x, y float64) float64) func(a, b any) any {
	return func(a, b any) any { return do(js.Number(a), js.Number(b)) }
}

func bits(do func(x, y int32) int32) func(a, b any) any {
	return func(a, b any) any { return float64(do(toInt32(a), toInt32(b))) }
}

func toInt32(v any) int32 {
	f := js.Number(v)
	if f != f || math.IsInf(f, 0) {
		return 0
	}
	return int32(uint32(int64(math.Mod(math.Trunc(f), 1<<32))))
}

// add is +: text if one side is text, a list or an object.
func add(a, b any) any {
	text := func(v any) bool {
		switch v.(type) {
		case string, []any, *js.Object, *js.Regexp:
			return true
		}
		return false
	}
	if text(a) || text(b) {
		return js.String(a) + js.String(b)
	}
	return js.Number(a) + js.Number(b)
}
