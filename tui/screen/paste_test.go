//go:build !windows

package screen

import (
	"strings"
	"testing"
)

func TestAPasteComesWholeAndInItsPlace(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.send("a" + pasteStart + "two words" + pasteEnd + "b")
	s.see("key:a key:[two words] key:b")
	s.send(pasteStart + pasteEnd + "z")
	s.see("key:b key:[] key:z")
}

func TestKeysActAfterAnyPaste(t *testing.T) {
	for name, tt := range map[string]struct{ paste, sign string }{
		"a large one":           {pasteStart + strings.Repeat("pasted ", 60_000) + pasteEnd + "2", "tab:2"},
		"esc just before":       {"\x1b" + pasteStart + "qqq" + pasteEnd + "3", "tab:3"},
		"esc at its end":        {pasteStart + "qqq\x1b" + pasteEnd + "4", "tab:4"},
		"a cut one, then whole": {pasteStart + "qqq" + pasteStart + "4" + pasteEnd + "2", "tab:2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.see("q quit")
			s.send(tt.paste)
			s.see(tt.sign)
		})
	}
}
