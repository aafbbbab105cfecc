package mapping

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
)

// loading is the state of the last question for figures.
type loading struct {
	seq    int
	cancel context.CancelFunc
	busy   bool
	err    error
}

// loaded answers a question. Quick is true for what was at hand, which the
// network may better.
type loaded struct {
	seq   int
	quick bool
	scene *scene
	err   error
	ctx   context.Context
}

// reload asks anew; answers that are still on their way count no more.
func (a *atlas) reload() tea.Cmd {
	if a.load.cancel != nil {
		a.load.cancel()
	}
	ctx, cancel := context.WithCancel(a.env.Ctx)
	a.load = loading{seq: a.load.seq + 1, cancel: cancel, busy: true}
	a.stale = true
	return ask(ctx, a.src, a.load.seq, !a.env.Still)
}

// ask gets the city and makes it ready to draw, both off the loop.
func ask(ctx context.Context, src Source, seq int, quick bool) tea.Cmd {
	return func() tea.Msg {
		get := src.City
		if quick {
			get = src.CityNow
		}
		city, err := get(ctx)
		if err != nil {
			return loaded{seq, quick, nil, err, ctx}
		}
		return loaded{seq, quick, newScene(city), nil, ctx}
	}
}

// loaded takes an answer:
//
//	of an older question    nothing
//	quick, may be bettered  show it if it is good, ask the network
//	the address has none    show it, and no longer the map
//	another error           show it, unless a map is shown already
//	good                    show it
func (a *atlas) loaded(m loaded) tea.Cmd {
	if m.seq != a.load.seq {
		return nil
	}
	if m.err == nil {
		a.take(m.scene)
	}
	if m.quick && (m.err != nil && !ownFault(m.err) || m.err == nil && !a.src.Final(m.scene.origin)) {
		return ask(m.ctx, a.src, m.seq, false)
	}
	a.load.cancel()
	a.load.busy, a.load.err, a.stale = false, m.err, true
	if errors.As(m.err, new(*data.AnswerError)) {
		a.scene, a.mode, a.pinned, a.hover = nil, looking, pick{}, pick{}
	}
	if m.err != nil && a.env.Still && !a.ready() { // Nobody reads the frame for it.
		return page.Send(page.Failed{Err: m.err})
	}
	return nil
}

// take shows a scene. What was picked may not be in it under the same number.
func (a *atlas) take(s *scene) {
	a.scene, a.stale = s, true
	a.pinned, a.hover = pick{}, pick{}
	a.move(a.view)
	if a.mode == finding {
		a.finder.search(s)
	}
}

// trouble is the original's message for figures that cannot be had, or what is
// wrong with a file of one's own.
func (a *atlas) trouble() string {
	text := session.Clean(a.load.err.Error(), 300)
	if ownFault(a.load.err) {
		return text
	}
	return needsNetwork + text
}

const needsNetwork = "This demo requires internet access. Connection error: "

// ownFault says that an error is about a file, where no network helps.
func ownFault(err error) bool {
	var network *data.NetworkError
	return !errors.As(err, &network)
}
