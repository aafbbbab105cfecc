package mapping

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
)

// ranges writes the counts of each class, as "1–8".
func (s *scene) ranges() (out [data.HexClasses]string) {
	for i := range out {
		from, to := data.HexRange(i, s.least, s.most)
		switch {
		case from > to:
			out[i] = "none"
		case from == to:
			out[i] = fmt.Sprint(from)
		default:
			out[i] = fmt.Sprintf("%d–%d", from, to)
		}
	}
	return out
}

// short is ranges for numbered classes in a narrow window: "=1" to "=40–47".
func (s *scene) short() (out [data.HexClasses]string) {
	for i, text := range s.ranges() {
		if from, _, ok := strings.Cut(text, "–"); ok && i < len(out)-1 {
			text = from
		}
		out[i] = "=" + text
	}
	return out
}

// classes counts the hexagons of each class.
func (s *scene) classes() (n [data.HexClasses]int) {
	for _, c := range s.columns {
		n[c.Class]++
	}
	return n
}

// swatch draws a class's colour, w cells wide; with few or no colours it
// carries the number that stands for the class on the map. A colour that is
// all but the page's has edges.
func (a *atlas) swatch(x, y, w, class int, l look) {
	a.grid.Rect(x, y, w, 1, l.classes[class])
	if l.plain {
		fg := cell.Readable(l.halo, l.classes[class], 4.5)
		a.grid.Text(x+w/2, y, fmt.Sprint(class+1), fg, 0)
		return
	}
	if edge := a.seen(l.classes[class]); w > 1 && !l.ascii && cell.Contrast(l.classes[class], l.halo) < 3 {
		a.grid.Text(x, y, "▏", edge, 0)
		a.grid.Text(x+w-1, y, "▕", edge, 0)
	}
}

// legendRow draws the six classes in one row, as much of it as fits, and what
// they count before or behind them.
func (a *atlas) legendRow(r rect, l look) {
	if r.h == 0 || !a.layers[bikes] {
		return
	}
	t, g := a.env.Theme, a.grid
	ranges := a.scene.ranges()
	need, swatch, gap := 0, 2, 2
	for _, s := range ranges {
		need += cell.Width(s)
	}
	if need+len(ranges)*(swatch+gap+1) > r.w {
		swatch, gap = 1, 1
	}
	x, named := r.x, false
	if title := "racks per hexagon"; cell.Width(title)+2+need+len(ranges)*(swatch+gap+1) <= r.w-13 {
		x += 1 + g.Text(x+1, r.y, title, t.Muted, 0) + 2
		named = true
	}
	if l.plain && swatch == 1 {
		ranges = a.scene.short()
	}
	for i, s := range ranges {
		w := cell.Width(s)
		if x+swatch+w > r.x+r.w {
			return
		}
		a.swatch(x, r.y, swatch, i, l)
		x += swatch
		if swatch > 1 && x+1+w <= r.x+r.w {
			x++
		}
		x += g.Text(x, r.y, s, t.Text, 0) + gap
	}
	if unit := "racks"; !named && x+cell.Width(unit) < r.x+r.w {
		g.Text(x, r.y, unit, t.Muted, 0)
	}
}

// legendPanel draws the legends below each other from row y, and gives the
// next free row.
func (a *atlas) legendPanel(x, y, bottom int, l look) int {
	t, g := a.env.Theme, a.grid
	if a.layers[bikes] && y+8 <= bottom {
		g.Text(x, y, "Bike racks per hexagon", t.Muted, 0)
		ranges, counts := a.scene.ranges(), a.scene.classes()
		for i, s := range ranges {
			a.swatch(x, y+1+i, 3, i, l)
			g.Text(x+4, y+1+i, s, t.Text, 0)
			n := thousands(counts[i])
			g.Text(x+sideWidth-3-cell.Width(n), y+1+i, n, t.Muted, 0)
		}
		y += 2 + len(ranges)
	}
	if a.layers[exits] && y+3 <= bottom {
		g.Text(x, y, "●", a.seen(cell.Mix(l.land, l.exits, exitAlpha)), 0)
		g.Text(x+2, y, "exits a weekday", t.Text, 0)
		g.Text(x+2, y+1, "50 m radius per 1,000", t.Muted, 0)
		y += 3
	}
	if a.layers[flows] && y+3 <= bottom {
		g.Text(x, y, "⣤", a.seen(l.arc), 0)
		g.Text(x+2, y, "outbound passengers", t.Text, 0)
		g.Text(x+2, y+1, "1 px per 10,000, from 3", t.Muted, 0)
		y += 3
	}
	return y
}

// seen moves a colour until a mark of it can be told from the page.
func (a *atlas) seen(c cell.RGB) cell.RGB {
	return cell.Readable(c, a.env.Theme.Background, 3)
}
