package vegaview

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// The least room of a plot; where there is less nothing is drawn.
const minW, minH = 4, 2

// lens maps the pixels of a mark to the cells of its plot, counted from the
// plot's corner.
type lens struct {
	x0, x1, y0, y1 float64 // the pixels in view
	sx, sy         float64 // columns and rows a pixel
	ox, oy         float64 // cells of the corner
}

func (l lens) cell(x, y float64) (col, row float64) {
	return (x-l.x0)*l.sx + l.ox, (y-l.y0)*l.sy + l.oy
}

// lens is how a plot is looked at along two of its scales. Where y measures,
// its ends are the middles of the uppermost and the lowest row.
func (v *view) lens(c *vega.Cell, p rect, x, y *vega.Scale) lens {
	l := lens{x1: c.Width, y1: c.Height}
	if w, ok := v.seen.Windows[x]; ok && x != nil {
		l.x0, l.x1 = w.From, w.To
	}
	if w, ok := v.seen.Windows[y]; ok && y != nil {
		l.y0, l.y1 = w.From, w.To
	}
	if round(c) { // a circle stays one: a column is half as wide as a row is high
		per := min(float64(p.w)/c.Width, 2*float64(p.h)/c.Height)
		l.sx, l.sy = per, per/2
		l.ox, l.oy = (float64(p.w)-per*c.Width)/2, (float64(p.h)-per/2*c.Height)/2
		return l
	}
	l.sx, l.sy = float64(p.w)/(l.x1-l.x0), float64(p.h)/(l.y1-l.y0)
	if measured(c) && p.h > 2 {
		l.sy, l.oy = float64(p.h-1)/(l.y1-l.y0), 0.5
	}
	return l
}

// measured reports whether the axis of y measures.
func measured(c *vega.Cell) bool {
	for _, a := range c.Axes {
		if a.Channel == "y" {
			return !a.Scale.Discrete()
		}
	}
	return false
}

// round reports whether a cell has arcs.
func round(c *vega.Cell) bool {
	for _, m := range c.Marks {
		if m.Type == "arc" && len(m.Items) > 0 {
			return true
		}
	}
	return false
}

// scaleOf is the scale of an axis of a plot, nil if there is none.
func scaleOf(c *vega.Cell, channel string) *vega.Scale {
	for _, s := range c.Scales {
		if s.Channel == channel {
			return s
		}
	}
	return nil
}

// plot draws one cell of the scene with its headers, title and axes.
func (v *view) plot(place int, room rect, e edge, axes []*vega.Axis) {
	c := v.s.Cells[place]
	p := rect{room.x + e.left, room.y + e.top, room.w - e.left - e.right, room.h - e.top - e.bottom}
	lines := v.headings(c)
	if n := len(lines); n > 0 && len(c.Facet) > 0 && cell.Width(lines[n-1]) > room.w {
		lines[n-1] = facetLabels(c)
	}
	for i, line := range lines {
		if room.h > minH+2 {
			v.words(room.x, room.y+i, room.w, line, v.look.Text, cell.Bold)
		}
	}
	if c.Empty || p.w < minW || p.h < minH {
		return
	}
	guides := v.guides(c, axes)
	p, every := v.settle(c, v.guides(c, c.Axes), p)
	bottom, top := p.y+p.h, p.y-1
	for i := range guides {
		g := &guides[i]
		l := v.lens(c, p, g.Scale, g.Scale)
		switch g.Orient {
		case "bottom":
			v.across(g, p, l, bottom)
			if g.title != "" {
				v.middle(p, bottom+g.rows()-1, g.title)
			}
		case "top":
			v.across(g, p, l, top)
			if g.title != "" {
				v.middle(p, top-g.rows()+1, g.title)
			}
		case "left", "right":
			width := e.left - 1
			if g.Orient == "right" {
				width = e.right - 1
			}
			below := room
			below.y += len(lines)
			v.down(g, p, below, l, every, width)
		}
	}
	v.marks(c, place, p, every)
}

// settle makes a plot a little smaller where ticks, bands or bars then stand
// evenly, and returns it with how many ticks of y share a label.
func (v *view) settle(c *vega.Cell, guides []guide, p rect) (rect, int) {
	every := 1
	for i := range guides {
		g := &guides[i]
		l := v.lens(c, p, g.Scale, g.Scale)
		switch {
		case g.Channel == "y" && g.Scale.Continuous():
			h, n := beat(g, l, p.h)
			p.h, every = h, n
		case g.Channel == "y" && g.Scale.Type == "band":
			p.h = even(g.Scale.Step*l.sy, p.h, centred(c))
		case g.Channel == "x" && g.Scale.Type == "band":
			p.w = even(g.Scale.Step*l.sx, p.w, centred(c))
		}
	}
	return p, every
}

// centred reports whether a cell has marks that stand in the middle of bands,
// which then have a middle cell.
func centred(c *vega.Cell) bool {
	for _, m := range c.Marks {
		switch m.Type {
		case "rule", "text", "symbol":
			return true
		}
	}
	return false
}

// even makes a length that bands of so many cells fill one of whole cells, if
// not much of it is lost: of cells in an odd number if that is asked for.
func even(step float64, length int, odd bool) int {
	whole := float64(int(step))
	if odd && whole >= 4 && int(whole)%2 == 0 {
		whole--
	}
	if whole < 1 || whole/step < 0.7 {
		return length
	}
	return int(float64(length)*whole/step + 0.5)
}

// headings are the lines above a plot.
func (v *view) headings(c *vega.Cell) (lines []string) {
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

// facetLabels are the labels of a facet without what they are of.
func facetLabels(c *vega.Cell) string {
	var all []string
	for _, h := range c.Facet {
		if h.Label != "" {
			all = append(all, h.Label)
		}
	}
	return strings.Join(all, ", ")
}

func (v *view) middle(p rect, y int, text string) {
	text = cell.Cut(oneLine(text), p.w)
	v.g.Text(p.x+(p.w-cell.Width(text))/2, y, text, v.look.Muted, 0)
}
