//go:build !windows

package browser

import (
	"os/exec"
	"syscall"
)

// detach gives the child a session of its own, so that ctrl+c and the
// terminal's end do not reach it and it cannot write to the terminal.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
