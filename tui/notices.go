package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/page"
)

// noticeClock lets notices leave once they have been read.
type noticeClock struct {
	newest int // how many have been timed: the number of the newest
}

// noticeRead is the end of the time that a notice is shown.
type noticeRead struct{ number int }

// start starts the clock of a notice that has just come.
func (c *noticeClock) start(n *bars.Notice, env page.Env) tea.Cmd {
	if n.Text == "" || n.Timed || env.Still || env.Tick == nil {
		return nil
	}
	n.Timed = true
	c.newest++
	read := noticeRead{c.newest}
	return env.Tick(n.Lasts(), func(time.Time) tea.Msg { return read })
}

// over reports whether a notice that is shown is the one that m is about.
func (c *noticeClock) over(n bars.Notice, m noticeRead) bool {
	return n.Timed && m.number == c.newest
}
