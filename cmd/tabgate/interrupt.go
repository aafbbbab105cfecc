package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
)

// interrupts listens for the signals that end the program.
type interrupts struct {
	signals    chan os.Signal
	over, gone chan struct{}
}

// listen gives a context that the first signal ends. What ignores that,
// such as half a sign-out, is ended by the second one: here, for the Go
// runtime would print its state at a SIGABRT or SIGQUIT, and leave a terminal
// as it is just then.
func listen() (context.Context, *interrupts) {
	ctx, cancel := context.WithCancel(context.Background())
	i := &interrupts{make(chan os.Signal, 2), make(chan struct{}), make(chan struct{})}
	signal.Notify(i.signals, stopSignals...)
	go func() {
		defer close(i.gone)
		defer cancel()
		select {
		case <-i.signals:
			cancel()
		case <-i.over:
			return
		}
		select {
		case <-i.signals:
			prompt.Restore()
			os.Exit(exitInterrupted)
		case <-i.over:
		}
	}()
	return ctx, i
}

func (i *interrupts) end() {
	signal.Stop(i.signals)
	close(i.over)
	<-i.gone
}

// pause leaves the signals to somebody else until resume.
func (i *interrupts) pause() (resume func()) {
	if i == nil { // a command that a test runs by itself
		return func() {}
	}
	signal.Stop(i.signals)
	return func() { signal.Notify(i.signals, stopSignals...) }
}
