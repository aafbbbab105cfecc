package tui

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
)

// keyMap is every global key. Pages must not use them.
type keyMap struct {
	tabs, next, prev, login, refresh, help, quit, redraw, problems, names, force key.Binding
}

func newKeyMap(tabs int) keyMap {
	digits := make([]string, min(tabs, 9))
	for i := range digits {
		digits[i] = strconv.Itoa(i + 1)
	}
	span := "1"
	if len(digits) > 1 {
		span = "1-" + digits[len(digits)-1]
	}
	bind := func(shown, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
	}
	problems := bind("E", "what is wrong", "E")
	problems.SetEnabled(false)
	return keyMap{
		problems: problems,
		names:    bind(":", "find by name", ":"),
		tabs:     bind(span, "go to a tab", digits...),
		next:     bind("tab", "next tab", "tab", "ctrl+right"),
		prev:     bind("shift+tab", "previous tab", "shift+tab", "ctrl+left"),
		login:    bind("l", "log in", "l"),
		refresh:  bind("ctrl+r", "refresh groups", "ctrl+r"),
		help:     bind("?", "all keys", "?"),
		quit:     bind("q", "quit", "q", "ctrl+c"),
		redraw:   bind("ctrl+l", "redraw", "ctrl+l"),
		force:    bind("ctrl+c", "quit", "ctrl+c", "alt+ctrl+c"),
	}
}

// now returns the keys as they act now: l logs in or out.
func (k keyMap) now(a *account) keyMap {
	if a.live {
		k.login.SetHelp("l", "log out")
	}
	k.login.SetEnabled(a.auth != nil)
	k.refresh.SetEnabled(a.session.SignedIn())
	return k
}

// all lists the global keys as the help does: what is wrong only where
// something is.
func (k keyMap) all() []key.Binding {
	keys := []key.Binding{k.tabs, k.next, k.prev, k.names, k.login, k.refresh, k.help, k.quit, k.redraw}
	if k.problems.Enabled() {
		keys = append(keys, k.problems)
	}
	return keys
}
