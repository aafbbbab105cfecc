//go:build !windows

package main

import (
	"os"
	"syscall"
)

// stopSignals end a command; the app's own screen listens for them as well.
var stopSignals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}
