package frame

// ParseISO reads a date (2024-02-29) or a datetime (2024-02-29 12:30:00.5+02:00,
// with a T or a space between, seconds and what follows at will) as ISO 8601
// has them. A date is days since 1970, a datetime as in Vector.
func ParseISO(b []byte) (t Type, days, seconds int64, nanos int32, zone int16, ok bool) {
	zone = NoZone
	y, a := isoNumber(b, 0, 4)
	m, c := isoNumber(b, 5, 2)
	d, e := isoNumber(b, 8, 2)
	if !a || !c || !e || b[4] != '-' || b[7] != '-' || m < 1 || m > 12 || d < 1 {
		return 0, 0, 0, 0, 0, false
	}
	days = Days(y, m, d)
	if _, m2, d2 := Civil(days); m2 != m || d2 != d {
		return 0, 0, 0, 0, 0, false
	}
	if len(b) == 10 {
		return Date, days, 0, 0, zone, true
	}
	if b[10] != 'T' && b[10] != ' ' {
		return 0, 0, 0, 0, 0, false
	}
	clock, nanos, rest, ok := isoClock(b[11:])
	if !ok {
		return 0, 0, 0, 0, 0, false
	}
	if zone, ok = isoZone(rest); !ok {
		return 0, 0, 0, 0, 0, false
	}
	seconds = days*86400 + clock
	if zone > MinusUTC {
		seconds -= int64(zone) * 60
	}
	return Datetime, 0, seconds, nanos, zone, true
}

// isoNumber reads n digits at a place.
func isoNumber(b []byte, at, n int) (v int, ok bool) {
	if len(b) < at+n {
		return 0, false
	}
	for _, c := range b[at : at+n] {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

// isoClock reads HH:MM[:SS[.fraction]] and returns what follows.
func isoClock(b []byte) (seconds int64, nanos int32, rest []byte, ok bool) {
	h, a := isoNumber(b, 0, 2)
	m, c := isoNumber(b, 3, 2)
	if !a || !c || b[2] != ':' || h > 23 || m > 59 {
		return 0, 0, nil, false
	}
	seconds, rest = int64(h*3600+m*60), b[5:]
	if len(rest) == 0 || rest[0] != ':' {
		return seconds, 0, rest, true
	}
	s, e := isoNumber(rest, 1, 2)
	if !e || s > 59 {
		return 0, 0, nil, false
	}
	seconds, rest = seconds+int64(s), rest[3:]
	if len(rest) > 1 && rest[0] == '.' {
		unit, i := int32(100_000_000), 1
		for ; i < len(rest) && rest[i] >= '0' && rest[i] <= '9'; i++ {
			nanos += unit * int32(rest[i]-'0')
			unit /= 10
		}
		rest = rest[i:]
	}
	return seconds, nanos, rest, true
}

// isoZone reads nothing, Z or ±HH:MM.
func isoZone(b []byte) (zone int16, ok bool) {
	switch {
	case len(b) == 0:
		return NoZone, true
	case string(b) == "Z":
		return UTC, true
	case len(b) != 6 || b[3] != ':' || b[0] != '+' && b[0] != '-':
		return 0, false
	}
	h, a := isoNumber(b, 1, 2)
	m, c := isoNumber(b, 4, 2)
	if !a || !c || h > 23 || m > 59 {
		return 0, false
	}
	zone = int16(h*60 + m)
	if b[0] == '-' {
		if zone = -zone; zone == 0 {
			return MinusUTC, true
		}
	}
	return zone, true
}
