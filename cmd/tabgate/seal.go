package main

import "runtime/debug"

// seal keeps what is in memory, tokens among it, out of core files and off the
// screen. It is called first of all. A GOTRACEBACK in the environment is the
// user's own setting for stacks.
func seal() {
	debug.SetTraceback("none")
	limitCores()
}
