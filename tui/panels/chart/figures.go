package chart

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/panels"
)

// columns gives the columns of a source that a specification may use, as
// data/vega takes them.
func columns(ctx context.Context, d panels.Data, name string, spec []byte) (names []string, out [][]any, err error) {
	t, ok := d.Sources[name]
	switch {
	case !ok:
		return nil, nil, fmt.Errorf("there is no source %q", name)
	case t.Rows == nil:
		return nil, nil, fmt.Errorf("source %q has no figures yet", name)
	}
	var places []int
	for i, c := range t.Rows.Columns() {
		if used(spec, c.Name) {
			places, names = append(places, i), append(names, c.Name)
			out = append(out, make([]any, 0, t.Rows.Len()))
		}
	}
	if len(places) == 0 { // rows are counted all the same
		return []string{""}, [][]any{make([]any, t.Rows.Len())}, nil
	}
	err = t.Rows.Scan(ctx, places, 0, t.Rows.Len(), func(b *frame.Batch) error {
		for k := range b.Columns {
			out[k] = appendValues(out[k], &b.Columns[k], b.Len)
		}
		return nil
	})
	return names, out, err
}

// used reports whether a specification may use a column: its name stands in
// it, or is one that JSON would write in another way.
func used(spec []byte, name string) bool {
	for _, r := range name {
		if r < ' ' || r > '~' || bytes.ContainsRune([]byte("\"\\.[]'&<>/"), r) {
			return true
		}
	}
	return bytes.Contains(spec, []byte(name))
}

func appendValues(dst []any, v *frame.Vector, n int) []any {
	for i := range n {
		dst = append(dst, value(v, i))
	}
	return dst
}

// value is a cell as JavaScript would have it.
func value(v *frame.Vector, i int) any {
	if v.IsNull(i) {
		return nil
	}
	switch v.Type {
	case frame.Integer:
		return float64(v.Ints[i])
	case frame.Number:
		return v.Floats[i]
	case frame.Boolean:
		return v.Ints[i] != 0
	case frame.Date:
		y, m, d := frame.Civil(v.Ints[i])
		return js.Date(js.Millis(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.Local)))
	case frame.Datetime:
		s, nanos, zone := v.Moment(i)
		t := time.Unix(s, int64(nanos)).UTC()
		if zone == frame.NoZone {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.Local)
		}
		return js.Date(math.Trunc(js.Millis(t)))
	}
	return v.String(i)
}
