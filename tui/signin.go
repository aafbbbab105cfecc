package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/signin"
)

// beginSignIn opens the sign-in box. Only a person's key or click leads here.
func (r *Root) beginSignIn() tea.Cmd {
	if r.account.auth == nil {
		r.notice.Complain(missing(r.opts.Setup))
		return nil
	}
	if signInBoxIn(r.box) != nil || r.account.busy == signingOut {
		return nil
	}
	r.notice = bars.Notice{}
	b := signin.New(signin.Options{Env: r.env, Auth: r.account.auth, QR: r.opts.QR, From: r.opts.From, Bars: barLines, Opens: r.tabs.opens})
	begin := b.Start()
	return tea.Batch(r.open(b, true), begin)
}

// updateSignIn gives the box an answer to what it asked.
func (r *Root) updateSignIn(msg signin.Msg) tea.Cmd {
	cmd, led := signInBoxIn(r.box).Update(msg)
	switch led {
	case signin.Asks:
		r.inputBlocked.start(r.env)
	case signin.Done:
		r.inputBlocked.start(r.env)
		return tea.Batch(cmd, r.closeBox())
	}
	return cmd
}

// closeBox takes the box away, and takes the result of a sign-in.
func (r *Root) closeBox() tea.Cmd {
	b := signInBoxIn(r.box)
	r.box = nil
	if b == nil {
		return nil
	}
	s := b.Session()
	if !s.SignedIn() {
		r.notice.Say("Login cancelled.")
		return nil
	}
	_, seq := r.account.begin(idle) // Answers to older questions are out of date now.
	r.account.answered(seq)
	locked := r.tabs.locked()
	cmd := r.setSession(s)
	opened := r.tabs.openSentence(locked)
	if opened == "" && len(locked) > 0 {
		opened = "no more tabs are open. " + groupsSentence(s)
	}
	_, demo := r.account.auth.(signin.PeopleAuth)
	r.notice.Say(welcome(s, opened, demo, r.width))
	return cmd
}

// hintsWidth is what the footer's global keys and the edges of a notice take,
// in cells.
const hintsWidth = 40

// welcome says who has signed in and what that opened, and how to sign in as
// somebody else where all of it stands beside the keys of the footer. That a
// demo's session ends with it needs no word.
func welcome(s session.Session, opened string, demo bool, width int) string {
	text := "Signed in as " + s.Name() + "."
	if opened != "" {
		text = "Signed in as " + s.Name() + ": " + opened
	}
	if s.TokenStore == "memory" && !demo {
		text += " No keyring keeps the session: it lasts until you quit."
	}
	if s.Note != "" {
		text += " " + s.Note
	}
	longer := text + " Not you? tabgate login --prompt login."
	if s.LocalPool || cell.Width(longer) > width-hintsWidth {
		return text
	}
	return longer
}
