package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// stepsBox tells how each step of signing out went.
type stepsBox struct{ steps []session.Step }

var anyKey = key.NewBinding(key.WithKeys("enter"), key.WithHelp("any key", "close"))

func (*stepsBox) keys() []key.Binding { return []key.Binding{anyKey} }
func (*stepsBox) wheel(*Root, int)    {}

func (*stepsBox) key(r *Root, _ tea.KeyMsg) tea.Cmd {
	r.box = nil
	return nil
}

func (b *stepsBox) panel(r *Root, w, h int) panel {
	t := r.env.Theme
	width := min(w, 72)
	var ink writer
	for _, s := range b.steps {
		mark, color := r.sign("✓", "+"), t.Good
		text := s.Text
		if s.Err != nil {
			mark, color = r.sign("✗", "x"), t.Bad
			text = joinSentences(text, s.Err.Error())
		}
		for i, line := range page.Wrap(text, width-8) {
			ink.line(span{line, t.Text, 0})
			if i == 0 {
				ink.mark(mark, color)
			}
		}
	}
	ink.gap()
	ink.line(span{"any key ", t.Accent, 0}, span{"closes", t.Muted, 0})
	g := r.frame(width, min(len(ink.lines)+4, h), "Logged out", "")
	ink.draw(g, 5, 2)
	return r.centred(g, []hit{{w: g.W, h: g.H, act: r.press(anyKey)}})
}

// sign picks a character, or its stand-in where only ASCII can be shown.
func (r *Root) sign(utf, ascii string) string {
	if r.ascii() {
		return ascii
	}
	return utf
}

func (r *Root) ascii() bool { return r.env.Theme.Glyphs == theme.ASCII }
