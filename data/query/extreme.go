package query

import (
	"cmp"
	"context"

	"github.com/authtabs/tabgate/data/frame"
)

// extreme is the least, greatest, first or last value of a group.
type extreme struct {
	row   uint32
	value float64 // of a number
	whole int64   // of others
	nanos int32   // plus one; 0 = none was found yet
	text  string
}

func (f *figures) addExtremes(ids []uint32, first int, v *frame.Vector) {
	for i, g := range ids {
		if g == none {
			continue
		}
		row := uint32(first + i)
		switch f.fn {
		case First:
			if f.extreme[g].nanos == 0 {
				f.extreme[g] = extreme{row: row, nanos: 1}
			}
			continue
		case Last:
			f.extreme[g].row = row
			continue
		}
		if v.IsNull(i) {
			continue
		}
		f.extreme[g].take(v, i, row, f.fn == Max)
	}
}

// take takes cell i if it is further out than what was taken. Nanos count from
// 1: 0 says that nothing was.
func (e *extreme) take(v *frame.Vector, i int, row uint32, most bool) {
	order, next := 0, extreme{row: row, nanos: 1}
	switch v.Type {
	case frame.Text:
		text := v.Bytes(i)
		if e.nanos != 0 {
			order = cmp.Compare(string(text), e.text)
		}
		if e.nanos == 0 || order != 0 && order > 0 == most {
			next.text = string(text)
		}
	case frame.Number:
		next.value = v.Floats[i]
		order = cmp.Compare(next.value, e.value)
	case frame.Datetime, frame.Time:
		var nanos int32
		next.whole, nanos, _ = v.Moment(i)
		next.nanos += nanos
		order = cmp.Or(cmp.Compare(next.whole, e.whole), cmp.Compare(next.nanos, e.nanos))
	default:
		next.whole = v.Ints[i]
		order = cmp.Compare(next.whole, e.whole)
	}
	if e.nanos == 0 || order != 0 && order > 0 == most {
		*e = next
	}
}

// gathered is figures that are cells of the frame, as they stand there.
func (f *figures) gathered(ctx context.Context, fr frame.Frame, column int, groups []uint32) (frame.Vector, error) {
	var rows []uint32
	for _, g := range groups {
		if f.has(g) {
			rows = append(rows, f.extreme[g].row)
		}
	}
	b, err := frame.Gather(ctx, fr, []int{column}, rows)
	if err != nil {
		return frame.Vector{}, err
	}
	v := frame.Vector{Type: f.col.Type}
	k := 0
	for _, g := range groups {
		if !f.has(g) {
			v.AppendNull()
			continue
		}
		v.AppendFrom(&b.Columns[0], k)
		k++
	}
	return v, nil
}

// has reports whether a group has a cell that is its figure.
func (f *figures) has(g uint32) bool {
	if f.fn == First || f.fn == Last {
		return f.rows[g] > 0
	}
	return f.filled[g] > 0
}
