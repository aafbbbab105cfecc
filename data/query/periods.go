package query

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// compileMoments makes the matcher of a condition on datetimes or times.
func compileMoments(c Condition, col frame.Column) (matcher, error) {
	read := func(text string) (period, error) {
		parse := parsePeriod
		if col.Type == frame.Time {
			parse = parseTime
		}
		p, ok := parse(text)
		if !ok {
			return p, misfit(text, col)
		}
		return p, nil
	}
	var list []period
	for _, text := range c.Values {
		if r, ok := cutRange(text); ok && (c.Op == In || c.Op == NotIn) {
			p, err := periodOf(r, read)
			if err != nil {
				return nil, err
			}
			list = append(list, p)
			continue
		}
		if c.Op == Between && strings.TrimSpace(text) == "" {
			list = append(list, period{from: dawn, until: dusk})
			continue
		}
		p, err := read(text)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	switch c.Op {
	case Lt:
		list[0] = period{dawn, list[0].from, list[0].instant}
	case Le:
		list[0].from = dawn
	case Gt:
		list[0] = period{list[0].until, dusk, list[0].instant}
	case Ge:
		list[0].until = dusk
	case Between: // one end may have a zone, and the other none
		low := inPeriods([]period{{list[0].from, dusk, list[0].instant}}, false)
		high := inPeriods([]period{{dawn, list[1].until, list[1].instant}}, false)
		return func(v *frame.Vector, keep []bool) { low(v, keep); high(v, keep) }, nil
	}
	return inPeriods(list, negates(c.Op)), nil
}

// periodOf is the period of a range in a list. Both ends are instants, or both
// are times without a zone.
func periodOf(r listedRange, read func(string) (period, error)) (period, error) {
	out := period{from: dawn, until: dusk}
	if strings.TrimSpace(r.low) != "" {
		p, err := read(r.low)
		if err != nil {
			return out, err
		}
		out.from, out.instant = p.from, p.instant
	}
	if strings.TrimSpace(r.high) == "" {
		return out, nil
	}
	p, err := read(r.high)
	switch {
	case err != nil:
		return out, err
	case r.low != "" && p.instant != out.instant:
		return out, fmt.Errorf("one end of %s has a zone, the other has none", quoted(r.low+".."+r.high))
	}
	out.until, out.instant = p.until, p.instant
	if r.open {
		out.until = p.from
	}
	return out, nil
}

// inPeriods keeps the cells that are in one of the periods.
func inPeriods(list []period, not bool) matcher {
	return func(v *frame.Vector, keep []bool) {
		for i := range keep {
			if !keep[i] {
				continue
			}
			if v.IsNull(i) {
				keep[i] = not
				continue
			}
			keep[i] = inAny(list, v, i) != not
		}
	}
}

func inAny(list []period, v *frame.Vector, i int) bool {
	shown, instant := clock(v, i), moment{}
	instant.seconds, instant.nanos, _ = v.Moment(i)
	for _, p := range list {
		m := shown
		if p.instant {
			m = instant
		}
		if !m.before(p.from) && (p.until == dusk || m.before(p.until)) {
			return true
		}
	}
	return false
}
