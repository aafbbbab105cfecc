package geo

import (
	"context"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/mapview"
)

// home is the view that one starts from and comes back to.
func (p *sight) home() mapview.View { return p.figs.scene.Home().Within() }

// moved reports whether the reader looks from elsewhere than at first.
func (p *sight) moved() bool { return p.figs != nil && p.camera.goal() != p.home() }

// arranged is where everything is.
func (p *sight) arranged() layout {
	has := parts{}
	if p.figs != nil {
		has = parts{boxes: len(p.figs.switches.list) > 0, legend: p.figs.binned || len(p.figs.classes) > 0}
	}
	return arrange(p.w, p.h, p.full, has)
}

// area is the part of the panel that the map is drawn in.
func (p *sight) area() rect { return p.arranged().area }

// viewport is a view on the map.
func (p *sight) viewport(v mapview.View) mapview.Viewport {
	return mapview.Viewport{View: v, Area: p.area()}
}

// ctx ends with the program.
func (p *sight) ctx() context.Context {
	if p.env.Ctx == nil {
		return context.Background()
	}
	return p.env.Ctx
}

// profile is what colours there are.
func (p *sight) profile() termenv.Profile { return p.env.Theme.Renderer.ColorProfile() }

// colours reports whether there is more than one palette: the classes of bins
// have several, and sixteen colours, and none, have but their own.
func (p *sight) colours() bool { return p.figs != nil && p.figs.binned && p.profile() < termenv.ANSI }

// look is how the map is painted.
func (p *sight) look(profile termenv.Profile) mapview.Look {
	look := mapview.NewLook(p.env.Theme, profile)
	look.Palette = p.palette
	return look
}

// frame is the map as it is to be drawn, with what is pinned picked out.
func (p *sight) frame() mapview.Frame {
	return mapview.Frame{Scene: p.figs.scene, View: p.camera.view, Hidden: p.figs.hidden, Look: p.look(p.profile()), Ground: p.ground.shown, Picked: p.pinned, Pinned: p.pinned}
}

// picked is what is read out: what the pointer is at, or else what was chosen.
func (p *sight) picked() mapview.Pick {
	if p.hover.OK {
		return p.hover
	}
	return p.pinned
}
