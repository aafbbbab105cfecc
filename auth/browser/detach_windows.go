package browser

import (
	"os/exec"
	"syscall"
)

// detach keeps ctrl+c from the child and opens no console window for it.
func detach(cmd *exec.Cmd) {
	const detachedProcess = 0x00000008
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP | detachedProcess}
}
