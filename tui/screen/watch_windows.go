package screen

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// canSuspend says whether the system knows job control.
const canSuspend = false

// listen begins to receive signals.
func listen() chan os.Signal {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals
}

// watch turns signals and guarded panics into messages until over. The size
// comes from the console reader.
func (s *stage) watch(signals chan os.Signal, over <-chan struct{}) {
	defer signal.Stop(signals)
	hit, ending := s.guard.hit, (<-chan time.Time)(nil)
	for {
		select {
		case <-over:
			return
		case <-hit:
			hit = nil
			s.end(s.guard.err())
			ending = time.After(stuckTime)
		case <-ending:
			s.term.leave(false)
			os.Exit(1)
		case sig := <-signals:
			s.end(&SignalError{sig})
			ending = time.After(stuckTime)
		}
	}
}

// Raise ends the process: Windows has no signal to raise again.
func (e *SignalError) Raise() { os.Exit(1) }

func (t *terminal) stop() (stopped bool) { return false }
