package typedfile

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/authtabs/tabgate/data/frame"
)

// values is how the values of a leaf are read.
type values struct {
	kind     frame.Type
	read     func(v parquet.Value, out *frame.Vector)
	floats   bool
	half     bool // two bytes each
	unsigned bool // 64 bits
}

func (l *leaf) isNaN(v parquet.Value) bool { return math.IsNaN(l.float(v)) }

// float is the value of a column of floats.
func (l *values) float(v parquet.Value) float64 {
	switch {
	case l.half:
		return halfFloat(v.ByteArray())
	case v.Kind() == parquet.Float:
		return float64(v.Float())
	}
	return v.Double()
}

// halfFloat is the value of a float of 16 bits.
func halfFloat(b []byte) float64 {
	if len(b) != 2 {
		return math.NaN()
	}
	return half(binary.LittleEndian.Uint16(b))
}

func half(bits uint16) float64 {
	sign, exponent, fraction := 1.0, int(bits>>10&0x1f), float64(bits&0x3ff)
	if bits>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 0x1f:
		if fraction > 0 {
			return math.NaN()
		}
		return sign * math.Inf(1)
	}
	return sign * math.Ldexp(fraction+1024, exponent-25)
}

// isNested reports whether a group is a list or a map.
func isNested(c *parquet.Column) bool {
	lt := c.Type().LogicalType()
	if lt == nil {
		return false
	}
	switch lt.Value.(type) {
	case *format.ListType, *format.MapType, *format.VariantType:
		return true
	}
	return false
}

// valuesOf tells how the values of a leaf are read, by its logical type and
// then by its physical one.
func valuesOf(c *parquet.Column) values {
	t := c.Type()
	if lt := t.LogicalType(); lt != nil {
		switch lt := lt.Value.(type) {
		case *format.StringType, *format.EnumType, *format.JsonType:
			return values{kind: frame.Text, read: readText}
		case *format.DateType:
			return values{kind: frame.Date, read: func(v parquet.Value, out *frame.Vector) { out.AppendInt(int64(v.Int32())) }}
		case *format.TimeType:
			return timeValues(lt.Unit.Value.Duration())
		case *format.TimestampType:
			return timestampValues(lt.Unit.Value.Duration(), lt.IsAdjustedToUTC)
		case *format.DecimalType:
			return decimalValues(t.Kind(), int(lt.Scale))
		case *format.UUIDType:
			return values{kind: frame.Text, read: readUUID}
		case *format.Float16Type:
			return floatValues(true)
		case *format.IntType:
			return intValues(t.Kind(), lt.IsSigned)
		}
	}
	switch t.Kind() {
	case parquet.Boolean:
		return values{kind: frame.Boolean, read: func(v parquet.Value, out *frame.Vector) { out.AppendBool(v.Boolean()) }}
	case parquet.Int32, parquet.Int64:
		return intValues(t.Kind(), true)
	case parquet.Int96:
		return values{kind: frame.Datetime, read: readInt96}
	case parquet.Float, parquet.Double:
		return floatValues(false)
	}
	return values{kind: frame.Text, read: readHex}
}

func floatValues(half bool) values {
	l := values{kind: frame.Number, floats: true, half: half}
	l.read = func(v parquet.Value, out *frame.Vector) {
		if f := l.float(v); math.IsNaN(f) {
			out.AppendNull()
		} else {
			out.AppendFloat(f)
		}
	}
	return l
}

func intValues(k parquet.Kind, signed bool) values {
	switch {
	case k == parquet.Int32 && signed:
		return values{kind: frame.Integer, read: func(v parquet.Value, out *frame.Vector) { out.AppendInt(int64(v.Int32())) }}
	case k == parquet.Int32:
		return values{kind: frame.Integer, read: func(v parquet.Value, out *frame.Vector) { out.AppendInt(int64(v.Uint32())) }}
	}
	return values{kind: frame.Integer, unsigned: !signed, read: func(v parquet.Value, out *frame.Vector) { out.AppendInt(v.Int64()) }}
}

func readUnsignedText(v parquet.Value, out *frame.Vector) {
	out.AppendText(strconv.AppendUint(nil, v.Uint64(), 10))
}

func readText(v parquet.Value, out *frame.Vector) { out.AppendText(v.ByteArray()) }

func readHex(v parquet.Value, out *frame.Vector) {
	out.AppendText(hex.AppendEncode(nil, v.ByteArray()))
}

func readUUID(v parquet.Value, out *frame.Vector) {
	b := v.ByteArray()
	if len(b) != 16 {
		readHex(v, out)
		return
	}
	out.AppendString(fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]))
}

// integer is the value of an integer column of either size.
func integer(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func timeValues(unit time.Duration) values {
	return values{kind: frame.Time, read: func(v parquet.Value, out *frame.Vector) {
		s, n := split(integer(v), unit)
		out.AppendMoment(s, n, frame.NoZone)
	}}
}

func timestampValues(unit time.Duration, utc bool) values {
	zone := frame.NoZone
	if utc {
		zone = frame.UTC
	}
	return values{kind: frame.Datetime, read: func(v parquet.Value, out *frame.Vector) {
		s, n := split(integer(v), unit)
		out.AppendMoment(s, n, zone)
	}}
}

// split parts a count of units into seconds and nanoseconds.
func split(count int64, unit time.Duration) (seconds int64, nanos int32) {
	per := int64(time.Second / unit)
	seconds = count / per
	rest := count % per
	if rest < 0 {
		seconds, rest = seconds-1, rest+per
	}
	return seconds, int32(rest * int64(unit))
}

// readInt96 reads the time of old writers: nanoseconds of a Julian day.
func readInt96(v parquet.Value, out *frame.Vector) {
	const epoch = 2440588 // the Julian day of 1970-01-01
	t := v.Int96()
	nanos := int64(t[1])<<32 | int64(t[0])
	s, n := split(nanos, time.Nanosecond)
	out.AppendMoment((int64(t[2])-epoch)*86400+s, n, frame.NoZone)
}

// decimalValues reads decimals as the doubles next to them.
func decimalValues(k parquet.Kind, scale int) values {
	return values{kind: frame.Number, read: func(v parquet.Value, out *frame.Vector) {
		var unscaled *big.Int
		switch k {
		case parquet.Int32, parquet.Int64:
			unscaled = big.NewInt(integer(v))
		default:
			unscaled = twosComplement(v.ByteArray())
		}
		out.AppendFloat(scaled(unscaled, scale))
	}}
}

// scaled is unscaled / 10^scale, rounded once.
func scaled(unscaled *big.Int, scale int) float64 {
	f, err := strconv.ParseFloat(unscaled.String()+"e"+strconv.Itoa(-scale), 64)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN()
	}
	return f
}

// twosComplement reads a big-endian integer.
func twosComplement(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}
