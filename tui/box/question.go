package box

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Question is a question with two answers. Its words may come from outside:
// they are cleaned before they are shown.
type Question struct {
	Title   string
	Text    []string // paragraphs; a few lines in all
	Yes, No string   // what the answers say, a few words each; "" is "Yes" and "No"
	Enter   bool     // the answer that enter gives; escape always means no
}

// Prompt shows a question and takes its answer.
type Prompt struct {
	Question
	Theme *theme.Theme
	Size
	top int // first line of the text that is shown
}

// widestQuestion is the width of a question's box in cells, where there is
// room for it.
const widestQuestion = 72

// bindings are the keys of the two answers, the one that enter gives among them.
func (p *Prompt) bindings() (yes, no key.Binding) {
	y, n := []string{"y", "Y"}, []string{"n", "N", "esc"}
	yKey, nKey := "y", "n, esc"
	if p.Enter {
		y, yKey = append(y, "enter"), "y, enter"
	} else {
		n, nKey = append(n, "enter"), "n, enter"
	}
	words := func(text, otherwise string) string {
		if text == "" {
			return otherwise
		}
		return session.Clean(text, 40)
	}
	return key.NewBinding(key.WithKeys(y...), key.WithHelp(yKey, words(p.Yes, "Yes"))),
		key.NewBinding(key.WithKeys(n...), key.WithHelp(nKey, words(p.No, "No")))
}

// Keys returns the keys of the two answers.
func (p *Prompt) Keys() []key.Binding {
	yes, no := p.bindings()
	return []key.Binding{yes, no}
}

// Answer takes a key and reports the answer, if the key gave one. A paste is
// no answer.
func (p *Prompt) Answer(msg tea.KeyMsg) (yes, given bool) {
	y, n := p.bindings()
	switch {
	case msg.Paste:
	case key.Matches(msg, y):
		return true, true
	case key.Matches(msg, n):
		return false, true
	case key.Matches(msg, scrollKeys.up):
		p.Wheel(-1)
	case key.Matches(msg, scrollKeys.down):
		p.Wheel(1)
	}
	return false, false
}

// Wheel scrolls the text by lines, down positive.
func (p *Prompt) Wheel(lines int) {
	l := p.layout()
	p.top = min(max(p.top+lines, 0), max(len(l.lines)-l.room, 0))
}

// layout is a prompt laid out for a window: all lines of its text, how many
// of them fit, and the answers.
type layout struct {
	width, pad, gap, room int
	lines                 []string
	answers               Lines
}

// layout leaves blank lines where there is room for them.
func (p *Prompt) layout() layout {
	var l layout
	for _, l = range []layout{{pad: 1, gap: 1}, {pad: 0, gap: 1}, {pad: 0, gap: 0}} {
		l.width = min(p.W, widestQuestion)
		for i, paragraph := range p.Text {
			if i > 0 && l.gap > 0 {
				l.lines = append(l.lines, "")
			}
			l.lines = append(l.lines, page.Wrap(paragraph, l.width-6)...)
		}
		l.answers.Buttons(p.Theme, l.width-6, p.Keys())
		l.room = p.H - len(l.answers) - 2 - 2*l.pad - l.gap
		if len(l.lines) <= l.room {
			break
		}
	}
	l.room = max(min(len(l.lines), l.room), 1)
	return l
}

// Panel lays the question out. The answers are always shown; a text that is
// too long for the window can be scrolled.
func (p *Prompt) Panel() Panel {
	l := p.layout()
	var lines Lines
	top := min(p.top, max(len(l.lines)-l.room, 0))
	for _, line := range l.lines[top:min(top+l.room, len(l.lines))] {
		lines.Add(Span{line, p.Theme.Text, 0})
	}
	if l.gap > 0 {
		lines.Gap()
	}
	lines = append(lines, l.answers...)
	out := p.Centred(l.width, min(len(lines)+2+2*l.pad, p.H))
	out.Title, out.Lines, out.Left, out.Top = session.Clean(p.Title, 60), lines, 3, 1+l.pad
	if len(l.lines) > l.room {
		out.Right = Sign(p.Theme, "↑↓", "up/down")
	}
	return out
}

// scrollKeys scroll what is too long for its box.
var scrollKeys = struct{ up, down, both key.Binding }{
	up:   key.NewBinding(key.WithKeys("up", "k", "pgup")),
	down: key.NewBinding(key.WithKeys("down", "j", "pgdown", " ")),
	both: key.NewBinding(key.WithKeys("down", "up"), key.WithHelp("↑/↓", "scroll")),
}
