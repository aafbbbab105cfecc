package mapping

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// Source gives the city: CityNow what is at hand, City what the network has.
// Final says that asking again gives nothing newer.
type Source interface {
	City(context.Context) (data.City, error)
	CityNow(context.Context) (data.City, error)
	Final(data.Origin) bool
}

// loading is the state of the last question for figures.
type loading struct {
	seq    int
	cancel context.CancelFunc
	busy   bool
	err    error
}

// loaded answers a question. Quick is true for figures from this machine, which
// the network may have newer.
type loaded struct {
	seq   int
	quick bool
	scene *mapview.Scene
	err   error
	ctx   context.Context
}

// start asks again; answers that are still on their way are dropped.
func (l *loading) start(ctx context.Context, src Source, quick bool) tea.Cmd {
	if l.cancel != nil {
		l.cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	*l = loading{seq: l.seq + 1, cancel: cancel, busy: true}
	return load(ctx, src, l.seq, quick)
}

// load gets the city and makes it ready to draw, both off the loop.
func load(ctx context.Context, src Source, seq int, quick bool) tea.Cmd {
	return func() tea.Msg {
		get := src.City
		if quick {
			get = src.CityNow
		}
		city, err := get(ctx)
		if err != nil {
			return loaded{seq, quick, nil, err, ctx}
		}
		return loaded{seq, quick, mapview.NewScene(city), nil, ctx}
	}
}

// again asks the network where it may have newer figures than an answer, else
// it is nil.
func (m loaded) again(src Source) tea.Cmd {
	if m.quick && (m.err != nil && !ownFault(m.err) || m.err == nil && !src.Final(m.scene.Origin)) {
		return load(m.ctx, src, m.seq, false)
	}
	return nil
}

// end takes the last answer to the question.
func (l *loading) end(err error) {
	l.cancel()
	l.busy, l.err = false, err
}

// origin says where figures came from, how old they are, and why they are not
// live.
func (l *loading) origin(o data.Origin, now time.Time) string {
	parts := []string{o.Line(now)}
	if l.busy {
		parts = append(parts, "asking for live figures…")
	} else if l.err != nil {
		parts = append(parts, l.trouble())
	} else if o.Note != "" {
		parts = append(parts, o.Note)
	}
	return session.Clean(strings.Join(parts, " · "), 400)
}

// trouble is the original's message for figures that cannot be had, or what is
// wrong with a file of one's own.
func (l *loading) trouble() string {
	text := session.Clean(l.err.Error(), 300)
	if ownFault(l.err) {
		return text
	}
	return needsNetwork + text
}

const needsNetwork = "This demo requires internet access. Connection error: "

// ownFault reports whether an error is about a file, where no network helps.
func ownFault(err error) bool {
	var network *data.NetworkError
	return !errors.As(err, &network)
}
