package query

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// unit is a length of the bins of dates: so many seconds, or months.
type unit struct {
	name    string // "" = it has no name of its own
	seconds int64
	months  int64
}

// units are the lengths, the finest first.
var units = []unit{
	{"second", 1, 0},
	{"", 5, 0},
	{"", 15, 0},
	{"", 30, 0},
	{"minute", 60, 0},
	{"", 5 * 60, 0},
	{"", 15 * 60, 0},
	{"", 30 * 60, 0},
	{"hour", 3600, 0},
	{"", 3 * 3600, 0},
	{"", 6 * 3600, 0},
	{"", 12 * 3600, 0},
	{"day", 86400, 0},
	{"week", 7 * 86400, 0},
	{"month", 0, 1},
	{"quarter", 0, 3},
	{"year", 0, 12},
	{"", 0, 5 * 12},
	{"decade", 0, 120},
	{"", 0, 50 * 12},
	{"century", 0, 1200},
	{"", 0, 12_000},
	{"", 0, 120_000},
	{"", 0, 1_200_000},
	{"", 0, 12_000_000},
}

// index is the number of the bin that a second since 1970 is in.
func (u unit) index(second int64) int64 {
	switch {
	case u.months > 0:
		y, m, _ := frame.Civil(floorDiv(second, 86400))
		return floorDiv(int64(y)*12+int64(m-1), u.months)
	case u.seconds == 7*86400: // weeks begin on Mondays
		return floorDiv(second+3*86400, u.seconds)
	}
	return floorDiv(second, u.seconds)
}

// start is the first second of a bin.
func (u unit) start(index int64) int64 {
	switch {
	case u.months > 0:
		month := index * u.months
		y := floorDiv(month, 12)
		return frame.Days(int(y), int(month-12*y)+1, 1) * 86400
	case u.seconds == 7*86400:
		return index*u.seconds - 3*86400
	}
	return index * u.seconds
}

// dateBinning is bins of dates, datetimes or times, by the clock that they show.
type dateBinning struct {
	col         frame.Column
	unit        unit
	first, last int64 // the bins, by their index
	recent      int64 // the bin of the cell before
	from, until int64 // its seconds
}

// maxDateBins is how many bins of dates there are at most.
const maxDateBins = 1000

// newDateBins makes bins of a unit, or of the finest that makes no more than so
// many.
func newDateBins(col frame.Column, r *reach, bins int, name string) (b *dateBinning, note string, err error) {
	low, high := r.low, r.high
	if col.Type == frame.Date {
		low, high = low*86400, high*86400
	}
	b = &dateBinning{col: col, from: 1}
	bins = max(bins, 2) // of the longest unit there may be one before the year 0, and one behind
	from := 0
	if name != "" {
		if from, bins = unitNamed(name, col), maxDateBins; from < 0 {
			return nil, "", fmt.Errorf("%s is %s: there is no unit %s of it", quoted(col.Name), article(col.Type), quoted(name))
		}
	}
	if col.Type == frame.Date {
		from = max(from, unitNamed("day", frame.Column{}))
	}
	for i := from; i < len(units); i++ {
		b.unit = units[i]
		if b.first, b.last = b.unit.index(low), b.unit.index(high); b.last-b.first < int64(bins) || col.Type == frame.Time && b.unit.seconds == 12*3600 {
			if name != "" && i > from {
				note = fmt.Sprintf("more than %s of one %s each: they are longer", thousands(maxDateBins), name)
			}
			return b, note, nil
		}
	}
	return nil, "", fmt.Errorf("%s reaches too far to be put into bins", quoted(col.Name))
}

// unitNamed is the place of a unit that a column can have, or -1.
func unitNamed(name string, col frame.Column) int {
	for i, u := range units {
		if u.name == name && (col.Type != frame.Time || u.seconds > 0 && u.seconds <= 3600) {
			return i
		}
	}
	return -1
}

func (b *dateBinning) number(v *frame.Vector, out []uint32) {
	for i := range out {
		if v.IsNull(i) {
			out[i] = none
			continue
		}
		var s int64
		if v.Type == frame.Date {
			s = v.Ints[i] * 86400
		} else {
			s = clock(v, i).seconds
		}
		if s < b.from || s >= b.until { // mostly it is the bin of the row before
			b.recent = b.unit.index(s)
			b.from, b.until = b.unit.start(b.recent), b.unit.start(b.recent+1)
		}
		out[i] = uint32(b.recent - b.first)
	}
}

func (b *dateBinning) len() int         { return int(b.last-b.first) + 1 }
func (b *dateBinning) ordered() bool    { return true }
func (b *dateBinning) order() []uint32  { return upTo(b.len()) }
func (b *dateBinning) kind() frame.Type { return b.col.Type }

func (b *dateBinning) describe(id uint32, v *frame.Vector) (string, Where) {
	from := b.unit.start(b.first + int64(id))
	until := b.unit.start(b.first + int64(id) + 1)
	if b.col.Type == frame.Date {
		v.AppendInt(from / 86400)
	} else {
		v.AppendMoment(from, 0, frame.NoZone)
	}
	value, whole := b.text(from)
	if whole {
		return strings.Replace(value, "T", " ", 1), Where{{Field: b.col.Name, Op: Eq, Values: []string{value}}}
	}
	last, _ := b.text(until - b.step())
	if b.unit.months == 0 && b.unit.seconds < 86400 {
		return strings.Replace(value, "T", " ", 1), Where{{Field: b.col.Name, Op: Between, Values: []string{value, last}}}
	}
	return value + "…" + last, Where{{Field: b.col.Name, Op: Between, Values: []string{value, last}}}
}

// step is the length of what text writes, in seconds: it is the last in a bin.
func (b *dateBinning) step() int64 {
	switch u := b.unit; {
	case u.months > 0, u.seconds >= 86400:
		return 86400
	case u.seconds >= 3600:
		return 3600
	case u.seconds >= 60:
		return 60
	}
	return 1
}

// text writes the second at which a bin begins as far as the unit needs it, and
// reports whether that means the whole bin.
func (b *dateBinning) text(second int64) (text string, whole bool) {
	day := floorDiv(second, 86400)
	y, m, d := frame.Civil(day)
	clock := second - day*86400
	date := fmt.Sprintf("%s-%02d-%02d", yearText(y), m, d)
	switch u := b.unit; {
	case u.months > 0 && u.months%12 == 0:
		return yearText(y), u.months == 12
	case u.months == 3:
		return fmt.Sprintf("%s-Q%d", yearText(y), (m+2)/3), true
	case u.months == 1:
		return fmt.Sprintf("%s-%02d", yearText(y), m), true
	case u.seconds >= 86400:
		return date, u.seconds == 86400
	}
	if text = fmt.Sprintf("%sT%02d", date, clock/3600); b.col.Type == frame.Time {
		text = fmt.Sprintf("%02d", clock/3600)
	}
	if b.unit.seconds < 3600 {
		text += fmt.Sprintf(":%02d", clock/60%60)
	}
	if b.unit.seconds < 60 {
		text += fmt.Sprintf(":%02d", clock%60)
	}
	return text, b.unit.name != ""
}

// yearText writes a year so that it reads back.
func yearText(y int) string {
	if y < 0 || y > 9999 {
		return fmt.Sprintf("%+d", y)
	}
	return fmt.Sprintf("%04d", y)
}
