// Package widget has the small parts that pages and boxes are made of: a text
// field, and the zones of a drawing that can be clicked. A widget holds state,
// takes keys or places, and says what they mean; it draws at most a line and
// knows no page.
package widget

import "github.com/authtabs/tabgate/tui/cell"

// Zone is a part of a drawing, and what a click on it means.
type Zone[T any] struct {
	cell.Rect
	Means T
}

// Zones are the parts of a drawing that can be clicked, the lowest first.
type Zones[T any] []Zone[T]

// Add puts a zone above the others.
func (z *Zones[T]) Add(r cell.Rect, means T) { *z = append(*z, Zone[T]{r, means}) }

// At returns what a click at x, y means: that of the topmost zone there. It is
// not ok where there is none.
func (z Zones[T]) At(x, y int) (means T, ok bool) {
	for i := len(z) - 1; i >= 0; i-- {
		if z[i].Has(x, y) {
			return z[i].Means, true
		}
	}
	return means, false
}
