//go:build !windows

package screen

import (
	"strings"
	"testing"
)

func TestAPasteComesWholeAndInItsPlace(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.send("a" + "\x1b[200~" + "two words" + "\x1b[201~" + "b")
	s.see("key:a key:[two words] key:b")
	s.send("\x1b[200~" + "\x1b[201~" + "z")
	s.see("key:b key:[] key:z")
}

func TestKeysActAfterAnyPaste(t *testing.T) {
	for name, tt := range map[string]struct{ paste, sign string }{
		"a large one":           {"\x1b[200~" + strings.Repeat("pasted ", 60_000) + "\x1b[201~" + "2", "tab:2"},
		"esc just before":       {"\x1b" + "\x1b[200~" + "qqq" + "\x1b[201~" + "3", "tab:3"},
		"esc at its end":        {"\x1b[200~" + "qqq\x1b" + "\x1b[201~" + "4", "tab:4"},
		"a cut one, then whole": {"\x1b[200~" + "qqq" + "\x1b[200~" + "4" + "\x1b[201~" + "2", "tab:2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.see("q quit")
			s.send(tt.paste)
			s.see(tt.sign)
		})
	}
}
