//go:build unix

package source

import "syscall"

// nonblock lets the opening of a pipe return at once.
const nonblock = syscall.O_NONBLOCK
