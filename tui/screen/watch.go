package screen

import (
	"os"
	"time"
)

// watch turns signals and guarded panics into messages until the loop has
// ended, and returns why. A second signal, or a loop that does not end in
// stuckTime, is not waited for.
func (s *stage) watch(ended <-chan error) error {
	hit, late := s.guard.hit, (<-chan time.Time)(nil)
	var last os.Signal
	for {
		select {
		case err := <-ended:
			return s.result(err)
		case <-hit:
			hit = nil
			s.end(s.guard.err())
			late = time.After(stuckTime)
		case <-late:
			return s.abandon(last)
		case sig := <-s.io.Signals:
			if msg := signalMessage(sig); msg != nil {
				s.guard.Go(func() { s.prog.Send(msg) })
				continue
			}
			if late != nil {
				return s.abandon(sig)
			}
			s.end(&SignalError{Signal: sig})
			last, late = sig, time.After(stuckTime)
		}
	}
}

// abandon returns the cause of an end without the loop, which does not answer.
func (s *stage) abandon(sig os.Signal) error {
	s.left = true
	if fault := s.guard.err(); fault != nil && sig == nil {
		return fault
	}
	return &SignalError{Signal: sig, Stuck: true}
}
