package board

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/panels"
)

// aside is what has to be known of the panel's figures beside them: where they
// came from and how old they are, where that is not plain, and what is wrong
// with them.
func (s *slot) aside() (string, cell.RGB) {
	th := s.board.env.Theme
	if len(s.names) != 1 || s.shows() != "" {
		return "", th.Muted
	}
	t, ok := s.tables[s.names[0]]
	src := s.board.data.feeds[s.names[0]].src
	switch {
	case !ok:
		return "", th.Muted
	case s.kept != nil && s.kept.slow:
		return "filtering…", th.Warn
	case says(s.board, s.names[0]):
		return "", th.Muted
	case t.Err != nil:
		return "! " + wordsOf(t.Err), th.Bad
	case t.Note != "":
		return "! " + session.Clean(t.Note, 200), th.Warn
	case t.Waiting != "":
		return session.Clean(t.Waiting, 200), th.Warn
	}
	text, color := "", th.Muted
	if u, err := url.Parse(src.URL); src.URL != "" && err == nil {
		text = session.Clean(u.Host, 60)
	}
	if t.Read.IsZero() || src.Refresh == 0 && src.URL == "" && src.StaleAfter == 0 {
		return text, color
	}
	old := s.board.env.Now().Sub(t.Read)
	if src.StaleAfter > 0 && old > src.StaleAfter {
		color = th.Warn
	}
	if text != "" {
		text += ", "
	}
	return text + age(old), color
}

// stale reports whether the panel shows figures of before, since its sources
// cannot be read now.
func (s *slot) stale() bool {
	if _, own := s.impl.(panels.Titler); own {
		return false // It says so itself.
	}
	for _, t := range s.tables {
		if t.Err != nil && t.Frame != nil {
			return true
		}
	}
	return false
}

// age says how old figures are.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}

// clock tells a page that shows ages, or what depends on the day, that time
// passes.
type clock struct {
	runs   bool
	hidden bool
}

// aged is a minute that passed.
type aged struct{ figures *figures }

func (m aged) of() *figures { return m.figures }

func (m aged) take(b *Board) tea.Cmd {
	b.clock.runs = false
	if b.clock.hidden {
		return nil
	}
	return tea.Batch(b.refeed(), b.clock.start(b))
}

// start starts the clock of a page that needs one.
func (c *clock) start(b *Board) tea.Cmd {
	c.hidden = false
	if c.runs || b.env.Still || b.env.Tick == nil || !b.ages() {
		return nil
	}
	c.runs = true
	figures := b.data
	return b.env.Tick(time.Minute, func(time.Time) tea.Msg { return aged{figures} })
}

// ages reports whether something on the page changes as time passes.
func (b *Board) ages() bool {
	for _, name := range b.data.names {
		f := b.data.feeds[name]
		if f.src.URL != "" && f.last.Fallback == nil || f.src.Refresh > 0 || f.src.StaleAfter > 0 {
			return true
		}
	}
	return slices.ContainsFunc(b.bar.inputs, func(in *input) bool { return in.Last != "" })
}
