//go:build !windows

package terminal

import "testing"

// TestKeysAsTerminalsSendThem plays what was reported to act as keys that
// nobody pressed, or not to act at all.
func TestKeysAsTerminalsSendThem(t *testing.T) {
	s := newPlace(t).app("demo")
	s.see("Nobody is signed in")
	s.press("quit now?\r", "Pasted text presses no keys.")
	s.press("\x1bOt", "Gross Agricultural Production ($B)") // the keypad's 4
	s.send("\x1b")
	s.send("[<65;40;12M") // the wheel, over a slow line
	s.press("/98", "Find: 98")
	s.press("\x1b1", "Welcome to tabgate") // esc, then 1
	s.press("\x1b[1;133C", pleaseLogin)    // ctrl+right with num lock
	s.press("４", "Gross Agricultural Production ($B)")
	s.press("д", "Log in") // l on a Russian keyboard
	s.dismiss("Log in")
	s.quit()
}
