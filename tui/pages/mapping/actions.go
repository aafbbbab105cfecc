package mapping

import (
	"io"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// do does what a key means.
func (p *Page) do(in intent) tea.Cmd {
	if in.act == reload {
		return p.reload()
	}
	if p.scene == nil {
		return nil
	}
	switch in.act {
	case toggle:
		p.toggle(in.layer)
	case find:
		p.finder, p.stale = newFinder(p.scene), true
	case recolour:
		if manyColours(p.env) {
			p.palette, p.stale = (p.palette+1)%mapview.Palettes, true
			return page.Send(page.Notice{Text: "Hexagons in " + p.palette.String()})
		}
	case options:
		p.menu, p.stale = menu{kind: layersMenu}, true
	case chooseFormat:
		p.menu, p.stale = menu{kind: formatsMenu}, true
	case export:
		return p.save(in.format)
	case full:
		p.full, p.stale = !p.full, true
	case back:
		p.full = p.full && (p.pinned.OK || p.pointer.kind == cursor)
		p.pinned, p.pointer, p.stale = mapview.Pick{}, pointer{}, true
	case steer:
		p.pointer, p.stale = p.pointer.steered(in.dx, in.dy, p.area()), true
	default:
		return p.travel(in)
	}
	return nil
}

// save exports the figures, or the page as a picture.
func (p *Page) save(format string) tea.Cmd {
	return page.Export(p.env, "the map", "mapping."+format, func(w io.Writer) error {
		if format == "svg" || format == "ansi" {
			g := cell.NewGrid(p.w, p.h)
			p.paint(g)
			return page.Picture(w, format, "San Francisco: bike racks and BART passengers", g, p.env.Theme)
		}
		return p.Export(format, w)
	})
}

// travel does the keys that change the view. They end a flight where it is.
func (p *Page) travel(in intent) tea.Cmd {
	v := p.camera.goal()
	switch in.act {
	case shift:
		v = p.viewport(v).Shift(float64(in.dx), float64(in.dy))
	case zoom:
		return p.zoom(in.by)
	case center:
		return p.center()
	case tilt:
		v.Pitch += in.by
	case turn:
		v.Bearing += in.by
	case reset:
		return p.camera.flyTo(p.env, homeOf(p.scene))
	default:
		return nil
	}
	return p.camera.glideTo(p.env, v, nil, p.area())
}

// zoom zooms about the cursor, else about the middle.
func (p *Page) zoom(by float64) tea.Cmd {
	v := p.viewport(p.camera.goal())
	px, py, ok := p.pointer.on(v)
	if !ok || p.pointer.kind != cursor {
		px, py = v.Middle()
	}
	return p.zoomAt(by, px, py)
}

// zoomAt glides nearer or farther so that the place under a pixel stays there.
func (p *Page) zoomAt(by, px, py float64) tea.Cmd {
	v := p.viewport(p.camera.goal())
	if v.Area.W <= 0 || v.Area.H <= 0 {
		return nil
	}
	keep := v.Grab(px, py)
	return p.camera.glideTo(p.env, v.Zoom(by, px, py), &keep, v.Area)
}

// center brings the place under the cursor to the middle, cursor and all.
func (p *Page) center() tea.Cmd {
	px, py, ok := p.pointer.on(p.viewport(p.camera.view))
	if !ok {
		return nil
	}
	p.camera.arrive()
	v := p.viewport(p.camera.view)
	p.pointer.x, p.pointer.y, p.stale = v.Area.X+v.Area.W/2, v.Area.Y+v.Area.H/2, true
	return p.camera.glideTo(p.env, v.Center(px, py), nil, v.Area)
}

// toggle shows a layer or takes it off, with what was picked in it.
func (p *Page) toggle(layer int) {
	p.layers[layer] = !p.layers[layer]
	for _, at := range []*mapview.Pick{&p.pinned, &p.hover} {
		if at.Layer == layer {
			*at = mapview.Pick{}
		}
	}
	p.stale = true
}

// stopZoom is the zoom from which a stop is seen well.
const stopZoom = 12.5

// goTo pins a stop and flies there.
func (p *Page) goTo(stop int) tea.Cmd {
	p.stale = true
	if !p.layers[mapview.Exits] {
		p.layers[mapview.Names] = true
	}
	p.pinned, p.pointer = p.scene.PickStop(stop, p.layers), pointer{}
	v, st := p.camera.view, &p.scene.Stops[stop]
	v.Lon, v.Lat, v.Zoom = st.Lon, st.Lat, max(v.Zoom, stopZoom)
	return p.camera.flyTo(p.env, v)
}
