package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen/input"
)

// text is characters that came in one go.
type text input.Text

// apply gives a text to what takes one. A text that begins with the key that
// finds is what to find, typed ahead. Elsewhere it is a paste that nobody asked
// for, and presses no keys.
func (msg text) apply(r *Root) tea.Cmd {
	if r.inputBlocked.at(r.env.Now()) || r.tooSmall() {
		return nil
	}
	r.notice = bars.Notice{}
	p := r.tabs.current()
	b, takes := r.box.(interface{ TakesText() bool })
	var cmds []tea.Cmd
	if rest, ok := strings.CutPrefix(msg.Text, "/"); ok && r.box == nil && !capturing(nil, p) {
		cmds = append(cmds, r.key(page.Key("/")))
		msg.Text = rest
	}
	switch {
	case takes && b.TakesText():
		cmd, done := r.box.Key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(msg.Text)})
		if cmds = append(cmds, cmd); done {
			cmds = append(cmds, r.closeBox())
		}
	case r.box == nil && capturing(nil, p):
		cmds = append(cmds, p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(msg.Text), Paste: true}))
	default:
		r.notice.Say(pressesNothing)
	}
	if msg.Enter && capturing(r.box, p) {
		cmds = append(cmds, r.key(tea.KeyMsg{Type: tea.KeyEnter}))
	}
	return tea.Batch(cmds...)
}
