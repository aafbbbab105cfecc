// Command tabgate is a terminal app of pages shown as tabs, opened by
// AWS Cognito groups. This package is flags, signals, exit codes and wiring;
// it knows neither how to sign in nor how to draw.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	// The theme answers Bubble Tea's start-up question before it is asked.
	_ "github.com/authtabs/tabgate/tui/theme"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/page"
	"golang.org/x/term"
)

func main() {
	seal()
	w := realWorld()
	fault.Handle(func(value any) { os.Exit(w.crash(value)) })
	os.Exit(run(w, os.Args[1:]))
}

// world is everything outside the program that a command touches, so that a
// test can run any command in its own process.
type world struct {
	env    func(string) (string, bool)
	dir    string // working directory
	in     io.Reader
	out    io.Writer
	err    io.Writer
	outTTY bool
	inTTY  bool
	now    func() time.Time
	user   trusted.User // whose files are trusted; the zero value runs the process

	listed dashboard.Pages                     // the pages; nil = the demo's
	draw   map[string]func(page.Env) page.Page // code of pages that package tui has none for

	interrupts *interrupts // the signals that end a command; nil has none
	unreadable func()      // keeps other programs from this one's memory; may be nil
}

func (w *world) pages() dashboard.Pages {
	if w.listed == nil {
		return demo.Pages()
	}
	return w.listed
}

func realWorld() world {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // a working directory that is gone must not stop the app
	}
	return world{
		env: os.LookupEnv, dir: dir, in: os.Stdin, out: os.Stdout, err: os.Stderr,
		outTTY: term.IsTerminal(int(os.Stdout.Fd())),
		inTTY:  term.IsTerminal(int(os.Stdin.Fd())),
		now:    time.Now,

		unreadable: unreadable,
	}
}

// run is the whole program but for the exit itself.
func run(w world, args []string) int {
	ctx, signals := listen()
	defer signals.end()
	w.interrupts = signals
	errs := &shared{w: w.err}
	defer errs.end()
	w.err = errs
	return w.caught(func() int { return w.execute(ctx, args) })
}

func (w *world) execute(ctx context.Context, args []string) int {
	root := newRoot(w)
	root.SetArgs(args)
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	cmd, err := root.ExecuteContextC(ctx)
	code := exitCode(err, ctx.Err() != nil)
	if err != nil && code != exitInterrupted && err.Error() != "" {
		text := "tabgate: " + session.Clean(err.Error(), 1000)
		if code == exitUsage {
			text += " (see " + cmd.CommandPath() + " --help)"
		}
		fmt.Fprintln(w.err, text)
	}
	return code
}
