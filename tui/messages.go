package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// answer is a message that answers what the root asked.
type answer interface{ apply(*Root) tea.Cmd }

// handleOwn handles what belongs to the root: answers, the terminal, and what
// pages ask for. It reports false for everything else.
func (r *Root) handleOwn(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case answer:
		return msg.apply(r), true
	case signin.Msg:
		return r.updateSignIn(msg), true
	case tea.WindowSizeMsg:
		r.resize(msg)
		return r.tabs.broadcast(page.Resized{}), true
	case tea.FocusMsg:
		return r.tabs.focus(true), true
	case tea.BlurMsg:
		return r.tabs.focus(false), true
	case screen.BackgroundMsg:
		return r.retheme(theme.Options{Dark: msg.Dark, Glyphs: r.env.Theme.Glyphs}), true
	case screen.VersionMsg:
		return r.retheme(upgraded(r.env.Theme.Options, msg.Text)), true
	case screen.CopyMsg, screen.RepaintMsg: // the screen's, on their way there
	case screen.Copied:
		r.notice.Say(copied(msg))
	case screen.CopyRefused:
		r.notice.Complain(refusal(msg))
	default:
		return r.handleRequest(msg)
	}
	return nil, true
}

// copied says where a text went. Whether a terminal took it, it does not tell.
func copied(c screen.Copied) string {
	switch c.To {
	case screen.OnClipboard:
		return c.What + " copied."
	case screen.InTmux:
		return c.What + " copied in tmux, and sent on to the terminal's clipboard."
	}
	return c.What + " sent to the terminal's clipboard."
}

// handleRequest does what a page asked for.
func (r *Root) handleRequest(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case page.Failed:
		if msg.Err != nil {
			r.notice.Complain(msg.Err.Error())
		}
	case page.Notice:
		r.notice.Say(msg.Text)
	case page.SignIn:
		return r.beginSignIn(), true
	case page.SignOut:
		return r.askToSignOut(), true
	case page.Refresh:
		return r.refresh(), true
	case page.Open:
		return r.show(r.tabs.indexOf(msg.ID)), true
	case page.Copy:
		if msg.What == "" {
			msg.What = "Text"
		}
		return page.Send(screen.CopyMsg{Text: msg.Text, What: msg.What}), true
	case page.Browse:
		return browse(r.opts.Browse, msg.URL), true
	default:
		return nil, false
	}
	return nil, true
}

func (m noticeRead) apply(r *Root) tea.Cmd {
	if r.clock.over(r.notice, m) {
		r.notice = bars.Notice{}
	}
	return nil
}

func (r *Root) resize(msg tea.WindowSizeMsg) {
	r.window = window{width: max(msg.Width, 0), height: max(msg.Height, 0)}
	r.taken = r.problems.lines(r.window)
	if !r.tooSmall() {
		r.tabs.setSize(r.width, r.pageHeight())
	}
	if r.box != nil {
		r.box.SetSize(r.width, r.pageHeight())
	}
}

// browse opens an address, or tells it where there is no browser.
func browse(open func(url string) error, url string) tea.Cmd {
	if open == nil {
		return page.Send(page.Notice{Text: "There is no browser here. Open it yourself: " + url})
	}
	return func() tea.Msg {
		if err := open(url); err != nil {
			return page.Failed{Err: fmt.Errorf("%w. Open it yourself: %s", err, url)}
		}
		return page.Notice{Text: "Opened in your browser: " + url}
	}
}
