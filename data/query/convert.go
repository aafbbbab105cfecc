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

// dateFromText appends a date or a datetime.
func dateFromText(text string, as As, out *frame.Vector) bool {
	day, rest, ok := dayFromText(text, as.Order)
	if !ok {
		return false
	}
	if rest = strings.TrimPrefix(strings.TrimLeft(rest, " ,"), "T"); rest == "" {
		if as.Type == frame.Date {
			out.AppendInt(day)
		} else {
			out.AppendMoment(day*86400, 0, frame.NoZone)
		}
		return true
	}
	date := frame.Vector{Type: frame.Date}
	date.AppendInt(day)
	t, _, seconds, nanos, zone, ok := frame.ParseISO([]byte(date.String(0) + "T" + padded(rest)))
	if !ok || t != frame.Datetime {
		return false
	}
	if as.Type == frame.Datetime {
		out.AppendMoment(seconds, nanos, zone)
		return true
	}
	out.AppendInt(day) // the day that is shown
	return true
}

// dayFromText reads the date that a text begins with: three numbers or a month's
// name between them, apart by - / . or spaces; eight digits; a month or a year,
// as its first day.
func dayFromText(text, order string) (day int64, rest string, ok bool) {
	parts, rest := dateParts(text)
	switch {
	case len(parts) == 1 && len(parts[0]) == 8 && order != "dmy" && order != "mdy":
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	case len(parts) == 1 && len(parts[0]) == 4:
		parts = []string{parts[0], "1", "1"}
	case len(parts) == 2 && len(parts[0]) == 4:
		parts = append(parts, "1")
	case len(parts) == 2 && len(parts[1]) == 4:
		parts = []string{parts[1], parts[0], "1"}
	case len(parts) != 3:
		return 0, "", false
	case len(parts[0]) == 4 || order == "ymd":
	case monthNamed(parts[0]) > 0 || monthNamed(parts[1]) == 0 && order == "mdy":
		parts = []string{parts[2], parts[0], parts[1]}
	case monthNamed(parts[1]) > 0 || order == "dmy" || strings.Contains(text, "."):
		parts = []string{parts[2], parts[1], parts[0]}
	default:
		return 0, "", false // nobody said which is the month
	}
	y, okY := yearOf(parts[0])
	m, okM := monthOf(parts[1])
	d, err := strconv.Atoi(parts[2])
	if !okY || !okM || err != nil || len(parts[2]) > 2 || d < 1 {
		return 0, "", false
	}
	day = frame.Days(y, m, d)
	_, m2, d2 := frame.Civil(day)
	return day, rest, m2 == m && d2 == d
}

// dateParts takes up to three words apart that a text begins with, and returns
// what follows: a clock.
func dateParts(text string) (parts []string, rest string) {
	for rest = text; len(parts) < 3; {
		n := 0
		for n < len(rest) && isWord(rest[n]) && (rest[n] != 'T' || n == 0 || rest[n-1] > '9') { // not the T before a clock
			n++
		}
		if n == 0 || n < len(rest) && rest[n] == ':' {
			break // a clock
		}
		parts, rest = append(parts, rest[:n]), rest[n:]
		if rest == "" || !strings.ContainsRune("-/. ,", rune(rest[0])) {
			break
		}
		if len(parts) < 3 {
			rest = strings.TrimLeft(rest[1:], " ")
		}
	}
	return parts, rest
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// yearOf reads a year: of two digits 00 to 68 are 20xx.
func yearOf(text string) (int, bool) {
	y, err := strconv.Atoi(text)
	switch {
	case err != nil || y < 0:
		return 0, false
	case len(text) == 2 && y < 69:
		return 2000 + y, true
	case len(text) == 2:
		return 1900 + y, true
	}
	return y, len(text) == 4 && y > 0
}

func monthOf(text string) (int, bool) {
	if m := monthNamed(text); m > 0 {
		return m, true
	}
	m, err := strconv.Atoi(text)
	return m, err == nil && len(text) <= 2 && m >= 1 && m <= 12
}

// monthNames are the English names of months.
var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthNamed is the month of an English name, of three letters or in full; 0 =
// none.
func monthNamed(text string) int {
	for i, name := range monthNames {
		if low := strings.ToLower(text); low == name || low == name[:3] {
			return i + 1
		}
	}
	return 0
}
