package js

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// isoDate is the date-time string format of ECMA-262, and the forms with a
// space that engines read as well.
var isoDate = regexp.MustCompile(`^([+-]\d{6}|\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:?\d{2})?)?$`)

// otherDates are the forms that engines read beside it, in local time.
var otherDates = []string{
	"1/2/2006", "2006/1/2", "1-2-2006", "Jan 2 2006", "Jan 2, 2006", "January 2 2006", "January 2, 2006", "2 Jan 2006",
	"2 January 2006", "Jan 2006", "January 2006", "Mon Jan 2 2006", "Mon, 2 Jan 2006", "Monday, January 2, 2006", "1/2/06", "2006-1-2", "2-Jan-06", "2-Jan-2006",
	"Jan-2-2006", "Jan 1, 2006",
}

var clocks = []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 3:04:05 PM", " 15:04:05 MST", " 15:04:05 -0700", " 15:04:05 GMT-0700", " 15:04:05.000"}

// ToDate converts a value as Date does: text is parsed, a number is
// milliseconds. It is NaN where there is no date.
func ToDate(v any, zone *time.Location) Date {
	switch v := v.(type) {
	case string:
		return Date(parseDate(strings.TrimSpace(v), zone))
	case undefined:
		return Date(math.NaN())
	}
	return Date(Number(v))
}

func parseDate(s string, zone *time.Location) float64 {
	if ms, ok := plainDate(s, zone); ok {
		return ms
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return isoMillis(m, zone)
	}
	if len(s) > 60 {
		return math.NaN()
	}
	for _, day := range otherDates {
		for _, clock := range clocks {
			if t, err := time.ParseInLocation(day+clock, s, zone); err == nil {
				return Millis(t)
			}
		}
	}
	return math.NaN()
}

// plainDate reads the commonest of the dates that isoDate matches, in a tenth
// of the time: 2006-01-02, with T15:04:05 and Z behind it or not.
func plainDate(s string, zone *time.Location) (ms float64, ok bool) {
	digits := func(from, n int) int {
		v := 0
		for _, c := range []byte(s[from : from+n]) {
			if c < '0' || c > '9' {
				ok = false
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	if len(s) != 10 && len(s) != 19 && !(len(s) == 20 && s[19] == 'Z') || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	ok = true
	year, month, day := digits(0, 4), digits(5, 2), digits(8, 2)
	hour, minute, second := 0, 0, 0
	if len(s) == 10 || len(s) == 20 {
		zone = time.UTC
	}
	if len(s) > 10 {
		hour, minute, second = digits(11, 2), digits(14, 2), digits(17, 2)
		ok = ok && s[10] == 'T' && s[13] == ':' && s[16] == ':' && hour < 24 && minute < 60 && second < 60
	}
	if !ok || month < 1 || month > 12 || day < 1 || day > 28 { // the ends of months are for others
		return 0, false
	}
	return Millis(time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)), true
}

// isoMillis returns the time that isoDate has matched: a date without a time
// is in UTC, one with a time and without a zone is local.
func isoMillis(m []string, zone *time.Location) float64 {
	part := func(i, other int) int {
		if m[i] == "" {
			return other
		}
		n, _ := strconv.Atoi(m[i])
		return n
	}
	month, day, hour, minute, second := part(2, 1), part(3, 1), part(5, 0), part(6, 0), part(7, 0)
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 59 {
		return math.NaN()
	}
	switch {
	case m[4] == "" || m[9] == "Z":
		zone = time.UTC
	case m[9] != "":
		digits := strings.ReplaceAll(m[9][1:], ":", "")
		hours, _ := strconv.Atoi(digits[:2])
		minutes, _ := strconv.Atoi(digits[2:])
		offset := (hours*60 + minutes) * 60
		if m[9][0] == '-' {
			offset = -offset
		}
		zone = time.FixedZone("", offset)
	}
	ms := 0
	if m[8] != "" {
		ms, _ = strconv.Atoi((m[8] + "00")[:3])
	}
	t := time.Date(part(1, 0), time.Month(month), day, hour, minute, second, ms*1e6, zone)
	if m[2] != "" && m[3] != "" && t.Day() != day && m[4] == "" {
		return math.NaN() // 30 February
	}
	return Millis(t)
}
