package screen

import tea "github.com/charmbracelet/bubbletea"

// burst is how many keys one read may bring. More is a paste from a terminal
// that does not mark pastes: text for a field, and no row of commands.
const burst = 16

// apart gives each key of a burst its own message. Bubble Tea makes one key of
// all letters that it reads at once, as they come when somebody types fast, a
// key is held or the machine is busy; no binding would know it.
func apart(msg tea.Msg) []tea.Msg {
	k, ok := msg.(tea.KeyMsg)
	if !ok || k.Type != tea.KeyRunes || k.Paste || len(k.Runes) < 2 || len(k.Runes) > burst {
		return []tea.Msg{msg}
	}
	out := make([]tea.Msg, len(k.Runes))
	for i, r := range k.Runes {
		one := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: k.Alt}
		if r == ' ' {
			one.Type = tea.KeySpace
		}
		out[i] = one
	}
	return out
}
