package home

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// fact is one line about the person.
type fact struct{ name, value string }

// facts says who is signed in. Everything in it came from outside.
func (h *home) facts() []fact {
	s := h.session
	out := []fact{{"groups", "none yet"}}
	if len(s.Groups) > 0 {
		out[0].value = strings.Join(s.Groups, ", ")
	}
	out = append(out, fact{"until", s.ExpiresAt.In(h.env.Now().Location()).Format("15:04") + ", renewed by itself"})
	if s.TokenStore != "" {
		out = append(out, fact{"kept in", map[string]string{
			"keyring": "the keyring", "file": "a file, readable by you", "memory": "memory, until you quit",
		}[s.TokenStore]})
	}
	if s.LocalPool {
		out = append(out, fact{"pool", "the local user pool"})
	} else if s.Issuer != "" {
		out = append(out, fact{"pool", pool(s.Issuer)})
	}
	if s.Profile != "" {
		out = append(out, fact{"profile", s.Profile})
	}
	return out
}

// pool is the short name of an issuer: a user pool's id, else the host.
func pool(issuer string) string {
	_, rest, _ := strings.Cut(issuer, "://")
	host, path, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	if path == "" {
		return host
	}
	return path[strings.LastIndex(path, "/")+1:]
}

// ways are the three ways on where no user pool is configured.
var ways = []struct{ does, with string }{
	{"Try it now, on a user pool of its own", "tabgate demo"},
	{"Write a configuration for your pool", "tabgate config init"},
	{"Or set these, in a .env file too", "COGNITO_DOMAIN CLIENT_ID"},
}

// youPanel draws who is signed in, with the button, in a box; its height.
func (h *home) youPanel(x, y int, items []item) int {
	t := h.env.Theme
	w := leftColumn
	switch {
	case h.o.Setup && !h.live:
		h.grid.Box(x, y, w, 11, t.Warn)
		h.grid.Text(x+2, y, " No user pool yet: three ways on ", t.Warn, cell.Bold)
		for i, way := range ways {
			h.grid.Text(x+2, y+2+i*3, way.does, t.Text, 0)
			h.grid.Text(x+4, y+3+i*3, way.with, t.Accent, cell.Bold)
		}
		return 11
	case !h.live:
		h.grid.Box(x, y, w, 7, t.Faint)
		h.grid.Text(x+2, y, " You ", t.Muted, cell.Bold)
		h.paragraph(x+2, y+1, w-4, 3, h.nobody(), t.Text)
		h.button(x+2, y+5, w-4, 0, items[0])
		return 7
	}
	facts := h.facts()
	ht := len(facts) + 5
	h.grid.Box(x, y, w, ht, t.Faint) // in the accent's colour it would look chosen
	h.grid.Text(x+2, y, " You ", t.Text, cell.Bold)
	h.grid.Text(x+2, y+1, cell.Cut(session.Clean(h.session.Name(), 0), w-4), t.Text, cell.Bold)
	for i, f := range facts {
		h.grid.Text(x+2, y+2+i, f.name, t.Muted, 0)
		h.grid.Text(x+11, y+2+i, cell.Cut(session.Clean(f.value, 0), w-13), t.Text, 0)
	}
	h.button(x+2, y+ht-2, w-4, 0, items[0])
	return ht
}

// nobody says why nobody is signed in.
func (h *home) nobody() string {
	if h.session.SignedIn() {
		return "The session of " + session.Clean(h.session.Name(), 60) + " has ended. Log in again, or press ctrl+r to renew it."
	}
	return "Nobody is signed in. Tabs with a lock open once you log in with an account in their group."
}

// oneLine is who is signed in, for layouts without a box.
func (h *home) oneLine() string {
	switch {
	case h.live:
		return session.Clean(h.session.Name(), 60) + " · groups: " + session.Clean(h.facts()[0].value, 120)
	case h.o.Setup:
		return "No user pool yet. Three ways on:"
	case h.session.SignedIn():
		return "The session of " + session.Clean(h.session.Name(), 60) + " has ended."
	}
	return "Nobody is signed in."
}

// wayLines draws the three ways, one line each, and gives how many it drew.
func (h *home) wayLines(x, y, w int) int {
	t := h.env.Theme
	for i, way := range ways {
		n := h.grid.Text(x+2, y+i, way.with, t.Accent, cell.Bold)
		if words := page.Wrap(way.does, w-n-6); len(words) == 1 {
			h.grid.Text(x+max(n+6, 30), y+i, cell.Cut(words[0], w-max(n+6, 30)), t.Muted, 0)
		}
	}
	return len(ways)
}
