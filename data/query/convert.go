package query

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// conversion appends what a cell is as another type, and reports whether it is
// anything.
type conversion = func(v *frame.Vector, i int, out *frame.Vector) bool

// converter makes the conversion from one type to another, nil if there is none.
func converter(from frame.Type, as As) conversion {
	switch {
	case from == as.Type && from != frame.Text && as.Order == "":
		return func(v *frame.Vector, i int, out *frame.Vector) bool { out.AppendFrom(v, i); return true }
	case as.Type == frame.Text || as.Type == frame.JSON:
		return toText
	case from == frame.Text || from == frame.JSON:
		return func(v *frame.Vector, i int, out *frame.Vector) bool {
			return fromText(string(bytes.TrimSpace(v.Bytes(i))), as, out)
		}
	}
	switch as.Type {
	case frame.Number:
		return toNumber(from)
	case frame.Integer:
		return toInteger(from)
	case frame.Boolean:
		return toBoolean(from)
	}
	return toTemporal(from, as)
}

// toText appends a cell as people read it.
func toText(v *frame.Vector, i int, out *frame.Vector) bool {
	out.AppendText(v.AppendCell(nil, i))
	return true
}

func toNumber(from frame.Type) conversion {
	if from.Temporal() {
		return nil
	}
	return func(v *frame.Vector, i int, out *frame.Vector) bool {
		f, ok := v.Float(i)
		if ok {
			out.AppendFloat(f)
		}
		return ok
	}
}

// toInteger takes whole numbers.
func toInteger(from frame.Type) conversion {
	switch from {
	case frame.Boolean:
		return func(v *frame.Vector, i int, out *frame.Vector) bool { out.AppendInt(v.Ints[i]); return true }
	case frame.Number:
		return func(v *frame.Vector, i int, out *frame.Vector) bool {
			f := v.Floats[i]
			if f != math.Trunc(f) || f < -1<<63 || f >= 1<<63 {
				return false
			}
			out.AppendInt(int64(f))
			return true
		}
	}
	return nil
}

// toBoolean takes 0 and 1.
func toBoolean(from frame.Type) conversion {
	if !from.Numeric() {
		return nil
	}
	return func(v *frame.Vector, i int, out *frame.Vector) bool {
		f, _ := v.Float(i)
		if f != 0 && f != 1 {
			return false
		}
		out.AppendBool(f == 1)
		return true
	}
}

// toTemporal takes dates as their midnight, datetimes as the day or the time
// that they show, and integers of eight digits as a date, of four as a year.
func toTemporal(from frame.Type, as As) conversion {
	switch {
	case from == frame.Integer && as.Type != frame.Time:
		return func(v *frame.Vector, i int, out *frame.Vector) bool {
			return fromText(strconv.FormatInt(v.Ints[i], 10), as, out)
		}
	case from == frame.Date && as.Type == frame.Datetime:
		return func(v *frame.Vector, i int, out *frame.Vector) bool {
			out.AppendMoment(v.Ints[i]*86400, 0, frame.NoZone)
			return true
		}
	case from == frame.Datetime:
		return func(v *frame.Vector, i int, out *frame.Vector) bool {
			m := clock(v, i)
			day := floorDiv(m.seconds, 86400)
			if as.Type == frame.Date {
				out.AppendInt(day)
			} else {
				out.AppendMoment(m.seconds-day*86400, m.nanos, frame.NoZone)
			}
			return true
		}
	}
	return nil
}

// fromText appends what a text is as a type.
func fromText(text string, as As, out *frame.Vector) bool {
	switch as.Type {
	case frame.Integer:
		floor, ceil, under, over, ok := wholes(ungrouped(text, as.Comma), "")
		if !ok || under || over || floor != ceil {
			return false
		}
		out.AppendInt(floor)
	case frame.Number:
		f, ok := double(ungrouped(text, as.Comma), "")
		if !ok {
			return false
		}
		out.AppendFloat(f)
	case frame.Boolean:
		b, ok := truth(text)
		if !ok {
			return false
		}
		out.AppendBool(b)
	case frame.Time:
		p, ok := parseTime(padded(text))
		if !ok || !strings.Contains(text, ":") {
			return false
		}
		out.AppendMoment(p.from.seconds, p.from.nanos, frame.NoZone)
	default:
		return dateFromText(text, as, out)
	}
	return true
}

// padded writes an hour of one digit with two, and one before or after noon as
// one of the day.
func padded(clock string) string {
	if len(clock) > 1 && clock[1] == ':' {
		clock = "0" + clock
	}
	low := strings.ToLower(clock)
	half := strings.TrimSuffix(low, "m")
	hour, rest, ok := digits(half, 2)
	if !ok || hour < 1 || hour > 12 || !strings.HasSuffix(half, "a") && !strings.HasSuffix(half, "p") {
		return clock
	}
	if hour %= 12; strings.HasSuffix(half, "p") {
		hour += 12
	}
	return fmt.Sprintf("%02d%s", hour, strings.TrimSpace(rest[:len(rest)-1]))
}

// ungrouped writes a number without the signs between its groups and with a
// decimal point. Signs that stand elsewhere than between groups of three stay,
// so that it is no number.
func ungrouped(text string, comma bool) string {
	decimal, group := ".", ","
	if comma {
		decimal, group = ",", "."
	}
	text = strings.ReplaceAll(text, "\u2212", "-")
	sign := ""
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		sign, text = text[:1], text[1:]
	}
	if strings.Count(text, decimal) > 1 {
		return "" // no number
	}
	whole, part, has := strings.Cut(text, decimal)
	for _, g := range []string{group, " ", "\u00a0", "\u202f", "\u2009", "'", "’", "_"} {
		if groups := strings.Split(whole, g); len(groups) > 1 && thirds(groups) {
			whole = strings.Join(groups, "")
			break
		}
	}
	switch {
	case strings.Contains(whole, "."):
		return "" // points that are neither decimal nor between groups
	case has:
		return sign + whole + "." + part
	}
	return sign + whole
}

// thirds reports whether groups of digits are of three, the first of one to
// three.
func thirds(groups []string) bool {
	for i, g := range groups {
		if len(g) == 0 || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}
