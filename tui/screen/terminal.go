package screen

import (
	"errors"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"
)

// errNoTerminal says that there is no screen to paint on.
var errNoTerminal = errors.New("there is no terminal to paint on")

// A terminal is the pair of files and what they were set to before.
type terminal struct {
	in, out *os.File
	size    func() (w, h int, err error)
	before  *term.State
	console consoleState

	mu   sync.Mutex
	ours bool // raw and with our modes
}

func newTerminal(io IO) (*terminal, error) {
	if io.In == nil || io.Out == nil || !term.IsTerminal(io.In.Fd()) || !term.IsTerminal(io.Out.Fd()) {
		return nil, errNoTerminal
	}
	t := &terminal{in: io.In, out: io.Out, size: io.Size}
	if t.size == nil {
		t.size = func() (w, h int, err error) { return term.GetSize(t.out.Fd()) }
	}
	return t, nil
}

// Write writes to the terminal; it is the painter's way out.
func (t *terminal) Write(b []byte) (int, error) { return t.out.Write(b) }

// raw switches off echo, line editing and signal keys. What was set before
// is remembered the first time.
func (t *terminal) raw() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	state, err := term.MakeRaw(t.in.Fd())
	if err != nil {
		return err
	}
	if !t.ours {
		t.before = state
	}
	t.ours = true
	return t.console.enter(t)
}
