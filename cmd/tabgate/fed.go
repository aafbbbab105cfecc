package main

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/tui"
)

// fed is the app with messages from elsewhere than the terminal: files that
// were saved.
type fed struct {
	*tui.Root
	from <-chan tea.Msg
}

// messages makes messages each time that something changed, until that is closed
// or ctx ends.
func messages(ctx context.Context, changed <-chan struct{}, made func(context.Context) []tea.Msg) <-chan tea.Msg {
	out := make(chan tea.Msg)
	fault.Go(func() {
		defer close(out)
		for range changed {
			for _, msg := range made(ctx) {
				select {
				case out <- msg:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	return out
}

// ticking tells of changes and, every so often, that there may be some, until
// ctx ends.
func ticking(ctx context.Context, changed <-chan struct{}, every time.Duration) <-chan struct{} {
	out := make(chan struct{})
	fault.Go(func() {
		defer close(out)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-changed:
			case <-tick.C:
			}
			select {
			case out <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

// news is one of them.
type news struct{ msg tea.Msg }

// wait waits for the next one.
func (f *fed) wait() tea.Msg {
	msg, ok := <-f.from
	if !ok {
		return nil
	}
	return news{msg}
}

// Init implements tea.Model.
func (f *fed) Init() tea.Cmd { return tea.Batch(f.Root.Init(), f.wait) }

// Update implements tea.Model.
func (f *fed) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	n, ok := msg.(news)
	if ok {
		msg = n.msg
	}
	_, cmd := f.Root.Update(msg)
	if ok {
		cmd = tea.Batch(cmd, f.wait)
	}
	return f, cmd
}
