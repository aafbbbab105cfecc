// Package terminal holds tests alone: they build the binary and sit at it as a
// person does, with keys, a screen, commands and files. It knows nothing of
// the code inside.
package terminal
