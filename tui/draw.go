package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Draw draws the frame into g, which has the size of the window: tab bar,
// page, footer, and boxes above them.
func (r *Root) Draw(g *cell.Grid) bool {
	t := r.env.Theme
	g.NoCursor()
	r.target.Profile, r.target.ASCII, r.target.Half = t.Renderer.ColorProfile(), t.Glyphs == theme.ASCII, t.Glyphs == theme.Half
	if r.tooSmall() {
		r.drawSmall(t, g)
	} else {
		top, body, last := g.Sub(0, 0, r.width, 1), g.Sub(0, 1, r.width, r.pageHeight()), g.Sub(0, r.height-1, r.width, 1)
		bar := r.tabBar()
		bar.Draw(&top)
		r.drawBody(&body)
		foot := r.footer() // which leaves out the keys that the page now shows
		line := foot.Bar()
		line.Draw(&last)
		if r.box != nil {
			g.NoCursor()
			p := r.box.Panel()
			p.Draw(t, &body)
		}
		wrong := g.Sub(0, 1+r.pageHeight(), r.width, r.taken)
		r.problems.draw(t, &wrong)
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
	i, keys := r.tabs.shown, r.keys.now(r.account)
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
	if as := r.account.as; as != nil {
		b.As = as.name
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

// hints lists the keys of the footer: those of the box or the page that act now
// and that it does not show itself, most useful first, and the global ones that
// are worth a place.
func (r *Root) hints() (local, global []key.Binding) {
	p, k := r.tabs.current(), r.keys.now(r.account)
	var shown []string
	switch {
	case r.box != nil:
		local = r.box.Keys()
		panel := r.box.Panel()
		shown = panel.Buttons()
	case p == nil:
		global = []key.Binding{k.login, k.refresh, k.help, k.quit}
		if r.tabs.verdict(r.tabs.shown) != session.Open {
			card := r.locked()
			shown = card.Buttons()
		}
	case p.Capturing():
		local = append(p.Keys(), k.force)
	case r.width < 60: // The page's own keys need the room.
		local, global = p.Keys(), []key.Binding{k.help}
	default:
		local, global = p.Keys(), []key.Binding{k.login, k.help, k.quit}
	}
	if s, ok := p.(page.KeyShower); ok && r.box == nil {
		shown = s.KeysShown()
	}
	left := func(k key.Binding) bool { return !k.Enabled() || slices.Contains(shown, box.First(k)) }
	return slices.DeleteFunc(local, left), slices.DeleteFunc(global, left)
}
