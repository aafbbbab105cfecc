package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Entry makes a page's Spec for an Env. The root calls it once for the title
// and the rule, and again with a context of its own each time that the page
// is opened: so everything a page began ends when the page is dropped.
type Entry func(page.Env) page.Spec

// tab is one registered page. Page is nil until somebody who may sees it.
type tab struct {
	entry  Entry
	spec   page.Spec
	page   page.Page
	cells  cell.Grid // what the page has drawn
	cancel context.CancelFunc
}

// verdict asks the gate about tab i. Everything in the root that depends on
// a lock asks here, and the clock is part of every answer.
func (r *Root) verdict(i int) session.Verdict {
	return r.tabs[i].spec.Access.Check(r.account.session, r.env.Now())
}

// current is the page in view, nil when its tab is locked.
func (r *Root) current() page.Page {
	if r.verdict(r.shown) != session.Open {
		return nil
	}
	return r.tabs[r.shown].page
}

// show goes to tab i.
func (r *Root) show(i int) tea.Cmd {
	if i == r.shown || i < 0 || i >= len(r.tabs) {
		return nil
	}
	var hidden tea.Cmd
	if p := r.current(); p != nil && !r.away {
		hidden = p.Update(page.Hidden{})
	}
	r.shown, r.dragging, r.hovered = i, false, false
	if r.tabs[i].page == nil {
		return tea.Batch(hidden, r.enter())
	}
	return tea.Batch(hidden, r.wake())
}

// wake tells the shown page that it came into view.
func (r *Root) wake() tea.Cmd {
	if p := r.current(); p != nil && !r.away {
		return p.Update(page.Shown{})
	}
	return nil
}

// enter opens the shown page if the gate lets the user in and it is not open
// yet. A page sees its size, the session, Init and Shown, in this order.
func (r *Root) enter() tea.Cmd {
	if len(r.tabs) == 0 {
		return nil
	}
	t := r.tabs[r.shown]
	if t.page != nil || r.verdict(r.shown) != session.Open {
		return nil
	}
	env := r.env
	env.Ctx, t.cancel = context.WithCancel(r.env.Ctx)
	t.page = t.entry(env).New()
	r.size(t.page)
	return tea.Batch(r.introduce(t.page), t.page.Init(), r.wake())
}

// introduce tells a page who is signed in and what is open to them.
func (r *Root) introduce(p page.Page) tea.Cmd {
	return tea.Batch(p.Update(page.Session{Session: r.account.session}), p.Update(page.Tabs{Tabs: r.list()}))
}

func (r *Root) list() []page.Tab {
	tabs := make([]page.Tab, len(r.tabs))
	for i, t := range r.tabs {
		tabs[i] = page.Tab{ID: t.spec.ID, Title: t.spec.Title, Access: t.spec.Access, Verdict: r.verdict(i)}
	}
	return tabs
}

// drop closes the pages that which names: their work is cancelled and what
// they showed is gone.
func (r *Root) drop(which func(i int) bool) {
	for i, t := range r.tabs {
		if t.page != nil && which(i) {
			t.cancel()
			t.page, t.cancel, t.cells = nil, nil, cell.Grid{}
		}
	}
}

// broadcast gives a message to every open page.
func (r *Root) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range r.tabs {
		if t.page != nil {
			cmds = append(cmds, t.page.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

// size gives a page the window without the tab bar and the footer.
func (r *Root) size(p page.Page) {
	if !r.tooSmall() {
		p.SetSize(r.width, r.pageHeight())
	}
}

func (r *Root) pageHeight() int { return max(r.height-2, 0) }

func (r *Root) resize(msg tea.WindowSizeMsg) {
	r.width, r.height = max(msg.Width, 0), max(msg.Height, 0)
	for _, t := range r.tabs {
		if t.page != nil {
			r.size(t.page)
		}
	}
}
