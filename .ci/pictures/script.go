package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/tui/cell"
)

// act is one line of a script.
type act func(context.Context, *theater) error

// press presses keys, one after the other.
func press(keys ...string) act {
	return func(ctx context.Context, t *theater) error {
		for _, k := range keys {
			if err := t.send(ctx, keyOf(k)); err != nil {
				return err
			}
		}
		return nil
	}
}

// pass lets time pass.
func pass(d time.Duration) act {
	return func(ctx context.Context, t *theater) error { return t.pass(ctx, d) }
}

// arrive waits until whoever was chosen in the sign-in box is signed in.
func arrive(ctx context.Context, t *theater) error { return t.arrived(ctx) }

// see fails unless the screen shows some words: a picture must not go wrong
// unseen.
func see(want string) act {
	return func(_ context.Context, t *theater) error {
		if g := t.frame(); !contains(g, want) {
			return fmt.Errorf("the screen does not show %q:\n%s", want, g)
		}
		return nil
	}
}

func contains(g *cell.Grid, want string) bool {
	return strings.Contains(strings.Join(strings.Fields(g.String()), " "), want)
}

// hold films the screen as it stands, and lets as much time pass.
func hold(d time.Duration) act { return film(1, d) }

// film films n frames, each of which stands for d. Keys are held down
// meanwhile: pressed once a frame.
func film(n int, d time.Duration, held ...string) act {
	return func(ctx context.Context, t *theater) error {
		for range n {
			if err := press(held...)(ctx, t); err != nil {
				return err
			}
			t.film = append(t.film, cell.Frame{Grid: t.frame(), For: d})
			if err := t.pass(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}
}

// play plays a script in a window of its own.
func play(ctx context.Context, width, height int, script ...act) (*theater, error) {
	t, err := newTheater(ctx, width, height)
	if err != nil {
		return nil, err
	}
	defer t.close()
	for i, do := range script {
		if err := do(ctx, t); err != nil {
			return nil, fmt.Errorf("line %d of the script: %w", i+1, err)
		}
	}
	return t, nil
}
