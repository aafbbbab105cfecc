//go:build !windows

package pgtest

import (
	"os/exec"
	"syscall"
)

// as runs a command as somebody else.
func as(cmd *exec.Cmd, uid, gid int) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}
