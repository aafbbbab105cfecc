package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// switchPerson is how to choose who signs in while the browser still knows
// the last one.
const switchPerson = "To sign in as somebody else, run tabgate login --prompt login."

// keysWidth is what the footer's global keys and the edges of a notice take.
const keysWidth = 40

// withSwitch adds how to sign in as somebody else to a sentence, where all of
// it stands beside the keys of the footer.
func (r *Root) withSwitch(text string, s session.Session) string {
	longer := text + " Not you? tabgate login --prompt login."
	if s.LocalPool || cell.Width(longer) > r.width-keysWidth {
		return text
	}
	return longer
}

// askWhether asks whether to go on as somebody else than last time. Nothing is
// stored or unlocked before the answer.
func (b *signInBox) askWhether(r *Root, c *session.Changed) {
	b.stage, b.changed, b.qr, b.typing = asking, c, false, false
	b.field.clear()
	b.prompt = prompt{Question: Question{
		Title: "Is this you?",
		Text: []string{
			c.Fact() + " " + c.Question(),
			"If that is not you, say no: nothing of this sign-in is kept.",
		},
		Yes: "Go on", No: "Sign out again",
	}}
	r.startGrace()
}

// decide takes a key while the question is open.
func (b *signInBox) decide(r *Root, msg tea.KeyMsg) tea.Cmd {
	yes, given := b.prompt.answer(r, msg)
	if !given {
		return nil
	}
	b.stage = deciding
	s := b.signIn
	if yes {
		return func() tea.Msg {
			got, err := s.Accept(b.ctx)
			return signInEnded{b, got, err}
		}
	}
	return func() tea.Msg { return personRefused{b, s.Refuse()} }
}

// personRefused tells that the person said no.
type personRefused struct {
	box  *signInBox
	step session.Step
}

func (m personRefused) apply(r *Root) tea.Cmd {
	b := m.box
	if r.signIn() != b {
		return nil
	}
	b.cancel()
	b.stage = failed
	b.problem = joinSentences("You are not signed in: nothing of the sign-in as "+session.Clean(b.changed.Now.Name, 100)+" was kept.",
		sentence(m.step.Text), switchPerson)
	return nil
}
