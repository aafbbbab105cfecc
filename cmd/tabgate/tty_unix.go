//go:build !windows

package main

import "os"

// openTTY opens the terminal that the process belongs to.
func openTTY() (*os.File, error) { return os.OpenFile("/dev/tty", os.O_RDWR, 0) }
