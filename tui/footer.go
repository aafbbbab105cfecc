package tui

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// footer draws the bottom line: the keys that act now at the left, what the
// program is busy with at the right. The global keys keep their place; the
// page's are left out from the end where there are too many, and all of them
// while a toast is shown: the next key clears it.
func (r *Root) footer(g *cell.Grid) []hit {
	t := r.env.Theme
	g.Fill(t.Surface)
	state := r.state()
	if state != "" {
		state = cell.Cut(" "+state+" ", r.width)
	}
	room := r.width - cell.Width(state) - 1
	global := r.fit(r.globalHints(), room)
	local := r.fit(r.hints(), room-length(global))
	if said := r.toastPieces(); said != nil {
		local = said
		if length(said)+length(global) > room {
			global = nil
		}
	}
	hits := draw(g, 0, append(local, global...))
	g.Text(r.width-cell.Width(state), 0, state, t.Warn, 0)
	return hits
}

// fit makes hints of as many keys as room allows.
func (r *Root) fit(keys []key.Binding, room int) (out []piece) {
	t := r.env.Theme
	for _, k := range keys {
		h := k.Help()
		if !k.Enabled() || h.Key == "" {
			continue
		}
		name := piece{text: " " + session.Clean(h.Key, 20), fg: t.Accent, bg: t.Surface, attr: cell.Bold, act: r.press(k)}
		does := piece{text: " " + session.Clean(h.Desc, 40) + " ", fg: t.Muted, bg: t.Surface, act: name.act}
		need := length([]piece{name, does})
		if need > room {
			break
		}
		room -= need
		out = append(out, name, does)
	}
	return out
}

// globalHints are the global keys worth a place in the footer.
func (r *Root) globalHints() []key.Binding {
	if p := r.current(); r.box != nil || p != nil && p.Capturing() {
		return nil
	}
	all := r.all()
	login, refresh, help, quit := all[3], all[4], all[5], all[6]
	if r.width < 60 && r.current() != nil {
		return []key.Binding{help} // The page's own keys need the room.
	}
	if r.account.session.SignedIn() && r.current() == nil {
		return []key.Binding{login, refresh, help, quit}
	}
	return []key.Binding{login, help, quit}
}

// state says what the program waits for.
func (r *Root) state() string {
	switch {
	case r.account.busy == refreshing:
		return "refreshing…"
	case r.account.busy == signingOut:
		return "logging out…"
	case r.account.asking:
		return "looking for your session…"
	}
	return ""
}
