package d3

import (
	"math"
	"slices"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Unit is a unit of calendar time.
type Unit int

// The units, the smallest first.
const (
	Millisecond Unit = iota
	Second
	Minute
	Hour
	Day
	Week // begins on Sunday
	Month
	Year
)

// durations of the units in milliseconds, as d3-time has them.
var durations = [...]float64{1, 1e3, 6e4, 36e5, 864e5, 6048e5, 2592e6, 31536e6}

// UTC is the zone of scales of type utc. It has a name of its own as those
// count days otherwise than the scales of local time, wherever that is.
var UTC = time.FixedZone("UTC", 0)

// Interval is every nth unit of time in a zone.
type Interval struct {
	Unit  Unit
	Every int
	Zone  *time.Location
	// SinceEpoch reports that days are counted from 1970-01-01 on, not within
	// their month.
	SinceEpoch bool
}

// Floor returns the start of the unit that t lies in, whatever Every is but
// for years.
func (i Interval) Floor(t time.Time) time.Time {
	t = t.In(i.Zone)
	y, m, d := t.Date()
	switch i.Unit {
	case Year:
		if i.Every > 1 {
			y = int(math.Floor(float64(y)/float64(i.Every))) * i.Every
		}
		return time.Date(y, 1, 1, 0, 0, 0, 0, i.Zone)
	case Month:
		return time.Date(y, m, 1, 0, 0, 0, 0, i.Zone)
	case Week:
		return time.Date(y, m, d-int(t.Weekday()), 0, 0, 0, 0, i.Zone)
	case Day:
		return time.Date(y, m, d, 0, 0, 0, 0, i.Zone)
	case Hour:
		return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	case Minute:
		return t.Add(-time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	case Second:
		return t.Truncate(time.Second)
	}
	ms := js.Millis(t)
	return js.Time(math.Floor(ms/float64(i.Every))*float64(i.Every), i.Zone)
}

// Offset returns t moved by n units, whatever Every is but for years and
// milliseconds.
func (i Interval) Offset(t time.Time, n int) time.Time {
	t = t.In(i.Zone)
	switch i.Unit {
	case Year:
		return t.AddDate(n*max(1, i.Every), 0, 0)
	case Month:
		return t.AddDate(0, n, 0)
	case Week:
		return t.AddDate(0, 0, 7*n)
	case Day:
		return t.AddDate(0, 0, n)
	case Millisecond:
		return t.Add(time.Duration(n*max(1, i.Every)) * time.Millisecond)
	}
	return t.Add(time.Duration(n) * time.Duration(durations[i.Unit]) * time.Millisecond)
}

// counts reports whether a start of a unit is one of those that Every names:
// they are counted within the next larger unit.
func (i Interval) counts(t time.Time) bool {
	n := 0
	switch i.Unit {
	case Month:
		n = int(t.Month()) - 1
	case Day:
		if n = t.Day() - 1; i.SinceEpoch {
			n = int(math.Floor(js.Millis(t) / durations[Day]))
		}
	case Hour:
		n = t.Hour()
	case Minute:
		n = t.Minute()
	case Second:
		n = t.Second()
	case Week:
		y, m, d := t.Date() // weeks since that of 1970-01-01
		n = int(math.Round((js.Millis(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) + 4*durations[Day]) / durations[Week]))
	}
	return i.Every < 2 || n%i.Every == 0
}

// Range returns the starts of the interval from one time to another, both
// included.
func (i Interval) Range(from, to time.Time) (all []time.Time) {
	t := i.Floor(from)
	if t.Before(from) {
		t = i.Floor(i.Offset(t, 1))
	}
	for n := 0; !t.After(to) && len(all) < maxTicks && n < 100*maxTicks; n++ {
		if i.counts(t) {
			all = append(all, t)
		}
		next := i.Floor(i.Offset(t, 1))
		if !next.After(t) {
			next = i.Offset(t, 1)
		}
		t = next
	}
	return all
}

// tickIntervals are the steps of time axes.
var tickIntervals = []struct {
	unit  Unit
	every int
}{
	{Second, 1}, {Second, 5}, {Second, 15}, {Second, 30}, {Minute, 1}, {Minute, 5}, {Minute, 15}, {Minute, 30},
	{Hour, 1}, {Hour, 3}, {Hour, 6}, {Hour, 12}, {Day, 1}, {Day, 2}, {Week, 1}, {Month, 1}, {Month, 3}, {Year, 1},
}

// TimeInterval returns the interval that gives about count ticks of a range
// in milliseconds.
func TimeInterval(start, stop, count float64, zone *time.Location) Interval {
	target := math.Abs(stop-start) / count
	length := func(i int) float64 { return durations[tickIntervals[i].unit] * float64(tickIntervals[i].every) }
	i := 0
	for i < len(tickIntervals) && length(i) <= target {
		i++
	}
	switch i {
	case len(tickIntervals):
		step := TickStep(start/durations[Year], stop/durations[Year], count)
		return Interval{Unit: Year, Every: max(1, int(step)), Zone: zone}
	case 0:
		return Interval{Unit: Millisecond, Every: max(1, int(TickStep(start, stop, count))), Zone: zone}
	}
	if target/length(i-1) < length(i)/target {
		i--
	}
	return Interval{Unit: tickIntervals[i].unit, Every: tickIntervals[i].every, Zone: zone, SinceEpoch: zone == UTC}
}

// TimeTicks returns about count ticks of a range in milliseconds.
func TimeTicks(start, stop, count float64, zone *time.Location) []float64 {
	if !(count > 0) || start != start || stop != stop {
		return nil
	}
	return TimeInterval(start, stop, count, zone).Ticks(start, stop)
}

// Ticks returns the starts of the interval in a range, in milliseconds.
func (i Interval) Ticks(start, stop float64) []float64 {
	reverse := stop < start
	if reverse {
		start, stop = stop, start
	}
	var all []float64
	for _, t := range i.Range(js.Time(start, i.Zone), js.Time(stop, i.Zone)) {
		all = append(all, js.Millis(t))
	}
	if reverse {
		slices.Reverse(all)
	}
	return all
}

// Nice widens a range in milliseconds to starts of the interval.
func (i Interval) Nice(start, stop float64) (float64, float64) {
	floor := func(t time.Time) time.Time {
		t = i.Floor(t)
		for !i.counts(t) {
			t = i.Floor(t.Add(-time.Millisecond))
		}
		return t
	}
	a, b := floor(js.Time(start, i.Zone)), floor(js.Time(stop, i.Zone))
	if js.Millis(b) < stop {
		for b = i.Floor(i.Offset(b, 1)); !i.counts(b); {
			b = i.Floor(i.Offset(b, 1))
		}
	}
	return js.Millis(a), js.Millis(b)
}

// TickLabel writes a tick of a time axis by what it is the start of, as
// Vega's multi-format does.
func TickLabel(ms float64, zone *time.Location) string {
	return TickLabelBy(nil, ms, zone)
}

// tickFormats are the formats of TickLabel by the unit that a tick is the
// start of.
var tickFormats = map[string]string{
	"milliseconds": ".%L", "seconds": ":%S", "minutes": "%I:%M", "hours": "%I %p", "date": "%a %d", "week": "%b %d",
	"month": "%B", "quarter": "%B", "year": "%Y",
}

// TickLabelBy is TickLabel with other formats for some units.
func TickLabelBy(formats map[string]string, ms float64, zone *time.Location) string {
	t := js.Time(ms, zone)
	is := func(u Unit) bool { return js.Millis(Interval{Unit: u, Every: 1, Zone: zone}.Floor(t)) == ms }
	unit := "year"
	switch {
	case !is(Second):
		unit = "milliseconds"
	case !is(Minute):
		unit = "seconds"
	case !is(Hour):
		unit = "minutes"
	case !is(Day):
		unit = "hours"
	case !is(Month) && !is(Week):
		unit = "date"
	case !is(Month):
		unit = "week"
	case t.Month()%3 != 1:
		unit = "month"
	case !is(Year):
		unit = "quarter"
	}
	if f, ok := formats[unit]; ok {
		return FormatTime(f, t)
	}
	if f, ok := formats["month"]; ok && unit == "quarter" {
		return FormatTime(f, t)
	}
	return FormatTime(tickFormats[unit], t)
}
