package typedfile

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/authtabs/tabgate/data/frame"
)

// appender appends the cells of an array to a vector of its type.
type appender struct {
	kind   frame.Type
	add    func(arr arrow.Array, i int, v *frame.Vector)
	isNaN  func(arr arrow.Array, i int) bool
	isNull func(arr arrow.Array, i int) bool // beside the array's own nulls
	isWide func(arr arrow.Array, i int) bool // beyond 64 bits signed
	asText func(arr arrow.Array, i int, v *frame.Vector)
	told   string
}

// appenderOf tells how the cells of a type are read.
func appenderOf(t arrow.DataType) appender {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return dictionary(t)
	case *arrow.RunEndEncodedType:
		inner := appenderOf(t.Encoded())
		return wrap(inner, func(arr arrow.Array, i int) (arrow.Array, int) {
			r := arr.(*array.RunEndEncoded)
			return r.Values(), r.GetPhysicalIndex(i)
		})
	case arrow.ExtensionType:
		return wrap(appenderOf(t.StorageType()), func(arr arrow.Array, i int) (arrow.Array, int) {
			return arr.(array.ExtensionArray).Storage(), i
		})
	case *arrow.TimestampType:
		return timestamps(t)
	case *arrow.Time32Type:
		return appender{kind: frame.Time, add: func(arr arrow.Array, i int, v *frame.Vector) {
			s, n := split(int64(arr.(*array.Time32).Value(i)), t.Unit.Multiplier())
			v.AppendMoment(s, n, frame.NoZone)
		}}
	case *arrow.Time64Type:
		return appender{kind: frame.Time, add: func(arr arrow.Array, i int, v *frame.Vector) {
			s, n := split(int64(arr.(*array.Time64).Value(i)), t.Unit.Multiplier())
			v.AppendMoment(s, n, frame.NoZone)
		}}
	case *arrow.DurationType:
		return appender{kind: frame.Integer, told: "durations, counted in " + t.Unit.String(), add: func(arr arrow.Array, i int, v *frame.Vector) {
			v.AppendInt(int64(arr.(*array.Duration).Value(i)))
		}}
	}
	if a, ok := numbers(t); ok {
		return a
	}
	return others(t)
}

// wrap reads the cells of the array inside another.
func wrap(inner appender, at func(arr arrow.Array, i int) (arrow.Array, int)) appender {
	out := appender{kind: inner.kind, told: inner.told}
	add := func(to func(arrow.Array, int, *frame.Vector)) func(arrow.Array, int, *frame.Vector) {
		return func(arr arrow.Array, i int, v *frame.Vector) {
			if arr, i = at(arr, i); arr.IsNull(i) {
				v.AppendNull()
				return
			}
			to(arr, i, v)
		}
	}
	is := func(ask func(arrow.Array, int) bool) func(arrow.Array, int) bool {
		if ask == nil {
			return nil
		}
		return func(arr arrow.Array, i int) bool {
			arr, i = at(arr, i)
			return ask(arr, i)
		}
	}
	out.add, out.isNaN, out.isWide = add(inner.add), is(inner.isNaN), is(inner.isWide)
	if inner.asText != nil {
		out.asText = add(inner.asText)
	}
	out.isNull = is(func(arr arrow.Array, i int) bool {
		return arr.IsNull(i) || inner.isNull != nil && inner.isNull(arr, i)
	})
	return out
}

func dictionary(t *arrow.DictionaryType) appender {
	return wrap(appenderOf(t.ValueType), func(arr arrow.Array, i int) (arrow.Array, int) {
		d := arr.(*array.Dictionary)
		return d.Dictionary(), d.GetValueIndex(i)
	})
}

func timestamps(t *arrow.TimestampType) appender {
	zone := frame.NoZone
	if t.TimeZone != "" {
		zone = frame.UTC
	}
	return appender{kind: frame.Datetime, add: func(arr arrow.Array, i int, v *frame.Vector) {
		s, n := split(int64(arr.(*array.Timestamp).Value(i)), t.Unit.Multiplier())
		v.AppendMoment(s, n, zone)
	}}
}

// typed is an array of values of a type.
type typed[T any] interface{ Value(int) T }

func ints[T int8 | int16 | int32 | int64 | uint8 | uint16 | uint32]() appender {
	return appender{kind: frame.Integer, add: func(arr arrow.Array, i int, v *frame.Vector) {
		v.AppendInt(int64(arr.(typed[T]).Value(i)))
	}}
}

func floats(value func(arr arrow.Array, i int) float64) appender {
	return appender{kind: frame.Number, add: func(arr arrow.Array, i int, v *frame.Vector) {
		if f := value(arr, i); math.IsNaN(f) {
			v.AppendNull()
		} else {
			v.AppendFloat(f)
		}
	}, isNaN: func(arr arrow.Array, i int) bool { return math.IsNaN(value(arr, i)) }}
}

func numbers(t arrow.DataType) (appender, bool) {
	switch t := t.(type) {
	case *arrow.Int8Type:
		return ints[int8](), true
	case *arrow.Int16Type:
		return ints[int16](), true
	case *arrow.Int32Type:
		return ints[int32](), true
	case *arrow.Int64Type:
		return ints[int64](), true
	case *arrow.Uint8Type:
		return ints[uint8](), true
	case *arrow.Uint16Type:
		return ints[uint16](), true
	case *arrow.Uint32Type:
		return ints[uint32](), true
	case *arrow.Uint64Type:
		return appender{kind: frame.Integer, add: func(arr arrow.Array, i int, v *frame.Vector) {
			v.AppendInt(int64(arr.(*array.Uint64).Value(i)))
		}, isWide: func(arr arrow.Array, i int) bool { return arr.(*array.Uint64).Value(i) > math.MaxInt64 }, asText: func(arr arrow.Array, i int, v *frame.Vector) {
			v.AppendText(strconv.AppendUint(nil, arr.(*array.Uint64).Value(i), 10))
		}}, true
	case *arrow.Float16Type:
		return floats(func(arr arrow.Array, i int) float64 { return half(arr.(*array.Float16).Value(i).Uint16()) }), true
	case *arrow.Float32Type:
		return floats(func(arr arrow.Array, i int) float64 { return float64(arr.(*array.Float32).Value(i)) }), true
	case *arrow.Float64Type:
		return floats(func(arr arrow.Array, i int) float64 { return arr.(*array.Float64).Value(i) }), true
	case *arrow.Decimal128Type:
		return floats(func(arr arrow.Array, i int) float64 {
			return scaled(arr.(*array.Decimal128).Value(i).BigInt(), int(t.Scale))
		}), true
	case *arrow.Decimal256Type:
		return floats(func(arr arrow.Array, i int) float64 {
			return scaled(arr.(*array.Decimal256).Value(i).BigInt(), int(t.Scale))
		}), true
	}
	return appender{}, false
}

// others are booleans, dates, text, bytes, and JSON for all that is nested.
func others(t arrow.DataType) appender {
	switch t.ID() {
	case arrow.BOOL:
		return appender{kind: frame.Boolean, add: func(arr arrow.Array, i int, v *frame.Vector) { v.AppendBool(arr.(*array.Boolean).Value(i)) }}
	case arrow.DATE32:
		return appender{kind: frame.Date, add: func(arr arrow.Array, i int, v *frame.Vector) { v.AppendInt(int64(arr.(*array.Date32).Value(i))) }}
	case arrow.DATE64:
		return appender{kind: frame.Date, add: func(arr arrow.Array, i int, v *frame.Vector) {
			s, _ := split(int64(arr.(*array.Date64).Value(i)), time.Millisecond)
			days := s / 86400
			if s%86400 < 0 {
				days--
			}
			v.AppendInt(days)
		}}
	case arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW:
		return appender{kind: frame.Text, add: func(arr arrow.Array, i int, v *frame.Vector) { v.AppendString(arr.(typed[string]).Value(i)) }}
	case arrow.BINARY, arrow.LARGE_BINARY, arrow.BINARY_VIEW, arrow.FIXED_SIZE_BINARY:
		return appender{kind: frame.Text, add: func(arr arrow.Array, i int, v *frame.Vector) {
			v.AppendText(hex.AppendEncode(nil, arr.(typed[[]byte]).Value(i)))
		}}
	case arrow.NULL:
		return appender{kind: frame.Text, add: func(_ arrow.Array, _ int, v *frame.Vector) { v.AppendNull() }}
	case arrow.INTERVAL_MONTHS, arrow.INTERVAL_DAY_TIME, arrow.INTERVAL_MONTH_DAY_NANO:
		return appender{kind: frame.Text, add: func(arr arrow.Array, i int, v *frame.Vector) { v.AppendString(arr.ValueStr(i)) }}
	}
	return appender{kind: frame.JSON, add: func(arr arrow.Array, i int, v *frame.Vector) {
		text, err := json.Marshal(arr.GetOneForMarshal(i))
		if err != nil {
			text = []byte(arr.ValueStr(i))
		}
		v.AppendText(text)
	}}
}
