package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/screen/input"
)

// Init opens the first page and asks who is signed in.
func (r *Root) Init() tea.Cmd {
	var restore tea.Cmd
	if r.account.asking {
		restore = r.account.restore()
	}
	r.askNext()
	r.names = func() []found { return names(r) }
	return tea.Batch(r.tabs.enter(), restore, r.account.subscribe(), r.account.armExpiry(), r.clock.start(&r.notice, r.env))
}

// Update has three rules: what the root owns, keys and mouse to what is
// shown, everything else to every open page.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	ended := r.relock()
	r.quitArmed = r.notice.QuitArmed && isAct(msg)
	cmd, own := r.handleOwn(msg)
	if !own {
		switch msg := msg.(type) {
		case tea.KeyMsg:
			cmd = r.key(msg)
		case input.Text:
			cmd = text(msg).apply(r)
		case tea.MouseMsg:
			cmd = r.mouse(msg)
		default:
			cmd = r.tabs.broadcast(msg)
		}
	}
	if r.quitArmed && r.notice.QuitArmed {
		r.notice = bars.Notice{} // it was another act
	}
	r.askNext()
	return r, tea.Batch(ended, cmd, r.clock.start(&r.notice, r.env))
}

// isAct reports whether a message is something that a person did on purpose.
func isAct(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyMsg, input.Text, tea.WindowSizeMsg:
		return true
	case tea.MouseMsg:
		return msg.Action == tea.MouseActionPress
	}
	return false
}
