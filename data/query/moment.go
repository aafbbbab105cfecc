package query

import (
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// moment is a point in time: seconds since 1970, or since midnight.
type moment struct {
	seconds int64
	nanos   int32
}

func (m moment) before(o moment) bool {
	return m.seconds < o.seconds || m.seconds == o.seconds && m.nanos < o.nanos
}

// period is the time that a written date or time means, from its beginning up
// to the beginning of what follows: 2012-03 is a month. An instant has a zone;
// another period is compared with the clock that cells show.
type period struct {
	from, until moment
	instant     bool
}

// parsePeriod reads 2012, 2012-03, 2012-03-05 and then, behind a T or a space, a
// clock of hours, minutes, seconds and their fraction, each at will, and a zone
// where there are minutes. A quarter is 2012-Q1.
func parsePeriod(text string) (p period, ok bool) {
	s := strings.TrimSpace(text)
	year, s, ok := leadingYear(s)
	if !ok {
		return p, false
	}
	if s == "" {
		return days(frame.Days(year, 1, 1), frame.Days(year+1, 1, 1)), true
	}
	if q, found := strings.CutPrefix(strings.ToUpper(s), "-Q"); found {
		if len(q) != 1 || q[0] < '1' || q[0] > '4' {
			return p, false
		}
		month := int(q[0]-'1')*3 + 1
		return months(year, month, 3), true
	}
	month, s, ok := two(s, '-', 1, 12)
	if !ok {
		return p, false
	}
	if s == "" {
		return months(year, month, 1), true
	}
	day, s, ok := two(s, '-', 1, 31)
	if !ok {
		return p, false
	}
	first := frame.Days(year, month, day)
	if _, m, d := frame.Civil(first); m != month || d != day {
		return p, false
	}
	if s == "" {
		return days(first, first+1), true
	}
	if s[0] != 'T' && s[0] != 't' && s[0] != ' ' {
		return p, false
	}
	p, s, ok = parseClock(s[1:])
	if !ok {
		return p, false
	}
	p.from.seconds += first * 86400
	p.until.seconds += first * 86400
	return p.inZone(s)
}

// parseTime reads a time of day: 12, 12:30, 12:30:15, 12:30:15.5.
func parseTime(text string) (p period, ok bool) {
	p, rest, ok := parseClock(strings.TrimSpace(text))
	return p, ok && rest == ""
}

// leadingYear reads a year of four digits, or of more behind a sign.
func leadingYear(s string) (year int, rest string, ok bool) {
	n, sign := 0, strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+")
	if sign {
		n = 1
	}
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if digits := strings.TrimLeft(s[:n], "+-"); len(digits) < 4 && !sign || len(digits) > 6 {
		return 0, "", false
	}
	year, err := strconv.Atoi(s[:n])
	return year, s[n:], err == nil
}

// two reads a sign and a number of two digits.
func two(s string, sign byte, least, most int) (n int, rest string, ok bool) {
	if len(s) < 3 || s[0] != sign {
		return 0, "", false
	}
	n, rest, ok = digits(s[1:], 2)
	return n, rest, ok && n >= least && n <= most
}

// digits reads a number of so many digits.
func digits(s string, count int) (n int, rest string, ok bool) {
	if len(s) < count {
		return 0, "", false
	}
	for _, c := range []byte(s[:count]) {
		if c < '0' || c > '9' {
			return 0, "", false
		}
		n = 10*n + int(c-'0')
	}
	return n, s[count:], true
}

func days(from, until int64) period {
	return period{from: moment{seconds: from * 86400}, until: moment{seconds: until * 86400}}
}

// months are n months of a year.
func months(year, month, n int) period {
	end := month + n
	if end > 12 {
		return days(frame.Days(year, month, 1), frame.Days(year+1, end-12, 1))
	}
	return days(frame.Days(year, month, 1), frame.Days(year, end, 1))
}

// parseClock reads the clock at the start of s, as the seconds since midnight.
func parseClock(s string) (p period, rest string, ok bool) {
	hour, rest, ok := digits(s, 2)
	if !ok || hour > 23 {
		return p, "", false
	}
	p.from.seconds = int64(hour) * 3600
	size := int64(3600)
	if minute, after, ok := two(rest, ':', 0, 59); ok {
		p.from.seconds, rest, size = p.from.seconds+int64(minute)*60, after, 60
		if second, after, ok := two(rest, ':', 0, 59); ok {
			p.from.seconds, rest, size = p.from.seconds+int64(second), after, 1
			if after, ok := p.fraction(rest); ok {
				return p, after, true
			}
		}
	}
	p.until = moment{seconds: p.from.seconds + size}
	return p, rest, true
}

// fraction reads the fraction of a second, and makes the period as long as the
// last nanosecond of it.
func (p *period) fraction(s string) (rest string, ok bool) {
	if len(s) < 2 || s[0] != '.' || s[1] < '0' || s[1] > '9' {
		return s, false
	}
	i := 1
	for unit := int32(100_000_000); i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		p.from.nanos += unit * int32(s[i]-'0')
		unit /= 10
	}
	p.until = moment{p.from.seconds, p.from.nanos + 1}
	if p.until.nanos == 1e9 {
		p.until = moment{seconds: p.from.seconds + 1}
	}
	return s[i:], true
}

// inZone takes the zone that is all that is left of a text: none, Z, UTC or
// ±HH:MM.
func (p period) inZone(s string) (period, bool) {
	s = strings.TrimSpace(s)
	switch strings.ToUpper(s) {
	case "":
		return p, true
	case "Z", "UTC", "GMT":
		p.instant = true
		return p, true
	}
	sign := int64(-1) // what is east of Greenwich is ahead
	if s[0] == '-' {
		sign = 1
	} else if s[0] != '+' {
		return p, false
	}
	hour, rest, ok := digits(s[1:], 2)
	minute := 0
	if ok && rest != "" {
		if minute, rest, ok = two(rest, ':', 0, 59); rest != "" {
			return p, false
		}
	}
	if !ok || hour > 23 {
		return p, false
	}
	shift := sign * int64(hour*3600+minute*60)
	p.from.seconds += shift
	p.until.seconds += shift
	p.instant = true
	return p, true
}

// clock is the time that cell i shows: of one with a zone, the clock there.
func clock(v *frame.Vector, i int) moment {
	s, n, zone := v.Moment(i)
	if zone > frame.MinusUTC {
		s += int64(zone) * 60
	}
	return moment{s, n}
}

// Ends of time.
var (
	dawn = moment{seconds: math.MinInt64}
	dusk = moment{seconds: math.MaxInt64}
)
