//go:build !windows

package screen

import "testing"

// Read together with what comes after it, esc became alt and esc, and the rest
// typed text: esc and alt+q quit, esc and a moving mouse changed the tab.
func TestEscIsAKeyOfItsOwnBeforeAnything(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"a letter":         {"a\x1bz", "key:a key:esc key:z"},
		"esc and a letter": {"a\x1b\x1bz", "key:a key:esc key:esc key:z"},
		"esc again":        {"a\x1b\x1b", "key:a key:esc key:esc"},
		"a mouse report":   {"a\x1b\x1b[<35;2;2Mb", "key:a key:esc key:b"},
		"an arrow":         {"a\x1b\x1b[Ab", "key:a key:esc key:up key:b"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.see("q quit")
			s.send(tt.in)
			s.see(tt.want)
		})
	}
}
