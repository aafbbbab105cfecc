package main

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/page"
)

// world is everything outside the program that a command touches, so that a
// test can run any command in its own process.
type world struct {
	env    lookup
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

// size is that of the terminal that out is, 0 where it is none.
func (w *world) size() (width, height int) {
	if f, ok := w.out.(*os.File); ok && w.outTTY {
		if width, height, err := term.GetSize(int(f.Fd())); err == nil {
			return width, height
		}
	}
	return 0, 0
}

// folderAt is the path of what is called so in dir.
func folderAt(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}
