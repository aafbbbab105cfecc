package query

import (
	"strconv"
	"strings"
)

// listedRange is a range as a value of in and not_in: "10..20", to which both
// ends belong, or "10..<20", to which the greater one does not. An end may be
// open.
type listedRange struct {
	low, high string
	open      bool // the greater end does not belong to it
}

// cutRange reads a range. A value of a text is never one.
func cutRange(text string) (r listedRange, ok bool) {
	r.low, r.high, ok = strings.Cut(text, "..")
	if rest, open := strings.CutPrefix(r.high, "<"); open {
		r.high, r.open = rest, true
	}
	return r, ok
}

// String is r as a value.
func (r listedRange) String() string {
	if r.open {
		return r.low + "..<" + r.high
	}
	return r.low + ".." + r.high
}

// where is r alone.
func (r listedRange) where(field string) Where {
	if r.open {
		return Where{{Field: field, Op: Ge, Values: []string{r.low}}, {Field: field, Op: Lt, Values: []string{r.high}}}
	}
	return Where{{Field: field, Op: Between, Values: []string{r.low, r.high}}}
}

// joins returns the range that is r and the next one, where nothing is between
// them: half-open ones that meet, or whole numbers that follow each other.
func (r listedRange) joins(next listedRange) (listedRange, bool) {
	if r.open || next.open {
		return listedRange{r.low, next.high, next.open}, r.open && next.open && r.high == next.low
	}
	end, err := strconv.ParseInt(r.high, 10, 64)
	begin, errNext := strconv.ParseInt(next.low, 10, 64)
	return listedRange{r.low, next.high, false}, err == nil && errNext == nil && end < begin && end+1 == begin
}

// AnyOf is one where that keeps exactly what any of several keep, if there is
// one: each must be of single values or ranges of the same column. Ranges that
// meet become one.
func AnyOf(all []Where) (Where, bool) {
	if len(all) == 1 {
		return all[0], true
	}
	field := ""
	var values []string
	var ranges []listedRange
	for _, w := range all {
		v, r, ok := asList(w)
		if !ok || field != "" && field != w[0].Field {
			return nil, false
		}
		field, values = w[0].Field, append(values, v...)
		if r == nil {
			continue
		}
		if n := len(ranges); n > 0 {
			if both, meet := ranges[n-1].joins(*r); meet {
				ranges[n-1] = both
				continue
			}
		}
		ranges = append(ranges, *r)
	}
	if len(ranges) == 1 && len(values) == 0 {
		return ranges[0].where(field), true
	}
	for _, r := range ranges {
		values = append(values, r.String())
	}
	return Where{{Field: field, Op: In, Values: values}}, field != ""
}

// asList is a where of one column as values or as a range, if it can be.
func asList(w Where) (values []string, r *listedRange, ok bool) {
	switch {
	case len(w) == 1 && (w[0].Op == Eq || w[0].Op == In):
		return w[0].Values, nil, true
	case len(w) == 1 && w[0].Op == Between:
		return nil, &listedRange{w[0].Values[0], w[0].Values[1], false}, true
	case len(w) == 2 && w[0].Op == Ge && w[1].Op == Lt && w[0].Field == w[1].Field:
		return nil, &listedRange{w[0].Values[0], w[1].Values[0], true}, true
	}
	return nil, nil, false
}
