package sheet

// How wide columns are, in cells: by themselves, and made by hand.
const (
	maxFrozen             = 30
	maxColumn             = 30
	maxTitle              = 22 // of it, for the name
	leastWidth, mostWidth = 4, 120
	widthStep             = 2
	// MarkWidth is the room for a row's mark before its name.
	MarkWidth = 2
)

// ByHand are the widths of columns that were made by hand, by their ids.
type ByHand map[string]int

// set makes a column as wide as said, within limits.
func (b *ByHand) set(c Column, w int) {
	if *b == nil {
		*b = ByHand{}
	}
	(*b)[c.id()] = min(max(w, leastWidth), mostWidth)
}

// Fit gives all columns their own widths back.
func (b ByHand) Fit() { clear(b) }

// over returns the widths of columns, of which own are those they need.
func (b ByHand) over(columns []Column, own []int) []int {
	if len(b) == 0 {
		return own
	}
	out := append([]int(nil), own...)
	for i, c := range columns {
		if w, ok := b[c.id()]; ok && i < len(out) {
			out[i] = w
		}
	}
	return out
}

// frozen is the room for the first n columns, the first of them with its marks.
// Whatever they were made by hand, they leave room for another.
func (b ByHand) frozen(columns []Column, own []int, n, room int) []int {
	left := room * 3 / 5
	var out []int
	for i := range min(n, len(own)) {
		w := own[i]
		if i == 0 {
			w += MarkWidth
		}
		if _, ok := b[columns[i].id()]; !ok {
			w = min(w, maxFrozen, max(room*2/5, 6))
		}
		w = max(min(w, left), 0)
		if i == 0 {
			w = max(w, min(6, room))
		} else if w < leastWidth {
			break
		}
		out, left = append(out, w), left-w
	}
	return out
}

// span is the width of columns from..to.
func span(widths []int, from, to int) (w int) {
	for c := from; c <= to && c < len(widths); c++ {
		w += widths[c]
	}
	return w
}
