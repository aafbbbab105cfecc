package prompt

import "golang.org/x/term"

// disableEcho lets the terminal of fd show nothing of what is typed or pasted
// until restore. Nothing else changes its settings meanwhile, and nothing
// later: a reader that did could be late, and silence the terminal for the
// shell. What is no terminal stays as it is.
func disableEcho(fd int) (restore func()) {
	before, err := term.GetState(fd)
	if err != nil {
		return func() {}
	}
	_ = echoOff(fd)
	unwatch := onContinue(func() { _ = echoOff(fd) })
	forget := OnRestore(func() { _ = term.Restore(fd, before) })
	return func() {
		unwatch()
		forget()
		_ = term.Restore(fd, before) // nothing is left to be done if it fails
	}
}
