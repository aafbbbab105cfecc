package expr

import (
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

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
