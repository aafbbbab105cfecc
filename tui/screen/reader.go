package screen

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/cancelreader"

	"github.com/authtabs/tabgate/tui/screen/input"
)

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
	done := make(chan struct{})
	s.guard.Go(func() {
		defer close(done)
		if err := input.Pump(r, s.received); !errors.Is(err, cancelreader.ErrCanceled) {
			s.end(ErrGone)
		}
	})
	return func() {
		if r.Cancel() {
			<-done
		}
		_ = r.Close()
	}, nil
}

// received hands the loop a message of the terminal. An answer is for the
// screen alone.
func (s *stage) received(msg tea.Msg) {
	reply, ok := msg.(input.Reply)
	switch {
	case !ok:
		s.prog.Send(msg)
	case reply.Kind == input.OSC:
		s.answered(reply.Text)
	default:
		s.answered(string(reply.Kind) + reply.Text)
	}
}
