package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/theme"
)

// ours is a message of the root's own: an answer to something it asked.
type ours interface{ apply(*Root) tea.Cmd }

// own handles what belongs to the root: its own answers, the terminal, and
// what pages ask for. It reports false for everything else.
func (r *Root) own(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case ours:
		return msg.apply(r), true
	case tea.WindowSizeMsg:
		r.resize(msg)
	case tea.FocusMsg:
		return r.focus(true), true
	case tea.BlurMsg:
		return r.focus(false), true
	case screen.BackgroundMsg:
		return r.retheme(msg.Dark), true
	case screen.CopyMsg, screen.RepaintMsg: // the screen's, on their way there
	case screen.CopyRefused:
		r.complain(fmt.Sprintf("this is too long for the clipboard (%d bytes): export it instead", msg.Bytes))
	default:
		return r.wish(msg)
	}
	return nil, true
}

// wish does what a page asked for.
func (r *Root) wish(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case page.Failed:
		if msg.Err != nil {
			r.complain(msg.Err.Error())
		}
	case page.Notice:
		r.say(msg.Text)
	case page.SignIn:
		return r.beginSignIn(), true
	case page.SignOut:
		return r.signOut(), true
	case page.Refresh:
		return r.refresh(), true
	case page.Open:
		return r.show(r.indexOf(msg.ID)), true
	case page.Copy:
		return r.copy(msg), true
	case page.Browse:
		return r.browse(msg.URL), true
	default:
		return nil, false
	}
	return nil, true
}

func (r *Root) indexOf(id string) int {
	for i, t := range r.tabs {
		if t.spec.ID == id {
			return i
		}
	}
	return -1
}

func (r *Root) focus(here bool) tea.Cmd {
	if r.away == !here {
		return nil
	}
	p := r.current()
	if r.away = !here; p == nil {
		return nil
	}
	if here {
		return p.Update(page.Shown{})
	}
	return p.Update(page.Hidden{})
}

func (r *Root) retheme(dark bool) tea.Cmd {
	if r.env.Theme.Dark == dark {
		return nil
	}
	r.env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: r.env.Theme.Glyphs})
	return r.broadcast(page.Rethemed{})
}

func (r *Root) copy(msg page.Copy) tea.Cmd {
	what := msg.What
	if what == "" {
		what = "Text"
	}
	r.say(what + " copied.")
	return page.Send(screen.CopyMsg{Text: msg.Text})
}

// browse opens an address, or tells it where there is no browser.
func (r *Root) browse(url string) tea.Cmd {
	if r.o.Browse == nil {
		r.say("There is no browser here. Open it yourself: " + url)
		return nil
	}
	open := r.o.Browse
	return func() tea.Msg {
		if err := open(url); err != nil {
			return page.Failed{Err: fmt.Errorf("%w. Open it yourself: %s", err, url)}
		}
		return page.Notice{Text: "Opened in your browser: " + url}
	}
}
