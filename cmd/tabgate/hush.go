package main

import "golang.org/x/term"

// hush lets the terminal of fd show nothing of what is typed or pasted until
// giveBack. Nothing else changes its settings meanwhile, and nothing later: a
// reader that did could be late, and hush the terminal for the shell. What is
// no terminal stays as it is.
func hush(fd int) (giveBack func()) {
	before, err := term.GetState(fd)
	if err != nil {
		return func() {}
	}
	_ = silence(fd)
	unwatch := onContinue(func() { _ = silence(fd) })
	forget := lastly.add(func() { _ = term.Restore(fd, before) })
	return func() {
		unwatch()
		forget()
		_ = term.Restore(fd, before) // nothing is left to be done if it fails
	}
}
