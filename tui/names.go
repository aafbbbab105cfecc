package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
)

// pressKey is the message that a key was chosen by its name.
type pressKey string

func (m pressKey) apply(r *Root) tea.Cmd { return r.press(string(m)) }

// goTo is the message that a tab was chosen by its name.
type goTo int

func (m goTo) apply(r *Root) tea.Cmd { return r.show(int(m)) }

// toPage is a message for the page that is shown.
type toPage struct{ msg tea.Msg }

func (m toPage) apply(r *Root) tea.Cmd {
	if p := r.tabs.current(); p != nil {
		return p.Update(m.msg)
	}
	return nil
}

// names lists everything with a name: tabs, what the page has, what keys do.
func names(r *Root) (out []found) {
	for i, t := range r.tabs.all {
		f := found{name: session.Clean(t.spec.Title, 60), kind: "tab", msg: goTo(i)}
		if i < 9 {
			f.key = fmt.Sprint(i + 1)
		}
		if r.tabs.verdict(i) != session.Open {
			f.kind = "tab " + bars.LockMark(r.env.Theme)
		}
		out = append(out, f)
	}
	actions := func(keys []key.Binding) {
		for _, k := range keys {
			if h := k.Help(); k.Enabled() && h.Desc != "" && h.Key != "" && len(k.Keys()) > 0 {
				out = append(out, found{name: session.Clean(h.Desc, 60), key: session.Clean(h.Key, 20), msg: pressKey(box.First(k))})
			}
		}
	}
	if p := r.tabs.current(); p != nil {
		actions(p.Keys())
		if l, ok := p.(page.Lister); ok {
			for _, n := range l.Named() {
				out = append(out, found{name: session.Clean(n.Name, 60), kind: session.Clean(n.Kind, 30), msg: toPage{n.Msg}})
			}
		}
	}
	out = append(out, personas(r)...)
	k := r.keys.now(r.account)
	actions([]key.Binding{k.login, k.refresh, k.help, k.problems, k.redraw, k.quit})
	return out
}

// personas are those as whom the pages can be shown.
func personas(r *Root) (out []found) {
	if r.opts.Preview == nil {
		return nil
	}
	for _, g := range r.tabs.groups() {
		out = append(out, found{name: "view as " + session.Clean(g, 40), msg: viewAs{r.account.asMember([]string{g})}})
	}
	out = append(out, found{name: "view as somebody signed out", msg: viewAs{r.account.asMember(nil)}})
	if r.account.as != nil {
		out = append(out, found{name: "view as myself", msg: viewAs{}})
	}
	return out
}
