// Package tour plays the main job without a terminal or a browser: the real
// app, the real sign-in over loopback HTTP, and a scripted person where the
// browser would be. It is a check of itself, and knows no command.
package tour

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/cmd/tabgate/offscreen"
)

// Play goes through the job, and prints each frame and a summary. An error
// names the step that failed.
func Play(ctx context.Context, o Options) error {
	t := &tour{Options: o}
	ctx, t.stop = context.WithCancelCause(ctx)
	defer t.stop(nil)
	app, end, err := o.Start(ctx, t.open)
	if err != nil {
		return err
	}
	defer end()
	t.app = app
	_, size := app.Update(tea.WindowSizeMsg{Width: o.Width, Height: o.Height})
	if err := offscreen.Drain(ctx, app, app.Init(), size); err != nil {
		return err
	}
	for _, r := range t.rounds() {
		if err := t.visit(ctx, r.who, r.from); err != nil {
			return t.broken(ctx, err)
		}
	}
	if err := t.newcomer(ctx); err != nil {
		return t.broken(ctx, err)
	}
	return t.summary()
}

// broken names the step that failed. What went wrong at the browser is the
// cause of all that follows from it.
func (t *tour) broken(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	return fmt.Errorf("tour, step %d: %w", t.step, err)
}
