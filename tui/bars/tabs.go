package bars

import (
	"strconv"
	"strings"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Tabs is what the top line is made from.
type Tabs struct {
	Theme     *theme.Theme
	Width     int
	Tabs      []Tab
	Session   session.Session
	Live      bool   // somebody is signed in, and the session has not ended
	Login     string // the key that logs in; "" where nobody can
	LocalPool bool   // the user pool is the local one
}

// Tab is one tab of the bar.
type Tab struct {
	Title         string
	Shown, Locked bool
	Lit           bool // its lock opens or has just opened
}

// barStyle is how much the tab bar says. Each entry of barStyles says less
// than the one before; the first that fits is drawn.
type barStyle struct {
	brand, wholeTitles, wholeName bool
	badge                         bool // the pool is the local one
	store                         bool // the tokens are in a file
	shortTitles                   bool // first words
	name                          bool
	activeOnly                    bool // only the shown tab has a title
}

var barStyles = []barStyle{
	{brand: true, wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, wholeName: true, name: true, badge: true, store: true},
	{wholeTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true, store: true},
	{shortTitles: true, name: true, badge: true, store: true},
	{shortTitles: true, wholeName: true, name: true, badge: true},
	{shortTitles: true, name: true, badge: true},
	{shortTitles: true, name: true},
	{shortTitles: true},
	{activeOnly: true, name: true},
	{activeOnly: true},
	{},
}

// Bar lays the tab bar out: tabs at the left, who is signed in at the right.
func (t Tabs) Bar() Bar {
	var left, right []piece
	for _, style := range barStyles {
		left, right = t.tabs(style), t.person(style)
		if length(left)+length(right)+1 <= t.Width {
			break
		}
	}
	out := Bar{ground: t.Theme.Surface}
	out.add(0, left)
	out.add(max(t.Width-length(right), length(left)), right)
	return out
}

func (t Tabs) tabs(style barStyle) []piece {
	c := t.Theme
	var out []piece
	if style.brand {
		out = append(out, piece{text: " tabgate ", fg: c.Accent, bg: c.Surface, attr: cell.Bold})
	}
	for i, tab := range t.Tabs {
		p := piece{text: t.text(i, style), fg: c.Text, bg: c.Surface, intent: Intent{Tab: i + 1}}
		if tab.Locked {
			p.fg = c.Muted
		}
		if tab.Shown {
			p.fg, p.bg, p.attr = c.OnAccent, c.Accent, t.bold()
		}
		if tab.Lit {
			p.fg, p.bg, p.attr = c.OnAccent, c.Good, t.bold()|t.reversed()
		}
		out = append(out, p)
	}
	return out
}

// text is " 2 Plotting Demo ⊘ ". Without colours, brackets mark the tab in
// view.
func (t Tabs) text(i int, style barStyle) string {
	tab := t.Tabs[i]
	title := session.Clean(tab.Title, 40)
	switch {
	case style.wholeTitles, style.activeOnly && tab.Shown:
	case style.shortTitles:
		title, _, _ = strings.Cut(title, " ")
	default:
		title = ""
	}
	words := []string{strconv.Itoa(i + 1)}
	if title != "" {
		words = append(words, title)
	}
	switch {
	case tab.Locked:
		words = append(words, LockMark(t.Theme))
	case tab.Lit:
		words = append(words, box.Sign(t.Theme, "✓", "+"))
	}
	text := strings.Join(words, " ")
	if tab.Shown && t.Theme.Renderer.ColorProfile() == termenv.Ascii {
		return "[" + text + "]"
	}
	return " " + text + " "
}

// bold is for dark words on a bright ground: with 16 colours, terminals make
// bold black grey, which nobody can read there.
func (t Tabs) bold() cell.Attr {
	if t.Theme.Renderer.ColorProfile() == termenv.ANSI {
		return 0
	}
	return cell.Bold
}

// reversed makes words stand out where there are no colours.
func (t Tabs) reversed() cell.Attr {
	if t.Theme.Renderer.ColorProfile() == termenv.Ascii {
		return cell.Reverse
	}
	return 0
}

// LockMark is the sign of a locked tab.
func LockMark(t *theme.Theme) string { return box.Sign(t, "⊘", "x") }

func (t Tabs) person(style barStyle) []piece {
	c, s := t.Theme, t.Session
	var out []piece
	if t.LocalPool && style.badge {
		out = append(out, piece{text: " local pool ", fg: c.OnAccent, bg: c.Warn})
	}
	if !t.Live {
		if style.name && t.Login != "" {
			text := " signed out "
			if s.SignedIn() {
				text = " session ended "
			}
			out = append(out, piece{text: text, fg: c.Muted, bg: c.Surface, intent: Intent{Key: t.Login}})
		}
		return out
	}
	if s.TokenStore == "file" && style.store {
		if len(out) > 0 {
			out = append(out, piece{text: " ", bg: c.Surface})
		}
		out = append(out, piece{text: " tokens in a file ", fg: c.OnAccent, bg: c.Warn})
	}
	name := session.Clean(s.Name(), 40)
	if !style.wholeName {
		name, _, _ = strings.Cut(name, "@")
		name = cell.Cut(name, 14)
	}
	if style.name {
		out = append(out, piece{text: " " + name + " ", fg: c.Text, bg: c.Surface, attr: cell.Bold})
	}
	return out
}
