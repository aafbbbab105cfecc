package tui

import tea "github.com/charmbracelet/bubbletea"

// Restart is the message that starts over with other options, as when a user
// pool is configured while the app runs. The window, the page that is shown
// and the questions that wait stay; every page is built again.
type Restart struct{ Options }

func (m Restart) apply(r *Root) tea.Cmd {
	var closed tea.Cmd
	if b := signInBoxIn(r.box); b != nil {
		closed = b.Close()
	}
	r.account.begin(idle) // What was asked before is cancelled.
	r.tabs.drop(func(int) bool { return true })
	if m.Start == "" {
		m.Start = r.tabs.all[r.tabs.shown].spec.ID
	}
	fresh := New(r.env, m.Options)
	fresh.account.seq = r.account.seq + 1 // Answers to older questions are dropped.
	fresh.account.changes = r.account.changes + 1
	fresh.clock = r.clock // a timer that runs is of none of the new notices
	fresh.tabs.away, fresh.asks = r.tabs.away, append(fresh.asks, r.asks...)
	fresh.resize(tea.WindowSizeMsg{Width: r.width, Height: r.height})
	*r = *fresh
	return tea.Batch(closed, r.Init())
}
