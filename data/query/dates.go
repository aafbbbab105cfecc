package query

import (
	"fmt"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// Dates is what is known of dates and datetimes in their order.
type Dates struct {
	// Step is the regular step from one value to the next; the zero Step if there
	// is none, or if there are too many values to tell.
	Step Step
	// Gap is the longest time between two values that follow each other, in
	// seconds; GapFrom is the one before it, in seconds since 1970.
	Gap, GapFrom float64
}

// Step is a regular step between dates.
type Step struct {
	// Count and Unit are the step: 15 minutes, 1 month. Weekday says that the
	// step is a day and that weekends are left out.
	Count   int
	Unit    string // second, minute, hour, day, week, month, quarter, year; "" = no step
	Weekday bool
	Missing int // steps at which there is no row
	Rows    int // rows at each step, if there are equally many; else 0
}

// String is the step in words: "one row a day, 3 missing".
func (s Step) String() string {
	if s.Unit == "" {
		return ""
	}
	rows := "one row"
	switch {
	case s.Rows == 0:
		rows = "rows"
	case s.Rows > 1:
		rows = thousands(s.Rows) + " rows"
	}
	step := "a " + s.Unit
	switch {
	case s.Weekday:
		step = "a weekday"
	case s.Count > 1:
		step = fmt.Sprintf("every %d %ss", s.Count, s.Unit)
	case s.Unit == "hour":
		step = "an hour"
	}
	text := rows + " " + step
	if s.Missing > 0 {
		text += ", " + thousands(s.Missing) + " missing"
	}
	return text
}

// describeDates looks for gaps and a step. Times are as the frame has them: in
// UTC where they have a zone.
func describeDates(w *weights) *Dates {
	d := &Dates{}
	if w.rounded || w.n == 0 {
		return d
	}
	times, per := w.distinct()
	for i := 1; i < len(times); i++ {
		if gap := times[i] - times[i-1]; gap > d.Gap {
			d.Gap, d.GapFrom = gap, times[i-1]
		}
	}
	if len(times) >= minSteps {
		d.Step = stepOf(times)
		d.Step.Rows = per
	}
	if d.Step.Unit == "" {
		d.Step = Step{}
	}
	return d
}

// distinct are the different values in order, and how many rows have each if
// they are equally many, else 0. Values that were kept one by one are counted
// from then on.
func (w *weights) distinct() (values []float64, per int) {
	if w.sample != nil {
		all := w.sample.values
		slices.Sort(all) // which costs little where they rise already
		w.list, w.sample = make([]weighted, 0, len(all)), nil
		for _, x := range all {
			if n := len(w.list); n > 0 && w.list[n-1].value == x {
				w.list[n-1].rows++
			} else {
				w.list = append(w.list, weighted{x, 1})
			}
		}
	}
	per = w.list[0].rows
	values = make([]float64, len(w.list))
	for i, x := range w.list {
		if values[i] = x.value; x.rows != per {
			per = 0
		}
	}
	return values, per
}

// minSteps is how many different dates there have to be for a step.
const minSteps = 3

// maxMissing is the greatest share of steps without a row.
const maxMissing = 0.2

// stepOf finds the step between times: one that all of them fit, with few left
// out.
func stepOf(times []float64) Step {
	if s, ok := calendarStep(times); ok {
		return s
	}
	gcd := int64(0)
	for i := 1; i < len(times); i++ {
		d := times[i] - times[i-1]
		if d != math.Trunc(d) {
			return Step{}
		}
		gcd = divisor(gcd, int64(d))
	}
	s := Step{Count: int(gcd), Unit: "second"}
	for _, u := range []struct {
		unit string
		size int64
	}{{"week", 7 * 86400}, {"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if gcd%u.size == 0 {
			s.Count, s.Unit = int(gcd/u.size), u.unit
			break
		}
	}
	steps := int((times[len(times)-1]-times[0])/float64(gcd)) + 1
	if s.Missing = steps - len(times); float64(s.Missing) <= maxMissing*float64(steps) {
		return s
	}
	if gcd == 86400 {
		return weekdays(times)
	}
	return Step{}
}

// weekdays is the step of days none of which is on a weekend.
func weekdays(times []float64) Step {
	day := func(i int) int64 { return int64(math.Floor(times[i] / 86400)) }
	for i := range times {
		if weekday(day(i)) > 4 {
			return Step{}
		}
	}
	first, last := day(0), day(len(times)-1)
	whole := (last - first + 1) / 7
	steps := int(whole * 5)
	for d := first + whole*7; d <= last; d++ {
		if weekday(d) < 5 {
			steps++
		}
	}
	s := Step{Count: 1, Unit: "day", Weekday: true, Missing: steps - len(times)}
	if float64(s.Missing) <= maxMissing*float64(steps) {
		return s
	}
	return Step{}
}

// weekday is the day of the week of a day since 1970, 0 for Monday.
func weekday(day int64) int64 { return ((day+3)%7 + 7) % 7 }

// calendarStep is the step of times that are on one day of the month each, or on
// its last, at one time of day: months, quarters, years.
func calendarStep(times []float64) (Step, bool) {
	months := make([]int64, len(times))
	firstDay, lastDay := 0, true
	clock := math.Mod(times[0], 86400)
	for i, t := range times {
		days := int64(math.Floor(t / 86400))
		y, m, d := frame.Civil(days)
		months[i] = int64(y)*12 + int64(m)
		if i == 0 {
			firstDay = d
		}
		if d != firstDay {
			firstDay = 0
		}
		_, next, _ := frame.Civil(days + 1)
		lastDay = lastDay && next != m
		if math.Mod(t, 86400) != clock || firstDay == 0 && !lastDay {
			return Step{}, false
		}
	}
	gcd := int64(0)
	for i := 1; i < len(months); i++ {
		gcd = divisor(gcd, months[i]-months[i-1])
	}
	if gcd == 0 {
		return Step{}, false
	}
	s := Step{Count: int(gcd), Unit: "month"}
	if gcd%12 == 0 {
		s.Count, s.Unit = int(gcd/12), "year"
	} else if gcd == 3 {
		s.Count, s.Unit = 1, "quarter"
	}
	steps := int((months[len(months)-1]-months[0])/gcd) + 1
	s.Missing = steps - len(times)
	return s, float64(s.Missing) <= maxMissing*float64(steps)
}

// divisor is the greatest common divisor.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
