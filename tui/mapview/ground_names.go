package mapview

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// groundShare is the part of a map that names of its ground take at most.
const groundShare = 0.05

// groundNames writes whose work the ground is, and the names of places and
// streets where nothing of the map's own is.
func (p *Painter) groundNames(g *cell.Grid, f *Frame) {
	m := &p.ground
	m.reset(p.area.W, p.area.H)
	for _, o := range p.labels.list {
		m.take(o.x-1, o.y, o.w+2)
	}
	if !f.Look.Plain {
		m.takeCovered(floor{&p.brush})
	}
	p.credit(g, f)
	m.room = int(groundShare * float64(p.area.W*p.area.H))
	for i := range f.Ground.names {
		n := &f.Ground.names[i]
		if m.room <= 0 {
			return
		}
		if shows(n.Class, f.View.Zoom) {
			p.placeName(g, f, n)
		}
	}
	if shows(tiles.Street, f.View.Zoom) && !f.Look.Plain {
		p.streetNames(g, f)
	}
}

// groundMask are the cells where no name of the ground may stand, and how many
// cells they may still take.
type groundMask struct {
	mask
	room int
}

// takeCovered reserves the cells that show anything but the ground.
func (m *groundMask) takeCovered(b floor) {
	for row := range m.h {
		for col := range m.w {
			z, dotted := b.dots.Has(col, row)
			if dotted && z >= zMark || len(b.bare) == len(b.raster.Pix) && b.covered(col, row) {
				m.take(col, row, 1)
			}
		}
	}
}

// credit writes whose work the ground is at the lower right.
func (p *Painter) credit(g *cell.Grid, f *Frame) {
	text := cell.Cut(f.Ground.Credit, p.area.W)
	w, y := cell.Width(text), p.area.H-1
	p.write(g, f, p.area.W-w, y, text, f.Look.town)
	p.ground.take(p.area.W-w-1, y, w+2)
}

// write writes a text over the ground.
func (p *Painter) write(g *cell.Grid, f *Frame, x, y int, text string, c cell.RGB) {
	for i := range cell.Width(text) {
		under := g.At(p.area.X+x+i, p.area.Y+y)
		if under == nil {
			continue
		}
		if f.Look.Plain {
			under.BG = cell.FromRGB(f.Look.halo)
		} else if len(p.bare) == len(p.raster.Pix) {
			under.BG = cell.FromRGB(floor{&p.brush}.bareOf(x+i, y))
		}
	}
	g.Text(p.area.X+x, p.area.Y+y, text, c, 0)
}

// bareOf is the colour of the ground in the middle of a cell.
func (b floor) bareOf(col, row int) cell.RGB {
	v := b.bare[(row*b.sy+b.sy/2)*b.raster.W+col*b.sx+b.sx/2]
	return cell.RGB{uint8(v >> 16), uint8(v >> 8), uint8(v)}
}

// placeName writes the name of a place in its row, or the one above or below.
func (p *Painter) placeName(g *cell.Grid, f *Frame, n *tiles.Place) {
	for _, shift := range [3]float64{0, -tile, tile} {
		at := spot{n.At.X + shift, n.At.Y}
		if !p.near(at, 0) {
			continue
		}
		px, depth := p.cam.project(at.x, at.y, 0)
		if depth < p.cam.near {
			continue
		}
		col, row := p.cell(px)
		w := cell.Width(n.Name)
		for _, y := range [3]int{row, row - 1, row + 1} {
			if x := col - w/2; p.ground.free(x, y, w) {
				p.write(g, f, x, y, n.Name, f.Look.town)
				p.ground.take(x-1, y, w+2)
				p.ground.take(x, y-1, w)
				p.ground.take(x, y+1, w)
				p.ground.room -= w
				return
			}
		}
	}
}

// streetName is where a street runs level for long enough.
type streetName struct {
	class tiles.Class
	name  string
	x, y  int
	run   int
}

// streetNames writes names of streets along their longest level pieces, each
// name once.
func (p *Painter) streetNames(g *cell.Grid, f *Frame) {
	best := map[string]streetName{}
	floor{&p.brush}.eachTile(f.Ground, func(t *tiles.Tile, shift float64) {
		for i := range t.Lines {
			l := &t.Lines[i]
			if l.Name == "" || l.Class == tiles.Path && f.View.Zoom < 16.5 || shift != 0 || !p.visible(spot{l.Lo.X, l.Lo.Y}, spot{l.Hi.X, l.Hi.Y}) {
				continue
			}
			if s := p.level(l); s.run > best[l.Name].run {
				best[l.Name] = s
			}
		}
	})
	list := make([]streetName, 0, len(best))
	for _, s := range best {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b streetName) int { return cmp.Or(cmp.Compare(b.run, a.run), cmp.Compare(a.name, b.name)) })
	for _, s := range list {
		text := cell.Cut(session.Clean(s.name, 80), maxName)
		w := cell.Width(text)
		if p.ground.room <= 0 {
			return
		}
		if x := s.x + (s.run-w)/2; w > 0 && w+2 <= s.run && p.ground.free(x, s.y, w) {
			p.write(g, f, x, s.y, text, f.Look.town)
			p.ground.take(x-1, s.y, w+2)
			p.ground.room -= w
		}
	}
}

// levelRows is how many rows a piece of a street may rise and still be level: a
// name in the middle of it is nowhere a row away.
const levelRows = 1.8

// level finds the longest piece of a line that is level.
func (p *projection) level(l *tiles.Line) (out streetName) {
	out = streetName{class: l.Class, name: l.Name}
	var from canvas.Vec
	lo, hi, started := 0.0, 0.0, false
	across, down := float64(p.area.W)/p.cam.w, float64(p.area.H)/p.cam.h
	for _, q := range l.Points {
		at, depth := p.cam.project(q.X, q.Y, 0)
		if depth < p.cam.near {
			started = false
			continue
		}
		c := canvas.Vec{X: min(max(at.X*across, 0), float64(p.area.W)), Y: at.Y * down}
		if !started || max(hi, c.Y)-min(lo, c.Y) > levelRows {
			from, lo, hi, started = c, c.Y, c.Y, true
			continue
		}
		lo, hi = min(lo, c.Y), max(hi, c.Y)
		y := int(math.Floor((lo + hi) / 2))
		if run := int(math.Abs(c.X - from.X)); run > out.run && y >= 0 && y < p.area.H {
			out.run, out.x, out.y = run, int(min(from.X, c.X)), y
		}
	}
	return out
}
