package tui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// How long a lock that opens is still seen, and how long the tabs that have
// opened stand out.
const (
	lockSeen = 350 * time.Millisecond
	openSeen = 2500 * time.Millisecond
)

// unlocking is the moment in which locks open: the tabs stand out in the tab
// bar, their locks go one after another, and some time later they look like
// any other. A nil one is over.
type unlocking struct {
	tabs []int
	gone int // how many of the locks are gone
}

// unlockingStep is the time for the next step of an unlocking.
type unlockingStep struct{ *unlocking }

// unlock begins with the locks of tabs. Where motion is to be reduced, they go
// at once.
func unlock(tabs []int, env page.Env) *unlocking {
	if len(tabs) == 0 || env.Still || env.Tick == nil {
		return nil
	}
	u := &unlocking{tabs: tabs}
	if env.ReducedMotion {
		u.gone = len(tabs)
	}
	return u
}

// wait waits for the next step.
func (u *unlocking) wait(env page.Env) tea.Cmd {
	if u == nil {
		return nil
	}
	after := lockSeen
	if u.gone == len(u.tabs) {
		after = openSeen
	}
	return env.Tick(after, func(time.Time) tea.Msg { return unlockingStep{u} })
}

// next takes the next step; nil is the end.
func (u *unlocking) next() *unlocking {
	if u.gone == len(u.tabs) {
		return nil
	}
	u.gone++
	return u
}

// of reports whether tab i stands out, and whether its lock is still seen.
func (u *unlocking) of(i int) (lit, locked bool) {
	if u == nil {
		return false, false
	}
	at := slices.Index(u.tabs, i)
	return at >= 0, at >= u.gone
}
