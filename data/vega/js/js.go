// Package js has JavaScript's values and conversions, as far as a Vega-Lite
// specification can tell: its filters and formulas are JavaScript, its labels
// are JavaScript's texts of numbers, and its sorting is JavaScript's order.
//
// A value is nil (null), [Undefined], bool, float64, string, [Date],
// []any, *[Object] or *[Regexp]. The rules are those of ECMA-262, sections 6
// and 7 (types and abstract operations).
package js

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// undefined is the type of Undefined.
type undefined struct{}

// Undefined is the value of what is not there.
var Undefined any = undefined{}

// Date is a date: milliseconds since 1970-01-01 UTC, NaN if it is none.
type Date float64

// Regexp is a regular expression.
type Regexp struct{ *regexp.Regexp }

// Object is a list of named values in the order in which they were set.
type Object struct {
	Keys   []string
	Values map[string]any
}

// NewObject returns an object without values.
func NewObject() *Object { return &Object{Values: map[string]any{}} }

// Set sets the value of a name.
func (o *Object) Set(key string, v any) {
	if _, ok := o.Values[key]; !ok {
		o.Keys = append(o.Keys, key)
	}
	o.Values[key] = v
}

// Get returns the value of a name, Undefined if there is none.
func (o *Object) Get(key string) any {
	if v, ok := o.Values[key]; ok {
		return v
	}
	return Undefined
}

// Number converts a value as ToNumber does.
func Number(v any) float64 {
	switch v := v.(type) {
	case nil:
		return 0
	case bool:
		if v {
			return 1
		}
		return 0
	case float64:
		return v
	case Date:
		return float64(v)
	case string:
		return parseNumber(v)
	case []any:
		return parseNumber(String(v))
	}
	return math.NaN()
}

// parseNumber converts text as ToNumber does: all of it, or NaN.
func parseNumber(s string) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	switch s {
	case "Infinity", "+Infinity":
		return math.Inf(1)
	case "-Infinity":
		return math.Inf(-1)
	}
	if len(s) > 2 && s[0] == '0' {
		if base := map[byte]int{'x': 16, 'X': 16, 'o': 8, 'O': 8, 'b': 2, 'B': 2}[s[1]]; base > 0 {
			n, err := strconv.ParseUint(s[2:], base, 64)
			if err != nil {
				return math.NaN()
			}
			return float64(n)
		}
	}
	if strings.ContainsAny(s, "xXpP_nNiI") { // what Go reads and JavaScript does not
		return math.NaN()
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN()
	}
	return f
}

// Bool converts a value as ToBoolean does.
func Bool(v any) bool {
	switch v := v.(type) {
	case nil, undefined:
		return false
	case bool:
		return v
	case float64:
		return v != 0 && v == v
	case string:
		return v != ""
	}
	return true
}

// String converts a value as ToString does.
func String(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case undefined:
		return "undefined"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return FormatNumber(v)
	case string:
		return v
	case Date:
		return dateText(v)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			if e != nil && e != Undefined {
				parts[i] = String(e)
			}
		}
		return strings.Join(parts, ",")
	case *Regexp:
		return "/" + v.Regexp.String() + "/"
	}
	return "[object Object]"
}

func dateText(d Date) string {
	if math.IsNaN(float64(d)) {
		return "Invalid Date"
	}
	text := Time(float64(d), time.Local).Format("Mon Jan 02 2006 15:04:05 GMT-0700 (MST)")
	return strings.Replace(text, "(UTC)", "(Coordinated Universal Time)", 1)
}

// FormatNumber writes a number as Number::toString does: the shortest digits
// that read back, with an exponent from 1e21 up and below 1e-6.
func FormatNumber(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0:
		return "0"
	}
	if a := math.Abs(f); a < 1e21 && a >= 1e-6 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	sign, digits := exponent[:1], strings.TrimLeft(exponent[1:], "0")
	return mantissa + "e" + sign + digits
}

// StrictEqual is ===.
func StrictEqual(a, b any) bool {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		return ok && len(a) > 0 && len(b) > 0 && &a[0] == &b[0]
	case Date: // two dates are two objects, but those of data are numbers here
		return float64(a) == Number(b) && isNumeric(b)
	case float64:
		if d, ok := b.(Date); ok {
			return a == float64(d)
		}
	}
	if _, ok := b.([]any); ok {
		return false
	}
	return a == b
}

func isNumeric(v any) bool {
	switch v.(type) {
	case float64, Date:
		return true
	}
	return false
}

// Equal is ==.
func Equal(a, b any) bool {
	none := func(v any) bool { return v == nil || v == Undefined }
	if none(a) || none(b) {
		return none(a) && none(b)
	}
	if x, ok := a.(string); ok {
		if y, ok := b.(string); ok {
			return x == y
		}
	}
	if isObject(a) && isObject(b) {
		return StrictEqual(a, b)
	}
	return Number(a) == Number(b) || isObject(a) != isObject(b) && String(a) == String(b)
}

func isObject(v any) bool {
	switch v.(type) {
	case []any, *Object, *Regexp:
		return true
	}
	return false
}

// Less is <, and reports also whether the two can be compared at all.
func Less(a, b any) (less, ok bool) {
	if x, y, both := texts(a, b); both {
		return x < y, true // by UTF-8 as good as by UTF-16 but for U+E000 to U+FFFF
	}
	x, y := Number(a), Number(b)
	return x < y, x == x && y == y
}

func texts(a, b any) (x, y string, both bool) {
	text := func(v any) (string, bool) {
		switch v := v.(type) {
		case string:
			return v, true
		case []any, *Object:
			return String(v), true
		}
		return "", false
	}
	x, okX := text(a)
	y, okY := text(b)
	return x, y, okX && okY
}

// Compare orders values as ascending of vega-util does: null and undefined
// first, then by <, with NaN before other numbers; dates are numbers.
func Compare(a, b any) int {
	noneA, noneB := a == nil || a == Undefined, b == nil || b == Undefined
	switch {
	case noneA && noneB:
		return 0
	case noneA:
		return -1
	case noneB:
		return 1
	}
	if less, _ := Less(a, b); less {
		return -1
	}
	if more, _ := Less(b, a); more {
		return 1
	}
	switch nanA, nanB := isNaN(a), isNaN(b); {
	case nanA && !nanB:
		return -1
	case nanB && !nanA:
		return 1
	}
	return 0
}

func isNaN(v any) bool { return isNumeric(v) && math.IsNaN(Number(v)) }

// IsValid reports whether a value is neither null nor undefined nor NaN.
func IsValid(v any) bool {
	switch v := v.(type) {
	case nil, undefined:
		return false
	case float64:
		return v == v
	case Date:
		return v == v
	}
	return true
}

// Time returns the time of milliseconds since 1970, in a zone.
func Time(ms float64, zone *time.Location) time.Time {
	whole := math.Floor(ms)
	return time.UnixMilli(int64(whole)).In(zone)
}

// Millis returns the milliseconds since 1970 of a time.
func Millis(t time.Time) float64 { return float64(t.UnixMilli()) }

// GetOr returns the value of a name of an object that may be nil.
func (o *Object) GetOr(key string) any {
	if o == nil {
		return Undefined
	}
	return o.Get(key)
}
