package deck

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// props are the properties of a layer.
type props struct {
	o     *js.Object
	kind  string
	first *js.Object // row of the data; nil = none
	bad   error      // the first property that cannot be used
}

// enumerated are properties of which a bare word of pydeck's, an accessor by
// its form, means the word.
var enumerated = regexp.MustCompile(`^(.*Units|(color|elevation)(ScaleType|Aggregation)|pointType)$`)

// get returns a property, and whether the layer has it.
func (p *props) get(name string) (any, bool) {
	v, ok := p.o.Values[name]
	if s, text := v.(string); text && enumerated.MatchString(name) {
		v = strings.TrimPrefix(s, "@@=")
	}
	return v, ok && v != nil
}

func (p *props) fail(name, format string, args ...any) {
	if p.bad == nil {
		p.bad = fmt.Errorf("%s "+format, append([]any{name}, args...)...)
	}
}

// number returns a property that is a number.
func (p *props) number(name string, otherwise float64) float64 {
	v, ok := p.get(name)
	if !ok {
		return otherwise
	}
	f, ok := v.(float64)
	if !ok || math.IsNaN(f) {
		if f, ok := v.(bool); ok {
			return js.Number(f)
		}
		return otherwise
	}
	return f
}

func (p *props) truth(name string, otherwise bool) bool {
	if v, ok := p.get(name); ok {
		return js.Bool(v)
	}
	return otherwise
}

func (p *props) word(name, otherwise string) string {
	if v, ok := p.get(name); ok {
		if s, ok := v.(string); ok {
			return s
		}
	}
	return otherwise
}

// size returns the four properties of a size: radiusUnits, radiusScale,
// radiusMinPixels, radiusMaxPixels.
func (p *props) size(prefix, units string) Size {
	s := Size{
		Units: p.word(prefix+"Units", units), Scale: p.number(prefix+"Scale", 1),
		Min: p.number(prefix+"MinPixels", 0), Max: p.number(prefix+"MaxPixels", infinity),
	}
	switch s.Units {
	case "meters", "common", "pixels":
	default:
		p.fail(prefix+"Units", "%.40q is not supported: meters, common or pixels", s.Units)
	}
	return s
}

// pair returns a property that is two numbers.
func (p *props) pair(name string) *[2]float64 {
	v, _ := p.get(name)
	list, _ := v.([]any)
	if len(list) != 2 {
		return nil
	}
	a, okA := list[0].(float64)
	b, okB := list[1].(float64)
	if !okA || !okB {
		return nil
	}
	return &[2]float64{a, b}
}

// accessor returns what a property gives for a row: an expression, or a
// constant. Otherwise is what a layer without the property has.
func (p *props) accessor(name string, otherwise any) expr {
	v, ok := p.get(name)
	if !ok {
		v = otherwise
	}
	text, isText := v.(string)
	code, isCode := strings.CutPrefix(text, "@@=")
	if o, isObject := v.(*js.Object); isObject && (has(o, "@@function") || has(o, "@@type")) {
		p.fail(name, "calls %q, which is not supported", js.String(o.Get("@@function")))
		return constantly(nil)
	}
	if !isText || !isCode {
		return constantly(v)
	}
	e, err := compile(code)
	if err != nil && p.first != nil && has(p.first, code) {
		return fieldOr(code, constantly(js.Undefined)) // "Cost ($)"
	}
	if err != nil {
		p.fail(name, "%.120q: %v", code, err)
		return constantly(nil)
	}
	return e
}

func constantly(v any) expr { return func(any) any { return v } }

// value is a number of a row, or what stands in for one that is none.
func value(v any, otherwise float64) float64 {
	if f, ok := v.(float64); ok && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return f
	}
	if b, ok := v.(bool); ok && b {
		return 1
	}
	return otherwise
}

// color is a colour of a row. Parts that are missing or no numbers are those of
// black, and whole numbers are rounded half to even, as in a browser.
func color(v any) RGBA {
	out := RGBA{0, 0, 0, 255}
	switch v := v.(type) {
	case []any:
		for i := range min(len(v), 4) {
			out[i] = clamped(value(v[i], float64(out[i])))
		}
	case float64:
		out[0] = clamped(value(v, 0))
	}
	return out
}

func clamped(f float64) uint8 { return uint8(min(max(math.RoundToEven(f), 0), 255)) }

// The reasons why a row is left out, as facts name them.
const (
	noPosition = "no_position"
	outOfRange = "out_of_range"
	tooShort   = "too_short"
)

// place reads [lon, lat] or [lon, lat, height]. Numbers may be texts. Fault is
// why it is none.
func place(v any) (at Place, fault string) {
	list, ok := v.([]any)
	if !ok || len(list) < 2 {
		return at, noPosition
	}
	at.Lon, at.Lat = coordinate(list[0]), coordinate(list[1])
	if len(list) > 2 {
		if at.Z = coordinate(list[2]); math.IsNaN(at.Z) || math.IsInf(at.Z, 0) {
			at.Z = 0
		}
	}
	switch {
	case math.IsNaN(at.Lon) || math.IsNaN(at.Lat) || math.IsInf(at.Lon, 0) || math.IsInf(at.Lat, 0):
		return at, noPosition
	case math.Abs(at.Lat) > 90 || math.Abs(at.Lon) > 360:
		return at, outOfRange
	}
	return at, ""
}

func coordinate(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case string:
		if strings.TrimSpace(v) != "" {
			return js.Number(v)
		}
	}
	return nan
}

// places reads a list of places.
func places(v any, least int) (out []Place, fault string) {
	list, ok := v.([]any)
	if !ok {
		return nil, noPosition
	}
	out = make([]Place, len(list))
	for i, p := range list {
		if out[i], fault = place(p); fault != "" {
			return nil, fault
		}
	}
	if len(list) < least {
		return nil, tooShort
	}
	return out, ""
}

// flat turns numbers in a row into places of so many numbers.
func flat(v any, width int) any {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return v
	}
	if _, numbers := list[0].(float64); !numbers {
		return v
	}
	var out []any
	for i := 0; i+width <= len(list); i += width {
		out = append(out, list[i:i+width])
	}
	return out
}
