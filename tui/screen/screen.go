// Package screen runs a Bubble Tea model on a terminal with a painter of its
// own: it owns the terminal's modes, size, suspension and clean endings, and
// writes only the cells that changed. It knows no page and no theme beyond the
// order in which packages start.
//
// The terminal is handed in ([IO]), and what else a run needs comes with it:
// the package touches neither standard input and output nor the process's
// signals and environment, so that one process can show many screens, each to
// its own person. Package process hands in the terminal of the process itself.
//
// What is where:
//
//	screen.go    IO, Run and what it returns
//	stage.go     the model that Bubble Tea sees, around the one that is shown
//	watch.go     signals and panics, as messages or as the end
//	suspend.go   the terminal lent to the shell
//	leave.go     the terminal given back, however slow it is
//	terminal.go  the files: raw mode, size
//	clipboard.go the ways of a copied text
//	painter.go   one frame at a time, written by a goroutine of its own
//	pace.go      no frame before the terminal has taken in the one before
//	diff.go      the cells that changed, as text for the terminal
//	caret.go     the terminal's own cursor
//	reader.go    what the terminal sends, decoded by package input
//
// # Slow terminals, and the end
//
// Each frame ends with a request for the terminal's status, and the next one
// waits for the answer, so that a key never waits behind frames of the past: at
// most one is on its way. Terminals that answer nothing are not waited for.
//
// At the end, and before the shell gets the terminal for a while, the last
// frame is waited for as long as its bytes move, two seconds at most. Then what
// the system still holds of it is thrown away, and the modes are taken back
// after a sequence that ends whatever was cut. Answers that are under way are
// waited for up to a second: they would be typed into the shell.
//
// # The loop
//
// Bubble Tea's loop, messages and commands stay; only its renderer, which
// wakes up sixty times a second for ever, is replaced: the model draws into
// cells ([Model]), and the painter writes those that changed. Cells are
// compared by code of our own because no library came near it. Frames of
// 160x45 cells in true colour, on one machine (BenchmarkPainter; SetContent
// and Render of x/cellbuf v0.0.15, and StyledString and TerminalRenderer of
// ultraviolet, November 2025, which were given text):
//
//	what changed | here             | cellbuf           | ultraviolet
//	-------------|------------------|-------------------|------------------
//	every cell   | 0.2 ms, 0 allocs | 3.2 ms, 16,230    | 3.5 ms, 9,249
//	one cell     | 4 µs, 7 bytes    | 3.2 ms, 342 bytes | 1.7 ms, 366 bytes
//	nothing      | 3 µs, 0 bytes    | 3.1 ms, 306 bytes | 1.3 ms, 312 bytes
package screen

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	// Bubble Tea asks the terminal for its background before main, and waits
	// five seconds where nothing answers, unless this package was first.
	_ "github.com/authtabs/tabgate/tui/theme"
)

// IO is the terminal that a screen is shown on, and what its owner knows of it.
type IO struct {
	// In and Out are the terminal: keys and reports come from In. Run closes
	// neither.
	In, Out *os.File
	// Size returns the size in cells; nil asks Out.
	Size func() (w, h int, err error)
	// Signals brings what a process is told about its terminal: SIGWINCH asks
	// for the size again, SIGTSTP is ctrl+z, after SIGCONT the terminal is taken
	// again, and all others end the run. Nil brings none.
	Signals <-chan os.Signal
	// Stop stops the process until it is continued, while the shell has the
	// terminal, and reports whether it was. Where it is nil ctrl+z does nothing.
	Stop func() bool
	// Env looks up a variable of the terminal's environment, such as TERM. Nil
	// knows none: a terminal that has no TERM is sent no link and no copy, and is
	// asked nothing.
	Env func(string) string
	// Clipboard puts a text where the person's clipboard is, and says where that
	// was. Where it is nil, or fails, the text is sent to the terminal.
	Clipboard func(ctx context.Context, text string) (Place, error)
	Options
}

// Options are what a run may change. The zero value is the usual.
type Options struct {
	// NoBackground never asks the terminal for its background, and NoVersion
	// never for its name.
	NoBackground, NoVersion bool
	// NoMouse leaves the mouse to the terminal.
	NoMouse bool
	// Guard is given by who started guarded goroutines before; nil makes one.
	Guard *Guard
}

// Model is what a screen shows: a Bubble Tea model that is changed in place
// and draws into cells. Its View is not asked.
type Model interface {
	tea.Model
	// Draw draws the model into all of g, and reports whether anything may
	// have changed since it last drew into g.
	Draw(g *cell.Grid) bool
}

// Hoverer is a model that may want the mouse's motion without a button. It
// is asked after each View; the terminal is told when the answer changed.
type Hoverer interface{ Hovering() bool }

// ErrGone says that the terminal vanished while the program ran.
var ErrGone = errors.New("the terminal is gone")

// SignalError says that a signal ended the run. The terminal is clean, unless
// Stuck says that it takes no more output or that the model did not come back:
// then a last word could wait for ever, and the process had better end.
type SignalError struct {
	Signal os.Signal
	Stuck  bool
}

// Error names the signal.
func (e *SignalError) Error() string { return fmt.Sprintf("ended by signal: %v", e.Signal) }

const (
	// Autowrap is off: a terminal that draws some characters wider than they
	// have room must not scroll.
	enterModes = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[?1004h"
	mouseModes = "\x1b[?1002h\x1b[?1006h"
	// Terminals keep one of the modes 1002 and 1003: leaving 1003 leaves none.
	hoverOn  = "\x1b[?1003h"
	hoverOff = "\x1b[?1003l\x1b[?1002h"

	// stuckTime is how long the loop may take to end after a signal or a panic.
	stuckTime = 3 * time.Second

	// repaintModes undoes what other programs may have left behind: line drawing
	// characters, insert mode, origin mode, margins, a cursor that is shown.
	repaintModes = "\x0f\x1b(B\x1b[4l\x1b[?6l\x1b[?69l\x1b[r\x1b[?7l\x1b[?25l\x1b[?2004h\x1b[?1004h"
)

// Run shows the model until it quits. It returns nil after a quit, a
// *SignalError after a signal that ends it, a *PanicError after a panic in the
// model, its commands or a guarded goroutine, ErrGone when the terminal
// vanished, and ctx's error when ctx ended. On return the terminal is as it was
// before. A model that does not come back from Update or Draw is left behind:
// stuckTime after the signal or panic that ended the run, or at the next signal.
func Run(ctx context.Context, model Model, io IO) error {
	if io.Env == nil {
		io.Env = func(string) string { return "" }
	}
	if io.Guard == nil {
		io.Guard = NewGuard()
	}
	term, err := newTerminal(io)
	if err != nil {
		return err
	}
	s := newStage(ctx, model, term, io)
	err = s.run()
	defer s.stopReading()
	var ended *SignalError
	if stuck := s.leave(); stuck && errors.As(err, &ended) {
		ended.Stuck = true
	}
	return err
}

// result finds the cause of the end: a panic first, then a signal, then
// what Bubble Tea says.
func (s *stage) result(err error) error {
	if fault := s.guard.err(); fault != nil {
		return fault
	}
	select {
	case cause := <-s.cause:
		return cause
	default:
	}
	switch {
	case err == nil:
		return nil
	case s.ctx.Err() != nil:
		return s.ctx.Err()
	case errors.Is(err, tea.ErrInterrupted):
		return &SignalError{Signal: os.Interrupt}
	case errors.Is(err, tea.ErrProgramPanic):
		return &PanicError{Value: err}
	}
	return fmt.Errorf("%w: %w", ErrGone, err)
}
