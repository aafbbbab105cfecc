package source

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// joined is a frame with columns of another, found by a column that both have.
// It has the rows of the first: none more and none less.
type joined struct {
	frame.Frame
	columns []frame.Column
	own     int            // columns of the first
	taken   []frame.Vector // of the other
	match   []int32        // the row of the other for each row, -1 = there is none
}

// lookup adds columns of another frame, and tells what was not found there.
func lookup(ctx context.Context, f, from frame.Frame, l dashboard.Lookup) (*joined, []string, error) {
	on, key := frame.Find(f, l.On), frame.Find(from, l.On)
	switch {
	case on < 0:
		return nil, nil, noColumn(f, l.On, "the source")
	case key < 0:
		return nil, nil, noColumn(from, l.On, l.From)
	}
	take, err := taken(from, l)
	if err != nil {
		return nil, nil, err
	}
	rows, err := rowsByKey(ctx, from, key)
	if err != nil {
		return nil, nil, err
	}
	b, err := frame.Rows(ctx, from, take, 0, from.Len())
	if err != nil {
		return nil, nil, err
	}
	j := &joined{Frame: f, columns: slices.Clone(f.Columns()), own: len(f.Columns()), taken: b.Columns}
	missed, err := j.find(ctx, on, rows)
	if err != nil {
		return nil, nil, err
	}
	notes := j.name(from, take, l)
	if missed.count > 0 {
		verb := "have"
		if missed.count == 1 {
			verb = "has"
		}
		notes = append(notes, fmt.Sprintf("lookup %s: %d of %d rows %s no match by %s and null there, first %s", l.From, missed.count, f.Len(), verb, l.On, missed.first))
	}
	return j, notes, nil
}

func noColumn(f frame.Frame, name, where string) error {
	var names []string
	for _, c := range f.Columns() {
		names = append(names, c.Name)
	}
	return fmt.Errorf("%s has no column %q: it has %s", where, name, few(names))
}

// taken are the columns of the other frame that are wanted: all but the key if
// none are named.
func taken(from frame.Frame, l dashboard.Lookup) (take []int, err error) {
	for _, name := range l.Take {
		c := frame.Find(from, name)
		if c < 0 {
			return nil, noColumn(from, name, l.From)
		}
		take = append(take, c)
	}
	if l.Take == nil {
		for i, c := range from.Columns() {
			if c.Name != l.On {
				take = append(take, i)
			}
		}
	}
	return take, nil
}

// rowsByKey are the rows of a frame by what a column holds there. Nothing may
// be there twice, for then rows would multiply.
func rowsByKey(ctx context.Context, f frame.Frame, key int) (map[string]int32, error) {
	rows := make(map[string]int32, f.Len())
	var cell []byte
	err := f.Scan(ctx, []int{key}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if v.IsNull(i) {
				continue
			}
			cell = v.AppendCell(cell[:0], i)
			if first, twice := rows[string(cell)]; twice {
				return fmt.Errorf("%s %q is in rows %d and %d there, so rows would multiply: keep one of each", f.Columns()[key].Name, shown(cell), first+1, b.First+i+1)
			}
			rows[string(cell)] = int32(b.First + i)
		}
		return nil
	})
	return rows, err
}

// shown is a cell as errors show it.
func shown(cell []byte) string {
	const most = 40
	if runes := []rune(string(cell)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(cell)
}

// missed are rows that were not found.
type missed struct {
	count int
	first string
}

// find finds the row of the other for each row.
func (j *joined) find(ctx context.Context, on int, rows map[string]int32) (m missed, err error) {
	j.match = make([]int32, 0, j.Len())
	var cell []byte
	err = j.Frame.Scan(ctx, []int{on}, 0, j.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			cell = v.AppendCell(cell[:0], i)
			row, ok := rows[string(cell)]
			if !ok || v.IsNull(i) {
				row = -1
				if m.count++; m.count == 1 {
					m.first = fmt.Sprintf("%q", shown(cell))
					if v.IsNull(i) {
						m.first = "in row " + fmt.Sprint(b.First+i+1) + ", which has none"
					}
				}
			}
			j.match = append(j.match, row)
		}
		return nil
	})
	return m, err
}

// name adds the columns, with names that the frame does not have yet.
func (j *joined) name(from frame.Frame, take []int, l dashboard.Lookup) (notes []string) {
	used := map[string]bool{}
	for _, c := range j.columns {
		used[c.Name] = true
	}
	var told []string
	for i, at := range take {
		c := from.Columns()[at]
		name := c.Name
		for n := 2; used[name]; n++ {
			name = fmt.Sprintf("%s_%d", c.Name, n)
		}
		if name != c.Name {
			told = append(told, name)
		}
		used[name] = true
		c.Name, c.Nulls = name, 0
		for _, row := range j.match {
			if row < 0 || j.taken[i].IsNull(int(row)) {
				c.Nulls++
			}
		}
		j.columns = append(j.columns, c)
	}
	if len(told) > 0 {
		notes = append(notes, fmt.Sprintf("lookup %s: renamed, since the source has such columns: %s", l.From, strings.Join(told, ", ")))
	}
	return notes
}

// Columns implements frame.Frame.
func (j *joined) Columns() []frame.Column { return j.columns }

// Close implements frame.Frame. What it is made of is others' as well.
func (j *joined) Close() error { return nil }

// Scan implements frame.Frame.
func (j *joined) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	var own []int
	for _, c := range columns {
		if c < j.own {
			own = append(own, c)
		}
	}
	out := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	return j.Frame.Scan(ctx, own, from, to, func(b *frame.Batch) error {
		out.First, out.Len = b.First, b.Len
		n := 0
		for i, c := range columns {
			if c < j.own {
				out.Columns[i] = b.Columns[n]
				n++
				continue
			}
			j.fill(&out.Columns[i], c-j.own, b)
		}
		return visit(out)
	})
}

// fill makes a column of the other for the rows of a batch.
func (j *joined) fill(v *frame.Vector, c int, b *frame.Batch) {
	from := &j.taken[c]
	*v = frame.Vector{}
	v.Reset(from.Type)
	for _, row := range j.match[b.First : b.First+b.Len] {
		if row < 0 {
			v.AppendNull()
			continue
		}
		v.AppendFrom(from, int(row))
	}
}
