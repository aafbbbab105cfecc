//go:build !windows

package process

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// signals are those that a screen wants to know of.
var signals = []os.Signal{
	syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT,
	syscall.SIGWINCH, syscall.SIGTSTP, syscall.SIGCONT,
}

// interrupted is the exit code of a program that a signal ended, as shells
// have it for ctrl+c.
const interrupted = 130

func openInput() (*os.File, error) { return os.Open("/dev/tty") }

// canStop reports whether the system knows job control.
const canStop = true

// stop stops the process group as the shell's ctrl+z would, and returns when it
// goes on. Where nobody could continue it the system ignores the signal; then
// it returns false after a moment.
//
// The signal is SIGTTOU, whose effect is the same: the Go runtime does not give
// SIGTSTP its usual effect back once somebody has listened for it.
func stop() bool {
	awake := make(chan os.Signal, 1)
	signal.Notify(awake, syscall.SIGCONT)
	defer signal.Stop(awake)
	_ = syscall.Kill(0, syscall.SIGTTOU)
	select {
	case <-awake:
		return true
	case <-time.After(100 * time.Millisecond):
		return false
	}
}

// Raise ends this process by the signal, now with its usual effect. At SIGQUIT
// and SIGABRT the Go runtime would print its state; there the process just
// ends.
func Raise(s os.Signal) {
	sig, ok := s.(syscall.Signal)
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

// detached is for a program that goes on by itself.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
