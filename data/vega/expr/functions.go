package expr

import (
	"math"
	"sync"

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
