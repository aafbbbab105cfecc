package board

import (
	"math"

	"github.com/authtabs/tabgate/tui/cell"
)

// brick is a panel as the layout sees it.
type brick struct {
	slot       int
	weight     float64
	lines      func(width int) int // nil = as many as there are
	most       func(width int) int // that it fills, 0 = any number; nil = any number
	titled     bool
	headed     bool // its own first line sets it apart
	minW, minH int
}

// course is the bricks of one row of the page.
type course struct {
	weight float64
	bricks []brick
}

// place is where a panel stands: its cells, below the inputs, and the rule
// above them, whose height is 0 where there is none.
type place struct {
	slot int
	cell.Rect
	rule cell.Rect
}

// layout is where all panels stand. Lines may be more than the window has.
type layout struct {
	places []place
	splits []split
	rules  map[int]bool // the lines that are rules
	lines  int
}

// split is a line between two panels, which begins in a rule where there is
// one.
type split struct {
	x, y, h int
	ruled   bool
}

// band is panels that stand beside each other in a window of some width: a
// row, or a part of one that is too narrow for all of its panels.
type band struct {
	weight float64
	bricks []brick
	fixed  bool // all of them take the lines that they need
	rule   bool // a line with titles stands above
	widths []int
	height int // of the cells, without the rule
	most   int // that it fills, 0 = any number
}

// arrange lays rows out in w by h cells. Each panel gets the height it needs at
// least, so that the lines may be more than h.
func arrange(rows []course, w, h int) layout {
	var bands []band
	for _, row := range rows {
		bands = append(bands, broken(row, w)...)
	}
	for i := range bands {
		bands[i].measure(w, h, i > 0 && !(bands[i].fixed && bands[i-1].fixed), len(bands) == 1 && len(bands[i].bricks) == 1)
	}
	share(bands, h)
	out := layout{rules: map[int]bool{}}
	for i := range bands {
		bands[i].put(&out, w)
	}
	return out
}

// broken breaks a row where its panels have no room beside each other.
func broken(row course, w int) []band {
	var out []band
	var now band
	used := 0
	for _, b := range row.bricks {
		need := b.minW
		if len(now.bricks) > 0 {
			need++
		}
		if len(now.bricks) > 0 && used+need > w {
			out, now, used, need = append(out, now), band{}, 0, b.minW
		}
		now.bricks, used = append(now.bricks, b), used+need
	}
	if len(now.bricks) > 0 {
		out = append(out, now)
	}
	for i := range out {
		out[i].weight = row.weight
	}
	return out
}

// measure finds out how wide the panels are, and how many lines are needed at
// least.
func (b *band) measure(w, h int, apart, alone bool) {
	b.fixed = true
	headed := true
	for _, brick := range b.bricks {
		headed = headed && brick.headed
		b.fixed = b.fixed && brick.lines != nil
		b.rule = b.rule || brick.titled
	}
	b.rule = b.rule || !headed && (apart || !b.fixed && !alone)
	b.widths = widths(b.bricks, w)
	least := 0
	for i, brick := range b.bricks {
		if brick.lines != nil {
			lines := brick.lines(b.widths[i])
			if !b.fixed {
				lines = min(lines, brick.minH)
			}
			least = max(least, lines)
			continue
		}
		least = max(least, min(brick.minH, max(h-b.ruled(), 1)))
	}
	b.height = max(least, 1)
	b.cap()
}

// cap finds out how many lines the panels fill, where all of them fill a number
// that is known.
func (b *band) cap() {
	b.most = 0
	for i, brick := range b.bricks {
		most := 0
		if brick.most != nil {
			most = brick.most(b.widths[i])
		}
		if brick.lines == nil && most == 0 {
			b.most = 0
			return
		}
		b.most = max(b.most, most)
	}
	if b.most > 0 {
		b.height = min(b.height, b.most)
		b.most = max(b.most, b.height)
	}
}

func (b *band) ruled() int {
	if b.rule {
		return 1
	}
	return 0
}

// widths shares w cells among panels by their weights, each of which gets what
// it needs at least, with a column between two.
func widths(bricks []brick, w int) []int {
	out := make([]int, len(bricks))
	room, total := w-len(bricks)+1, 0.0
	for _, b := range bricks {
		total += b.weight
	}
	open := make([]bool, len(bricks))
	for i := range open {
		open[i] = true
	}
	for again := true; again; { // Those below their least take it from the others.
		again = false
		for i, b := range bricks {
			if open[i] && total > 0 && float64(room)*b.weight/total < float64(b.minW) && b.minW < room {
				out[i], open[i], again = b.minW, false, true
				room, total = room-b.minW, total-b.weight
			}
		}
	}
	for i, b := range bricks {
		if !open[i] {
			continue
		}
		n := room
		if total > b.weight {
			n = int(math.Round(float64(room) * b.weight / total))
		}
		out[i], room, total = max(n, 1), room-n, total-b.weight
	}
	return out
}

// share gives the lines that are left to the bands that take any number, by
// their weights.
func share(bands []band, h int) {
	left, total := h, 0.0
	for _, b := range bands {
		left -= b.ruled()
		if b.fixed {
			left -= b.height
		} else {
			total += b.weight
		}
	}
	open := make([]bool, len(bands))
	for i, b := range bands {
		open[i] = !b.fixed
	}
	for again := true; again; {
		again = false
		for i, b := range bands {
			fair := float64(left) * b.weight / total
			switch {
			case !open[i] || total <= 0:
				continue
			case b.most > 0 && fair > float64(b.most) && !lone(bands, open):
				bands[i].height = b.most
			case fair >= float64(b.height):
				continue
			}
			open[i], again = false, true
			left, total = left-bands[i].height, total-b.weight
		}
	}
	for i := range bands {
		b := &bands[i]
		if !open[i] {
			continue
		}
		n := left
		if total > b.weight {
			n = int(math.Round(float64(left) * b.weight / total))
		}
		b.height, left, total = n, left-n, total-b.weight
	}
}

// lone reports whether no more than one band takes what is left: it gets all of
// it, whatever it fills.
func lone(bands []band, open []bool) bool {
	n := 0
	for i := range bands {
		if open[i] {
			n++
		}
	}
	return n < 2
}

// put puts the panels of the band below those before.
func (b *band) put(l *layout, w int) {
	x, y := 0, l.lines
	if b.rule {
		l.rules[y] = true
	}
	for i, brick := range b.bricks {
		p := place{slot: brick.slot, Rect: cell.Rect{X: x, Y: y + b.ruled(), W: b.widths[i], H: b.height}}
		if b.rule {
			p.rule = cell.Rect{X: x, Y: y, W: b.widths[i], H: 1}
		}
		if brick.lines != nil && !b.fixed {
			p.H = min(p.H, max(brick.lines(b.widths[i]), b.height))
		}
		l.places = append(l.places, p)
		x += b.widths[i]
		if i < len(b.bricks)-1 {
			l.splits = append(l.splits, split{x, y, b.ruled() + b.height, b.rule})
			x++
		}
	}
	l.lines = y + b.ruled() + b.height
}
