package screen

import (
	"golang.org/x/sys/windows"
)

// consoleState is the output mode of the console before ours.
type consoleState struct {
	mode  uint32
	saved bool
}

// enter lets the console understand control sequences.
func (c *consoleState) enter(t *terminal) error {
	h := windows.Handle(t.out.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(h, &mode); err != nil {
		return err
	}
	if !c.saved {
		c.mode, c.saved = mode, true
	}
	return windows.SetConsoleMode(h, mode|windows.ENABLE_PROCESSED_OUTPUT|
		windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.DISABLE_NEWLINE_AUTO_RETURN)
}

func (c *consoleState) leave(t *terminal) {
	if c.saved {
		_ = windows.SetConsoleMode(windows.Handle(t.out.Fd()), c.mode)
	}
}

// answers is no: the console reader would give an answer as typed keys.
func (t *terminal) answers() bool { return false }

// decodes says that what the terminal sends is decoded here. Bubble Tea's
// console reader, which it uses where it reads standard input itself, alone
// reports the size and the mouse.
const decodes = false

func (t *terminal) drain() {
	_ = windows.FlushConsoleInputBuffer(windows.Handle(t.in.Fd()))
}

// discard does nothing: the console holds nothing back.
func (t *terminal) discard() {}
