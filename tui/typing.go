package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen/input"
)

// capturing reports whether text is being typed: into the box that is open, or
// else into the page. Either may be nil.
func capturing(b box.Box, p page.Page) bool {
	if b != nil {
		c, ok := b.(interface{ Capturing() bool })
		return ok && c.Capturing()
	}
	return p != nil && p.Capturing()
}

// pressed returns what a key means where no text is typed. A letter of another
// script is the Latin key at its place. Alt and a letter moves by words in a
// text field alone; here it is esc and then that letter, which terminals send
// alike.
func pressed(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) != 1 {
		return []tea.KeyMsg{msg}
	}
	if msg.Alt && strings.ContainsRune("bdf", msg.Runes[0]) {
		return []tea.KeyMsg{{Type: tea.KeyEsc}, {Type: tea.KeyRunes, Runes: msg.Runes}}
	}
	if latin, ok := input.Latin(msg.Runes[0]); ok {
		alt := msg.Alt
		msg = page.Key(string(latin))
		msg.Alt = alt
	}
	return []tea.KeyMsg{msg}
}

// pressesNothing is said where a paste is for nobody.
const pressesNothing = "Pasted text presses no keys."
