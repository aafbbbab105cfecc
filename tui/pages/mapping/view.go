package mapping

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Draw draws the page.
func (a *atlas) Draw(g *cell.Grid) bool {
	if !g.Redraw(a, a.stale) {
		return false
	}
	a.draw(g)
	if a.env.Theme.Renderer.ColorProfile() == termenv.ANSI256 {
		a.pins.Reduce(g)
	}
	a.stale = false
	return true
}

// The 256-colour indices of water and land, which on the dark theme are both
// nearest to greys, and of the original's six classes, which lose their order
// when each goes to its nearest.
var (
	pinnedGround  = map[bool][2]uint8{true: {17, 235}, false: {152, 254}}
	pinnedClasses = [6]uint8{229, 222, 215, 208, 196, 124}
)

// pin chooses the indices of the map's colours for a theme.
func (a *atlas) pin() {
	t, p := a.env.Theme, &a.pins
	p.Profile = termenv.ANSI256
	p.Unpin()
	p.Pin(t.Map.Water, pinnedGround[t.Dark][0])
	p.Pin(t.Map.Land, pinnedGround[t.Dark][1])
	for i, c := range t.Map.Classes[:len(pinnedClasses)] {
		p.Pin(c, pinnedClasses[i])
	}
}

func (a *atlas) draw(g *cell.Grid) {
	t := a.env.Theme
	a.grid = g
	g.Fill(t.Background)
	a.zones = a.zones[:0]
	if a.w == 0 || a.h == 0 {
		return
	}
	a.pin()
	l := a.arrange()
	look := newLook(t, a.palette, t.Renderer.ColorProfile())
	switch {
	case !a.ready() && a.load.err != nil:
		a.message(rect{0, 0, a.w, a.h}, a.trouble(), t.Bad, "Press r to try again.")
		return
	case !a.ready():
		a.message(rect{0, 0, a.w, a.h}, "Loading the map…", t.Muted, "")
		return
	case l.area.w < minMapW || l.area.h < minMapH:
		a.message(rect{0, 0, a.w, a.h}, "Enlarge the window to see the map.", t.Muted, "")
		return
	}
	a.drawMap(l, look)
	a.drawWords(l, look)
	if a.mode == finding {
		a.drawFinder(l.area)
	}
}

// drawMap paints the map, with what is under the pointer or pinned picked
// out.
func (a *atlas) drawMap(l layout, look look) {
	t := a.env.Theme
	if a.layers.none() {
		a.message(l.area, "Please choose at least one layer above.", t.Bad, "Press b, e, n or f.")
		return
	}
	f := frame{scene: a.scene, view: a.view, layers: a.layers, look: look, picked: a.pinned}
	a.hover = pick{}
	switch p := a.pointer; {
	case p.kind == list:
		a.hover = a.stopPick(p.stop)
	case p.kind != nothing && l.area.has(p.x, p.y) && !a.drag.moved:
		a.hover = a.painter.under(l.area, &f, p.x, p.y)
	}
	if a.hover.ok {
		f.picked = a.hover
	}
	tip := a.tipOf(l.area, &f)
	f.covered = tip.rect
	a.painter.paint(a.grid, l.area, &f)
	if a.pointer.kind == cursor {
		a.drawCursor(look)
	}
	if tip.w > 0 {
		a.drawTip(l.area, tip)
	}
}

// stopPick is a stop as what its shown layer draws of it; nothing where
// neither is shown, or the stop is no more.
func (a *atlas) stopPick(i int) pick {
	switch {
	case i >= len(a.scene.stops):
	case a.layers[exits]:
		return pick{true, exits, i}
	case a.layers[names]:
		return pick{true, names, i}
	}
	return pick{}
}

// under gives what is shown in a cell of the page.
func (a *atlas) under(x, y int) pick {
	look := newLook(a.env.Theme, a.palette, a.env.Theme.Renderer.ColorProfile())
	f := frame{scene: a.scene, view: a.view, layers: a.layers, look: look, picked: a.pinned}
	return a.painter.under(a.arrange().area, &f, x, y)
}

// under aims the camera and places the labels as paint would, then looks what
// is in a cell of the page.
func (p *painter) under(area rect, f *frame, x, y int) pick {
	p.aim(area, f)
	p.labels = p.labels[:0]
	if f.layers[names] {
		p.placeLabels(f)
	}
	return p.at(f, x-area.x, y-area.y)
}

func (a *atlas) drawCursor(look look) {
	c := a.grid.At(a.pointer.x, a.pointer.y)
	if c == nil {
		return
	}
	*c = cell.New('┼', look.halo, look.picked, cell.Bold)
}

// message writes a sentence in the middle of a part of the page, and what to
// do about it below.
func (a *atlas) message(r rect, text string, fg cell.RGB, help string) {
	lines := page.Wrap(text, max(min(r.w-2, 70), 1))
	n := len(lines)
	lines = append(lines, page.Wrap(help, max(min(r.w-2, 70), 1))...)
	y := r.y + max((r.h-len(lines))/2, 0)
	for i, line := range lines {
		if i >= r.h {
			return
		}
		color := fg
		if i >= n {
			color = a.env.Theme.Muted
		}
		line = cell.Cut(line, r.w)
		a.grid.Text(r.x+max((r.w-cell.Width(line))/2, 0), y+i, line, color, 0)
	}
}
