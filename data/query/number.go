package query

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Bounds of a number that people write, so that it can be held exactly.
const (
	maxDigits   = 400
	maxExponent = 400
)

// decimal takes a number apart that is written as a decimal: 12, -3.5, 1e6, with
// a typographic minus or the column's unit at will. It returns the text that
// strconv reads.
func decimal(text, unit string) (string, bool) {
	s := strings.TrimSpace(text)
	s = strings.Replace(s, "\u2212", "-", 1)
	if unit != "" {
		sign := ""
		if rest, ok := strings.CutPrefix(s, "-"); ok {
			sign, s = "-", rest
		}
		s = sign + strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, unit), unit))
	}
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || len(s) > maxDigits {
		return "", false
	}
	switch strings.ToLower(digits) {
	case "inf", "infinity":
		return s, true
	}
	mantissa, exponent, has := strings.Cut(strings.ToLower(digits), "e")
	if has {
		if e, err := strconv.Atoi(exponent); err != nil || e < -maxExponent || e > maxExponent {
			return "", false
		}
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	return s, whole+part != "" && strings.Trim(whole+part, "0123456789") == ""
}

// wholes returns the greatest integer that is not over a number, and the least
// that is not under it, within 64 bits. Under and over report that the number
// is below or above all of them.
func wholes(text, unit string) (floor, ceil int64, under, over, ok bool) {
	s, ok := decimal(text, unit)
	if !ok {
		return 0, 0, false, false, false
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, n, false, false, true
	}
	if f, _ := strconv.ParseFloat(s, 64); math.Abs(f) > 1<<64 {
		return 0, 0, f < 0, f > 0, true
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0, 0, false, false, false
	}
	down := new(big.Int).Div(r.Num(), r.Denom()) // rounds down for a denominator above 0
	up := new(big.Int).Set(down)
	if !r.IsInt() {
		up.Add(up, big.NewInt(1))
	}
	switch {
	case up.Cmp(big.NewInt(math.MinInt64)) < 0, down.Cmp(big.NewInt(math.MinInt64)) < 0:
		return 0, 0, true, false, true
	case down.Cmp(big.NewInt(math.MaxInt64)) > 0, up.Cmp(big.NewInt(math.MaxInt64)) > 0:
		return 0, 0, false, true, true
	}
	return down.Int64(), up.Int64(), false, false, true
}

// double reads the number that is nearest to the one written.
func double(text, unit string) (float64, bool) {
	s, ok := decimal(text, unit)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// truth reads a boolean: true, yes, t, y, on or 1, and their contraries, in any
// case.
func truth(text string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "yes", "t", "y", "on", "1":
		return true, true
	case "false", "no", "f", "n", "off", "0":
		return false, true
	}
	return false, false
}
