package main

import "golang.org/x/sys/windows"

// muteEcho lets a terminal show nothing of what is typed or pasted.
func muteEcho(fd int) error {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(fd), &mode); err != nil {
		return err
	}
	return windows.SetConsoleMode(windows.Handle(fd), mode&^windows.ENABLE_ECHO_INPUT)
}
