package query

import (
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

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
