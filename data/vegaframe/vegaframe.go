// Package vegaframe gives frames to specifications of Vega-Lite: integers and
// numbers are numbers, dates and datetimes are dates, everything else is text.
// Only the columns that a specification uses are read, and nothing is boxed.
package vegaframe

import (
	"context"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega"
)

// Columns reads the columns of a frame that a specification uses, and returns
// them with the number of rows. Dates and datetimes without a zone are in zone
// (nil is the system's), but in UTC where the specification shows them so:
// either way they show what is written.
func Columns(ctx context.Context, f frame.Frame, use *vega.Use, zone *time.Location) ([]vega.Column, int, error) {
	if zone == nil {
		zone = time.Local
	}
	var places []int
	var readers []reader
	for i, c := range f.Columns() {
		if !use.Reads(c.Name) {
			continue
		}
		in := zone
		if use.UTC(c.Name) {
			in = time.UTC
		}
		places, readers = append(places, i), append(readers, newReader(c, f.Len(), in))
	}
	n := f.Len()
	if len(places) == 0 {
		return nil, n, nil // rows are counted all the same
	}
	err := f.Scan(ctx, places, 0, n, func(b *frame.Batch) error {
		for k := range b.Columns {
			readers[k].read(&b.Columns[k], b.Len)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	out := make([]vega.Column, len(readers))
	for i, r := range readers {
		out[i] = r.column()
	}
	return out, n, nil
}

// reader collects the values of one column.
type reader interface {
	read(v *frame.Vector, n int)
	column() vega.Column
}

func newReader(c frame.Column, rows int, zone *time.Location) reader {
	switch c.Type {
	case frame.Integer, frame.Number:
		return &numbers{col: vega.Column{Name: c.Name, Numbers: make([]float64, 0, rows)}}
	case frame.Date, frame.Datetime:
		return &numbers{col: vega.Column{Name: c.Name, Numbers: make([]float64, 0, rows), Dates: true}, clock: newClock(zone)}
	case frame.Boolean:
		return &booleans{vega.Column{Name: c.Name, Values: make([]any, 0, rows)}}
	}
	return &texts{col: vega.Column{Name: c.Name, Codes: make([]int32, 0, rows)}, at: map[string]int32{}}
}
