package page

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// Wrap cleans s (see session.Clean) and breaks it into lines of at most width
// cells. See [cell.Wrap].
func Wrap(s string, width int) []string {
	return cell.Wrap(session.Clean(strings.TrimSpace(s), 0), width)
}

// Key makes the message of a key from its Bubble Tea name ("ctrl+r", "left",
// "x"), so that a click on a hint can do what its key does.
func Key(name string) tea.KeyMsg {
	rest, alt := strings.CutPrefix(name, "alt+")
	if rest == "" {
		rest, alt = name, false
	}
	for k := lastKey; k <= tea.KeyCtrlQuestionMark; k++ {
		if msg := (tea.KeyMsg{Type: k}); k != tea.KeyRunes && msg.String() == rest {
			return tea.KeyMsg{Type: k, Alt: alt}
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(rest), Alt: alt}
}

// lastKey is the lowest of Bubble Tea's key types, which count downward.
const lastKey = tea.KeyF20
