package chart

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// dotsPerPixel is how many places a pixel has for the points of a scene: more
// than a cell of eight pixels has dots.
const dotsPerPixel = 0.5

// patience is how long a picture may take before the panel says that it is
// being drawn.
const patience = 200 * time.Millisecond

// work is the picture that is being computed.
type work struct {
	outdated bool // there are newer figures, or something else was chosen
	urgent   bool // what is being computed is not worth its time any more
	seq      int
	cancel   context.CancelFunc // of what is being computed; nil = nothing is
	slow     bool
	asked    size    // what the newest picture was asked for
	level    float64 // how finely points are told apart in it: as in a picture so many times larger
	err      error   // why the last picture is not there
}

// done is a scene that was computed, or not.
type done struct {
	to    *Panel
	seq   int
	scene *vega.Scene
	reader
	drawer   *vegaview.Drawer
	gathered *gathered
	colors   colors
	err      error
}

// late says that a picture takes long.
type late struct {
	to  *Panel
	seq int
}

// catchUp asks for a new picture if the one that is shown, or awaited, is not
// for these figures and this size.
func (p *Panel) catchUp() tea.Cmd {
	w := &p.work
	if p.finest() > w.level && manyRows(p.scene) {
		w.outdated, w.urgent = true, true // points that were left out come apart
	}
	if !w.outdated && w.asked == p.room || p.room.w == 0 || p.room.h == 0 || p.spec.busy {
		return nil
	}
	if w.cancel != nil && w.asked == p.room && !w.urgent {
		return nil // figures that still come would never let a picture be ready
	}
	if _, excused := p.spec.excuse(); excused {
		return nil
	}
	if w.cancel != nil {
		w.cancel()
	}
	ctx, cancel := p.computing()
	w.seq++
	w.cancel, w.slow, w.outdated, w.urgent, w.asked = cancel, false, false, false, p.room
	w.level = p.finest()
	compute := p.compute(ctx, w.seq)
	if p.env.Still || p.env.Tick == nil {
		return compute
	}
	tick := late{p, w.seq}
	return tea.Batch(compute, p.env.Tick(patience, func(time.Time) tea.Msg { return tick }))
}

// computing is the context of a computation.
func (p *Panel) computing() (context.Context, context.CancelFunc) {
	if p.env.ChartTime > 0 {
		return context.WithTimeout(p.ctx(), p.env.ChartTime)
	}
	return context.WithCancel(p.ctx())
}

// compute makes the command that computes a scene.
func (p *Panel) compute(ctx context.Context, seq int) tea.Cmd {
	spec, room, colors, most := p.spec, p.room, p.colors, p.env.ChartTime
	if p.choices.whole {
		spec.greatest = nil
	}
	o := vega.Options{
		Done: ctx.Done(), Hidden: p.choices.hidden(), Lines: p.choices.lines,
		Selections: p.chosen.now, Values: p.choices.values, Dots: dotsPerPixel * p.work.level,
	}
	return func() tea.Msg {
		msg := done{to: p, seq: seq}
		if msg.scene, msg.gathered, msg.colors, msg.err = scene(ctx, spec, room, o, colors); msg.err == nil {
			msg.reader, msg.drawer = newReader(msg.scene), vegaview.New(msg.scene)
		} else if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			msg.err = fmt.Errorf("the chart takes more than %v to be computed, and is not drawn", most)
		}
		return msg
	}
}

// scene computes what a specification draws in a room.
func scene(ctx context.Context, spec specification, room size, o vega.Options, was colors) (s *vega.Scene, g *gathered, now colors, err error) {
	defer func() {
		if r := recover(); r != nil { // the page's other panels go on
			s, g, now, err = nil, nil, was, fmt.Errorf("the chart cannot be drawn: %v", r)
		}
	}()
	text, err := spec.compose(ctx)
	if now = was; err == nil {
		text, now, err = was.paint(ctx, &spec, text)
	}
	if err == nil && spec.greatest != nil {
		g, err = spec.greatest.gather(ctx, &spec, text)
	}
	if err != nil {
		return nil, nil, now, err
	}
	if g != nil {
		text = g.text
	}
	o.Columns = func(name string, use *vega.Use) ([]vega.Column, int, error) {
		return columns(ctx, spec.data, name, use, g)
	}
	o.Load = func(path string) ([]byte, error) {
		if spec.env.Load == nil {
			return nil, fmt.Errorf("no file is read here")
		}
		return spec.env.Load(ctx, path, maxFile)
	}
	o.Width, o.Height = vegaview.Room(room.w, max(1, room.h-linesOfReading(room)))
	s, err = vega.Compile(text, o)
	return s, g, now, err
}

// take takes an answer, and reports whether it was awaited.
func (p *Panel) take(msg done) bool {
	w := &p.work
	if msg.seq != w.seq {
		return false
	}
	w.cancel()
	w.cancel, w.slow, w.err = nil, false, msg.err
	if msg.err == nil {
		p.scene, p.reader, p.drawer, p.gathered, p.colors = msg.scene, msg.reader, msg.drawer, msg.gathered, msg.colors
		p.crowd(p.room)
		p.relook()
		was := p.pointer
		p.refind()
		if hovering(p.scene) && was.plot < len(p.scene.Cells) {
			p.pointer = was // what follows the pointer does not lose it
		}
	}
	return true
}

func (w *work) late(msg late) bool {
	if msg.seq != w.seq || w.cancel == nil {
		return false
	}
	w.slow = true
	return true
}

// complain shows an error in the footer.
func complain(err error) tea.Cmd { return page.Send(page.Failed{Err: err}) }
