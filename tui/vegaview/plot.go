package vegaview

import (
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// The least room of a plot; where there is less nothing is drawn.
const minW, minH = 4, 2

// plot draws one cell of the scene with its headers, title and axes.
func (v *view) plot(place int, room rect) {
	c := v.s.Cells[place]
	if len(v.s.Cells) > 1 && room.w > 20 {
		room.w -= 2 // a gap to the neighbour
	}
	for _, line := range headings(c) {
		if room.h > minH+2 {
			v.words(room.x, room.y, room.w, line, v.look.Text, cell.Bold)
			room.y++
			room.h--
		}
	}
	if c.Empty || room.w < minW || room.h < minH {
		return
	}
	p, ok := v.frame(c, room)
	if !ok {
		return
	}
	v.axes(c, p, room)
	v.marks(c, place, p)
}

// headings are the lines above a plot.
func headings(c *vega.Cell) (lines []string) {
	for _, s := range []string{c.Group, c.Title, c.Subtitle} {
		if s != "" {
			lines = append(lines, s)
		}
	}
	var facets []string
	for _, h := range c.Facet {
		switch {
		case h.Label == "":
		case h.Title == "":
			facets = append(facets, h.Label)
		default:
			facets = append(facets, h.Title+": "+h.Label)
		}
	}
	if facets != nil {
		lines = append(lines, strings.Join(facets, ", "))
	}
	return lines
}

// frame returns the rectangle of the plot itself, inside its axes.
func (v *view) frame(c *vega.Cell, room rect) (rect, bool) {
	p := room
	for _, a := range c.Axes {
		switch width := labelWidth(a, room.w/3); a.Orient {
		case "left":
			p.x += width + 1
			p.w -= width + 1
			if a.Title != "" {
				p.y = max(p.y, room.y+1)
			}
		case "right":
			p.w -= width + 1
			if a.Title != "" {
				p.y = max(p.y, room.y+1)
			}
		case "top":
			n := rowsOf(a)
			p.y += n
		case "bottom":
			p.h -= rowsOf(a)
		}
	}
	p.h -= p.y - room.y
	return p, p.w >= minW && p.h >= minH
}

// rowsOf is how many rows an axis at the top or bottom takes.
func rowsOf(a *vega.Axis) (n int) {
	if len(a.Labels) > 0 {
		n++
	}
	if a.Title != "" {
		n++
	}
	return n
}

// labelWidth is the width of the labels of an axis at the left or right.
func labelWidth(a *vega.Axis, most int) int {
	w := 0
	for _, label := range a.Labels {
		w = max(w, cell.Width(oneLine(label)))
	}
	return min(w, max(3, most))
}

// axes draws the axes around a plot.
func (v *view) axes(c *vega.Cell, p, room rect) {
	bottom, top := p.y+p.h, p.y-1
	for _, a := range c.Axes {
		switch a.Orient {
		case "bottom":
			v.across(c, a, p, bottom)
			if a.Title != "" {
				v.centred(p, bottom+rowsOf(a)-1, a.Title)
			}
		case "top":
			v.across(c, a, p, top)
			if a.Title != "" {
				v.centred(p, top-rowsOf(a)+1, a.Title)
			}
		case "left", "right":
			v.down(c, a, p, room)
		}
	}
}

func (v *view) centred(p rect, y int, text string) {
	text = cell.Cut(oneLine(text), p.w)
	v.g.Text(p.x+(p.w-cell.Width(text))/2, y, text, v.look.Muted, 0)
}

// place is where a tick stands in a length of cells, from its pixel.
func (v *view) place(a *vega.Axis, i int, px float64, cells int) (float64, bool) {
	at := a.Scale.Map(a.Ticks[i]) + a.Scale.Bandwidth/2
	if at != at || at < -0.5 || at > px+0.5 {
		return 0, false
	}
	return at / px * float64(cells), true
}

// across draws the labels of an axis that lies, leaving out those that would
// touch: every second, every third, and so on.
func (v *view) across(c *vega.Cell, a *vega.Axis, p rect, y int) {
	type placed struct {
		x    int
		text string
	}
	var all []placed
	room := p.w
	if a.Scale.Step > 0 { // names are cut to their bands
		room = int(a.Scale.Step / max(1, c.Width) * float64(p.w))
	}
	for i := range a.Labels {
		at, ok := v.place(a, i, c.Width, p.w)
		if !ok || a.Labels[i] == "" {
			continue
		}
		text := oneLine(a.Labels[i])
		if a.Scale.Step > 0 && room >= 4 {
			text = cell.Cut(text, max(3, room-1))
		}
		x := p.x + int(at) - (cell.Width(text)-1)/2
		x = max(0, min(x, p.x+p.w-cell.Width(text)+1, v.g.W-cell.Width(text)))
		all = append(all, placed{x, text})
	}
	touches := func(every int) bool {
		end := -1 << 30
		for i := 0; i < len(all); i += every {
			if all[i].x <= end {
				return true
			}
			end = all[i].x + cell.Width(all[i].text)
		}
		return false
	}
	if len(all) > 1 && all[0].x > all[len(all)-1].x {
		slices.Reverse(all)
	}
	every := 1
	for every < len(all) && touches(every) {
		every++
	}
	for i := 0; i < len(all); i += every {
		v.g.Text(all[i].x, y, all[i].text, v.look.Muted, 0)
	}
}

// down draws the labels of an axis that stands, and its title above it.
func (v *view) down(c *vega.Cell, a *vega.Axis, p, room rect) {
	width := labelWidth(a, room.w/3)
	taken := map[int]bool{}
	for i := range a.Labels {
		at, ok := v.place(a, i, c.Height, p.h)
		y := p.y + min(int(at), p.h-1)
		if !ok || taken[y] || a.Labels[i] == "" {
			continue
		}
		taken[y] = true
		text := cell.Cut(oneLine(a.Labels[i]), width)
		if a.Orient == "left" {
			v.g.Text(p.x-1-cell.Width(text), y, text, v.look.Muted, 0)
		} else {
			v.g.Text(p.x+p.w+1, y, text, v.look.Muted, 0)
		}
	}
	if a.Title == "" {
		return
	}
	text := cell.Cut(oneLine(a.Title), room.w)
	x := max(room.x, p.x-1-width)
	if a.Orient == "right" {
		x = room.x + room.w - cell.Width(text)
	}
	v.g.Text(x, p.y-1, text, v.look.Muted, 0)
}
