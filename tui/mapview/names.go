package mapview

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// name is a text that stands at a place. Texts from outside are cleaned here,
// once.
type name struct {
	at     spot
	text   string
	color  cell.RGB
	alpha  float64
	anchor string
	pin    bool
}

// maxName is the longest name, in cells.
const maxName = 40

// newNames makes the labels and the icons of a layer, in that order. Pictures
// cannot be shown: an icon is a pin in its colour.
func newNames(l *deck.Layer, opacity float64) (out []name) {
	for i := range l.Labels {
		c := &l.Labels[i]
		n := name{at: spotOf(c.At), text: cell.Cut(session.Clean(strings.ReplaceAll(c.Text, "\n", " "), 200), maxName), anchor: c.Anchor}
		n.color, n.alpha = paint(c.Color, opacity)
		out = append(out, n)
	}
	for i := range l.Icons {
		n := name{at: spotOf(l.Icons[i].At), pin: true, text: "▼"}
		n.color, n.alpha = paint(l.Icons[i].Color, opacity)
		out = append(out, n)
	}
	return out
}

// written is a name on the map, in cells of the map.
type written struct{ layer, index, x, y, w int }

// arrange chooses where names are written: where no other one is, and never over
// what is picked or covered. Names that find no place are left out.
func (p *Painter) arrange(f *Frame) {
	p.free.reset(p.area.W, p.area.H)
	p.written = p.written[:0]
	for row := range f.Covered.H {
		p.free.take(f.Covered.X, f.Covered.Y+row, f.Covered.W)
	}
	if k := f.Picked; k.OK && k.Kind == Name && f.shown(k.Layer) {
		p.put(f, k.Layer, k.Index)
	}
	for i := range f.Scene.layers {
		if !f.shown(i) {
			continue
		}
		for k := range f.Scene.layers[i].names {
			if !f.is(i, Name, k) {
				p.put(f, i, k)
			}
		}
	}
}

// put writes one name if there is a free place for it.
func (p *Painter) put(f *Frame, layer, index int) {
	n := &f.Scene.layers[layer].names[index]
	w := cell.Width(n.text)
	if w == 0 || n.alpha == 0 || !p.near(n.at, 0) {
		return
	}
	at, depth := p.cam.project(n.at.x, n.at.y, 0)
	if depth < p.cam.near {
		return
	}
	col, row := p.projection.cell(at)
	x := col - w/2
	switch n.anchor {
	case "start":
		x = col
	case "end":
		x = col - w + 1
	}
	for _, y := range [3]int{row, row - 1, row + 1} {
		if p.free.free(x, y, w) {
			p.free.take(x-1, y, w+2)
			p.written = append(p.written, written{layer, index, x, y, w})
			return
		}
	}
}

// drawNames writes the names on a halo: the map's colours, mostly covered by
// the page's background.
func (p *Painter) drawNames(g *cell.Grid, f *Frame) {
	for _, at := range p.written {
		n := &f.Scene.layers[at.layer].names[at.index]
		x, y := p.area.X+at.x, p.area.Y+at.y
		picked := f.is(at.layer, Name, at.index)
		for c := x; c < x+at.w; c++ {
			under := g.At(c, y)
			if under == nil {
				continue
			}
			under.BG = cell.FromRGB(cell.Mix(canvas.Mean(under), f.Look.halo, 0.74))
			if picked {
				under.BG = cell.FromRGB(f.Look.picked)
			}
		}
		fg, attr, text := cell.Readable(n.color, f.Look.halo, 4.5), cell.Attr(0), n.text
		if n.pin && f.Look.ASCII {
			text = "v"
		}
		if picked {
			fg, attr = cell.Readable(f.Look.halo, f.Look.picked, 4.5), cell.Bold
		}
		g.Text(x, y, text, fg, attr)
	}
}

// nameAt finds the name that is written in a cell of the map.
func (p *Painter) nameAt(col, row int) (Pick, bool) {
	for _, at := range p.written {
		if row == at.y && col >= at.x && col < at.x+at.w {
			return Pick{true, at.layer, Name, at.index}, true
		}
	}
	return Pick{}, false
}

// free reports whether w cells of a row are free, and those beside them.
func (m *mask) free(x, y, w int) bool {
	if x < 0 || y < 0 || y >= m.h || x+w > m.w {
		return false
	}
	for _, taken := range m.taken[y*m.w+max(x-1, 0) : y*m.w+min(x+w+1, m.w)] {
		if taken {
			return false
		}
	}
	return true
}
