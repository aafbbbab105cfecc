//go:build !linux && !windows

package main

// coreLimit is in bytes.
const coreLimit = 0
