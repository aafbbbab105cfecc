package expr

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

type function func(e *Env, args []any) any

// mathConstants are names that have a value everywhere.
var mathConstants = map[string]any{
	"E": math.E, "PI": math.Pi, "LN2": math.Ln2, "LN10": math.Ln10, "LOG2E": math.Log2E, "LOG10E": math.Log10E,
	"SQRT2": math.Sqrt2, "SQRT1_2": math.Sqrt2 / 2, "NaN": math.NaN(), "Infinity": math.Inf(1),
	"MAX_VALUE": math.MaxFloat64, "MIN_VALUE": math.SmallestNonzeroFloat64,
}

// functions are those that can be called.
var functions = sync.OnceValue(func() map[string]function {
	all := map[string]function{"if": nil}
	for _, some := range []map[string]function{mathFunctions, textFunctions, typeFunctions, dateFunctions(), listFunctions} {
		for name, f := range some {
			all[name] = f
		}
	}
	return all
})

// arg returns an argument, Undefined where there is none.
func arg(args []any, i int) any {
	if i < len(args) {
		return args[i]
	}
	return js.Undefined
}

func number(args []any, i int) float64 { return js.Number(arg(args, i)) }

// or returns a number, or another where there is none.
func or(args []any, i int, other float64) float64 {
	if i < len(args) {
		return js.Number(args[i])
	}
	return other
}

func one(f func(float64) float64) function {
	return func(_ *Env, args []any) any { return f(number(args, 0)) }
}

var mathFunctions = map[string]function{
	"abs": one(math.Abs), "acos": one(math.Acos), "asin": one(math.Asin), "atan": one(math.Atan), "ceil": one(math.Ceil),
	"cos": one(math.Cos), "exp": one(math.Exp), "floor": one(math.Floor), "log": one(math.Log), "sin": one(math.Sin),
	"sqrt": one(math.Sqrt), "tan": one(math.Tan),
	"round": one(func(v float64) float64 { return math.Floor(v + 0.5) }),
	"atan2": func(_ *Env, a []any) any { return math.Atan2(number(a, 0), number(a, 1)) },
	"pow":   func(_ *Env, a []any) any { return math.Pow(number(a, 0), number(a, 1)) },
	"hypot": func(_ *Env, a []any) any { return math.Hypot(number(a, 0), number(a, 1)) },
	"max":   extreme(math.Inf(-1), func(a, b float64) bool { return a > b }),
	"min":   extreme(math.Inf(1), func(a, b float64) bool { return a < b }),
	"clamp": func(_ *Env, a []any) any { return max(number(a, 1), min(number(a, 2), number(a, 0))) },
	"quantileNormal": func(_ *Env, a []any) any {
		return or(a, 1, 0) + or(a, 2, 1)*math.Sqrt2*math.Erfinv(2*number(a, 0)-1)
	},
	"cumulativeNormal": func(_ *Env, a []any) any {
		return 0.5 * math.Erfc(-(number(a, 0)-or(a, 1, 0))/(or(a, 2, 1)*math.Sqrt2))
	},
	"densityNormal": func(_ *Env, a []any) any {
		z := (number(a, 0) - or(a, 1, 0)) / or(a, 2, 1)
		return math.Exp(-z*z/2) / (or(a, 2, 1) * math.Sqrt(2*math.Pi))
	},
	"quantileUniform": func(_ *Env, a []any) any {
		low, high := or(a, 1, 0), or(a, 2, 1)
		if len(a) == 2 {
			low, high = 0, low
		}
		return low + number(a, 0)*(high-low)
	},
}

func extreme(start float64, better func(a, b float64) bool) function {
	return func(_ *Env, args []any) any {
		best := start
		for i := range args {
			v := number(args, i)
			if v != v {
				return v
			}
			if better(v, best) {
				best = v
			}
		}
		return best
	}
}

func text(args []any, i int) string { return js.String(arg(args, i)) }

func onText(f func(string) any) function {
	return func(_ *Env, args []any) any { return f(text(args, 0)) }
}

var textFunctions = map[string]function{
	"lower":      onText(func(s string) any { return strings.ToLower(s) }),
	"upper":      onText(func(s string) any { return strings.ToUpper(s) }),
	"trim":       onText(func(s string) any { return strings.TrimSpace(s) }),
	"parseFloat": onText(func(s string) any { return leadingNumber(s, false) }),
	"parseInt":   onText(func(s string) any { return leadingNumber(s, true) }),
	"substring": func(_ *Env, a []any) any {
		units := utf16.Encode([]rune(text(a, 0)))
		limit := func(v float64) int {
			if v != v {
				return 0
			}
			return int(max(0, min(v, float64(len(units)))))
		}
		from, to := limit(number(a, 1)), limit(or(a, 2, float64(len(units))))
		return string(utf16.Decode(units[min(from, to):max(from, to)]))
	},
	"slice":       slice,
	"indexof":     func(_ *Env, a []any) any { return find(a, strings.Index, slices.IndexFunc[[]any]) },
	"lastindexof": func(_ *Env, a []any) any { return find(a, strings.LastIndex, lastIndexFunc) },
	"replace": func(_ *Env, a []any) any {
		switch pattern := arg(a, 1).(type) {
		case *js.Regexp:
			done := false
			return pattern.ReplaceAllStringFunc(text(a, 0), func(m string) string {
				if done && !strings.HasPrefix(pattern.Regexp.String(), globalMark) {
					return m
				}
				done = true
				return pattern.ReplaceAllString(m, replacement(text(a, 2)))
			})
		default:
			return strings.Replace(text(a, 0), js.String(pattern), text(a, 2), 1)
		}
	},
	"split": func(_ *Env, a []any) any {
		var all []any
		if re, ok := arg(a, 1).(*js.Regexp); ok {
			for _, part := range re.Split(text(a, 0), -1) {
				all = append(all, part)
			}
			return all
		}
		for part := range strings.SplitSeq(text(a, 0), text(a, 1)) {
			all = append(all, part)
		}
		return all
	},
	"pad": func(_ *Env, a []any) any {
		s, fill := text(a, 0), " "
		if len(a) > 2 {
			fill = text(a, 2)
		}
		n := int(max(0, min(number(a, 1), 10_000))) - len([]rune(s))
		switch more := strings.Repeat(fill, max(0, n)); text(a, 3) {
		case "left":
			return more + s
		case "center":
			return strings.Repeat(fill, max(0, n/2)) + s + strings.Repeat(fill, max(0, n-n/2))
		default:
			return s + more
		}
	},
	"truncate": func(_ *Env, a []any) any {
		s, most := []rune(text(a, 0)), int(max(0, min(number(a, 1), 1e6)))
		if len(s) <= most {
			return string(s)
		}
		return string(s[:max(0, most-1)]) + "…"
	},
	"regexp": func(_ *Env, a []any) any {
		re, err := compileRegexp(text(a, 0), strings.TrimPrefix(text(a, 1), "undefined"))
		if err != nil {
			return js.Undefined
		}
		return re
	},
	"test": func(_ *Env, a []any) any {
		if re, ok := arg(a, 0).(*js.Regexp); ok {
			return re.MatchString(text(a, 1))
		}
		re, err := compileRegexp(text(a, 0), "")
		return err == nil && re.MatchString(text(a, 1))
	},
	"format": func(_ *Env, a []any) any {
		f, err := d3.NewFormat(strings.TrimPrefix(text(a, 1), "undefined"))
		if err != nil {
			return js.Undefined
		}
		return f(number(a, 0))
	},
}

// globalMark begins the pattern of a regular expression with the flag g.
const globalMark = "(?:)"

// compileRegexp reads a regular expression of JavaScript. RE2 has most of it;
// what it lacks (look-around, back references) is an error.
func compileRegexp(pattern, flags string) (*js.Regexp, error) {
	prefix := ""
	for _, f := range flags {
		switch f {
		case 'g':
			prefix = globalMark + prefix
		case 'i', 'm', 's':
			prefix += "(?" + string(f) + ")"
		case 'u':
		default:
			return nil, fmt.Errorf("the flag %c", f)
		}
	}
	re, err := regexp.Compile(prefix + pattern)
	if err != nil {
		return nil, err
	}
	return &js.Regexp{Regexp: re}, nil
}

// replacement writes JavaScript's $1 and $& as Go has them.
func replacement(s string) string {
	s = regexp.MustCompile(`\$(\d)`).ReplaceAllString(s, "$${$1}")
	return strings.ReplaceAll(s, "$&", "${0}")
}

func leadingNumber(s string, whole bool) any {
	pattern := `^\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?|Infinity)`
	if whole {
		pattern = `^\s*[-+]?\d+`
	}
	return js.Number(cmpOr(regexp.MustCompile(pattern).FindString(s), "NaN"))
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func utf16Length(s string) int { return len(utf16.Encode([]rune(s))) }

func slice(_ *Env, a []any) any {
	bounds := func(n int) (int, int) {
		at := func(v float64) int {
			if v < 0 {
				v += float64(n)
			}
			return int(max(0, min(v, float64(n))))
		}
		from, to := at(number(a, 1)), at(or(a, 2, float64(n)))
		return from, max(from, to)
	}
	if l, ok := arg(a, 0).([]any); ok {
		from, to := bounds(len(l))
		return l[from:to]
	}
	units := utf16.Encode([]rune(text(a, 0)))
	from, to := bounds(len(units))
	return string(utf16.Decode(units[from:to]))
}

func lastIndexFunc(l []any, same func(any) bool) int {
	for i := len(l) - 1; i >= 0; i-- {
		if same(l[i]) {
			return i
		}
	}
	return -1
}

func find(a []any, inText func(s, part string) int, inList func([]any, func(any) bool) int) any {
	if l, ok := arg(a, 0).([]any); ok {
		return float64(inList(l, func(v any) bool { return js.StrictEqual(v, arg(a, 1)) }))
	}
	s := text(a, 0)
	i := inText(s, text(a, 1))
	if i < 0 {
		return -1.0
	}
	return float64(utf16Length(s[:i]))
}

func is(test func(any) bool) function {
	return func(_ *Env, args []any) any { return test(arg(args, 0)) }
}

var typeFunctions = map[string]function{
	"isValid":   is(js.IsValid),
	"isNaN":     is(func(v any) bool { f := js.Number(v); return f != f }),
	"isFinite":  is(func(v any) bool { f := js.Number(v); return f == f && !math.IsInf(f, 0) }),
	"isDefined": is(func(v any) bool { return v != js.Undefined }),
	"isArray":   is(func(v any) bool { _, ok := v.([]any); return ok }),
	"isBoolean": is(func(v any) bool { _, ok := v.(bool); return ok }),
	"isDate":    is(func(v any) bool { _, ok := v.(js.Date); return ok }),
	"isNumber":  is(func(v any) bool { _, ok := v.(float64); return ok }),
	"isString":  is(func(v any) bool { _, ok := v.(string); return ok }),
	"isRegExp":  is(func(v any) bool { _, ok := v.(*js.Regexp); return ok }),
	"isObject": is(func(v any) bool {
		switch v.(type) {
		case *js.Object, []any, js.Date, *js.Regexp:
			return true
		}
		return false
	}),
	"toBoolean": func(_ *Env, a []any) any {
		return converted(arg(a, 0), func(v any) any { return v != "false" && v != "0" && js.Bool(v) })
	},
	"toNumber": func(_ *Env, a []any) any { return converted(arg(a, 0), func(v any) any { return js.Number(v) }) },
	"toString": func(_ *Env, a []any) any { return converted(arg(a, 0), func(v any) any { return js.String(v) }) },
	"toDate": func(e *Env, a []any) any {
		return converted(arg(a, 0), func(v any) any { return float64(js.ToDate(v, e.zone())) })
	},
}

// converted converts as vega-util does: what is not there, and empty text, is
// null.
func converted(v any, convert func(any) any) any {
	if v == nil || v == js.Undefined || v == "" {
		return nil
	}
	return convert(v)
}

func (e *Env) zone() *time.Location {
	if e.Zone == nil {
		return time.Local
	}
	return e.Zone
}

// part returns a function that reads a part of a date, and its utc twin.
func part(read func(time.Time) int) (local, utc function) {
	at := func(v any, zone *time.Location) any {
		ms := js.Number(v)
		if s, ok := v.(string); ok {
			ms = float64(js.ToDate(s, zone))
		}
		if ms != ms || math.Abs(ms) > 8.64e15 {
			return math.NaN()
		}
		return float64(read(js.Time(ms, zone)))
	}
	local = func(e *Env, a []any) any { return at(arg(a, 0), e.zone()) }
	utc = func(_ *Env, a []any) any { return at(arg(a, 0), time.UTC) }
	return local, utc
}

// dateFunctions are those of dates, each of them for local time and for UTC.
func dateFunctions() map[string]function {
	all := map[string]function{
		"now": func(e *Env, _ []any) any {
			if e.Now == nil {
				return js.Millis(time.Now())
			}
			return js.Millis(e.Now())
		},
		"time":       func(e *Env, a []any) any { return float64(js.ToDate(arg(a, 0), e.zone())) },
		"datetime":   func(e *Env, a []any) any { return made(a, e.zone()) },
		"utc":        func(_ *Env, a []any) any { return float64(made(a, time.UTC)) },
		"timeFormat": func(e *Env, a []any) any { return formatted(a, e.zone()) },
		"utcFormat":  func(_ *Env, a []any) any { return formatted(a, time.UTC) },
		"timeParse": func(e *Env, a []any) any {
			return js.Date(d3.ParseTime(text(a, 1), text(a, 0), e.zone()))
		},
		"utcParse": func(_ *Env, a []any) any { return js.Date(d3.ParseTime(text(a, 1), text(a, 0), time.UTC)) },
	}
	for name, read := range map[string]func(time.Time) int{
		"year": time.Time.Year, "date": time.Time.Day, "hours": time.Time.Hour, "minutes": time.Time.Minute,
		"seconds": time.Time.Second, "dayofyear": time.Time.YearDay,
		"month":        func(t time.Time) int { return int(t.Month()) - 1 },
		"quarter":      func(t time.Time) int { return (int(t.Month())-1)/3 + 1 },
		"day":          func(t time.Time) int { return int(t.Weekday()) },
		"milliseconds": func(t time.Time) int { return t.Nanosecond() / 1e6 },
		"week":         func(t time.Time) int { return (t.YearDay() + 6 - int(t.Weekday())) / 7 },
	} {
		all[name], all["utc"+name] = part(read)
	}
	return all
}

// made returns the date of JavaScript's year, month from 0, day, and so on.
func made(a []any, zone *time.Location) js.Date {
	if len(a) == 1 {
		return js.ToDate(a[0], zone)
	}
	p := [7]int{0, 0, 1}
	for i := range min(len(a), len(p)) {
		f := number(a, i)
		if f != f || math.Abs(f) > 1e8 {
			return js.Date(math.NaN())
		}
		p[i] = int(f)
	}
	if p[0] >= 0 && p[0] <= 99 {
		p[0] += 1900
	}
	return js.Date(js.Millis(time.Date(p[0], time.Month(p[1]+1), p[2], p[3], p[4], p[5], p[6]*1e6, zone)))
}

func formatted(a []any, zone *time.Location) any {
	ms := number(a, 0)
	if _, isText := arg(a, 0).(string); isText || ms != ms || math.Abs(ms) > 8.64e15 {
		return js.Undefined
	}
	if arg(a, 1) == js.Undefined {
		return d3.TickLabel(ms, zone)
	}
	return d3.FormatTime(text(a, 1), js.Time(ms, zone))
}

var listFunctions = map[string]function{
	"length": func(_ *Env, a []any) any { return Member(arg(a, 0), "length") },
	"join": func(_ *Env, a []any) any {
		l, _ := arg(a, 0).([]any)
		sep := ","
		if len(a) > 1 {
			sep = text(a, 1)
		}
		parts := make([]string, len(l))
		for i, v := range l {
			if v != nil && v != js.Undefined {
				parts[i] = js.String(v)
			}
		}
		return strings.Join(parts, sep)
	},
	"reverse": func(_ *Env, a []any) any {
		l, _ := arg(a, 0).([]any)
		l = slices.Clone(l)
		slices.Reverse(l)
		return l
	},
	"inrange": func(_ *Env, a []any) any {
		l, ok := arg(a, 1).([]any)
		if !ok || len(l) == 0 {
			return false
		}
		return InRange(number(a, 0), l)
	},
	"span": func(_ *Env, a []any) any {
		l, _ := arg(a, 0).([]any)
		if len(l) == 0 {
			return 0.0
		}
		return js.Number(l[len(l)-1]) - js.Number(l[0])
	},
	"extent": func(_ *Env, a []any) any {
		l, _ := arg(a, 0).([]any)
		low, high := math.Inf(1), math.Inf(-1)
		for _, v := range l {
			if js.IsValid(v) {
				low, high = min(low, js.Number(v)), max(high, js.Number(v))
			}
		}
		if low > high {
			return []any{js.Undefined, js.Undefined}
		}
		return []any{low, high}
	},
	"sequence": func(_ *Env, a []any) any {
		start, stop, step := 0.0, number(a, 0), or(a, 2, 1)
		if len(a) > 1 {
			start, stop = number(a, 0), number(a, 1)
		}
		n := math.Ceil((stop - start) / step)
		if !(n > 0) || n > 100_000 {
			return []any{}
		}
		all := make([]any, int(n))
		for i := range all {
			all[i] = start + float64(i)*step
		}
		return all
	},
}

// InRange reports whether a number lies between the ends of a list, which
// count as in it, in either order.
func InRange(v float64, ends []any) bool {
	low, high := js.Number(ends[0]), js.Number(ends[len(ends)-1])
	if high < low {
		low, high = high, low
	}
	return low <= v && v <= high
}
