package vega

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// rgb is a colour, 0 to 255 each.
type rgb struct{ r, g, b float64 }

// String is the colour as "#rrggbb".
func (c rgb) String() string {
	part := func(v float64) int { return int(max(0, min(255, math.Floor(v+0.5)))) }
	return fmt.Sprintf("#%02x%02x%02x", part(c.r), part(c.g), part(c.b))
}

//go:embed schemes.json
var schemesJSON []byte

// schemes are the colour schemes of vega-scale: discrete ones as they are,
// continuous ones by control colours at equal distances.
var schemes = sync.OnceValue(func() (s struct {
	Discrete, Continuous map[string][]string
}) {
	if err := json.Unmarshal(schemesJSON, &s); err != nil {
		panic(err) // it is part of the program
	}
	return s
})

// parseColor reads a CSS colour: a name, hexadecimal, rgb() or hsl().
func parseColor(text string) (c rgb, ok bool) {
	s := strings.ToLower(strings.TrimSpace(text))
	if hex, found := cssColors[s]; found {
		s = hex
	}
	if strings.HasPrefix(s, "#") {
		return parseHex(s[1:])
	}
	name, args, found := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	if !found {
		return rgb{}, false
	}
	fields := strings.FieldsFunc(args, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	var v [4]float64
	for i := range min(len(fields), 4) {
		f, err := strconv.ParseFloat(strings.TrimSuffix(fields[i], "%"), 64)
		if err != nil {
			return rgb{}, false
		}
		if strings.HasSuffix(fields[i], "%") && strings.HasPrefix(name, "rgb") {
			f *= 2.55
		}
		v[i] = f
	}
	switch {
	case len(fields) < 3:
		return rgb{}, false
	case name == "rgb" || name == "rgba":
		return rgb{v[0], v[1], v[2]}, true
	case name == "hsl" || name == "hsla":
		return hsl{v[0], v[1] / 100, v[2] / 100}.rgb(), true
	}
	return rgb{}, false
}

func parseHex(s string) (rgb, bool) {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil {
		return rgb{}, false
	}
	b := func(shift int) float64 { return float64(n >> shift & 0xff) }
	d := func(shift int) float64 { return float64(n>>shift&0xf) * 17 }
	switch len(s) {
	case 3:
		return rgb{d(8), d(4), d(0)}, true
	case 4:
		return rgb{d(12), d(8), d(4)}, true
	case 6:
		return rgb{b(16), b(8), b(0)}, true
	case 8:
		return rgb{b(24), b(16), b(8)}, true
	}
	return rgb{}, false
}

// ramp returns a function through colours at equal distances, straight in
// RGB; outside 0 to 1 it keeps the ends.
func rampRGB(colors []rgb) func(float64) rgb {
	return pieces(len(colors), func(i int) func(float64) rgb {
		a, b := colors[i], colors[i+1]
		return func(t float64) rgb { return rgb{mix(a.r, b.r, t), mix(a.g, b.g, t), mix(a.b, b.b, t)} }
	}, colors)
}

func mix(a, b, t float64) float64 { return a + (b-a)*t }

func pieces(n int, piece func(i int) func(float64) rgb, colors []rgb) func(float64) rgb {
	if n == 1 {
		return func(float64) rgb { return colors[0] }
	}
	all := make([]func(float64) rgb, n-1)
	for i := range all {
		all[i] = piece(i)
	}
	return func(t float64) rgb {
		t = max(0, min(1, t)) * float64(n-1)
		i := min(int(t), n-2)
		return all[i](t - float64(i))
	}
}

// rampIn returns a function through colours in a colour space.
func rampIn(space string, colors []rgb) (func(float64) rgb, bool) {
	var piece func(a, b rgb) func(float64) rgb
	long := strings.HasSuffix(space, "-long")
	switch strings.TrimSuffix(space, "-long") {
	case "rgb":
		return rampRGB(colors), true
	case "hsl":
		piece = func(a, b rgb) func(float64) rgb {
			x, y := a.hsl(), b.hsl()
			h := hue(x.h, y.h, long)
			return func(t float64) rgb { return hsl{h(t), nanMix(x.s, y.s, t), nanMix(x.l, y.l, t)}.rgb() }
		}
	case "lab":
		piece = func(a, b rgb) func(float64) rgb {
			x, y := a.lab(), b.lab()
			return func(t float64) rgb { return lab{mix(x.l, y.l, t), mix(x.a, y.a, t), mix(x.b, y.b, t)}.rgb() }
		}
	case "hcl":
		piece = func(a, b rgb) func(float64) rgb {
			x, y := a.lab().hcl(), b.lab().hcl()
			h := hue(x.h, y.h, long)
			return func(t float64) rgb { return hcl{h(t), nanMix(x.c, y.c, t), nanMix(x.l, y.l, t)}.lab().rgb() }
		}
	case "cubehelix":
		piece = func(a, b rgb) func(float64) rgb {
			x, y := a.cubehelix(), b.cubehelix()
			h := hue(x.h, y.h, long)
			return func(t float64) rgb { return cubehelix{h(t), nanMix(x.s, y.s, t), nanMix(x.l, y.l, t)}.rgb() }
		}
	default:
		return nil, false
	}
	return pieces(len(colors), func(i int) func(float64) rgb { return piece(colors[i], colors[i+1]) }, colors), true
}

// nanMix mixes two parts of which one may be of no meaning (NaN): then it is
// the other.
func nanMix(a, b, t float64) float64 {
	if a != a {
		return b
	}
	if b != b {
		return a
	}
	return mix(a, b, t)
}

// hue mixes two angles the short way, or straight.
func hue(a, b float64, long bool) func(float64) float64 {
	d := b - a
	switch {
	case a != a:
		return func(float64) float64 { return b }
	case d != d:
		return func(float64) float64 { return a }
	case !long && (d > 180 || d < -180):
		d -= 360 * math.Round(d/360)
	}
	return func(t float64) float64 { return a + d*t }
}

type hsl struct{ h, s, l float64 }

func (c rgb) hsl() hsl {
	r, g, b := c.r/255, c.g/255, c.b/255
	low, high := min(r, g, b), max(r, g, b)
	h, s, l := math.NaN(), high-low, (high+low)/2
	if s == 0 {
		if l > 0 && l < 1 {
			return hsl{h, 0, l}
		}
		return hsl{h, math.NaN(), l}
	}
	switch high {
	case r:
		h = (g - b) / s
		if g < b {
			h += 6
		}
	case g:
		h = (b-r)/s + 2
	default:
		h = (r-g)/s + 4
	}
	if l < 0.5 {
		s /= high + low
	} else {
		s /= 2 - high - low
	}
	return hsl{h * 60, s, l}
}

func (c hsl) rgb() rgb {
	h := math.Mod(c.h, 360)
	if h < 0 {
		h += 360
	}
	s := c.s
	if h != h || s != s {
		h, s = 0, 0
	}
	m2 := c.l + s*min(c.l, 1-c.l)
	m1 := 2*c.l - m2
	part := func(h float64) float64 {
		h = math.Mod(h+360, 360)
		switch {
		case h < 60:
			return 255 * (m1 + (m2-m1)*h/60)
		case h < 180:
			return 255 * m2
		case h < 240:
			return 255 * (m1 + (m2-m1)*(240-h)/60)
		}
		return 255 * m1
	}
	return rgb{part(h + 120), part(h), part(h - 120)}
}

// lab is CIELAB with the white point D50, as d3-color has it.
type lab struct{ l, a, b float64 }

const whiteX, whiteZ = 0.96422, 0.82521

func (c rgb) lab() lab {
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return v/(3*36.0/841) + 4.0/29
	}
	r, g, b := linear(c.r), linear(c.g), linear(c.b)
	y := f(0.2225045*r + 0.7168786*g + 0.0606169*b)
	x, z := y, y
	if r != g || g != b {
		x = f((0.4360747*r + 0.3850649*g + 0.1430804*b) / whiteX)
		z = f((0.0139322*r + 0.0971045*g + 0.7141733*b) / whiteZ)
	}
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func (c lab) rgb() rgb {
	f := func(t float64) float64 {
		if t > 6.0/29 {
			return t * t * t
		}
		return 3 * 36.0 / 841 * (t - 4.0/29)
	}
	gamma := func(v float64) float64 {
		if v <= 0.0031308 {
			return 255 * 12.92 * v
		}
		return 255 * (1.055*math.Pow(v, 1/2.4) - 0.055)
	}
	y := (c.l + 16) / 116
	x, z := y, y
	if c.a == c.a {
		x = y + c.a/500
	}
	if c.b == c.b {
		z = y - c.b/200
	}
	x, y, z = whiteX*f(x), f(y), whiteZ*f(z)
	return rgb{
		gamma(3.1338561*x - 1.6168667*y - 0.4906146*z),
		gamma(-0.9787684*x + 1.9161415*y + 0.0334540*z),
		gamma(0.0719453*x - 0.2289914*y + 1.4052427*z),
	}
}

type hcl struct{ h, c, l float64 }

func (c lab) hcl() hcl {
	if c.a == 0 && c.b == 0 {
		if c.l > 0 && c.l < 100 {
			return hcl{math.NaN(), 0, c.l}
		}
		return hcl{math.NaN(), math.NaN(), c.l}
	}
	h := math.Atan2(c.b, c.a) * 180 / math.Pi
	if h < 0 {
		h += 360
	}
	return hcl{h, math.Hypot(c.a, c.b), c.l}
}

func (c hcl) lab() lab {
	if c.h != c.h {
		return lab{c.l, 0, 0}
	}
	h := c.h * math.Pi / 180
	return lab{c.l, math.Cos(h) * c.c, math.Sin(h) * c.c}
}

// cubehelix is Green's colour space, with the constants of d3-color.
type cubehelix struct{ h, s, l float64 }

const helixA, helixB, helixC, helixD, helixE = -0.14861, 1.78277, -0.29227, -0.90649, 1.97294

func (c rgb) cubehelix() cubehelix {
	r, g, b := c.r/255, c.g/255, c.b/255
	const ed, eb, bcda = helixE * helixD, helixE * helixB, helixB*helixC - helixD*helixA
	l := (bcda*b + ed*r - eb*g) / (bcda + ed - eb)
	bl := b - l
	k := (helixE*(g-l) - helixC*bl) / helixD
	s := math.Sqrt(k*k+bl*bl) / (helixE * l * (1 - l))
	if s != s || s == 0 {
		return cubehelix{math.NaN(), s, l}
	}
	h := math.Atan2(k, bl)*180/math.Pi - 120
	if h < 0 {
		h += 360
	}
	return cubehelix{h, s, l}
}

func (c cubehelix) rgb() rgb {
	h := (c.h + 120) * math.Pi / 180
	if c.h != c.h {
		h = 0
	}
	a := c.s * c.l * (1 - c.l)
	if c.s != c.s {
		a = 0
	}
	cos, sin := math.Cos(h), math.Sin(h)
	return rgb{
		255 * (c.l + a*(helixA*cos+helixB*sin)),
		255 * (c.l + a*(helixC*cos+helixD*sin)),
		255 * (c.l + a*(helixE*cos)),
	}
}

// ParseColor reads a colour of a scene, "#rrggbb"; ok is false for none.
func ParseColor(text string) (c [3]uint8, ok bool) {
	v, ok := parseColor(text)
	if !ok || text == "" {
		return c, false
	}
	return [3]uint8{uint8(v.r), uint8(v.g), uint8(v.b)}, true
}
