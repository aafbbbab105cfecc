package textfile

import (
	"github.com/authtabs/tabgate/data/frame"
)

// stamp is a date, a time or both, as a cell has it.
type stamp struct {
	kind    kind // day, moment, clock or month
	orders  readings
	days    [3]int64 // since 1970, by order: day, month, year first
	seconds int64    // since midnight, of the cell's own clock
	nanos   int32
	zone    int16 // as in frame.Vector
	flags   flags
}

// isoDate reads 2024-02-29, the short way.
func isoDate(b []byte) (y, m, d int, ok bool) {
	if b[4] != '-' || b[7] != '-' {
		return 0, 0, 0, false
	}
	for i, c := range b[:10] {
		if !isDigit(c) && i != 4 && i != 7 {
			return 0, 0, 0, false
		}
	}
	y = int(b[0]-'0')*1000 + int(b[1]-'0')*100 + int(b[2]-'0')*10 + int(b[3]-'0')
	m, d = int(b[5]-'0')*10+int(b[6]-'0'), int(b[8]-'0')*10+int(b[9]-'0')
	return y, m, d, y > 0 && m > 0 && m < 13 && d > 0 && (d < 29 || d <= daysIn(y, m))
}

// isoClass is the class of 2024-02-29 and 2024-02-29T12:30:00, with a Z or
// none: the short way for most dates.
func isoClass(b []byte) (class, bool) {
	if len(b) != 10 && len(b) != 19 && len(b) != 20 {
		return class{}, false
	}
	if _, _, _, ok := isoDate(b); !ok {
		return class{}, false
	}
	cl := class{kind: day, reads: anyOrder}
	if len(b) == 10 {
		return cl, true
	}
	h, min, sec := b[11:13], b[14:16], b[17:19]
	ok := (b[10] == 'T' || b[10] == ' ') && b[13] == ':' && b[16] == ':' && isDigit(h[0]) && isDigit(h[1]) &&
		isDigit(min[1]) && isDigit(sec[1]) && (h[0] < '2' || h[0] == '2' && h[1] < '4') && min[0] <= '5' && min[0] >= '0' && sec[0] <= '5' && sec[0] >= '0'
	cl.kind, cl.flags = moment, withoutZone
	if len(b) == 20 {
		ok = ok && b[19] == 'Z'
		cl.flags = withZone
	}
	return cl, ok
}

// dateClass is the class of a cell that is a date, a time or both.
func dateClass(b []byte) (class, bool) {
	s, ok := parseStamp(b)
	if !ok {
		return class{}, false
	}
	cl := class{kind: s.kind, reads: s.orders, flags: s.flags}
	if s.kind == moment {
		if s.zone == frame.NoZone {
			cl.flags |= withoutZone
		} else {
			cl.flags |= withZone
		}
	}
	differ := func(a, b int, f flags) {
		if s.orders&(1<<a) != 0 && s.orders&(1<<b) != 0 && s.days[a] != s.days[b] {
			cl.flags |= f
		}
	}
	differ(0, 1, differDM)
	differ(0, 2, differDY)
	differ(1, 2, differMY)
	return cl, true
}

// parseStamp reads a cell as a date, a time or both.
func parseStamp(b []byte) (s stamp, ok bool) {
	s.zone = frame.NoZone
	if len(b) > 64 || len(b) < 4 {
		return s, false
	}
	size := s.date(b)
	if size == 0 {
		if rest, ok := s.clock(b); !ok || len(rest) > 0 {
			return s, false
		}
		s.kind = clock
		return s, true
	}
	if size == len(b) {
		return s, true
	}
	if s.kind == month {
		return s, false
	}
	rest := b[size:]
	switch {
	case len(rest) > 2 && rest[0] == ',' && rest[1] == ' ':
		rest = rest[2:]
	case rest[0] == ' ' || rest[0] == 'T':
		rest = rest[1:]
	default:
		return s, false
	}
	rest, ok = s.clock(rest)
	if !ok || !s.readZone(rest) {
		return s, false
	}
	s.kind = moment
	return s, true
}

// date reads the date that b begins with and returns its size, 0 for none.
func (s *stamp) date(b []byte) int {
	n1, v1 := digitsAt(b, 4)
	if n1 == 0 {
		return s.monthFirstName(b)
	}
	if n1 == 3 || n1 >= len(b) {
		return 0
	}
	sep := b[n1]
	rest := b[n1+1:]
	if sep == ' ' || sep == '-' || sep == '/' {
		if m, size := monthAt(rest); size > 0 {
			return s.named(b, n1, v1, m, n1+1+size, sep)
		}
	}
	if sep != '-' && sep != '/' && sep != '.' {
		return 0
	}
	n2, v2 := digitsAt(rest, 2)
	if n2 == 0 {
		return 0
	}
	end := n1 + 1 + n2
	if end >= len(b) || b[end] != sep {
		if n1 == 4 && n2 == 2 && sep != '.' && end == len(b) {
			return s.yearMonth(v1, v2, sep, end)
		}
		return 0
	}
	n3, v3 := digitsAt(b[end+1:], 4)
	end += 1 + n3
	if n3 == 0 || n3 == 3 || end < len(b) && isDigit(b[end]) {
		return 0
	}
	if !s.numbers(n1, n2, n3, v1, v2, v3, sep) {
		return 0
	}
	return end
}

// numbers decides what three numbers may mean, by the count of their digits.
func (s *stamp) numbers(n1, n2, n3, v1, v2, v3 int, sep byte) bool {
	s.kind = day
	switch {
	case n1 == 4:
		if n3 > 2 {
			return false
		}
		s.certain(v1, v2, v3)
	case sep == '.':
		if n3 != 4 && (n1 != 2 || n2 != 2 || n3 != 2) {
			return false
		}
		if n3 == 2 {
			s.flags |= twoDigitYear
		}
		s.certain(century(n3, v3), v2, v1)
	case n3 == 4:
		s.flags |= doubtful
		s.set(0, v3, v2, v1)
		s.set(1, v3, v1, v2)
	default:
		s.flags |= doubtful | twoDigitYear
		if n3 == 2 {
			s.set(0, century(2, v3), v2, v1)
			s.set(1, century(2, v3), v1, v2)
		}
		if n1 == 2 {
			s.set(2, century(2, v1), v2, v3)
		}
	}
	return s.orders != 0
}

// century is the year of two digits: 00 to 68 are 20xx.
func century(digits, year int) int {
	switch {
	case digits > 2:
		return year
	case year < 69:
		return 2000 + year
	}
	return 1900 + year
}

// certain sets a date that is the same in each order.
func (s *stamp) certain(y, m, d int) {
	for order := range 3 {
		s.set(order, y, m, d)
	}
}

// set sets the date in one order, if there is such a day.
func (s *stamp) set(order, y, m, d int) {
	if y < 1 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return
	}
	s.orders |= 1 << order
	s.days[order] = frame.Days(y, m, d)
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// yearMonth is 2024-01: a month, or a season such as 2009-10.
func (s *stamp) yearMonth(y, m int, sep byte, end int) int {
	if m < 1 || m > 12 {
		return 0
	}
	s.kind = month
	if sep == '-' && m == (y+1)%100 {
		s.flags |= isSeason
	}
	s.certain(y, m, 1)
	if s.orders == 0 {
		return 0
	}
	return end
}

// named reads on behind a number and the name of a month: 5 Jan 2024,
// 5-Jan-24, 2024-Jan-05.
func (s *stamp) named(b []byte, n1, v1, m, at int, sep byte) int {
	if at >= len(b) || b[at] != sep {
		return 0
	}
	n3, v3 := digitsAt(b[at+1:], 4)
	end := at + 1 + n3
	if end < len(b) && isDigit(b[end]) {
		return 0
	}
	s.kind = day
	switch {
	case n1 == 4 && n3 >= 1 && n3 <= 2:
		s.certain(v1, m, v3)
	case n1 <= 2 && (n3 == 4 || n3 == 2):
		if n3 == 2 {
			s.flags |= twoDigitYear
		}
		s.certain(century(n3, v3), m, v1)
	}
	if s.orders == 0 {
		return 0
	}
	return end
}

// monthFirstName reads Jan 5, 2024, January 5 2024, Jan 2024 and Jan-2024.
func (s *stamp) monthFirstName(b []byte) int {
	m, size := monthAt(b)
	if size == 0 || size+1 >= len(b) || b[size] != ' ' && b[size] != '-' {
		return 0
	}
	sep := b[size]
	at := size + 1
	n, v := digitsAt(b[at:], 4)
	at += n
	if n == 4 {
		s.kind = month
		s.certain(v, m, 1)
		if s.orders == 0 || at < len(b) {
			return 0
		}
		return at
	}
	if n < 1 || n > 2 || at >= len(b) {
		return 0
	}
	if b[at] == ',' && sep == ' ' {
		at++
	}
	if at >= len(b) || b[at] != sep {
		return 0
	}
	n3, v3 := digitsAt(b[at+1:], 4)
	end := at + 1 + n3
	if n3 != 4 && n3 != 2 || end < len(b) && isDigit(b[end]) {
		return 0
	}
	if n3 == 2 {
		s.flags |= twoDigitYear
	}
	s.kind = day
	s.certain(century(n3, v3), m, v)
	if s.orders == 0 {
		return 0
	}
	return end
}

// digitsAt reads up to limit digits; more of them count as none.
func digitsAt(b []byte, limit int) (n, value int) {
	for n < len(b) && isDigit(b[n]) {
		if n == limit {
			return 0, 0
		}
		value = value*10 + int(b[n]-'0')
		n++
	}
	return n, value
}

// monthList are the months, ten bytes each.
const monthList = "january   february  march     april     may       june      july      august    september october   november  december  "

// monthAt reads the English name of a month, in full or its first three
// letters, in any case; and the size of the name.
func monthAt(b []byte) (m, size int) {
	if len(b) < 3 {
		return 0, 0
	}
	if m = shortMonth(b); m == 0 {
		return 0, 0
	}
	for size < len(b) && isLetter(b[size]) {
		size++
	}
	if size == 3 || size == 4 && m == 9 && b[3]|0x20 == 't' {
		return m, size
	}
	name := monthList[m*10-10 : m*10]
	if size > 9 || name[size] != ' ' {
		return 0, 0
	}
	for i := range size {
		if b[i]|0x20 != name[i] {
			return 0, 0
		}
	}
	return m, size
}

// shortMonth is the month whose first three letters b begins with, 0 for none.
func shortMonth(b []byte) int {
	switch uint32(b[0]|0x20)<<16 | uint32(b[1]|0x20)<<8 | uint32(b[2]|0x20) {
	case 'j'<<16 | 'a'<<8 | 'n':
		return 1
	case 'f'<<16 | 'e'<<8 | 'b':
		return 2
	case 'm'<<16 | 'a'<<8 | 'r':
		return 3
	case 'a'<<16 | 'p'<<8 | 'r':
		return 4
	case 'm'<<16 | 'a'<<8 | 'y':
		return 5
	case 'j'<<16 | 'u'<<8 | 'n':
		return 6
	case 'j'<<16 | 'u'<<8 | 'l':
		return 7
	case 'a'<<16 | 'u'<<8 | 'g':
		return 8
	case 's'<<16 | 'e'<<8 | 'p':
		return 9
	case 'o'<<16 | 'c'<<8 | 't':
		return 10
	case 'n'<<16 | 'o'<<8 | 'v':
		return 11
	case 'd'<<16 | 'e'<<8 | 'c':
		return 12
	}
	return 0
}
