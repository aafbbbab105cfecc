package chart

import (
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// choices are what a reader has chosen to see of a chart.
type choices struct {
	off   map[vega.Hidden]bool // series that are hidden
	lines bool                 // areas are drawn as lines
	whole bool                 // all values are told apart, however many
	at    int                  // the line of the menu with the cursor
	box   box                  // where the menu stands
	controls
}

// Keep returns what a reader chose to see, which outlives the chart when its
// page says something else of it.
func (p *Panel) Keep() any { return p.choices }

// Restore takes what a reader chose in another chart: a series that this one does
// not have hides nothing.
func (p *Panel) Restore(state any) {
	if c, ok := state.(choices); ok {
		c.typing, c.sliding = typing{}, false
		p.choices = c
	}
}

// hidden are the series that are not drawn.
func (c *choices) hidden() (all []vega.Hidden) {
	for h := range c.off {
		all = append(all, h)
	}
	return all
}

// toggle hides a series, or shows it again.
func (c *choices) toggle(h vega.Hidden) {
	if c.off == nil {
		c.off = map[vega.Hidden]bool{}
	}
	if c.off[h] {
		delete(c.off, h)
		return
	}
	c.off[h] = true
}

// option is one line of the menu: an input, a series, or the way areas are drawn.
type option struct {
	label  string
	series vega.Hidden
	color  string
	lines  bool
	whole  bool
	input  *vega.Input
}

// isSeries reports whether the line shows or hides a series.
func (o *option) isSeries() bool { return !o.lines && !o.whole && o.input == nil }

// line is the line of the menu with the cursor, nil if there is none.
func (c *choices) line(all []option) *option {
	if len(all) == 0 {
		return nil
	}
	return &all[max(0, min(c.at, len(all)-1))]
}

// options are the lines of the menu.
func (p *Panel) options() []option {
	all := p.choices.options(p.scene)
	if p.gathered != nil || p.choices.whole {
		all = append([]option{{label: "all values, however many", whole: true}}, all...)
	}
	inputs := p.choices.inputs(p.scene)
	lines := make([]option, len(inputs), len(inputs)+len(all))
	for i := range inputs {
		lines[i] = option{label: inputs[i].Label, input: &inputs[i]}
	}
	return append(lines, all...)
}

// options are the lines of the menu for a scene.
func (c *choices) options(s *vega.Scene) (all []option) {
	if s == nil {
		return nil
	}
	for _, l := range s.Legends {
		for i, v := range l.Values {
			if l.Field == "" || i >= len(l.Labels) {
				break
			}
			o := option{label: l.Labels[i], series: vega.Hidden{Field: l.Field, Value: js.String(v)}}
			if i < len(l.Colors) {
				o.color = l.Colors[i]
			}
			all = append(all, o)
		}
	}
	if c.lines || hasAreas(s) {
		all = append(all, option{label: "lines in the place of areas", lines: true})
	}
	return all
}

func hasAreas(s *vega.Scene) bool {
	for _, c := range s.Cells {
		for _, m := range c.Marks {
			if m.Type == "area" {
				return true
			}
		}
	}
	return false
}

// seriesAt is the series of an entry of a legend.
func seriesAt(s *vega.Scene, legend, index int) (vega.Hidden, bool) {
	l := s.Legends[legend]
	if l.Field == "" || index >= len(l.Values) {
		return vega.Hidden{}, false
	}
	return vega.Hidden{Field: l.Field, Value: js.String(l.Values[index])}, true
}

// press does what a key means while the menu is open. It reports whether the
// chart is to be drawn anew, and whether the menu stays.
func (c *choices) press(key string, all []option) (anew, stays bool) {
	c.at = max(0, min(c.at, len(all)-1))
	switch key {
	case "up":
		c.at = max(0, c.at-1)
	case "down":
		c.at = min(len(all)-1, c.at+1)
	case " ", "enter":
		if len(all) == 0 {
			return false, true
		}
		switch o := all[c.at]; {
		case o.input != nil:
			return false, true
		case o.lines:
			c.lines = !c.lines
		case o.whole:
			c.whole = !c.whole
		default:
			c.toggle(o.series)
		}
		return true, true
	case "a": // all series
		anew = len(c.off) > 0
		c.off = nil
		return anew, true
	case "n": // this one alone
		if len(all) > 0 && all[c.at].isSeries() {
			c.off = nil
			for i, o := range all {
				if i != c.at && o.isSeries() {
					c.toggle(o.series)
				}
			}
			return true, true
		}
	default:
		return false, false
	}
	return false, true
}

// draw draws the menu over the right part of a picture.
func (c *choices) draw(g *cell.Grid, t *theme.Theme, all []option) {
	w := 0
	for _, o := range all {
		if w = max(w, cell.Width(o.label)+8); o.input != nil {
			w = max(w, controlWidth(o.input))
		}
	}
	w = min(max(w, 24), g.W)
	h := min(len(all)+2, g.H)
	x := g.W - w
	g.Rect(x, 0, w, h, t.Overlay)
	g.Box(x, 0, w, h, t.Faint)
	first := max(0, min(c.at-(h-2)/2, len(all)-(h-2)))
	for i := first; i < len(all) && i-first < h-2; i++ {
		o, y := all[i], 1+i-first
		if i == c.at {
			g.Rect(x+1, y, w-2, 1, t.Selection)
		}
		if o.input != nil {
			now := &typing{}
			if i == c.at {
				now = &c.typing
			}
			drawInput(g, t, o.input, x+2, y, w-4, now)
			continue
		}
		mark := "[x]"
		if c.off[o.series] && !o.lines && !o.whole || o.lines && !c.lines || o.whole && !c.whole {
			mark = "[ ]"
		}
		g.Text(x+2, y, mark, t.Text, 0)
		color := t.Text
		if rgb, ok := vega.ParseColor(o.color); ok {
			color = cell.Readable(rgb, t.Overlay, 3)
		}
		g.Text(x+6, y, cell.Cut(oneLine(o.label), w-8), color, 0)
	}
	c.box = box{x: x, w: w, h: h, first: first}
}
