package vegaview

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// lanes are cells that are divided in eighths, upright or lying: bars end where
// their figure is, to an eighth of a cell.
type lanes struct {
	w, h int
	sub  [][8]uint32 // of each cell, from above or from the left: 1<<24 | colour, 0 = nothing
	lies []bool
}

func (n *lanes) resize(w, h int) {
	n.w, n.h = w, h
	if cap(n.sub) < w*h {
		n.sub, n.lies = make([][8]uint32, w*h), make([]bool, w*h)
		return
	}
	n.sub, n.lies = n.sub[:w*h], n.lies[:w*h]
	clear(n.sub)
	clear(n.lies)
}

const lit = 1 << 24

// fill paints eighths from one place up to another along a bar, in a row or a
// column of cells.
func (n *lanes) fill(lane, from, to int, lies bool, c cell.RGB, alpha float64, back cell.RGB) {
	length, count := n.h, n.w
	if lies {
		length, count = n.w, n.h
	}
	if lane < 0 || lane >= count {
		return
	}
	for q := max(0, from); q < min(to, length*8); q++ {
		i := q/8*n.w + lane
		if lies {
			i = lane*n.w + q/8
		}
		color := c
		if alpha < 1 {
			under := back
			if old := n.sub[i][q%8]; old != 0 {
				under = unpacked(old)
			}
			color = cell.Mix(under, c, alpha)
		}
		n.sub[i][q%8], n.lies[i] = lit|packed(color), lies
	}
}

func unpacked(p uint32) cell.RGB { return cell.RGB{uint8(p >> 16), uint8(p >> 8), uint8(p)} }

// The parts of a cell, by how many eighths are filled.
var (
	lowerBlocks = [9]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}
	leftBlocks  = [9]rune{' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'}
)

// draw puts the cells on the grid.
func (n *lanes) draw(k *painter) {
	for i := range n.sub {
		sub := &n.sub[i]
		if *sub == ([8]uint32{}) {
			continue
		}
		c := k.g.At(k.p.x+i%n.w, k.p.y+i/n.w)
		if c == nil {
			continue
		}
		if k.look.Mono || k.look.ASCII {
			k.plain(c, sub, n.lies[i])
			continue
		}
		first, second, at := split(sub)
		back := canvas.Most(c).RGB()
		color := func(p uint32) cell.RGB {
			if p == 0 {
				return back
			}
			return unpacked(p)
		}
		switch {
		case at == 8:
			*c = cell.New(' ', color(first), color(first), 0)
		case n.lies[i]:
			*c = cell.New(leftBlocks[at], color(first), color(second), 0)
		default: // the lower part is the second
			*c = cell.New(lowerBlocks[8-at], color(second), color(first), 0)
		}
	}
}

// split returns the two colours that show eight parts best, and where the
// second begins: 8 if there is one colour.
func split(sub *[8]uint32) (first, second uint32, at int) {
	n := 1
	for n < 8 && sub[n] == sub[0] {
		n++
	}
	two := true
	for i := n + 1; i < 8; i++ {
		two = two && sub[i] == sub[n]
	}
	if n == 8 {
		return sub[0], sub[0], 8
	}
	if two {
		return sub[0], sub[n], n
	}
	best := -1
	for k := 1; k < 8; k++ {
		a, hits := most(sub[:k])
		b, more := most(sub[k:])
		if hits+more > best && (a != 0 || b != 0) {
			best, first, second, at = hits+more, a, b, k
		}
	}
	if first == second {
		at = 8
	}
	return first, second, at
}

// most is the value that comes most often, and how often.
func most(part []uint32) (v uint32, hits int) {
	for _, p := range part {
		n := 0
		for _, q := range part {
			if q == p {
				n++
			}
		}
		if n > hits {
			v, hits = p, n
		}
	}
	return v, hits
}

// plain draws a cell without colours.
func (k *painter) plain(c *cell.Cell, sub *[8]uint32, lies bool) {
	first, second, at := split(sub)
	full := func(p uint32) rune { return k.inks.surface(unpacked(p)) }
	r, p := ' ', first
	switch {
	case at == 8:
		r = full(first)
	case k.look.ASCII || first != 0 && second != 0 || full(first|second) != '█':
		if at < 4 || first == 0 && at == 4 {
			p = second
		}
		if p != 0 {
			r = full(p)
		}
	case lies && first != 0:
		r = leftBlocks[at]
	case lies:
		if r = '▐'; at > 4 {
			r = '▕'
		} else if at < 3 {
			r = '█'
		}
		p = second
	case second != 0:
		r, p = lowerBlocks[8-at], second
	default: // it hangs from above
		switch {
		case at <= 2:
			r = '▔'
		case at <= 5:
			r = '▀'
		default:
			r = '█'
		}
	}
	if r != ' ' {
		*c = cell.New(r, unpacked(p), k.look.Background, 0)
	}
}

// rects draws bars, the cells of a heat map, and ticks.
func (k *painter) rects() {
	kind, vertical := "rect", true
	if k.m.Reading != nil {
		kind, vertical = k.m.Reading.Kind, k.m.Reading.Vertical
	}
	across, along := k.step(true), k.step(false)
	for i := range k.m.Items {
		it := &k.m.Items[i]
		x1, y1 := k.l.cell(it.X, it.Y)
		x2, y2 := k.l.cell(it.X2, it.Y2)
		if x1 != x1 || y1 != y1 || x2 != x2 || y2 != y2 {
			continue
		}
		c, alpha, ok := k.paint(it.Style.Fill, it.Style.Opacity*it.Style.FillOpacity)
		switch {
		case !ok:
			if c, ok := k.pen(it.Style.Stroke, it.Style.Opacity*it.Style.StrokeOpacity); ok {
				k.line([]canvas.Vec{k.dot(it.X, it.Y), k.dot(it.X2, it.Y), k.dot(it.X2, it.Y2), k.dot(it.X, it.Y2), k.dot(it.X, it.Y)}, c, nil)
			}
		case kind == "tick":
			k.tickMark(it, c)
		case kind == "bar" && vertical:
			from, to := snap(x1, x2, across, k.l.sx, k.banded("x"))
			k.bar(from, to, y1, y2, false, c, alpha)
		case kind == "bar":
			from, to := snap(y1, y2, along, k.l.sy, k.banded("y"))
			k.bar(from, to, x1, x2, true, c, alpha)
		default:
			from, to := snap(x1, x2, across, k.l.sx, k.banded("x"))
			top, bottom := snap(y1, y2, along, k.l.sy, k.banded("y"))
			k.bar(from, to, float64(top), float64(bottom), false, c, alpha)
		}
	}
}

// bar paints lanes from one place to another along them, in cells.
func (k *painter) bar(lane, end int, from, to float64, lies bool, c cell.RGB, alpha float64) {
	a, b := int(math.Round(min(from, to)*8)), int(math.Round(max(from, to)*8))
	if a == b && from != to { // what is there is seen
		b++
	}
	for ; lane < end; lane++ {
		k.lanes.fill(lane, a, b, lies, c, alpha, k.look.Background)
	}
}

// snap returns the whole cells of a bar's width; px is a pixel in cells. Bars on
// names that stand a gap apart keep one; bins, of which a pixel is taken off,
// touch.
func snap(a, b, step, px float64, banded bool) (from, to int) {
	a, b = min(a, b), max(a, b)
	gap := step - (b - a)
	switch {
	case !banded && step > 0:
		a, b = a-px/2, b+px/2
	case step > 0 && (step < 1.95 || gap < 0.02*step):
		a, b = a-gap/2, b+gap/2
	default:
		n := max(1, int(b-a+0.15))
		from = int(math.Floor((a+b)/2 - float64(n)/2 + 0.5 + slack))
		return from, from + n
	}
	from, to = int(math.Round(a+1e-9)), int(math.Round(b+1e-9))
	return from, max(to, from+1)
}

// banded reports whether the bars of the mark stand on names.
func (k *painter) banded(channel string) bool {
	if k.m.Reading == nil {
		return false
	}
	s := k.m.Reading.Find(channel)
	return s != nil && s.Scale != nil && s.Scale.Discrete()
}

// step is how far apart the bars of the mark begin at least, in cells; 0 if
// there is one alone.
func (k *painter) step(across bool) float64 {
	s, ok := k.steps[k.m]
	if !ok {
		s = steps(k.m)
		k.steps[k.m] = s
	}
	if across {
		return s[0] * k.l.sx
	}
	return s[1] * k.l.sy
}

// steps are the least distances between the middles of items, in pixels.
func steps(m *vega.Mark) (out [2]float64) {
	for side := range out {
		var at []float64
		for i := range m.Items {
			it := &m.Items[i]
			v := (it.X + it.X2) / 2
			if side == 1 {
				v = (it.Y + it.Y2) / 2
			}
			if v == v {
				at = append(at, v)
			}
		}
		slices.SortFunc(at, cmp.Compare[float64])
		for i := 1; i < len(at); i++ {
			if d := at[i] - at[i-1]; d > 0.5 && (out[side] == 0 || d < out[side]) {
				out[side] = d
			}
		}
	}
	return out
}

// tickMark draws a tick: a thin line across its measure.
func (k *painter) tickMark(it *vega.Item, c cell.RGB) {
	c = k.stroke(c)
	x, y := (it.X+it.X2)/2, (it.Y+it.Y2)/2
	if math.Abs(it.Y2-it.Y) >= math.Abs(it.X2-it.X) {
		k.line([]canvas.Vec{k.dot(x, it.Y), k.dot(x, it.Y2)}, c, nil)
		return
	}
	k.line([]canvas.Vec{k.dot(it.X, y), k.dot(it.X2, y)}, c, nil)
}
