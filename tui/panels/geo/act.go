package geo

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// key does what a key means: to the search or the menu that is open, else to the
// map.
func (p *Panel) key(msg tea.KeyMsg) tea.Cmd {
	in := p.keys.intent(msg)
	p.stale = p.stale || p.Capturing() || in.act != none
	switch {
	case p.figs == nil:
	case p.finder.open:
		if name, ok := p.finder.key(msg, p.keys.finder, &p.figs.index); ok {
			return p.goTo(name)
		}
		return nil
	case p.menu.kind != closed:
		return p.do(p.menu.key(msg, &p.keys, p.figs))
	}
	return p.do(in)
}

// do does what a key means.
func (p *Panel) do(in intent) tea.Cmd {
	if in.act == full {
		return p.setFull(!p.full)
	}
	if p.figs == nil {
		return nil
	}
	switch in.act {
	case toggleLayer:
		p.toggle(in.layer)
	case find:
		if len(p.figs.index.list) > 0 {
			p.finder = newFinder(&p.figs.index)
		}
	case recolour:
		if p.colours() {
			p.palette = (p.palette + 1) % mapview.Palettes
			return page.Send(page.Notice{Text: "Map in " + p.palette.String()})
		}
	case options:
		if p.deck != nil {
			p.menu = menu{kind: layersMenu}
		}
	case chooseFormat:
		p.menu = menu{kind: formatsMenu}
	case export:
		return p.save(in.format)
	case commandLine:
		return panels.Send(panels.CommandLine{})
	case back:
		return p.back()
	case steer:
		p.pointer = p.pointer.steered(in.dx, in.dy, p.area())
	case choose:
		p.choose(in.dx)
	default:
		return p.travel(in)
	}
	return nil
}

// setFull gives the map all the room, or what it had.
func (p *sight) setFull(on bool) tea.Cmd {
	p.full = on
	return panels.Send(panels.FullScreen{})
}

// back lets go of what was chosen, then leaves the full screen.
func (p *sight) back() tea.Cmd {
	if p.full && !p.pinned.OK && p.pointer.kind != cursor {
		return p.setFull(false)
	}
	p.pinned, p.pointer = mapview.Pick{}, pointer{}
	return nil
}

// travel does the keys that change the view. They end a flight where it is.
func (p *sight) travel(in intent) tea.Cmd {
	v := p.camera.goal()
	switch in.act {
	case shift:
		v = p.viewport(v).Shift(float64(in.dx), float64(in.dy))
	case zoom:
		return p.zoom(in.by)
	case enter:
		if p.hasRows() {
			return p.detail()
		}
		return p.center()
	case tilt:
		v.Pitch += in.by
	case turn:
		v.Bearing += in.by
	case reset:
		return p.camera.flyTo(p.env.Env, p.home())
	default:
		return nil
	}
	return p.camera.glideTo(p.env.Env, v, nil, p.area())
}

// zoom zooms about the cursor, else about the middle.
func (p *sight) zoom(by float64) tea.Cmd {
	v := p.viewport(p.camera.goal())
	px, py, ok := p.pointer.on(v)
	if !ok || p.pointer.kind != cursor {
		px, py = v.Middle()
	}
	return p.zoomAt(by, px, py)
}

// zoomAt glides nearer or farther so that the place under a pixel stays there.
func (p *sight) zoomAt(by, px, py float64) tea.Cmd {
	v := p.viewport(p.camera.goal())
	if v.Area.W <= 0 || v.Area.H <= 0 {
		return nil
	}
	keep := v.Grab(px, py)
	return p.camera.glideTo(p.env.Env, v.Zoom(by, px, py), &keep, v.Area)
}

// center brings the place under the cursor to the middle, cursor and all.
func (p *sight) center() tea.Cmd {
	px, py, ok := p.pointer.on(p.viewport(p.camera.view))
	if !ok {
		return nil
	}
	p.camera.arrive()
	v := p.viewport(p.camera.view)
	p.pointer.x, p.pointer.y = v.Area.X+v.Area.W/2, v.Area.Y+v.Area.H/2
	return p.camera.glideTo(p.env.Env, v.Center(px, py), nil, v.Area)
}

// toggle shows a layer or takes it off, with what was picked in it.
func (p *sight) toggle(i int) {
	if i >= len(p.figs.switches.list) {
		return
	}
	layer := p.figs.switches.list[i].layer
	p.figs.flip(layer)
	for _, at := range []*mapview.Pick{&p.pinned, &p.hover} {
		if at.Layer == layer {
			*at = mapview.Pick{}
		}
	}
}

// nearer is how much nearer than at first a place is seen that was looked for.
const nearer = 1.5

// goTo pins a name and flies there. Where nothing of it is shown, its own layer
// is.
func (p *sight) goTo(i int) tea.Cmd {
	n := &p.figs.index.list[i]
	if !p.figs.pick(i).OK {
		p.figs.hidden[n.picks[len(n.picks)-1].Layer] = false
	}
	p.pinned, p.pointer = p.figs.pick(i), pointer{}
	v := p.camera.view
	v.Lon, v.Lat, v.Zoom = n.at.Lon, n.at.Lat, max(v.Zoom, min(p.home().Zoom+nearer, nearest))
	return p.camera.flyTo(p.env.Env, v)
}

// nearest is the nearest view of a place that was looked for.
const nearest = 16

// choose reads out the next place, or the one before, and brings it into view.
func (p *sight) choose(by int) {
	n := 0
	if p.spec != nil {
		n = len(p.figs.scene.Deck.Layers[0].Circles)
	}
	if n == 0 {
		return
	}
	at := by - 1 // the first, or the last
	if p.pinned.OK {
		at = p.pinned.Index + by
	} else if by < 0 {
		at = n - 1
	}
	p.pointer, p.pinned = pointer{}, mapview.Pick{OK: true, Kind: mapview.Disc, Index: (at%n + n) % n}
	_, place := p.figs.scene.Item(p.pinned)
	if !p.sees(place) {
		v := p.camera.view
		v.Lat, v.Lon = place.Lat, place.Lon
		p.camera.set(v)
	}
}

// sees reports whether a place is in the middle three quarters of the map.
func (p *sight) sees(at deck.Place) bool {
	area := p.area()
	col, row, ok := p.viewport(p.camera.view).Cell(at.Lon, at.Lat)
	dx, dy := area.W/8, area.H/8
	return ok && col >= area.X+dx && col < area.X+area.W-dx && row >= area.Y+dy && row < area.Y+area.H-dy
}

// hasRows reports whether rows stand behind what is read out.
func (p *sight) hasRows() bool { return p.spec != nil && p.picked().OK }

// detail asks for the rows at the place that is read out.
func (p *sight) detail() tea.Cmd {
	item, _ := p.figs.scene.Item(p.picked())
	b, err := frame.Rows(p.ctx(), p.figs.rows, []int{p.figs.lat, p.figs.lon}, item.Row, 1)
	if err == nil && b.Len == 0 {
		err = errors.New("its row is no more")
	}
	if err != nil {
		return page.Send(page.Failed{Err: err})
	}
	where := query.Where{}
	for i, c := range []int{p.figs.lat, p.figs.lon} {
		where = append(where, query.Condition{Field: p.figs.rows.Columns()[c].Name, Op: query.Eq, Values: []string{b.Columns[i].String(0)}})
	}
	return panels.Send(panels.Detail{Source: p.spec.Source, Where: where, Title: "at " + b.Columns[0].String(0) + ", " + b.Columns[1].String(0)})
}
