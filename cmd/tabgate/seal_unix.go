//go:build !windows

package main

import "golang.org/x/sys/unix"

// limitCores lets the system write no core file of this process. Programs that
// it starts inherit the limit and may raise it again.
func limitCores() {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) != nil || limit.Cur <= coreLimit {
		return
	}
	limit.Cur = coreLimit
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit) // lowering is always allowed
}
