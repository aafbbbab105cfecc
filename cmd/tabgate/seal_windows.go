package main

// limitCores has nothing to do: the Go runtime tells Windows to write no
// report of a crash.
func limitCores() {}
