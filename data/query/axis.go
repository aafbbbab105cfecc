package query

import (
	"cmp"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// What rows without a value, and those of the values that are not told apart,
// are called.
const (
	emptyLabel  = "(empty)"
	othersLabel = "(others)"
)

// grouping puts cells into groups, numbered from 0.
type grouping interface {
	// number finds the groups of cells, none for those without a value.
	number(v *frame.Vector, out []uint32)
	// len is the count of groups so far.
	len() int
	// ordered reports whether groups have an order of their own: that of order.
	ordered() bool
	order() []uint32
	// describe appends the value of a group, and returns its label and what keeps
	// its rows.
	describe(id uint32, v *frame.Vector) (label string, where Where)
	// kind is the type of the values.
	kind() frame.Type
}

// axis is a column by whose values rows are counted.
type axis struct {
	at   int
	col  frame.Column
	most int
	bins int    // 0 = as many as there are usually
	unit string // of dates

	groups grouping
	notes  []string
	ids    []uint32 // by row
	rows   []int    // by group
	nulls  int

	distinct, others int
	place            []uint32 // by group
	values           frame.Vector
	labels           []string
	where            []Where
}

// begin decides how the column is grouped, for which the ends of numbers and
// dates are looked for.
func (a *axis) begin(c *counting) error {
	switch a.col.Type {
	case frame.Text, frame.JSON, frame.Boolean:
		a.groups = newEach(a.col, false, false)
		return nil
	}
	r := newReach()
	if err := c.scan([]int{a.at}, func(b *frame.Batch) error { r.add(&b.Columns[0]); return nil }); err != nil {
		return err
	}
	switch {
	case r.few() && (a.unit == "" || a.col.Type.Numeric()):
		a.groups = newEach(a.col, true, r.zoned)
	case a.col.Type == frame.Integer:
		a.groups = newIntBins(a.col, r, cmp.Or(a.bins, numberBins))
	case a.col.Type == frame.Number:
		a.groups = newFloatBins(a.col, r, cmp.Or(a.bins, numberBins))
	default:
		bins, note, err := newDateBins(a.col, r, cmp.Or(a.bins, dateBins), a.unit)
		if err != nil {
			return err
		}
		if a.groups = bins; note != "" {
			a.notes = append(a.notes, note)
		}
	}
	return nil
}

// count counts the rows of the groups.
func (a *axis) count() {
	a.rows = make([]int, a.groups.len())
	for _, id := range a.ids {
		if id == none {
			a.nulls++
		} else {
			a.rows[id]++
		}
	}
}

// rank is the groups in the order in which they are shown.
func (a *axis) rank() []uint32 {
	if a.groups.ordered() {
		return a.groups.order()
	}
	rank := upTo(len(a.rows))
	slices.SortStableFunc(rank, func(x, y uint32) int { return cmp.Compare(a.rows[y], a.rows[x]) })
	return rank
}

// arrange gives the groups their places, those behind the most the place of the
// others.
func (a *axis) arrange(rank []uint32) {
	a.distinct = len(rank)
	keep := rank
	if kind := a.groups.kind(); len(keep) > a.most && (kind == frame.Text || kind == frame.JSON) {
		keep = keep[:a.most]
	}
	a.others = len(rank) - len(keep)
	a.place = make([]uint32, len(a.rows))
	for i := range a.place {
		a.place[i] = uint32(len(keep))
	}
	a.values.Type = a.groups.kind()
	for i, id := range keep {
		if int(id) < len(a.place) {
			a.place[id] = uint32(i)
		}
		label, where := a.groups.describe(id, &a.values)
		a.labels, a.where = append(a.labels, label), append(a.where, where)
	}
	if a.others > 0 {
		a.addOthers()
	}
	if a.nulls > 0 {
		a.values.AppendNull()
		a.labels, a.where = append(a.labels, emptyLabel), append(a.where, Where{{Field: a.col.Name, Op: IsNull}})
	}
}

// addOthers adds the row of the values that are not told apart.
func (a *axis) addOthers() {
	values := make([]string, len(a.where))
	for i, w := range a.where {
		values[i] = w[0].Values[0]
	}
	a.where = append(a.where, Where{{Field: a.col.Name, Op: NotIn, Values: values}, {Field: a.col.Name, Op: IsFilled}})
	a.labels = append(a.labels, othersLabel)
	a.values.AppendString(othersLabel)
}

// size is how many places there are.
func (a *axis) size() int { return len(a.labels) }

// places are the places of the rows of the frame.
func (a *axis) places() []uint32 {
	out := make([]uint32, len(a.ids))
	for i, id := range a.ids {
		if id == none {
			out[i] = uint32(a.size() - 1)
		} else {
			out[i] = a.place[id]
		}
	}
	return out
}

// each is a group for each different value.
type each struct {
	*dict
	col     frame.Column
	byValue bool
	zoned   bool
}

func newEach(col frame.Column, byValue, zoned bool) *each {
	return &each{newDict(), col, byValue, zoned}
}

func (e *each) ordered() bool    { return e.byValue }
func (e *each) kind() frame.Type { return e.col.Type }

func (e *each) order() []uint32 {
	v := frame.Vector{Type: e.col.Type}
	for id := range e.len() {
		e.appendTo(&v, uint32(id), e.zoned)
	}
	order := upTo(e.len())
	slices.SortFunc(order, func(a, b uint32) int {
		x, _ := v.Float(int(a))
		y, _ := v.Float(int(b))
		if x != y || v.Type == frame.Number {
			return cmp.Compare(x, y)
		}
		return cmp.Or(cmp.Compare(v.Ints[a], v.Ints[b]), cmp.Compare(nanosOf(&v, a), nanosOf(&v, b)))
	})
	return order
}

func nanosOf(v *frame.Vector, i uint32) int32 {
	if v.Nanos == nil {
		return 0
	}
	return v.Nanos[i]
}

func (e *each) describe(id uint32, v *frame.Vector) (string, Where) {
	e.appendTo(v, id, e.zoned)
	label := v.String(v.Len() - 1)
	value := label
	if e.col.Type.Temporal() && e.col.Type != frame.Date && nanosOf(v, uint32(v.Len()-1)) == 0 {
		value = exactly(label)
	}
	return label, Where{{Field: e.col.Name, Op: Eq, Values: []string{value}}}
}

// exactly writes a datetime or time without a fraction so that it means no more
// than that instant, and not the whole second.
func exactly(text string) string {
	const clock = len("00:00:00")
	at := len(text)
	if n := len(text); n > 0 && text[n-1] == 'Z' {
		at--
	}
	if at < clock {
		return text
	}
	return text[:at] + ".0" + text[at:]
}
