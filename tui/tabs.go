package tui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
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
	ctx    context.Context
	cancel context.CancelFunc
}

// draw copies what the page has drawn to g, so that a page need not draw again
// when its tab is shown again, or a box above it goes.
func (t *tab) draw(g *cell.Grid, target *cell.Target) {
	if t.cells.W != g.W || t.cells.H != g.H {
		t.cells.Resize(g.W, g.H)
	}
	if t.page.Draw(&t.cells) {
		target.Reduce(&t.cells)
	}
	g.Blit(&t.cells, 0, 0)
}

// tabs are the registered pages and which of them is shown. It opens and drops
// pages and tells them things, and asks the gate what is open to whom.
type tabs struct {
	env     page.Env
	account *account
	all     []*tab
	shown   int
	w, h    int  // of a page, in cells; 0 until the window is large enough
	away    bool // the terminal lost the focus
}

func newTabs(env page.Env, a *account, entries []Entry, start string) *tabs {
	t := &tabs{env: env, account: a}
	for _, entry := range entries {
		t.all = append(t.all, &tab{entry: entry, spec: entry(env)})
	}
	t.shown = max(t.indexOf(start), 0)
	return t
}

// indexOf returns the number of the page with an id, -1 if there is none.
func (t *tabs) indexOf(id string) int {
	for i, tab := range t.all {
		if tab.spec.ID == id {
			return i
		}
	}
	return -1
}

// verdict asks the gate about tab i. Everything in the root that depends on
// a lock asks here, and the clock is part of every answer.
func (t *tabs) verdict(i int) session.Verdict {
	return t.all[i].spec.Access.Check(t.account.seen(), t.env.Now())
}

// locked lists the tabs that are locked.
func (t *tabs) locked() (list []int) {
	for i := range t.all {
		if t.verdict(i) != session.Open {
			list = append(list, i)
		}
	}
	return list
}

// open lists those of some tabs that are open.
func (t *tabs) open(some []int) (list []int) {
	for _, i := range some {
		if t.verdict(i) == session.Open {
			list = append(list, i)
		}
	}
	return list
}

// openSentence says which of some tabs that were locked are open, "" for none.
func (t *tabs) openSentence(locked []int) string {
	var titles []string
	for _, i := range t.open(locked) {
		titles = append(titles, session.Clean(t.all[i].spec.Title, 40))
	}
	switch len(titles) {
	case 0:
		return ""
	case 1:
		return titles[0] + " is open."
	}
	return box.List(titles) + " are open."
}

// opens returns the titles of the tabs that are locked, and would be open to
// somebody in groups.
func (t *tabs) opens(groups []string) (titles []string) {
	now := t.env.Now()
	somebody := session.Session{Sub: "somebody", Groups: groups, ExpiresAt: now.Add(time.Hour)}
	for _, i := range t.locked() {
		if t.all[i].spec.Access.Check(somebody, now) == session.Open {
			titles = append(titles, t.all[i].spec.Title)
		}
	}
	return titles
}

// current is the page in view, nil when its tab is locked.
func (t *tabs) current() page.Page {
	if t.verdict(t.shown) != session.Open {
		return nil
	}
	return t.all[t.shown].page
}

// show goes to tab i and reports whether that changed the view.
func (t *tabs) show(i int) (cmd tea.Cmd, changed bool) {
	if i == t.shown || i < 0 || i >= len(t.all) {
		return nil, false
	}
	hidden := t.tell(page.Hidden{})
	if t.shown = i; t.all[i].page == nil {
		return tea.Batch(hidden, t.enter()), true
	}
	return tea.Batch(hidden, t.tell(page.Shown{})), true
}

// tell tells the page in view that it came there or leaves, while the terminal
// has the focus.
func (t *tabs) tell(msg tea.Msg) tea.Cmd {
	if p := t.current(); p != nil && !t.away {
		return p.Update(msg)
	}
	return nil
}

// focus tells the page in view that the terminal has the focus, or has lost it.
func (t *tabs) focus(here bool) tea.Cmd {
	switch {
	case t.away == !here:
		return nil
	case here:
		t.away = false
		return t.tell(page.Shown{})
	}
	hidden := t.tell(page.Hidden{Blurred: true})
	t.away = true
	return hidden
}

// enter opens the shown page if the gate lets the user in and it is not open
// yet. A page sees its size, the session, Init and Shown, in this order.
func (t *tabs) enter() tea.Cmd {
	if len(t.all) == 0 {
		return nil
	}
	tab := t.all[t.shown]
	if tab.page != nil || t.verdict(t.shown) != session.Open {
		return nil
	}
	env := t.env
	env.Ctx, tab.cancel = context.WithCancel(t.env.Ctx)
	tab.ctx = env.Ctx
	tab.page = tab.entry(env).New()
	if t.w > 0 {
		tab.page.SetSize(t.w, t.h)
	}
	return tea.Batch(t.introduce(tab.page), tab.page.Init(), t.tell(page.Shown{}))
}

// introduce tells a page who is signed in and what is open to them.
func (t *tabs) introduce(p page.Page) tea.Cmd {
	list := make([]page.Tab, len(t.all))
	for i, tab := range t.all {
		list[i] = page.Tab{ID: tab.spec.ID, Title: tab.spec.Title, Access: tab.spec.Access, Verdict: t.verdict(i)}
	}
	return tea.Batch(p.Update(page.Session{Session: t.account.seen(), As: t.account.seenAs()}), p.Update(page.Tabs{Tabs: list}))
}

// drop closes the pages that which names: their work is cancelled and what
// they showed is gone.
func (t *tabs) drop(which func(i int) bool) {
	for i, tab := range t.all {
		if tab.page != nil && which(i) {
			tab.cancel()
			tab.page, tab.ctx, tab.cancel, tab.cells = nil, nil, nil, cell.Grid{}
		}
	}
}

// each gives every open page to do.
func (t *tabs) each(do func(page.Page) tea.Cmd) tea.Cmd {
	var cmds []tea.Cmd
	for _, tab := range t.all {
		if tab.page != nil {
			cmds = append(cmds, do(tab.page))
		}
	}
	return tea.Batch(cmds...)
}

// broadcast gives a message to every open page.
func (t *tabs) broadcast(msg tea.Msg) tea.Cmd {
	return t.each(func(p page.Page) tea.Cmd { return p.Update(msg) })
}

// setSize gives every open page its size, and those that are opened later.
func (t *tabs) setSize(w, h int) {
	t.w, t.h = w, h
	t.each(func(p page.Page) tea.Cmd { p.SetSize(w, h); return nil })
}

// groups are those that some page opens to.
func (t *tabs) groups() (out []string) {
	for _, tab := range t.all {
		for _, g := range tab.spec.Access.Groups {
			if g != session.AnyoneSignedIn && !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	slices.Sort(out)
	return out
}
