package tui

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen"
)

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
//	a paste                    | nobody, and that is said
//	a global key               | the root
//	otherwise                  | the page
func (r *Root) key(msg tea.KeyMsg) tea.Cmd {
	if key.Matches(msg, r.keys.force) {
		return r.quit()
	}
	if r.inputBlocked.at(r.env.Now()) {
		return nil
	}
	r.notice = bars.Notice{}
	p := r.tabs.current()
	typing := capturing(r.box, p)
	if !typing {
		keys := pressed(msg)
		if len(keys) > 1 {
			return tea.Batch(r.key(keys[0]), r.key(keys[1]))
		}
		msg = keys[0]
	}
	switch {
	case r.tooSmall():
		if !typing && r.box == nil && key.Matches(msg, r.keys.quit) {
			return r.quit()
		}
		return nil
	case r.box != nil:
		cmd, done := r.box.Key(msg)
		if !done {
			return cmd
		}
		return tea.Batch(cmd, r.closeBox())
	case !typing && msg.Paste:
		r.notice.Say(pressesNothing)
		return nil
	case !typing && key.Matches(msg, r.keys.all()...):
		return r.act(msg)
	case p != nil:
		return p.Update(msg)
	}
	return nil
}

// act does what a global key says.
func (r *Root) act(msg tea.KeyMsg) tea.Cmd {
	k, n := r.keys, len(r.tabs.all)
	switch {
	case key.Matches(msg, k.quit):
		return r.quit()
	case key.Matches(msg, k.help):
		return r.open(&box.Help{Theme: r.env.Theme, Sections: r.help, NoMouse: r.opts.NoMouse}, true)
	case key.Matches(msg, k.login):
		if r.account.signedIn() {
			return r.askToSignOut()
		}
		return r.beginSignIn()
	case key.Matches(msg, k.refresh):
		return r.refresh()
	case key.Matches(msg, k.names):
		return r.open(newPalette(r.env.Theme, r.names()), true)
	case key.Matches(msg, k.problems):
		return r.open(&problemList{theme: r.env.Theme, all: r.problems}, true)
	case key.Matches(msg, k.redraw):
		return page.Send(screen.RepaintMsg{}) // something else has written over the picture
	case key.Matches(msg, k.next):
		return r.show((r.tabs.shown + 1) % n)
	case key.Matches(msg, k.prev):
		return r.show((r.tabs.shown + n - 1) % n)
	case key.Matches(msg, k.tabs):
		i, _ := strconv.Atoi(msg.String())
		return r.show(i - 1)
	}
	return nil
}

// help lists the keys that the help shows: those of the page, and the global
// ones.
func (r *Root) help() []box.Section {
	everywhere := box.Section{Heading: "Everywhere", Keys: r.keys.now(r.account).all()}
	p := r.tabs.current()
	if p == nil || len(p.Keys()) == 0 {
		return []box.Section{everywhere}
	}
	return []box.Section{{Heading: r.tabs.all[r.tabs.shown].spec.Title, Keys: p.Keys()}, everywhere}
}

// show goes to tab i.
func (r *Root) show(i int) tea.Cmd {
	cmd, changed := r.tabs.show(i)
	if changed {
		r.pointer = pointer{}
	}
	return cmd
}

func (r *Root) quit() tea.Cmd {
	if b := signInBoxIn(r.box); b != nil {
		b.Close() // Ends Wait, which frees the port.
	}
	r.tabs.drop(func(int) bool { return true })
	return tea.Quit
}

// press does what a click on a key's hint does: what the key does. But a click
// on quit quits at the second in a row: a stray one, say to bring the window
// to the front, must not end the program and what it shows.
func (r *Root) press(name string) tea.Cmd {
	if name == "" {
		return nil
	}
	msg := page.Key(name)
	switch {
	case !key.Matches(msg, r.keys.quit):
		return r.key(msg)
	case r.quitArmed:
		return r.quit()
	}
	r.notice = bars.Notice{Text: "Click once more to quit.", QuitArmed: true}
	return nil
}
