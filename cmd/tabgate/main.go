// Command tabgate is a terminal app of pages shown as tabs, opened by
// AWS Cognito groups. This package is flags, signals, exit codes and wiring;
// it knows neither how to sign in nor how to draw.
//
// Read it from the bottom: a [world] is everything outside the process,
// [settings] read the configuration in it, [services] build the sign-in of a
// configuration, and [wiring] builds the pages. Each embeds the one before, and
// each file uses those below it alone. What an error says of the exit code is
// in exit.go, what is refused in arguments in args.go.
//
// A command is one small file, named after it:
//
//  1. A function pagesCmd(c *wiring) *cobra.Command with its flags and texts.
//     It takes the narrowest of the four types above that will do.
//  2. What it does is the function's RunE or, if that is more than a screen, a
//     type pagesCommand with the flags as fields and a method run. What takes
//     more than one file is a package of its own, which gets values and
//     functions and knows no command, as tour and doctor do.
//  3. A line in newRoot (root.go), and what people type in examples.go. Help,
//     manual and completion find it there.
//
// Figures go to out, everything else to err; JSON is written by writeJSON, and
// errors return with their exit code ([usage], [fail], [coded]).
package main

import (
	"context"
	"fmt"
	"os"

	// The theme answers Bubble Tea's start-up question before it is asked.
	_ "github.com/authtabs/tabgate/tui/theme"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
)

func main() {
	seal()
	w := realWorld()
	fault.Handle(func(value any) { os.Exit(w.crash(value)) })
	os.Exit(run(w, os.Args[1:]))
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
