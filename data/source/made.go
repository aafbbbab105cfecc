package source

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
)

// vectorOf is a column that was made, of the type that its values have.
func vectorOf(c vega.Column) (v frame.Vector, note string) {
	switch {
	case c.Codes != nil:
		v.Reset(frame.Text)
		for _, code := range c.Codes {
			if code < 0 {
				v.AppendNull()
			} else {
				v.AppendString(c.Texts[code])
			}
		}
		return v, ""
	case c.Values == nil:
		is := func(i int) bool { return (c.Null == nil || !c.Null[i]) && !math.IsNaN(c.Numbers[i]) }
		kind := numberKind
		if c.Dates {
			kind = dateKind
		}
		return numbersOf(len(c.Numbers), kind, is, func(i int) float64 { return c.Numbers[i] }), ""
	}
	return valuesOf(c)
}

// valueKind is what a value of a transform is.
type valueKind int

const (
	nullKind valueKind = iota
	numberKind
	dateKind
	boolKind
	textKind
	jsonKind
)

var kindNames = [...]string{"nothing", "numbers", "dates", "booleans", "text", "lists or objects"}

func kindOfValue(v any) valueKind {
	switch v := v.(type) {
	case float64:
		if !math.IsNaN(v) {
			return numberKind
		}
	case js.Date:
		if !math.IsNaN(float64(v)) {
			return dateKind
		}
	case bool:
		return boolKind
	case string:
		return textKind
	case []any, *js.Object:
		return jsonKind
	}
	return nullKind
}

// valuesOf is a column of values of any kind. It has a type only if all of them
// have it.
func valuesOf(c vega.Column) (v frame.Vector, note string) {
	kind := nullKind
	var kinds []string
	for _, value := range c.Values {
		k := kindOfValue(value)
		if k == nullKind || slices.Contains(kinds, kindNames[k]) {
			continue
		}
		kinds = append(kinds, kindNames[k])
		if kind != nullKind {
			k = textKind
		}
		kind = k
	}
	if len(kinds) > 1 {
		note = fmt.Sprintf("column %s: text, for the transforms make %s of it", c.Name, strings.Join(kinds, " and "))
	}
	if kind == numberKind || kind == dateKind {
		return numbersOf(len(c.Values), kind, func(i int) bool { return kindOfValue(c.Values[i]) != nullKind }, func(i int) float64 { return js.Number(c.Values[i]) }), note
	}
	v.Reset(map[valueKind]frame.Type{boolKind: frame.Boolean, jsonKind: frame.JSON}[kind])
	for _, value := range c.Values {
		switch k := kindOfValue(value); {
		case k == nullKind:
			v.AppendNull()
		case kind == boolKind:
			v.AppendBool(value.(bool))
		case k == jsonKind:
			v.AppendText(jsonOf(nil, value))
		case k == dateKind:
			v.AppendString(time.UnixMilli(int64(value.(js.Date))).UTC().Format("2006-01-02T15:04:05.999"))
		default:
			v.AppendString(js.String(value))
		}
	}
	return v, note
}

// jsonOf appends a value as JSON.
func jsonOf(dst []byte, value any) []byte {
	switch v := value.(type) {
	case []any:
		dst = append(dst, '[')
		for i, e := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = jsonOf(dst, e)
		}
		return append(dst, ']')
	case *js.Object:
		dst = append(dst, '{')
		for i, k := range v.Keys {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(frame.AppendQuoted(dst, []byte(k)), ':')
			dst = jsonOf(dst, v.Values[k])
		}
		return append(dst, '}')
	}
	switch kindOfValue(value) {
	case nullKind:
		return append(dst, "null"...)
	case textKind:
		return frame.AppendQuoted(dst, []byte(value.(string)))
	case dateKind:
		return frame.AppendQuoted(dst, []byte(time.UnixMilli(int64(value.(js.Date))).UTC().Format(time.RFC3339)))
	}
	return append(dst, js.String(value)...)
}

// numbersOf are numbers or dates: integers and days if all are whole.
func numbersOf(n int, kind valueKind, is func(int) bool, at func(int) float64) (v frame.Vector) {
	const day = 86_400_000
	whole := true
	for i := 0; i < n && whole; i++ {
		if !is(i) {
			continue
		}
		f := at(i)
		if kind == dateKind {
			whole = math.Mod(f, day) == 0
		} else {
			whole = f == math.Trunc(f) && math.Abs(f) <= 1<<53
		}
	}
	kinds := [2]frame.Type{frame.Number, frame.Integer}
	if kind == dateKind {
		kinds = [2]frame.Type{frame.Datetime, frame.Date}
	}
	t := kinds[0]
	if whole {
		t = kinds[1]
	}
	v.Reset(t)
	for i := range n {
		if !is(i) {
			v.AppendNull()
			continue
		}
		switch f := at(i); t {
		case frame.Number:
			v.AppendFloat(f)
		case frame.Integer:
			v.AppendInt(int64(f))
		case frame.Date:
			v.AppendInt(int64(f / day))
		default:
			seconds := math.Floor(f / 1000)
			v.AppendMoment(int64(seconds), int32((f-seconds*1000)*1e6), frame.NoZone)
		}
	}
	return v
}
