package signin

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Start begins: with the people to choose from where there are any, else with
// a sign-in in the browser, which only a person's key or click may lead to.
func (b *Box) Start() tea.Cmd {
	if len(b.choices) == 0 {
		return b.startBrowser()
	}
	b.begin().stage = choosing
	return nil
}

// canGoBack reports whether there are people to go back to.
func (b *Box) canGoBack() bool { return len(b.choices) > 0 && b.stage != choosing }

// choose takes a key while there are people to choose from.
func (b *Box) choose(msg tea.KeyMsg) tea.Cmd {
	if key.Matches(msg, choiceKeys.more) {
		b.first = b.choices.after(b.first)
		return nil
	}
	name, chosen := b.choices.from(b.first).choose(msg)
	if !chosen {
		return nil
	}
	return b.instead(func() tea.Cmd { return b.startAs(name) })
}
