//go:build !windows

package screen

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// interrupted is the exit code of a program that a signal ended, as shells
// have it for ctrl+c.
const interrupted = 130

// canSuspend says whether the system knows job control.
const canSuspend = true

// listen begins to receive signals, before there is a frame that one could
// be an answer to.
func listen() chan os.Signal {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGWINCH, syscall.SIGCONT)
	return signals
}

// watch turns signals and guarded panics into messages until over. A second
// signal, or a loop that does not end in stuckTime, ends the process at
// once, with the terminal given back.
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
			s.abandon(syscall.SIGTERM)
		case sig := <-signals:
			switch sig {
			case syscall.SIGWINCH:
				s.guard.Go(func() { s.prog.Send(resizeMsg{}) })
			case syscall.SIGCONT:
				s.guard.Go(func() { s.prog.Send(wakeMsg{}) })
			default:
				if ending != nil {
					s.abandon(sig)
				}
				s.end(&SignalError{sig})
				ending = time.After(stuckTime)
			}
		}
	}
}

// abandon ends the process without its loop, which does not answer.
func (s *stage) abandon(sig os.Signal) {
	s.term.leave(false)
	(&SignalError{sig}).Raise()
}

// Raise sends the signal to this process again, now with its usual effect. At
// SIGQUIT and SIGABRT the Go runtime would print its state; there the process
// just ends.
func (e *SignalError) Raise() {
	sig, ok := e.Signal.(syscall.Signal)
	switch {
	case !ok:
		sig = syscall.SIGTERM
	case sig == syscall.SIGQUIT, sig == syscall.SIGABRT:
		os.Exit(interrupted)
	}
	signal.Reset(sig)
	_ = syscall.Kill(os.Getpid(), sig)
	<-time.After(time.Second) // the signal comes before this
	os.Exit(1)
}

// stop stops the process group as the shell's ctrl+z would, and returns when
// it goes on. Where nobody could continue it, the system ignores the signal;
// then this returns false after a moment.
func (t *terminal) stop() (stopped bool) {
	awake := make(chan os.Signal, 1)
	signal.Notify(awake, syscall.SIGCONT)
	defer signal.Stop(awake)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	select {
	case <-awake:
		return true
	case <-time.After(100 * time.Millisecond):
		return false
	}
}
