package textfile

import "github.com/authtabs/tabgate/data/frame"

// clock reads H:MM[:SS[.fraction]][ AM|PM|a|p] and returns what follows.
func (s *stamp) clock(b []byte) (rest []byte, ok bool) {
	n, hour := digitsAt(b, 2)
	if n == 0 || n >= len(b) || b[n] != ':' {
		return nil, false
	}
	b = b[n+1:]
	n, minute := digitsAt(b, 2)
	if n != 2 || minute > 59 {
		return nil, false
	}
	b = b[2:]
	second := 0
	if len(b) > 0 && b[0] == ':' {
		n, second = digitsAt(b[1:], 2)
		if n != 2 || second > 59 {
			return nil, false
		}
		b = b[3:]
		if b, ok = s.fraction(b); !ok {
			return nil, false
		}
	}
	b, hour, ok = halfDay(b, hour)
	if !ok || hour > 23 {
		return nil, false
	}
	s.seconds = int64(hour*3600 + minute*60 + second)
	return b, true
}

// fraction reads the digits behind a point or a comma. What nanoseconds cannot
// hold is no time.
func (s *stamp) fraction(b []byte) (rest []byte, ok bool) {
	if len(b) < 2 || b[0] != '.' && b[0] != ',' || !isDigit(b[1]) {
		return b, true
	}
	i := 1
	for unit := int32(100_000_000); i < len(b) && isDigit(b[i]); i++ {
		if unit == 0 && b[i] != '0' {
			return nil, false
		}
		s.nanos += unit * int32(b[i]-'0')
		unit /= 10
	}
	return b[i:], true
}

// halfDay reads AM, PM, a or p, in any case, and returns the hour of the day.
func halfDay(b []byte, hour int) (rest []byte, h int, ok bool) {
	i := 0
	for i < len(b) && b[i] == ' ' {
		i++
	}
	if i == len(b) || b[i]|0x20 != 'a' && b[i]|0x20 != 'p' {
		return b, hour, true
	}
	afternoon := b[i]|0x20 == 'p'
	i++
	if i < len(b) && b[i]|0x20 == 'm' {
		i++
	}
	if hour < 1 || hour > 12 || i < len(b) && isLetter(b[i]) {
		return nil, 0, false
	}
	hour %= 12
	if afternoon {
		hour += 12
	}
	return b[i:], hour, true
}

// readZone reads Z, UTC, GMT, ±HH, ±HHMM or ±HH:MM, which has to be all that
// is left; nothing is no zone.
func (s *stamp) readZone(b []byte) bool {
	if len(b) > 1 && b[0] == ' ' {
		b = b[1:]
	}
	switch string(b) {
	case "":
		return true
	case "Z", "UTC", "GMT":
		s.zone = frame.UTC
		return true
	}
	if b[0] != '+' && b[0] != '-' {
		return false
	}
	n, v := digitsAt(b[1:], 4)
	minutes := 0
	switch {
	case n == 2 && len(b) == 3:
		minutes = v * 60
	case n == 4 && len(b) == 5:
		minutes = v/100*60 + v%100
	case n == 2 && len(b) == 6 && b[3] == ':':
		k, m := digitsAt(b[4:], 2)
		if k != 2 || m > 59 {
			return false
		}
		minutes = v*60 + m
	default:
		return false
	}
	if minutes >= 24*60 || n == 4 && v%100 > 59 {
		return false
	}
	if b[0] == '-' {
		minutes = -minutes
		if minutes == 0 {
			s.zone = frame.MinusUTC
			return true
		}
	}
	s.zone = int16(minutes)
	return true
}

// instant is the moment in seconds since 1970: in UTC, if it has a zone.
func (s *stamp) instant(order int) int64 {
	t := s.days[order]*86400 + s.seconds
	if s.zone > frame.MinusUTC {
		t -= int64(s.zone) * 60
	}
	return t
}
