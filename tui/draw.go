package tui

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Draw draws the frame into g, which has the size of the window: tab bar,
// page, footer, and boxes above them.
func (r *Root) Draw(g *cell.Grid) bool {
	t := r.env.Theme
	g.NoCursor()
	r.target.Profile, r.target.ASCII = t.Renderer.ColorProfile(), t.Glyphs == theme.ASCII
	if r.tooSmall() {
		r.drawSmall(t, g)
	} else {
		top, body, last := g.Sub(0, 0, r.width, 1), g.Sub(0, 1, r.width, r.pageHeight()), g.Sub(0, r.height-1, r.width, 1)
		bar := r.tabBar()
		bar.Draw(&top)
		r.drawBody(&body)
		foot := r.footer()
		line := foot.Bar()
		line.Draw(&last)
		if r.box != nil {
			g.NoCursor()
			p := r.box.Panel()
			p.Draw(t, &body)
		}
		foot.DrawAbove(g)
	}
	r.target.Reduce(g)
	return true
}

// View returns the frame as text with escape sequences, for those who ask a
// Bubble Tea model: nothing before the size is known.
func (r *Root) View() string {
	if r.width <= 0 || r.height <= 0 {
		return ""
	}
	g := cell.NewGrid(r.width, r.height)
	r.Draw(g)
	return g.ANSI()
}

// drawBody draws the shown page, or what a locked tab shows instead. It is
// empty behind a box on a locked tab, and once the program has let go of its
// pages.
func (r *Root) drawBody(g *cell.Grid) {
	if r.tabs.current() != nil {
		r.tabs.all[r.tabs.shown].draw(g, &r.target)
		return
	}
	g.Fill(r.env.Theme.Background)
	if r.tabs.verdict(r.tabs.shown) != session.Open && r.box == nil {
		card := r.locked()
		card.Draw(r.env.Theme, g)
	}
}

// locked is the card of the shown tab, which is locked.
func (r *Root) locked() box.Panel {
	i, keys := r.tabs.shown, r.keys.now(r.account.live)
	spec := r.tabs.all[i].spec
	return lockedPage{
		theme: r.env.Theme, w: r.width, h: r.pageHeight(), title: spec.Title, access: spec.Access, verdict: r.tabs.verdict(i),
		account: r.account, setup: r.opts.Setup, login: keys.login, refresh: keys.refresh,
	}.panel()
}

func (r *Root) tabBar() bars.Bar {
	b := bars.Tabs{
		Theme: r.env.Theme, Width: r.width, LocalPool: r.opts.LocalPool,
		Session: r.account.session, Live: r.account.signedIn(),
	}
	if r.account.auth != nil {
		b.Login = box.First(r.keys.login)
	}
	for i, t := range r.tabs.all {
		tab := bars.Tab{Title: t.spec.Title, Shown: i == r.tabs.shown, Locked: r.tabs.verdict(i) != session.Open}
		if !tab.Locked {
			tab.Lit, tab.Locked = r.unlocking.of(i)
		}
		b.Tabs = append(b.Tabs, tab)
	}
	return b.Bar()
}

func (r *Root) footer() bars.Footer {
	f := bars.Footer{Theme: r.env.Theme, Width: r.width, State: r.account.state(), Notice: r.notice}
	f.Local, f.Global = r.hints()
	return f
}

// hints lists the keys that act now, most useful first: those of the box or
// the page, and the global ones that are worth a place in the footer.
func (r *Root) hints() (local, global []key.Binding) {
	p, k := r.tabs.current(), r.keys.now(r.account.live)
	switch {
	case r.box != nil:
		return r.box.Keys(), nil
	case p != nil && p.Capturing():
		return append(p.Keys(), k.force), nil
	case p != nil && r.width < 60:
		return p.Keys(), []key.Binding{k.help} // The page's own keys need the room.
	case p != nil:
		return p.Keys(), []key.Binding{k.login, k.help, k.quit}
	case r.account.session.SignedIn():
		return nil, []key.Binding{k.login, k.refresh, k.help, k.quit}
	}
	return nil, []key.Binding{k.login, k.help, k.quit}
}
