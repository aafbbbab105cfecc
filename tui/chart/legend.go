package chart

import (
	"fmt"
	"sort"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

const (
	swatch       = 4 // "■ A "
	between      = 3 // cells between two names
	directShare  = 4 // names at the right take at most this share of the width
	directHeight = 2 // rows of r that each name needs at least
)

// legendRows says how many rows the legend needs in w cells.
func (a Areas) legendRows(w int) int {
	rows, x := 1, 0
	if len(a.Series) == 0 {
		return 0
	}
	for _, s := range a.Series {
		n := min(swatch+cell.Width(s.Name), w)
		if x > 0 && x+n > w {
			rows, x = rows+1, 0
		}
		x += n + between
	}
	return rows
}

// legend names every series in order: colour, letter, name. It wraps between
// names; where rows run out the last row ends with how many more there are.
func (a Areas) legend(g *cell.Grid, r Rect, l Look) {
	x, y := r.X, r.Y
	for i, s := range a.Series {
		name := cell.Cut(s.Name, r.W-swatch)
		n, room := swatch+cell.Width(name), r.X+r.W
		more := fmt.Sprintf("+%d more", len(a.Series)-i)
		if y == r.Y+r.H-1 && i < len(a.Series)-1 && a.legendRows(r.W) > r.H {
			room -= len(more) + between
		}
		if x > r.X && x+n > room {
			if y+1 >= r.Y+r.H {
				g.Text(x, y, more, l.Muted, 0)
				return
			}
			x, y = r.X, y+1
		}
		a.key(g, x, y, i, name, l)
		x += n + between
	}
}

// key draws one entry.
func (a Areas) key(g *cell.Grid, x, y, i int, name string, l Look) {
	color, attr := l.Color(i), cell.Attr(0)
	if i == a.Emphasis {
		attr = cell.Bold
	}
	g.Put(x, y, l.glyph('■', '#'), color, 0)
	g.Put(x+2, y, Letter(i), color, cell.Bold)
	g.Text(x+swatch, y, name, l.Text, attr)
}

// fitsDirect says that there is room for the names at the right end.
func (a Areas) fitsDirect(r Rect) bool {
	return len(a.Series) > 0 && len(a.Series) <= 10 && r.W >= 60 &&
		a.directWidth()*directShare <= r.W && r.H-4 >= directHeight*len(a.Series)
}

func (a Areas) directWidth() (w int) {
	for _, s := range a.Series {
		w = max(w, swatch+cell.Width(s.Name))
	}
	return w
}

// direct writes the names right of the plot, each as near to the end of its
// area as the others let it.
func (a Areas) direct(g *cell.Grid, p Plot, r Rect, l Look) {
	order := make([]int, len(a.Series))
	want := make([]int, len(a.Series))
	for i := range a.Series {
		order[i] = i
		want[i] = min(max(p.Row(a.end(i)), p.Y), p.Y+p.H-1)
	}
	sort.SliceStable(order, func(x, y int) bool {
		return a.end(order[x]) > a.end(order[y])
	})
	rows := spread(order, want, p.Y, p.Y+p.H)
	for _, i := range order {
		a.key(g, p.X+p.W+1, rows[i], i, a.Series[i].Name, l)
	}
}

// end returns the last value of a series that there is, 0 for none.
func (a Areas) end(i int) float64 {
	values := a.Series[i].Values
	for k := len(values) - 1; k >= 0; k-- {
		if finite(values[k]) {
			return values[k]
		}
	}
	return 0
}

// spread returns each of order a row of its own in first..last-1, in order and
// as near to the wanted one as it can be.
func spread(order, want []int, first, last int) []int {
	rows := make([]int, len(want))
	next := first
	for _, i := range order {
		rows[i] = max(want[i], next)
		next = rows[i] + 1
	}
	limit := last - 1
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		rows[i] = min(rows[i], limit)
		limit = rows[i] - 1
	}
	return rows
}

// cursor draws the column under the cursor and a box with the values of all
// series there, at the side where there is more room.
func (a Areas) cursor(g *cell.Grid, p Plot, l Look) {
	x := p.Column(a.X[a.Cursor])
	if !p.Contains(x, p.Y) {
		return
	}
	for y := p.Y; y < p.Y+p.H; y++ {
		if c := g.At(x, y); c != nil && (c.Rune() != '▄' || y < p.Y+p.H-1) { // not beyond the areas' lower end
			c.BG = canvas.Most(c)
			c.Put(l.glyph('│', '|'), l.Text, 0)
		}
	}
	if i := a.Emphasis; i >= 0 && i < len(a.Series) {
		v := nanAt(a.Series[i].Values, a.Cursor)
		if c := g.At(x, p.Row(v)); c != nil && finite(v) && p.Contains(x, p.Row(v)) {
			c.Put(l.glyph('●', 'o'), cell.Readable(l.Color(i), c.BG.RGB(), 3), cell.Bold)
		}
	}
	a.readout(g, p, x, l)
}

func (a Areas) readout(g *cell.Grid, p Plot, x int, l Look) {
	names, values := 0, 0
	text := make([]string, len(a.Series))
	for i, s := range a.Series {
		v := nanAt(s.Values, a.Cursor)
		text[i] = Number(v, a.Decimals)
		names, values = max(names, cell.Width(s.Name)), max(values, cell.Width(text[i]))
	}
	names = min(names, max(0, p.W/2-values-swatch-4))
	w, h := swatch+names+1+values+2, min(len(a.Series)+1, p.H)
	if w > p.W-2 || h < 2 {
		return
	}
	left := x + 2
	if left+w > p.X+p.W {
		left = x - 1 - w
	}
	if left < p.X {
		return
	}
	g.Rect(left, p.Y, w, h, l.Surface)
	g.Text(left+1, p.Y, placeLabels([]float64{a.X[a.Cursor]})[0], l.Text, cell.Bold)
	for i := range h - 1 {
		y := p.Y + 1 + i
		a.key(g, left+1, y, i, cell.Cut(a.Series[i].Name, names), l)
		g.Text(left+w-1-cell.Width(text[i]), y, text[i], l.Text, cell.Bold)
	}
}
