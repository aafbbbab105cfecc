package process

import (
	"os"
	"syscall"
)

// signals are those that a screen wants to know of.
var signals = []os.Signal{os.Interrupt, syscall.SIGTERM}

func openInput() (*os.File, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

// canStop reports whether the system knows job control.
const canStop = false

func stop() bool { return false }

// Raise ends the process: Windows has no signal to raise again.
func Raise(os.Signal) { os.Exit(1) }

// detached is for a program without a window.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{HideWindow: true} }
