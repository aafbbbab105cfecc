package frame

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// maxSafe is the greatest integer that a JSON reader takes exactly.
const maxSafe = 1<<53 - 1

// AppendCell appends cell i as people read and write it: a date as
// 2024-02-29, a datetime as 2024-02-29T12:30:00Z, a number as the shortest
// decimal that reads back. A null appends nothing.
func (v *Vector) AppendCell(dst []byte, i int) []byte {
	if v.IsNull(i) {
		return dst
	}
	switch v.Type {
	case Integer:
		return strconv.AppendInt(dst, v.Ints[i], 10)
	case Number:
		return appendNumber(dst, v.Floats[i])
	case Boolean:
		return strconv.AppendBool(dst, v.Ints[i] != 0)
	case Date:
		return appendDate(dst, v.Ints[i])
	case Datetime:
		return appendDatetime(dst, v, i)
	case Time:
		s, n, _ := v.Moment(i)
		return appendClock(dst, s, n)
	}
	return append(dst, v.Bytes(i)...)
}

// String is cell i as AppendCell appends it.
func (v *Vector) String(i int) string { return string(v.AppendCell(nil, i)) }

// AppendJSON appends cell i as a JSON value: text as a string, integers as
// numbers and, beyond ±(2^53−1), as strings.
func (v *Vector) AppendJSON(dst []byte, i int) []byte {
	if v.IsNull(i) {
		return append(dst, "null"...)
	}
	switch v.Type {
	case Integer:
		if n := v.Ints[i]; n < -maxSafe || n > maxSafe {
			break
		}
		return v.AppendCell(dst, i)
	case Number:
		if math.IsInf(v.Floats[i], 0) {
			break
		}
		return v.AppendCell(dst, i)
	case Boolean:
		return v.AppendCell(dst, i)
	case Text, JSON:
		return AppendQuoted(dst, v.Bytes(i))
	}
	dst = append(dst, '"')
	return append(v.AppendCell(dst, i), '"')
}

// AppendJSON appends row i of the batch as a JSON list.
func (b *Batch) AppendJSON(dst []byte, i int) []byte {
	dst = append(dst, '[')
	for k := range b.Columns {
		if k > 0 {
			dst = append(dst, ',')
		}
		dst = b.Columns[k].AppendJSON(dst, i)
	}
	return append(dst, ']')
}

// AppendQuoted appends text as a JSON string. Bytes that are no UTF-8 become
// U+FFFD.
func AppendQuoted(dst, text []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for len(text) > 0 {
		c := text[0]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(text)
			if r == '\u2028' || r == '\u2029' { // line ends in JavaScript
				dst = append(dst, `\u202`...)
				dst = append(dst, hex[r&15])
			} else {
				dst = utf8.AppendRune(dst, r)
			}
			text = text[n:]
			continue
		}
		text = text[1:]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c < ' ' || c == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// appendNumber appends a number as JSON writes it.
func appendNumber(dst []byte, f float64) []byte {
	switch {
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	case f == 0:
		return append(dst, '0') // a minus before zero says nothing
	}
	if a := math.Abs(f); a >= 1e21 || a < 1e-6 {
		dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
		if n := len(dst); n > 4 && dst[n-4] == 'e' && dst[n-2] == '0' { // e-09
			dst = append(dst[:n-2], dst[n-1])
		}
		return dst
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

func appendDatetime(dst []byte, v *Vector, i int) []byte {
	s, n, zone := v.Moment(i)
	if zone > MinusUTC {
		s += int64(zone) * 60
	}
	day := floorDiv(s, 86400)
	dst = append(appendDate(dst, day), 'T')
	dst = appendClock(dst, s-day*86400, n)
	switch zone {
	case NoZone:
		return dst
	case UTC:
		return append(dst, 'Z')
	case MinusUTC:
		return append(dst, "-00:00"...)
	}
	if zone < 0 {
		dst, zone = append(dst, '-'), -zone
	} else {
		dst = append(dst, '+')
	}
	return appendTwo(append(appendTwo(dst, int64(zone/60)), ':'), int64(zone%60))
}

func appendClock(dst []byte, s int64, nanos int32) []byte {
	dst = append(appendTwo(dst, s/3600), ':')
	dst = append(appendTwo(dst, s/60%60), ':')
	dst = appendTwo(dst, s%60)
	if nanos == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := int32(100_000_000); nanos > 0; unit /= 10 {
		dst = append(dst, byte('0'+nanos/unit))
		nanos %= unit
	}
	return dst
}

// appendTwo appends a number of two digits; of more, if a file holds a time that
// is none.
func appendTwo(dst []byte, n int64) []byte {
	if n < 0 || n > 99 {
		return strconv.AppendInt(dst, n, 10)
	}
	return append(dst, byte('0'+n/10), byte('0'+n%10))
}

func appendDate(dst []byte, days int64) []byte {
	y, m, d := Civil(days)
	if y < 0 || y > 9999 {
		dst = strconv.AppendInt(dst, int64(y), 10)
	} else {
		dst = appendTwo(appendTwo(dst, int64(y/100)), int64(y%100))
	}
	return appendTwo(append(appendTwo(append(dst, '-'), int64(m)), '-'), int64(d))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Days is the count of days from 1970-01-01 to a date of the Gregorian
// calendar, negative before. It is the algorithm of Howard Hinnant,
// https://howardhinnant.github.io/date_algorithms.html.
func Days(year, month, day int) int64 {
	y, m := int64(year), int64(month)
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + int64(day) - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// Civil is the date of a count of days from 1970-01-01.
func Civil(days int64) (year, month, day int) {
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	m := (mp+2)%12 + 1
	y := yoe + era*400
	if m <= 2 {
		y++
	}
	return int(y), int(m), int(doy - (153*mp+2)/5 + 1)
}
