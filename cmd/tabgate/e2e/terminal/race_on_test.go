//go:build race && !windows

package terminal

const raceEnabled = true
