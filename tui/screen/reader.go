package screen

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/cancelreader"

	"github.com/authtabs/tabgate/tui/screen/input"
)

// queued is how many messages may wait for the loop. Behind them answers are
// read still, which a loop that gives the terminal back waits for.
const queued = 256

// read reads the terminal and hands the loop what it sends, until stop is
// called.
func (s *stage) read() (stop func(), err error) {
	if !decodes {
		return func() {}, nil
	}
	r, err := cancelreader.NewReader(s.term.in)
	if err != nil {
		return nil, err
	}
	done, queue := make(chan struct{}), make(chan tea.Msg, queued)
	s.guard.Go(func() {
		for msg := range queue {
			s.prog.Send(msg)
		}
	})
	s.guard.Go(func() {
		defer close(done)
		defer close(queue)
		err := input.Pump(r, func(msg tea.Msg) {
			if msg = s.received(msg); msg != nil {
				queue <- msg
			}
		})
		if !errors.Is(err, cancelreader.ErrCanceled) {
			s.end(ErrGone)
		}
	})
	return func() {
		if r.Cancel() && !s.left { // behind a loop that was left there may be no room
			<-done
		}
		_ = r.Close()
	}, nil
}

// received returns what the loop is to get of a message of the terminal, nil
// for an answer that is for the screen alone.
func (s *stage) received(msg tea.Msg) tea.Msg {
	reply, ok := msg.(input.Reply)
	switch {
	case !ok:
		return msg
	case reply.Kind == input.OSC:
		return s.answered(reply.Text)
	default:
		return s.answered(string(reply.Kind) + reply.Text)
	}
}
