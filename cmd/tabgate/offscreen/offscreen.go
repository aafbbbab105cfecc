// Package offscreen plays models without a terminal: for frames that go to a
// file or a pipe, and for the tour. It knows no command and no page.
package offscreen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/fault"
)

// Drain plays a model without a terminal: it feeds the messages, runs the
// commands that follow side by side, and ends when nothing is left to happen
// or ctx ends. The model itself is only touched from here.
//
// It is for frames that nobody watches: clocks must be stopped (page.Env.Still).
func Drain(ctx context.Context, m tea.Model, cmds ...tea.Cmd) error {
	answers := make(chan tea.Msg)
	ctx, stop := context.WithCancel(ctx)
	defer stop() // late answers find nobody and their goroutines end
	pending := 0
	start := func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		pending++
		fault.Go(func() {
			select {
			case answers <- cmd():
			case <-ctx.Done():
			}
		})
	}
	for _, cmd := range cmds {
		start(cmd)
	}
	for pending > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case msg := <-answers:
			pending--
			switch msg := msg.(type) {
			case nil:
			case tea.BatchMsg:
				for _, cmd := range msg {
					start(cmd)
				}
			default:
				_, cmd := m.Update(msg)
				start(cmd)
			}
		}
	}
	return nil
}

// Send gives a model one message and lets everything that follows happen.
func Send(ctx context.Context, m tea.Model, msg tea.Msg) error {
	_, cmd := m.Update(msg)
	return Drain(ctx, m, cmd)
}
