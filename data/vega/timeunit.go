package vega

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// timeUnits are the names of the parts of a date, as they stand in the names
// of units; longer ones before those that they begin with.
var timeUnits = []string{"year", "quarter", "month", "week", "dayofyear", "day", "date", "hours", "minutes", "seconds", "milliseconds"}

// timeUnit cuts dates to some of their parts.
type timeUnit struct {
	parts  []string // of timeUnits
	utc    bool
	binned bool // the data are cut already
	step   int
	zone   *time.Location
}

// name is the parts in one word, "yearmonth".
func (u *timeUnit) name() string { return strings.Join(u.parts, "") }

func (u *timeUnit) has(part string) bool {
	for _, p := range u.parts {
		if p == part {
			return true
		}
	}
	return false
}

// timeUnitOf reads a time unit: its name, or {unit, step, utc}.
func timeUnitOf(n node, name string, zone *time.Location) *timeUnit {
	v := n.get(name)
	if v == js.Undefined || v == nil {
		return nil
	}
	u := &timeUnit{step: 1, zone: zone}
	text, isText := v.(string)
	if !isText {
		o := n.child(name)
		if !o.ok() {
			refuse(n.at(name), "must be a time unit")
		}
		text = o.text("unit")
		u.utc = o.flag("utc", false)
		u.binned = o.flag("binned", false)
		u.step = int(o.or("step", 1))
		if o.has("maxbins") {
			refuse(o.at("maxbins"), "is not supported")
		}
	}
	rest := text
	if r, ok := strings.CutPrefix(rest, "binned"); ok {
		rest, u.binned = r, true
	}
	if r, ok := strings.CutPrefix(rest, "utc"); ok {
		rest, u.utc = r, true
	}
	for rest != "" {
		found := false
		for _, part := range timeUnits {
			if r, ok := strings.CutPrefix(rest, part); ok {
				u.parts, rest, found = append(u.parts, part), r, true
				break
			}
		}
		if !found {
			refuse(n.at(name), "%q is no time unit", text)
		}
	}
	if len(u.parts) == 0 {
		refuse(n.at(name), "%q is no time unit", text)
	}
	if u.utc {
		u.zone = time.UTC
	}
	if u.has("quarter") && u.has("month") || u.step > 1 && (u.has("week") || u.has("quarter")) {
		refuse(n.at(name), "%q is not supported", text)
	}
	return u
}

// smallest is the last part of the unit in the order of length.
func (u *timeUnit) smallest() string {
	best := 0
	for _, p := range u.parts {
		for i, name := range timeUnits {
			if p == name {
				best = max(best, i)
			}
		}
	}
	return timeUnits[best]
}

// floor returns the start of the unit that a date lies in, NaN if it is none.
// Parts that are not named are those of 2012-01-01 00:00.
func (u *timeUnit) floor(ms float64) float64 {
	if ms != ms || math.Abs(ms) > 8.64e15 {
		return math.NaN()
	}
	t := js.Time(ms, u.zone)
	step := func(v int) int { return v - v%max(1, u.step) }
	last := u.smallest()
	part := func(name string, v, other int) int {
		switch {
		case !u.has(name):
			return other
		case name == last:
			return step(v)
		}
		return v
	}
	year := part("year", t.Year(), 2012)
	month := part("month", int(t.Month())-1, 0)
	day := part("date", t.Day()-1, 0) + 1
	if u.has("quarter") {
		month = int(t.Month()-1) / 3 * 3
	}
	switch {
	case u.has("dayofyear"):
		month, day = 0, step(t.YearDay()-1)+1
	case u.has("week"):
		// Week 1 begins on the first Sunday, days before it are in week 0.
		first := time.Date(year, 1, 1, 0, 0, 0, 0, u.zone)
		week := (t.YearDay() + 6 - int(t.Weekday())) / 7
		if last == "week" {
			week = step(week)
		}
		month, day = 0, 1-int(first.Weekday())+7*week
		if first.Weekday() == time.Sunday {
			day = 1 + 7*(week-1)
		}
		if u.has("day") {
			day += int(t.Weekday())
		}
	case u.has("day"):
		// The week of 1 January 2012, a Sunday.
		first := int(time.Date(year, time.Month(month+1), 1, 0, 0, 0, 0, u.zone).Weekday())
		day = 1 + (int(t.Weekday())-first+7)%7
		if !u.has("year") && !u.has("month") {
			day = step(int(t.Weekday())) + 1
		}
	}
	return js.Millis(time.Date(year, time.Month(month+1), day, part("hours", t.Hour(), 0), part("minutes", t.Minute(), 0),
		part("seconds", t.Second(), 0), part("milliseconds", t.Nanosecond()/1e6, 0)*1e6, u.zone))
}

// cut returns the starts and ends of the units of dates.
func (u *timeUnit) cut(col *vector) (starts, ends *vector) {
	n := len(col.nums)
	starts = &vector{nums: make([]float64, n), null: make([]bool, n), dates: true}
	ends = &vector{nums: make([]float64, n), null: starts.null, dates: true}
	known := newSpans(u)
	for i := range col.nums {
		from, to := math.NaN(), math.NaN()
		if ms, ok := col.number(i); ok {
			from, to = known.of(ms)
		}
		starts.nums[i], ends.nums[i], starts.null[i] = from, to, from != from
	}
	return starts, ends
}

// spans are the units that dates were found in, sorted: most dates lie in one
// that is known.
type spans struct {
	u    *timeUnit
	from []float64
	to   []float64
	last int
}

func newSpans(u *timeUnit) *spans { return &spans{u: u} }

// of returns the start and the end of the unit of a date.
func (s *spans) of(ms float64) (from, to float64) {
	if !s.u.whole() || s.u.step > 1 {
		from = s.u.floor(ms)
		return from, s.u.next(from)
	}
	if len(s.from) > 0 && ms >= s.from[s.last] && ms < s.to[s.last] {
		return s.from[s.last], s.to[s.last]
	}
	at, _ := slices.BinarySearchFunc(s.to, ms, func(to, ms float64) int {
		if to <= ms {
			return -1
		}
		return 1
	})
	if at < len(s.from) && s.from[at] <= ms {
		s.last = at
		return s.from[at], s.to[at]
	}
	from = s.u.floor(ms)
	to = s.u.next(from)
	if from <= ms && ms < to && len(s.from) < 10_000 {
		s.from, s.to, s.last = slices.Insert(s.from, at, from), slices.Insert(s.to, at, to), at
	}
	return from, to
}

// next returns the start of the unit behind the one that starts at ms.
func (u *timeUnit) next(ms float64) float64 {
	if ms != ms {
		return ms
	}
	t, n := js.Time(ms, u.zone), u.step
	switch u.smallest() {
	case "year":
		t = t.AddDate(n, 0, 0)
	case "quarter":
		t = t.AddDate(0, 3*n, 0)
	case "month":
		t = t.AddDate(0, n, 0)
	case "week":
		t = t.AddDate(0, 0, 7*n)
	case "day", "date", "dayofyear":
		t = t.AddDate(0, 0, n)
	case "hours":
		t = t.Add(time.Duration(n) * time.Hour)
	case "minutes":
		t = t.Add(time.Duration(n) * time.Minute)
	case "seconds":
		t = t.Add(time.Duration(n) * time.Second)
	default:
		t = t.Add(time.Duration(n) * time.Millisecond)
	}
	return js.Millis(t)
}

// before returns the start of the unit before the one that starts at ms.
func (u *timeUnit) before(ms float64) float64 {
	back := *u
	back.step = -max(1, u.step)
	return back.next(ms)
}

// unitFormats are the label formats of runs of parts, the longest first.
var unitFormats = []struct{ parts, format string }{
	{"year month date", "%b %d, %Y "}, {"year month", "%b %Y "}, {"hours minutes", "%H:%M"}, {"year", "%Y "}, {"quarter", "Q%q "},
	{"month", "%b "}, {"date", "%d "}, {"week", "W%U "}, {"day", "%a "}, {"dayofyear", "%j "}, {"hours", "%H:00"},
	{"minutes", "00:%M"}, {"seconds", ":%S"}, {"milliseconds", ".%L"},
}

// format is the label format of the unit.
func (u *timeUnit) format() string {
	var b strings.Builder
	rest := strings.Join(u.parts, " ")
	for rest != "" {
		found := false
		for _, f := range unitFormats {
			if r, ok := strings.CutPrefix(rest, f.parts); ok && (r == "" || r[0] == ' ') {
				b.WriteString(f.format)
				rest, found = strings.TrimSpace(r), true
				break
			}
		}
		if !found {
			break
		}
	}
	return strings.TrimSpace(b.String())
}

// title is the unit in words, "year-month".
func (u *timeUnit) title() string { return strings.Join(u.parts, "-") }
