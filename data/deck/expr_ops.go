package deck

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// binding says how strongly an operator binds its operands.
var binding = map[string]int{
	"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "===": 6, "!==": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
	"<<": 8, ">>": 8, ">>>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
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
