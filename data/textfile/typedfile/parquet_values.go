package typedfile

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/authtabs/tabgate/data/frame"
)

// values is how the values of a leaf are read.
type values struct {
	kind     frame.Type
	read     func(p *page, i int, out *frame.Vector)
	floats   bool
	half     bool // two bytes each
	unsigned bool // 64 bits
}

// countNaN counts the values of a column of floats that are no number.
func (l *values) countNaN(p *page) (n int) {
	if l.half {
		for i := range p.spans {
			if math.IsNaN(halfFloat(p.bytes(i))) {
				n++
			}
		}
		return n
	}
	for _, f := range p.floats {
		if f != f {
			n++
		}
	}
	return n
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
func (n *node) isNested() bool {
	switch n.logical.kind {
	case logicalList, logicalMap, logicalVariant:
		return true
	}
	return false
}

// valuesOf tells how the values of a leaf are read, by its logical type and
// then by its physical one.
func valuesOf(n *node) values {
	ints := n.physical == physicalInt32 || n.physical == physicalInt64
	texts := n.physical == physicalBytes || n.physical == physicalFixed
	switch l := n.logical; {
	case texts && (l.kind == logicalString || l.kind == logicalEnum || l.kind == logicalJSON):
		return values{kind: frame.Text, read: readText}
	case texts && l.kind == logicalUUID:
		return values{kind: frame.Text, read: readUUID}
	case texts && l.kind == logicalFloat16:
		return values{kind: frame.Number, floats: true, half: true, read: readHalf}
	case ints && l.kind == logicalDate:
		return values{kind: frame.Date, read: readInt}
	case ints && l.kind == logicalTime:
		return momentValues(frame.Time, l.unit, frame.NoZone)
	case ints && l.kind == logicalTimestamp && l.utc:
		return momentValues(frame.Datetime, l.unit, frame.UTC)
	case ints && l.kind == logicalTimestamp:
		return momentValues(frame.Datetime, l.unit, frame.NoZone)
	case (ints || texts) && l.kind == logicalDecimal:
		return decimalValues(ints, l.scale)
	case n.physical == physicalInt32 && l.kind == logicalInt && !l.signed:
		return values{kind: frame.Integer, read: func(p *page, i int, out *frame.Vector) { out.AppendInt(int64(uint32(p.ints[i]))) }}
	case ints:
		return values{kind: frame.Integer, unsigned: l.kind == logicalInt && !l.signed, read: readInt}
	}
	switch n.physical {
	case physicalBoolean:
		return values{kind: frame.Boolean, read: readInt}
	case physicalInt96:
		return values{kind: frame.Datetime, read: readInt96}
	case physicalFloat, physicalDouble:
		return values{kind: frame.Number, floats: true, read: readFloat}
	}
	return values{kind: frame.Text, read: readHex}
}

func readInt(p *page, i int, out *frame.Vector) { out.AppendInt(p.ints[i]) }

func readFloat(p *page, i int, out *frame.Vector) { appendFloat(out, p.floats[i]) }

func readHalf(p *page, i int, out *frame.Vector) { appendFloat(out, halfFloat(p.bytes(i))) }

func appendFloat(out *frame.Vector, f float64) {
	if math.IsNaN(f) {
		out.AppendNull()
	} else {
		out.AppendFloat(f)
	}
}

func readUnsignedText(p *page, i int, out *frame.Vector) {
	out.AppendText(strconv.AppendUint(nil, uint64(p.ints[i]), 10))
}

func readText(p *page, i int, out *frame.Vector) { out.AppendText(p.bytes(i)) }

func readHex(p *page, i int, out *frame.Vector) { out.AppendText(hex.AppendEncode(nil, p.bytes(i))) }

func readUUID(p *page, i int, out *frame.Vector) {
	b := p.bytes(i)
	if len(b) != 16 {
		readHex(p, i, out)
		return
	}
	out.AppendString(fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]))
}

// momentValues reads times and datetimes: counts of a unit.
func momentValues(kind frame.Type, unit time.Duration, zone int16) values {
	return values{kind: kind, read: func(p *page, i int, out *frame.Vector) {
		s, n := split(p.ints[i], unit)
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
func readInt96(p *page, i int, out *frame.Vector) {
	const epoch = 2440588 // the Julian day of 1970-01-01
	b := p.bytes(i)
	s, n := split(int64(binary.LittleEndian.Uint64(b)), time.Nanosecond)
	out.AppendMoment((int64(binary.LittleEndian.Uint32(b[8:]))-epoch)*86400+s, n, frame.NoZone)
}

// decimalValues reads decimals as the doubles next to them.
func decimalValues(ints bool, scale int) values {
	return values{kind: frame.Number, read: func(p *page, i int, out *frame.Vector) {
		var n int64
		if ints {
			n = p.ints[i]
		} else if b := p.bytes(i); len(b) > 8 {
			out.AppendFloat(scaled(twosComplement(b), scale))
			return
		} else {
			for k, c := range b {
				if k == 0 {
					n = int64(int8(c))
					continue
				}
				n = n<<8 | int64(c)
			}
		}
		out.AppendFloat(decimal(n, scale))
	}}
}

// decimal is unscaled / 10^scale, rounded once: a division of two numbers that
// doubles hold is.
func decimal(unscaled int64, scale int) float64 {
	if unscaled > -1<<53 && unscaled < 1<<53 && scale >= 0 && scale < len(powersOfTen) {
		return float64(unscaled) / powersOfTen[scale]
	}
	return scaled(big.NewInt(unscaled), scale)
}

// powersOfTen are those that a double holds.
var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

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
