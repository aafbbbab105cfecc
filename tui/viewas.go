package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
)

// viewAs is the message that shows the pages as somebody would see them.
type viewAs struct{ as *persona }

func (m viewAs) apply(r *Root) tea.Cmd {
	r.account.as = m.as
	r.tabs.drop(func(i int) bool { return r.tabs.verdict(i) != session.Open })
	return tea.Batch(r.tabs.each(r.tabs.introduce), r.tabs.enter())
}
