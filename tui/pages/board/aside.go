package board

import (
	"fmt"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
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
