package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/signin"
)

// question is the box of an Ask.
type question struct {
	box.Prompt
	ask Ask
}

// Key implements box.Box.
func (q *question) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	yes, given := q.Answer(msg)
	if !given {
		return nil, false
	}
	return q.ask.Then(yes), true
}

func (m Ask) apply(r *Root) tea.Cmd {
	r.asks = append(r.asks, m)
	return nil
}

// open shows a box in the place of any other. A question that was not answered
// is asked again afterwards, a sign-in ends. Unless the user asked for the box
// this very moment, keys that are on their way are not meant for it.
func (r *Root) open(b box.Box, asked bool) (closed tea.Cmd) {
	switch old := r.box.(type) {
	case *question:
		r.asks = append([]Ask{old.ask}, r.asks...)
	case *signin.Box:
		closed = old.Close()
	}
	if !asked {
		r.inputBlocked.start(r.env)
	}
	b.SetSize(r.width, r.pageHeight())
	r.box = b
	return closed
}

// askNext opens the box of the next question once no other box is open.
func (r *Root) askNext() {
	if r.box != nil || len(r.asks) == 0 {
		return
	}
	next := r.asks[0]
	r.asks = r.asks[1:]
	r.open(&question{box.Prompt{Question: next.Question, Theme: r.env.Theme}, next}, false)
}

// signInBoxIn returns the sign-in box if that is the box, else nil.
func signInBoxIn(b box.Box) *signin.Box {
	s, _ := b.(*signin.Box)
	return s
}
