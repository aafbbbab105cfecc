package expr

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

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
