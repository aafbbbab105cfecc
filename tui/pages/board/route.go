package board

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// routed is a message of a panel's own command, on its way back to the panel.
type routed struct {
	to  *slot
	msg tea.Msg
}

// ticking is a message of the clock of a test, which is to reach it unwrapped.
type ticking struct{ msg tea.Msg }

// route makes the results of a panel's command come back to the panel, except
// for what is meant for the root.
func (s *slot) route(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			for i := range msg {
				msg[i] = s.route(msg[i])
			}
			return msg
		case ticking:
			return msg.msg
		case routed:
			return msg
		default:
			if forRoot(msg) {
				return msg
			}
			return routed{s, msg}
		}
	}
}

// forRoot reports whether a message is one of those by which pages ask the
// root for something.
func forRoot(msg tea.Msg) bool {
	switch msg.(type) {
	case page.Failed, page.Notice, page.SignIn, page.SignOut, page.Refresh, page.Open, page.Copy, page.Browse:
		return true
	}
	return false
}

// tick is the clock of a panel: its ticks come back to the panel.
func (s *slot) tick(clock func(time.Duration, func(time.Time) tea.Msg) tea.Cmd) func(time.Duration, func(time.Time) tea.Msg) tea.Cmd {
	if clock == nil {
		return nil
	}
	return func(d time.Duration, make func(time.Time) tea.Msg) tea.Cmd {
		cmd := clock(d, func(now time.Time) tea.Msg { return routed{s, make(now)} })
		return func() tea.Msg { return ticking{cmd()} }
	}
}
