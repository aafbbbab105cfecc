package expr

import (
	"math"
	"time"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

func (e *Env) zone() *time.Location {
	if e.Zone == nil {
		return time.Local
	}
	return e.Zone
}

// part returns a function that reads a part of a date, and its utc twin.
func part(read func(time.Time) int) (local, utc function) {
	at := func(v any, zone *time.Location) any {
		ms := js.Number(v)
		if s, ok := v.(string); ok {
			ms = float64(js.ToDate(s, zone))
		}
		if ms != ms || math.Abs(ms) > 8.64e15 {
			return math.NaN()
		}
		return float64(read(js.Time(ms, zone)))
	}
	local = func(e *Env, a []any) any { return at(arg(a, 0), e.zone()) }
	utc = func(_ *Env, a []any) any { return at(arg(a, 0), time.UTC) }
	return local, utc
}

// dateFunctions are those of dates, each of them for local time and for UTC.
func dateFunctions() map[string]function {
	all := map[string]function{
		"now": func(e *Env, _ []any) any {
			if e.Now == nil {
				return js.Millis(time.Now())
			}
			return js.Millis(e.Now())
		},
		"time":       func(e *Env, a []any) any { return float64(js.ToDate(arg(a, 0), e.zone())) },
		"datetime":   func(e *Env, a []any) any { return made(a, e.zone()) },
		"utc":        func(_ *Env, a []any) any { return float64(made(a, time.UTC)) },
		"timeFormat": func(e *Env, a []any) any { return formatted(a, e.zone()) },
		"utcFormat":  func(_ *Env, a []any) any { return formatted(a, time.UTC) },
		"timeParse": func(e *Env, a []any) any {
			return js.Date(d3.ParseTime(text(a, 1), text(a, 0), e.zone()))
		},
		"utcParse": func(_ *Env, a []any) any { return js.Date(d3.ParseTime(text(a, 1), text(a, 0), time.UTC)) },
	}
	for name, read := range map[string]func(time.Time) int{
		"year": time.Time.Year, "date": time.Time.Day, "hours": time.Time.Hour, "minutes": time.Time.Minute,
		"seconds": time.Time.Second, "dayofyear": time.Time.YearDay,
		"month":        func(t time.Time) int { return int(t.Month()) - 1 },
		"quarter":      func(t time.Time) int { return (int(t.Month())-1)/3 + 1 },
		"day":          func(t time.Time) int { return int(t.Weekday()) },
		"milliseconds": func(t time.Time) int { return t.Nanosecond() / 1e6 },
		"week":         func(t time.Time) int { return (t.YearDay() + 6 - int(t.Weekday())) / 7 },
	} {
		all[name], all["utc"+name] = part(read)
	}
	return all
}

// made returns the date of JavaScript's year, month from 0, day, and so on.
func made(a []any, zone *time.Location) js.Date {
	if len(a) == 1 {
		return js.ToDate(a[0], zone)
	}
	p := [7]int{0, 0, 1}
	for i := range min(len(a), len(p)) {
		f := number(a, i)
		if f != f || math.Abs(f) > 1e8 {
			return js.Date(math.NaN())
		}
		p[i] = int(f)
	}
	if p[0] >= 0 && p[0] <= 99 {
		p[0] += 1900
	}
	return js.Date(js.Millis(time.Date(p[0], time.Month(p[1]+1), p[2], p[3], p[4], p[5], p[6]*1e6, zone)))
}

func formatted(a []any, zone *time.Location) any {
	ms := number(a, 0)
	if _, isText := arg(a, 0).(string); isText || ms != ms || math.Abs(ms) > 8.64e15 {
		return js.Undefined
	}
	if arg(a, 1) == js.Undefined {
		return d3.TickLabel(ms, zone)
	}
	return d3.FormatTime(text(a, 1), js.Time(ms, zone))
}
