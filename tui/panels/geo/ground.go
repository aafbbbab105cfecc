package geo

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// ground is what lies below the map: the tiles of what is seen. Those that were
// shown stay until the new ones are all there.
type ground struct {
	shown  *mapview.Ground
	err    error
	asked  string // for which tiles
	seq    int
	cancel context.CancelFunc
}

// From the panel to itself: tiles are asked for when the view has rested, and
// they are there.
type (
	groundDue struct {
		to  *Panel
		seq int
	}
	groundMade struct {
		to     *Panel
		seq    int
		ground *mapview.Ground
		err    error
	}
)

// restTime is how long a view rests before its tiles are asked for.
const restTime = 120 * time.Millisecond

// seek asks for the tiles of the view, if they are others than before. What was
// asked for and is not needed any more is given up.
func (p *Panel) seek() tea.Cmd {
	area := p.area()
	if p.env.Ground == nil || p.figs == nil || p.camera.flying || area.W < minMapW || area.H < minMapH {
		return nil
	}
	g := &p.ground
	wanted := fmt.Sprint(p.viewport(p.camera.view).Tiles(0, finest))
	if wanted == g.asked {
		return nil
	}
	first := g.asked == ""
	g.stop()
	g.asked = wanted
	g.seq++
	if first || p.env.Still || p.env.Tick == nil {
		return p.load()
	}
	due := groundDue{p, g.seq}
	return p.env.Tick(restTime, func(time.Time) tea.Msg { return due })
}

// finest is the finest zoom of tiles that views are told apart by.
const finest = 14

func (g *ground) stop() {
	if g.cancel != nil {
		g.cancel()
		g.cancel = nil
	}
}

// load gets the tiles of the view, off the loop.
func (p *Panel) load() tea.Cmd {
	ctx, cancel := context.WithCancel(p.ctx())
	p.ground.cancel = cancel
	open, own, v, seq := p.env.Ground, p.env.Panel, p.viewport(p.camera.view), p.ground.seq
	return func() tea.Msg {
		defer cancel()
		out := groundMade{to: p, seq: seq}
		set, err := open(ctx, &own)
		if err != nil || set == nil {
			out.err = err
			return out
		}
		list, err := set.Load(ctx, v.Tiles(set.Zooms()))
		if out.err = err; err == nil {
			out.ground = mapview.NewGround(list, set.Credit())
		}
		return out
	}
}

// settle takes what becomes of the ground.
func (p *Panel) settle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case groundDue:
		if msg.to == p && msg.seq == p.ground.seq {
			return p.load()
		}
	case groundMade:
		if msg.to != p || msg.seq != p.ground.seq || errors.Is(msg.err, context.Canceled) {
			return nil
		}
		p.stale = true
		if p.ground.err = msg.err; msg.err == nil {
			p.ground.shown = msg.ground
		}
	case page.Hidden:
		p.ground.stop()
		p.ground.asked = ""
	}
	return nil
}

// note says why there are no tiles; "" = nothing is wrong.
func (g *ground) note() string {
	if g.err == nil {
		return ""
	}
	return "ground: " + session.Clean(g.err.Error(), 300)
}
