package box

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Steps tells how each step of signing out went. Any key closes it, and that to
// log in does so as well.
type Steps struct {
	Theme *theme.Theme
	Steps []session.Step
	Login key.Binding // that logs in again
	Size
}

// Keys implements [Box]: its last line tells of the only one.
func (*Steps) Keys() []key.Binding { return nil }

// Wheel implements [Box].
func (*Steps) Wheel(int) {}

// Key implements [Box].
func (b *Steps) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if key.Matches(msg, b.Login) {
		return page.Send(page.SignIn{}), true
	}
	return nil, true
}

// Panel implements [Box].
func (b *Steps) Panel() Panel {
	t := b.Theme
	width := min(b.W, 72)
	var lines Lines
	for _, s := range b.Steps {
		mark, color, text := Sign(t, "✓", "+"), t.Good, s.Text
		if s.Err != nil {
			mark, color, text = Sign(t, "✗", "x"), t.Bad, Join(text, s.Err.Error())
		}
		for i, line := range page.Wrap(text, width-8) {
			added := lines.Add(Span{line, t.Text, 0})
			if i == 0 {
				added.Mark = Span{mark, color, cell.Bold}
			}
		}
	}
	lines.Gap()
	if again := b.Login.Help().Key; again != "" {
		lines.Add(Span{again + " ", t.Accent, 0}, Span{"logs in again", t.Muted, 0}).Key = First(b.Login)
	}
	lines.Add(Span{"any key ", t.Accent, 0}, Span{"closes", t.Muted, 0})
	out := b.Centred(width, min(len(lines)+4, b.H))
	out.Title, out.Lines, out.Left, out.Top = "Logged out", lines, 5, 2
	out.Zones.Add(cell.Rect{W: out.W, H: out.H}, "enter")
	return out
}
