package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
)

// Question is a question with two answers. Its words may come from outside:
// they are cleaned before they are shown.
type Question struct {
	Title   string
	Text    []string // paragraphs; a few lines in all
	Yes, No string   // what the answers say, a few words each; "" is "Yes" and "No"
	Enter   bool     // the answer that enter gives; escape always means no
}

// Ask is the message that asks a question in a box above the page. Where
// another box is open, the question waits until that is closed.
type Ask struct {
	Question
	// Then is called in Update with the answer, once, and returns what is to
	// be done about it. It is not called when the program ends first.
	Then func(yes bool) tea.Cmd
}

func (m Ask) apply(r *Root) tea.Cmd {
	r.asks = append(r.asks, m)
	return nil
}

// askNext opens the box of the next question once no other box is open.
func (r *Root) askNext() {
	if r.box != nil || len(r.asks) == 0 {
		return
	}
	next := r.asks[0]
	r.asks = r.asks[1:]
	r.open(&questionBox{prompt: prompt{Question: next.Question}, ask: next})
}

// questionBox is the box of an Ask.
type questionBox struct {
	prompt
	ask Ask
}

func (b *questionBox) wheel(r *Root, lines int)      { b.scroll(r, r.width, r.pageHeight(), lines) }
func (b *questionBox) panel(r *Root, w, h int) panel { return b.draw(r, w, h) }

func (b *questionBox) key(r *Root, msg tea.KeyMsg) tea.Cmd {
	yes, given := b.answer(r, msg)
	if !given {
		return nil
	}
	r.box = nil
	return b.ask.Then(yes)
}

// prompt is a question as it is shown: how far its text is scrolled is all
// that changes.
type prompt struct {
	Question
	top int // first line of the text that is shown
}

// widestQuestion is the width of a question's box in cells, where there is
// room for it.
const widestQuestion = 72

// bindings are the keys of the two answers, the one that enter gives among them.
func (p *prompt) bindings() (yes, no key.Binding) {
	y, n := []string{"y", "Y"}, []string{"n", "N", "esc"}
	yKey, nKey := "y", "n"
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

func (p *prompt) keys() []key.Binding {
	yes, no := p.bindings()
	return []key.Binding{yes, no}
}

// answer takes a key and reports the answer, if the key gave one. A paste is
// no answer.
func (p *prompt) answer(r *Root, msg tea.KeyMsg) (yes, given bool) {
	y, n := p.bindings()
	switch {
	case msg.Paste:
	case key.Matches(msg, y):
		return true, true
	case key.Matches(msg, n):
		return false, true
	case key.Matches(msg, helpKeys.up):
		p.scroll(r, r.width, r.pageHeight(), -1)
	case key.Matches(msg, helpKeys.down):
		p.scroll(r, r.width, r.pageHeight(), 1)
	}
	return false, false
}

// layout is a prompt laid out for a window: all lines of its text, how many
// of them fit, and the answers.
type layout struct {
	width, pad, gap, room int
	lines                 []string
	answers               writer
}

// layout leaves blank lines where there is room for them.
func (p *prompt) layout(r *Root, w, h int) layout {
	var l layout
	for _, l = range []layout{{pad: 1, gap: 1}, {pad: 0, gap: 1}, {pad: 0, gap: 0}} {
		l.width = min(w, widestQuestion)
		for i, paragraph := range p.Text {
			if i > 0 && l.gap > 0 {
				l.lines = append(l.lines, "")
			}
			l.lines = append(l.lines, page.Wrap(paragraph, l.width-6)...)
		}
		r.buttons(&l.answers, l.width-6, p.keys())
		l.room = h - len(l.answers.lines) - 2 - 2*l.pad - l.gap
		if len(l.lines) <= l.room {
			break
		}
	}
	l.room = max(min(len(l.lines), l.room), 1)
	return l
}

func (p *prompt) scroll(r *Root, w, h, lines int) {
	l := p.layout(r, w, h)
	p.top = min(max(p.top+lines, 0), max(len(l.lines)-l.room, 0))
}

// draw draws the prompt for a window of w by h cells. The answers are always
// shown; a text that is too long for the window can be scrolled.
func (p *prompt) draw(r *Root, w, h int) panel {
	l := p.layout(r, w, h)
	t := r.env.Theme
	right := ""
	if len(l.lines) > l.room {
		right = r.sign("↑↓", "up/down")
	}
	var ink writer
	top := min(p.top, max(len(l.lines)-l.room, 0))
	for _, line := range l.lines[top:min(top+l.room, len(l.lines))] {
		ink.line(span{line, t.Text, 0})
	}
	if l.gap > 0 {
		ink.gap()
	}
	ink.lines = append(ink.lines, l.answers.lines...)
	g := r.frame(l.width, min(len(ink.lines)+2+2*l.pad, h), session.Clean(p.Title, 60), right)
	hits := ink.draw(g, 3, 1+l.pad)
	return r.centred(g, hits)
}
