package tui

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen"
)

// keyMap is every global key. Pages must not use them.
type keyMap struct {
	tabs, next, prev, login, refresh, help, quit, redraw, force key.Binding
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
	return keyMap{
		tabs:    bind(span, "go to a tab", digits...),
		next:    bind("tab", "next tab", "tab", "ctrl+right"),
		prev:    bind("shift+tab", "previous tab", "shift+tab", "ctrl+left"),
		login:   bind("l", "log in", "l"),
		refresh: bind("ctrl+r", "refresh groups", "ctrl+r"),
		help:    bind("?", "all keys", "?"),
		quit:    bind("q", "quit", "q", "ctrl+c"),
		redraw:  bind("ctrl+l", "redraw", "ctrl+l"),
		force:   bind("ctrl+c", "quit", "ctrl+c", "alt+ctrl+c"),
	}
}

// all lists the global keys as they act now: l logs in or out.
func (r *Root) all() []key.Binding {
	k := r.keys
	if r.account.live {
		k.login.SetHelp("l", "log out")
	}
	return []key.Binding{k.tabs, k.next, k.prev, k.login, k.refresh, k.help, k.quit, k.redraw}
}

// key routes one key. The first row that fits decides:
//
//	state                      | who gets the key
//	---------------------------|------------------------------
//	ctrl+c                     | the root: quit
//	just after a box opened or | nobody: it was meant for what
//	closed by itself           | was there before
//	window too small           | q quits, the rest is ignored
//	a box is open              | the box
//	the page is capturing text | the page
//	a paste                    | nobody: text is no row of keys
//	a global key               | the root
//	otherwise                  | the page
func (r *Root) key(msg tea.KeyMsg) tea.Cmd {
	if key.Matches(msg, r.keys.force) {
		return r.quit()
	}
	if r.deaf() {
		return nil
	}
	r.toast = toast{}
	p := r.current()
	typing := p != nil && p.Capturing()
	switch {
	case r.tooSmall():
		if !typing && r.box == nil && key.Matches(msg, r.keys.quit) {
			return r.quit()
		}
		return nil
	case r.box != nil:
		return r.box.key(r, msg)
	case !typing && msg.Paste:
		return nil
	case !typing && r.global(msg):
		return r.act(msg)
	case p != nil:
		return p.Update(msg)
	}
	return nil
}

func (r *Root) global(msg tea.KeyMsg) bool { return key.Matches(msg, r.all()...) }

// act does what a global key says.
func (r *Root) act(msg tea.KeyMsg) tea.Cmd {
	k, n := r.keys, len(r.tabs)
	switch {
	case key.Matches(msg, k.quit):
		return r.quit()
	case key.Matches(msg, k.help):
		r.open(&helpBox{})
	case key.Matches(msg, k.login):
		return r.logInOrOut()
	case key.Matches(msg, k.refresh):
		return r.refresh()
	case key.Matches(msg, k.redraw):
		return page.Send(screen.RepaintMsg{}) // something else has written over the picture
	case key.Matches(msg, k.next):
		return r.show((r.shown + 1) % n)
	case key.Matches(msg, k.prev):
		return r.show((r.shown + n - 1) % n)
	case key.Matches(msg, k.tabs):
		i, _ := strconv.Atoi(msg.String())
		return r.show(i - 1)
	}
	return nil
}

func (r *Root) logInOrOut() tea.Cmd {
	if r.account.session.Live(r.env.Now()) {
		return r.signOut()
	}
	return r.beginSignIn()
}

func (r *Root) quit() tea.Cmd {
	if b := r.signIn(); b != nil {
		b.cancel() // Ends Wait, which frees the port.
	}
	r.drop(func(int) bool { return true })
	return tea.Quit
}

// clickQuit quits at the second click in a row: a stray one, say to bring the
// window to the front, must not end the program and what it shows.
func (r *Root) clickQuit() tea.Cmd {
	if r.leaves {
		return r.quit()
	}
	r.toast = toast{text: "Click once more to quit.", leaving: true}
	return nil
}

// isAct says whether a message is something that a person did on purpose.
func isAct(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyMsg, tea.WindowSizeMsg:
		return true
	case tea.MouseMsg:
		return msg.Action == tea.MouseActionPress
	}
	return false
}

// hints lists the keys that act now, most useful first.
func (r *Root) hints() []key.Binding {
	p := r.current()
	switch {
	case r.box != nil:
		return r.box.keys()
	case p != nil && p.Capturing():
		return append(p.Keys(), r.keys.force)
	case p != nil:
		return p.Keys()
	}
	return nil
}

// press returns what a click on a key's hint does.
func (r *Root) press(b key.Binding) action {
	keys := b.Keys()
	if len(keys) == 0 {
		return nil
	}
	return func() tea.Cmd {
		pressed := page.Key(keys[0])
		if key.Matches(pressed, r.keys.quit) {
			return r.clickQuit()
		}
		return r.key(pressed)
	}
}
