package d3

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// nested are the directives that stand for others, in the locale en-US.
var nested = map[byte]string{'c': "%-m/%-d/%Y, %-I:%M:%S %p", 'x': "%-m/%-d/%Y", 'X': "%-I:%M:%S %p"}

// FormatTime writes a time by a pattern of d3-time-format, in the locale
// en-US and the zone of the time.
func FormatTime(pattern string, t time.Time) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '%' && i+1 == len(pattern) {
			break
		}
		if pattern[i] != '%' {
			b.WriteByte(pattern[i])
			continue
		}
		i++
		pad, given := byte('0'), false
		if strings.IndexByte("-_0", pattern[i]) >= 0 && i+1 < len(pattern) {
			pad, given = pattern[i], true
			i++
		}
		if pattern[i] == 'e' && !given {
			pad = '_'
		}
		if inner, ok := nested[pattern[i]]; ok {
			b.WriteString(FormatTime(inner, t))
			continue
		}
		b.WriteString(directive(pattern[i], pad, t))
	}
	return b.String()
}

func directive(c, pad byte, t time.Time) string {
	if text, ok := textDirective(c, t); ok {
		return text
	}
	n, width, ok := numberDirective(c, t)
	if !ok {
		return string(c)
	}
	text := strconv.Itoa(n)
	switch pad {
	case '-':
		return text
	case '_':
		return strings.Repeat(" ", max(0, width-len(text))) + text
	}
	if n < 0 {
		return "-" + fmt.Sprintf("%0*d", width, -n)
	}
	return fmt.Sprintf("%0*d", width, n)
}

func textDirective(c byte, t time.Time) (string, bool) {
	switch c {
	case '%':
		return "%", true
	case 'a':
		return t.Format("Mon"), true
	case 'A':
		return t.Format("Monday"), true
	case 'b':
		return t.Format("Jan"), true
	case 'B':
		return t.Format("January"), true
	case 'p':
		return t.Format("PM"), true
	case 'Z':
		return t.Format("-0700"), true
	case 'q':
		return strconv.Itoa((int(t.Month())-1)/3 + 1), true
	case 'Q':
		return strconv.FormatInt(t.UnixMilli(), 10), true
	case 's':
		return strconv.FormatInt(t.Unix(), 10), true
	case 'u':
		return strconv.Itoa((int(t.Weekday())+6)%7 + 1), true
	case 'w':
		return strconv.Itoa(int(t.Weekday())), true
	}
	return "", false
}

func numberDirective(c byte, t time.Time) (n, width int, ok bool) {
	isoYear, isoWeek := t.ISOWeek()
	day := t.YearDay() - 1
	switch c {
	case 'd', 'e':
		return t.Day(), 2, true
	case 'f':
		return t.Nanosecond() / 1000, 6, true
	case 'g':
		return isoYear % 100, 2, true
	case 'G':
		return isoYear, 4, true
	case 'H':
		return t.Hour(), 2, true
	case 'I':
		return (t.Hour()+11)%12 + 1, 2, true
	case 'j':
		return day + 1, 3, true
	case 'L':
		return t.Nanosecond() / 1e6, 3, true
	case 'm':
		return int(t.Month()), 2, true
	case 'M':
		return t.Minute(), 2, true
	case 'S':
		return t.Second(), 2, true
	case 'U':
		return (day + 7 - int(t.Weekday())) / 7, 2, true
	case 'V':
		return isoWeek, 2, true
	case 'W':
		return (day + 7 - (int(t.Weekday())+6)%7) / 7, 2, true
	case 'y':
		return ((t.Year() % 100) + 100) % 100, 2, true
	case 'Y':
		return t.Year(), 4, true
	}
	return 0, 0, false
}

// ParseTime reads a time by a pattern of d3-time-format, and returns its
// milliseconds, NaN if it does not fit.
func ParseTime(pattern, text string, zone *time.Location) float64 {
	p := timeParts{year: 1900, month: 1, day: 1, hour12: -1}
	rest, ok := p.read(pattern, text)
	if !ok || rest != "" {
		return math.NaN()
	}
	if p.millis != nil {
		return *p.millis
	}
	if p.hour12 >= 0 {
		p.hour = p.hour%12 + p.hour12*12
	}
	if p.offset != nil {
		zone = time.FixedZone("", *p.offset*60)
	}
	if p.dayOfYear > 0 {
		p.month, p.day = 1, p.dayOfYear
	}
	t := time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, 0, zone)
	return float64(t.UnixMilli() + int64(p.ms))
}

type timeParts struct {
	year, month, day, hour, minute, second, ms int
	hour12                                     int // -1 none, 0 AM, 1 PM
	dayOfYear                                  int
	offset                                     *int
	millis                                     *float64
}

func (p *timeParts) read(pattern, text string) (rest string, ok bool) {
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' || i+1 == len(pattern) {
			if text == "" || text[0] != pattern[i] {
				return "", false
			}
			text = text[1:]
			continue
		}
		i++
		if strings.IndexByte("-_0", pattern[i]) >= 0 && i+1 < len(pattern) {
			i++
		}
		if inner, nestedOne := nested[pattern[i]]; nestedOne {
			text, ok = p.read(inner, text)
		} else {
			text, ok = p.directive(pattern[i], text)
		}
		if !ok {
			return "", false
		}
	}
	return text, true
}

// names finds which of the names the text begins with; -1 if none.
func names(text string, all []string) (at int, rest string) {
	for i, name := range all {
		if len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) {
			return i, text[len(name):]
		}
	}
	return -1, text
}

var (
	monthNames = strings.Split("January,February,March,April,May,June,July,August,September,October,November,December", ",")
	dayNames   = strings.Split("Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday", ",")
)

func short(all []string) []string {
	out := make([]string, len(all))
	for i, name := range all {
		out[i] = name[:3]
	}
	return out
}

func (p *timeParts) directive(c byte, text string) (string, bool) {
	at := 0
	switch c {
	case 'a':
		at, text = names(text, short(dayNames))
		return text, at >= 0
	case 'A':
		at, text = names(text, dayNames)
		return text, at >= 0
	case 'b':
		at, text = names(text, short(monthNames))
		p.month = at + 1
		return text, at >= 0
	case 'B':
		at, text = names(text, monthNames)
		p.month = at + 1
		return text, at >= 0
	case 'p':
		p.hour12, text = names(text, []string{"AM", "PM"})
		return text, p.hour12 >= 0
	case '%':
		return strings.CutPrefix(text, "%")
	case 'Z':
		return p.zone(text)
	}
	width := map[byte]int{'Y': 4, 'j': 3, 'L': 3, 'f': 6, 'Q': 20, 's': 20, 'q': 1}[c]
	if width == 0 {
		width = 2
	}
	text = strings.TrimLeft(text, " ")
	n := 0
	for n < len(text) && n < width && (text[n] >= '0' && text[n] <= '9' || n == 0 && width == 20 && text[0] == '-') {
		n++
	}
	v, err := strconv.ParseInt(text[:n], 10, 64)
	if err != nil {
		return "", false
	}
	return text[n:], p.number(c, int(v))
}

func (p *timeParts) number(c byte, v int) bool {
	switch c {
	case 'd', 'e':
		p.day = v
	case 'f':
		p.ms = v / 1000
	case 'H', 'I':
		p.hour = v
	case 'j':
		p.dayOfYear = v
	case 'L':
		p.ms = v
	case 'm':
		p.month = v
	case 'M':
		p.minute = v
	case 'q':
		p.month = v*3 - 2
	case 'S':
		p.second = v
	case 'Q', 's':
		ms := float64(v)
		if c == 's' {
			ms *= 1000
		}
		p.millis = &ms
	case 'y':
		p.year = 1900 + v
		if v <= 68 {
			p.year += 100
		}
	case 'Y':
		p.year = v
	default:
		return false
	}
	return true
}

func (p *timeParts) zone(text string) (string, bool) {
	zero := 0
	if rest, ok := strings.CutPrefix(text, "Z"); ok {
		p.offset = &zero
		return rest, true
	}
	if len(text) < 3 || text[0] != '+' && text[0] != '-' {
		return "", false
	}
	hours, err := strconv.Atoi(text[1:3])
	rest, minutes := strings.TrimPrefix(text[3:], ":"), 0
	if len(rest) >= 2 && err == nil {
		minutes, err = strconv.Atoi(rest[:2])
		rest = rest[2:]
	}
	offset := hours*60 + minutes
	if text[0] == '-' {
		offset = -offset
	}
	p.offset = &offset
	return rest, err == nil
}
