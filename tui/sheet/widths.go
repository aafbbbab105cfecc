package sheet

// How wide columns are, in cells: by themselves, and made by hand.
const (
	maxFrozen             = 30
	maxColumn             = 30
	leastWidth, mostWidth = 4, 120
	widthStep             = 2
	// MarkWidth is the room for a row's mark before its name.
	MarkWidth = 2
)

// ByHand are the widths of columns that were made by hand.
type ByHand map[int]int

// set makes a column as wide as said, within limits.
func (b *ByHand) set(col, w int) {
	if *b == nil {
		*b = ByHand{}
	}
	(*b)[col] = min(max(w, leastWidth), mostWidth)
}

// Fit gives all columns their own widths back.
func (b ByHand) Fit() { clear(b) }

// over returns the widths of columns, of which own are those they need.
func (b ByHand) over(own []int) []int {
	out := append([]int(nil), own...)
	for col, w := range b {
		if col < len(out) {
			out[col] = w
		}
	}
	return out
}

// frozen is the room for the first column and its marks. Whatever it was made
// by hand, it leaves room for another.
func (b ByHand) frozen(own, room int) int {
	if _, ok := b[0]; ok {
		return max(min(own+MarkWidth, room*3/5), 6)
	}
	return min(own+MarkWidth, maxFrozen, max(room*2/5, 6))
}

// span is the width of columns from..to.
func span(widths []int, from, to int) (w int) {
	for c := from; c <= to && c < len(widths); c++ {
		w += widths[c]
	}
	return w
}
