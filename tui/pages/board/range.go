package board

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/query"
)

var errRange = errors.New("write from..to, or last 30d (h d w m y)")

// parseRange reads a range: two ends, "from..to" in one, or "last 30d".
func parseRange(values []string) (Choice, error) {
	if len(values) == 2 {
		return Choice{Values: values}, nil
	}
	text := strings.TrimSpace(strings.Join(values, ","))
	if text == "" {
		return Choice{}, nil
	}
	if rest, ok := strings.CutPrefix(text, "last"); ok {
		span := strings.TrimSpace(strings.TrimPrefix(rest, ":"))
		if _, ok := ago(time.Time{}, span); !ok {
			return Choice{}, errRange
		}
		return Choice{Values: []string{"last " + span}}, nil
	}
	from, to, ok := strings.Cut(text, "..")
	if !ok {
		return Choice{}, errRange
	}
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if from == "" && to == "" {
		return Choice{}, nil
	}
	return Choice{Values: []string{from, to}}, nil
}

// rangeText writes a range as parseRange reads it.
func rangeText(values []string) string {
	switch len(values) {
	case 0:
		return ""
	case 1:
		return values[0]
	}
	return values[0] + ".." + values[1]
}

// ago is the time a span before another: "30d".
func ago(now time.Time, span string) (time.Time, bool) {
	if len(span) < 2 {
		return now, false
	}
	n, err := strconv.Atoi(span[:len(span)-1])
	if err != nil || n < 0 || n > 100_000 {
		return now, false
	}
	switch span[len(span)-1] {
	case 'h':
		return now.Add(-time.Duration(n) * time.Hour), true
	case 'd':
		return now.AddDate(0, 0, -n), true
	case 'w':
		return now.AddDate(0, 0, -7*n), true
	case 'm':
		return now.AddDate(0, -n, 0), true
	case 'y':
		return now.AddDate(-n, 0, 0), true
	}
	return now, false
}

// between is the condition of a range, nil where both ends are open.
func between(field string, values []string, now time.Time) query.Where {
	if len(values) == 1 {
		span := strings.TrimPrefix(values[0], "last ")
		from, ok := ago(now, span)
		if !ok {
			return nil
		}
		form := time.DateOnly
		if strings.HasSuffix(span, "h") {
			form = "2006-01-02T15:04:05"
		}
		return query.Where{{Field: field, Op: query.Ge, Values: []string{from.Format(form)}}}
	}
	switch {
	case len(values) != 2, values[0] == "" && values[1] == "":
		return nil
	case values[0] == "":
		return query.Where{{Field: field, Op: query.Le, Values: values[1:]}}
	case values[1] == "":
		return query.Where{{Field: field, Op: query.Ge, Values: values[:1]}}
	}
	return query.Where{{Field: field, Op: query.Between, Values: values}}
}
