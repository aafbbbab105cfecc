// Package d3 has the rules of D3 that Vega draws with: number formats
// (d3-format), ticks (d3-array), dates (d3-time, d3-time-format).
package d3

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Spec is a number format as d3-format reads it:
// [[fill]align][sign][symbol][0][width][,][.precision][~][type].
type Spec struct {
	Fill      string
	Align     byte
	Sign      byte
	Symbol    byte // '$', '#' or 0
	Zero      bool
	Width     int // -1 = none
	Comma     bool
	Precision int // -1 = none
	Trim      bool
	Type      byte // 0 = none
}

var specForm = regexp.MustCompile(`^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-zA-Z%])?$`)

// maxWidth bounds what a format may ask for.
const maxWidth = 1000

// ParseSpec reads a number format.
func ParseSpec(text string) (Spec, error) {
	m := specForm.FindStringSubmatch(text)
	if m == nil {
		return Spec{}, fmt.Errorf("%q is no number format", text)
	}
	s := Spec{Fill: " ", Align: '>', Sign: '-', Width: -1, Precision: -1}
	if m[1] != "" {
		s.Fill = m[1]
	}
	for _, part := range []struct {
		to   *byte
		text string
	}{{&s.Align, m[2]}, {&s.Sign, m[3]}, {&s.Symbol, m[4]}, {&s.Type, m[10]}} {
		if part.text != "" {
			*part.to = part.text[0]
		}
	}
	s.Zero, s.Comma, s.Trim = m[5] != "", m[7] != "", m[9] != ""
	if m[6] != "" {
		s.Width, _ = strconv.Atoi(m[6])
	}
	if m[8] != "" {
		s.Precision, _ = strconv.Atoi(m[8][1:])
	}
	if s.Width > maxWidth || s.Precision > maxWidth {
		return Spec{}, fmt.Errorf("%q asks for more than %d characters", text, maxWidth)
	}
	return s, nil
}

// prefixes of SI from 10^-24 to 10^24.
var prefixes = strings.Split("y,z,a,f,p,n,µ,m,,k,M,G,T,P,E,Z,Y", ",")

// Format writes numbers by a format.
type Format func(float64) string

// NewFormat returns the format that a text describes.
func NewFormat(text string) (Format, error) {
	s, err := ParseSpec(text)
	if err != nil {
		return nil, err
	}
	return s.Format(), nil
}

// normal fills in what d3-format decides by the type.
func (s Spec) normal() Spec {
	switch {
	case s.Type == 'n':
		s.Comma, s.Type = true, 'g'
	case s.Type == 0 || strings.IndexByte("%bcdefgoprsXx", s.Type) < 0:
		if s.Precision < 0 {
			s.Precision = 12
		}
		s.Trim, s.Type = true, 'g'
	}
	if s.Zero || s.Fill == "0" && s.Align == '=' {
		s.Zero, s.Fill, s.Align = true, "0", '='
	}
	switch {
	case s.Precision < 0:
		s.Precision = 6
	case strings.IndexByte("gprs", s.Type) >= 0:
		s.Precision = max(1, min(21, s.Precision))
	default:
		s.Precision = max(0, min(20, s.Precision))
	}
	return s
}

// Format returns the function that writes numbers so.
func (s Spec) Format() Format { return s.withSuffix("", 1) }

// FormatPrefix returns a format with type s that uses one prefix for all: the
// one that suits value.
func (s Spec) FormatPrefix(value float64) Format {
	e := max(-8, min(8, int(math.Floor(exponent(value)/3)))) * 3
	s.Type = 'f'
	return s.withSuffix(prefixes[8+e/3], math.Pow(10, float64(-e)))
}

func (s Spec) withSuffix(unit string, factor float64) Format {
	s = s.normal()
	prefix, suffix := "", ""
	switch s.Symbol {
	case '$':
		prefix = "$"
	case '#':
		if strings.IndexByte("boxX", s.Type) >= 0 {
			prefix = "0" + strings.ToLower(string(s.Type))
		}
	}
	if s.Type == '%' || s.Type == 'p' {
		suffix = "%"
	}
	return func(v float64) string { return s.write(v*factor, prefix, suffix+unit) }
}

func (s Spec) write(v float64, prefix, suffix string) string {
	if s.Type == 'c' {
		return s.pad(prefix, "", js.FormatNumber(v)+suffix)
	}
	negative := v < 0 || math.Signbit(v) && v == 0
	text, si := s.digits(math.Abs(v))
	if s.Trim {
		text = trim(text)
	}
	if negative && s.Sign != '+' && js.Number(text) == 0 {
		negative = false
	}
	switch {
	case negative && s.Sign == '(':
		prefix = "(" + prefix
	case negative:
		prefix = "−" + prefix
	case s.Sign != '-' && s.Sign != '(':
		prefix = string(s.Sign) + prefix
	}
	suffix = si + suffix
	if negative && s.Sign == '(' {
		suffix += ")"
	}
	if strings.IndexByte("defgprs%", s.Type) >= 0 {
		if i := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
			text, suffix = text[:i], text[i:]+suffix
		}
	}
	return s.pad(prefix, text, suffix)
}

func (s Spec) pad(prefix, text, suffix string) string {
	if s.Comma && !s.Zero {
		text = group(text, math.MaxInt)
	}
	length := len([]rune(prefix)) + len(text) + len([]rune(suffix))
	padding := strings.Repeat(s.Fill, max(0, s.Width-length))
	if s.Comma && s.Zero {
		width := math.MaxInt
		if padding != "" {
			width = s.Width - len([]rune(suffix))
		}
		text, padding = group(padding+text, width), ""
	}
	switch s.Align {
	case '<':
		return prefix + text + suffix + padding
	case '=':
		return prefix + padding + text + suffix
	case '^':
		fill := []rune(padding)
		half := len(fill) / 2
		return string(fill[:half]) + prefix + text + suffix + string(fill[half:])
	}
	return padding + prefix + text + suffix
}

// group puts commas between groups of three digits, up to a width.
func group(digits string, width int) string {
	var parts []string
	length := 0
	for i := len(digits); i > 0; i -= 3 {
		n := min(3, i)
		if length+n+1 > width {
			n = max(1, min(n, width-length))
		}
		parts = append([]string{digits[max(0, i-n):i]}, parts...)
		if length += n + 1; length > width {
			break
		}
	}
	return strings.Join(parts, ",")
}

// digits writes a number that is not negative; si is the prefix of type s.
func (s Spec) digits(v float64) (text, si string) {
	if v != v {
		return "NaN", ""
	}
	p := s.Precision
	switch s.Type {
	case '%':
		return toFixed(v*100, p), ""
	case 'b':
		return radix(v, 2), ""
	case 'o':
		return radix(v, 8), ""
	case 'x':
		return radix(v, 16), ""
	case 'X':
		return strings.ToUpper(radix(v, 16)), ""
	case 'd':
		if math.IsInf(v, 0) {
			return "∞", ""
		}
		return toFixed(math.Floor(v+0.5), 0), ""
	case 'e':
		return toExponential(v, p), ""
	case 'f':
		return toFixed(v, p), ""
	case 'p':
		return rounded(v*100, p), ""
	case 'r':
		return rounded(v, p), ""
	case 's':
		return prefixed(v, p)
	}
	return toPrecision(v, p), ""
}

func radix(v float64, base int) string {
	if math.IsInf(v, 0) {
		return "Infinity"
	}
	whole, _ := big.NewFloat(math.Floor(v + 0.5)).Int(nil)
	return whole.Text(base)
}

// toFixed, toExponential and toPrecision are Number.prototype's.
func toFixed(v float64, p int) string {
	if v >= 1e21 {
		if math.IsInf(v, 0) {
			return "Infinity"
		}
		return js.FormatNumber(v)
	}
	return strconv.FormatFloat(roundHalfUp(v, p), 'f', p, 64)
}

// roundHalfUp moves a number that lies exactly between two others of p
// decimals to the larger one, as JavaScript does; Go would take the even one.
func roundHalfUp(v float64, p int) float64 {
	if p > 15 {
		return v
	}
	exact := new(big.Float).SetPrec(200).SetFloat64(v)
	exact.Mul(exact, new(big.Float).SetPrec(200).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(p)), nil)))
	whole, _ := exact.Int(nil)
	rest := new(big.Float).SetPrec(200).Sub(exact, new(big.Float).SetInt(whole))
	if rest.Cmp(big.NewFloat(0.5)) == 0 {
		return math.Nextafter(v, math.Inf(1))
	}
	return v
}

// tieUp moves a number that lies exactly between two others of p+1 significant
// digits to the larger one.
func tieUp(v float64, p int) float64 {
	if p < 0 || p > 15 {
		return v
	}
	mantissa, _, _ := strings.Cut(strconv.FormatFloat(v, 'e', 60, 64), "e")
	digits := strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0")
	if digits = strings.TrimPrefix(digits, "-"); len(digits) == p+2 && digits[p+1] == '5' {
		return math.Nextafter(v, math.Inf(1))
	}
	return v
}

func toExponential(v float64, p int) string {
	if math.IsInf(v, 0) {
		return "Infinity"
	}
	s := strconv.FormatFloat(tieUp(v, p), 'e', p, 64)
	mantissa, e, _ := strings.Cut(s, "e")
	n, _ := strconv.Atoi(e)
	return fmt.Sprintf("%se%+d", mantissa, n)
}

func toPrecision(v float64, p int) string {
	if math.IsInf(v, 0) {
		return "Infinity"
	}
	if v == 0 {
		return toFixed(0, p-1)
	}
	text := toExponential(v, p-1)
	_, e, _ := strings.Cut(text, "e")
	n, _ := strconv.Atoi(e)
	if n < -6 || n >= p {
		return text
	}
	return strconv.FormatFloat(roundHalfUp(v, p-1-n), 'f', p-1-n, 64)
}

// parts are the significant digits and the exponent of a number; p < 0: as
// many as it has. ok is false for zero and for what is not finite.
func parts(v float64, p int) (digits string, exponent int, ok bool) {
	if v == 0 || v != v || math.IsInf(v, 0) {
		return "", 0, false
	}
	if p >= 0 {
		p = max(0, p-1)
	}
	mantissa, e, _ := strings.Cut(strconv.FormatFloat(tieUp(v, p), 'e', p, 64), "e")
	n, _ := strconv.Atoi(e)
	return strings.Replace(mantissa, ".", "", 1), n, true
}

func exponent(v float64) float64 {
	if _, e, ok := parts(math.Abs(v), -1); ok {
		return float64(e)
	}
	return 0
}

func rounded(v float64, p int) string {
	digits, e, ok := parts(v, p)
	switch {
	case !ok:
		return js.FormatNumber(v)
	case e < 0:
		return "0." + strings.Repeat("0", -e-1) + digits
	case len(digits) > e+1:
		return digits[:e+1] + "." + digits[e+1:]
	}
	return digits + strings.Repeat("0", e+1-len(digits))
}

func prefixed(v float64, p int) (text, si string) {
	digits, e, ok := parts(v, p)
	if !ok {
		return toPrecision(v, p), ""
	}
	group := max(-8, min(8, int(math.Floor(float64(e)/3))))
	i, n := e-group*3+1, len(digits)
	si = prefixes[8+group]
	switch {
	case i == n:
		return digits, si
	case i > n:
		return digits + strings.Repeat("0", i-n), si
	case i > 0:
		return digits[:i] + "." + digits[i:], si
	}
	small, _, _ := parts(v, max(0, p+i-1))
	return "0." + strings.Repeat("0", -i) + small, si
}

// trim removes the zeros at the end of the decimals.
func trim(s string) string {
	mantissa, e, exponential := strings.Cut(s, "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if exponential {
		return mantissa + "e" + e
	}
	return mantissa
}
