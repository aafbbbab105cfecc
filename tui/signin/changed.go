package signin

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
)

// switchPerson is how to choose who signs in while the browser still knows
// the last one.
const switchPerson = "To sign in as somebody else, run tabgate login --prompt login."

// askWhether asks whether to go on as somebody else than last time. Nothing is
// stored or unlocked before the answer.
func (b *Box) askWhether(c *session.Changed) {
	b.stage, b.changed, b.qr, b.typing = asking, c, false, false
	b.field.Clear()
	b.prompt = box.Prompt{Theme: b.Env.Theme, Question: box.Question{
		Title: "Is this you?",
		Text: []string{
			c.Fact() + " " + c.Question(),
			"If that is not you, say no: nothing of this sign-in is kept.",
		},
		Yes: "Go on", No: "Sign out again",
	}}
	b.prompt.SetSize(b.W, b.H)
}

// decide takes a key while the question is open.
func (r *run) decide(msg tea.KeyMsg) tea.Cmd {
	yes, given := r.prompt.Answer(msg)
	if !given {
		return nil
	}
	r.stage = deciding
	s := r.signIn
	if yes {
		return func() tea.Msg {
			got, err := s.Accept(r.ctx)
			return ended{r, got, err}
		}
	}
	return func() tea.Msg { return personRefused{r, s.Refuse()} }
}

// personRefused tells that the person said no.
type personRefused struct {
	*run
	step session.Step
}

func (m personRefused) apply(b *Box) (tea.Cmd, Progress) {
	b.fail(box.Join("You are not signed in: nothing of the sign-in as "+session.Clean(b.changed.Now.Name, 100)+" was kept.",
		box.Sentence(m.step.Text), switchPerson))
	return nil, Same
}
