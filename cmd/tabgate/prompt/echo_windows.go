package prompt

import "golang.org/x/sys/windows"

// echoOff turns the echo off, and the console's own line editing with it,
// which cuts long lines; ctrl+c stays.
func echoOff(fd int) error {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(fd), &mode); err != nil {
		return err
	}
	mode &^= windows.ENABLE_ECHO_INPUT | windows.ENABLE_LINE_INPUT
	return windows.SetConsoleMode(windows.Handle(fd), mode|windows.ENABLE_PROCESSED_INPUT)
}

// onContinue never calls anything: Windows stops no programs.
func onContinue(func()) (unwatch func()) { return func() {} }
